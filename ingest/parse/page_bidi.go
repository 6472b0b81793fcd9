package parse

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// placed is a letter of a line; spaced says that a space stands before it.
type placed struct {
	*pdfChar
	spaced bool
}

// rightToLeft reports whether a letter belongs to a script that is written from
// right to left (Unicode blocks of bidirectional class R and AL).
func rightToLeft(r rune) bool {
	return r >= 0x590 && (r < 0x660 || r > 0x669 && r < 0x6f0 || r > 0x6f9 && r <= 0x8ff ||
		r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff) && unicode.IsLetter(r)
}

// piece is a part of a line that is written in one direction: letters of a word,
// a number, or a mark between them.
type piece struct {
	text        string
	left, right float32
	way         int // -1 from right to left, 1 from left to right, 0 as its neighbours
	letter      bool
}

// rightToLeftLine puts a line that holds letters of such a script into the order
// in which it is read. PDFium gets the letters of a word right and leaves the
// words as they stand from left to right. The line's own direction is that of
// most of its letters; runs in the other one keep theirs (Unicode Standard Annex
// 9, with the levels 0 to 2 that documents have).
func rightToLeftLine(chars []placed) string {
	pieces := cutPieces(chars)
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
	balance := 0
	for _, c := range chars {
		if rightToLeft(c.r) {
			balance--
		} else if unicode.IsLetter(c.r) {
			balance++
		}
	}
	line := 1
	if balance <= 0 {
		line = -1
	}
	for i := range pieces {
		if pieces[i].way != 0 {
			continue
		}
		before, after := line, line
		if i > 0 {
			before = pieces[i-1].way // already decided
		}
		for _, p := range pieces[i+1:] {
			if p.way != 0 {
				after = p.way
				break
			}
		}
		if pieces[i].way = line; before == after {
			pieces[i].way = before
		}
	}
	var runs [][]piece
	for i := 0; i < len(pieces); {
		end := i + 1
		for end < len(pieces) && pieces[end].way == pieces[i].way {
			end++
		}
		runs = append(runs, pieces[i:end])
		i = end
	}
	if line < 0 {
		slices.Reverse(runs)
	}
	em := 0.0
	for _, c := range chars {
		em = max(em, c.size)
	}
	var out strings.Builder
	for n, run := range runs {
		if n > 0 {
			left, right := runs[n-1], run
			if line < 0 {
				left, right = right, left
			}
			writeSpace(&out, left[len(left)-1], right[0], em)
		}
		for i := range run {
			p := run[i]
			if p.way < 0 {
				p = run[len(run)-1-i]
			}
			if i > 0 && p.way > 0 {
				writeSpace(&out, run[i-1], p, em)
			} else if i > 0 {
				writeSpace(&out, p, run[len(run)-i], em)
			}
			out.WriteString(p.text)
		}
	}
	return out.String()
}

// writeSpace writes a space where two neighbours, the left one first, stand
// apart, and where letters of two directions meet.
func writeSpace(out *strings.Builder, left, right piece, em float64) {
	if float64(right.left-left.right) > 0.12*em || left.letter && right.letter && left.way != right.way {
		out.WriteByte(' ')
	}
}

// cutPieces cuts a line into its pieces.
func cutPieces(chars []placed) []piece {
	var out []piece
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		way, isLetter := 0, false
		switch {
		case rightToLeft(c.r):
			way, isLetter = -1, true
		case unicode.IsLetter(c.r):
			way, isLetter = 1, true
		case unicode.IsDigit(c.r):
			way = 1
		}
		if unicode.IsMark(c.r) && len(out) > 0 {
			out[len(out)-1].text += charText(c.pdfChar)
			continue
		}
		text := charText(c.pdfChar)
		if i+1 < len(chars) && lamAlef(c.pdfChar, chars[i+1].pdfChar) {
			text = charText(chars[i+1].pdfChar) + text
			i++
		}
		n := len(out)
		if n > 0 && !c.spaced && way != 0 && out[n-1].way == way && out[n-1].letter == isLetter {
			p := &out[n-1]
			p.text += text
			p.left, p.right = min(p.left, c.box[0]), max(p.right, c.box[2])
			continue
		}
		out = append(out, piece{text: text, left: c.box[0], right: c.box[2], way: way, letter: isLetter})
	}
	return out
}

// lamAlef reports whether two letters are one drawn lam-alef, whose parts PDFium
// gives in the wrong order.
func lamAlef(a, b *pdfChar) bool {
	return b.r == 'ل' && strings.ContainsRune("اأإآ", a.r) && a.box == b.box && a.object == b.object
}
