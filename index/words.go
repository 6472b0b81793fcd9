package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"golocal"
)

// wordRules is the version of what this file and fold.go make of a text. Where
// an index was written by others, reword.go writes its postings anew.
const wordRules = 2

// word is a word of a text as the postings hold it, but for its ending (stem.go).
type word struct {
	text   []byte       // folded; valid until the next word
	span   golocal.Span // where it stands
	mid    int          // of a pair of characters: where the second one begins; else the span's end
	alone  bool         // one character of a script without spaces, at the end of its run
	single bool         // and that run is no longer
	tied   bool         // part of a name that means little without the rest: the 2 of v2, and the v
}

// eachWord cuts text into the words that FTS5's unicode61 is given, which knows
// words only by the characters between them:
//
//   - compatibility forms are folded (NFKC): ligatures, full-width letters;
//   - case and what people leave out when they type are dropped (fold.go);
//   - runs of scripts without spaces become overlapping pairs, as Lucene's
//     CJKBigramFilter does it, and the last character once more by itself:
//     東京都 → 東京 京都 都. One character is then found as the prefix of a pair;
//   - names in camelCase, and letters with a number, are followed by their
//     parts: HTTPServer2 → httpserver2 http server 2;
//   - each emoji or symbol is a word (its code point).
func eachWord(text string, yield func(word)) {
	c := cutter{yield: yield}
	s, at := normalize(text)
	for i, r := range s {
		n := i + utf8.RuneLen(r)
		c.letter(r, at.start(i), at.end(n))
	}
	c.flush()
}

// segment is text as the postings get it: its words with spaces between.
func segment(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	eachWord(text, func(w word) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(w.text)
	})
	return b.String()
}

// term is one word of a query as the postings hold it.
type term struct {
	text   string
	prefix bool
}

// terms are the words of a query: what segment makes of the same text, but that
// one character of a script without spaces looks for every word with it, and
// that what is tied is not looked for by itself.
func terms(text string) []term {
	var out []term
	eachWord(text, func(w word) {
		if !w.tied && (!w.alone || w.single) {
			out = append(out, term{string(w.text), w.single})
		}
	})
	return out
}

// inOrder are the words of a text as they follow each other in the postings of
// any text that holds it: without the last one where the run may go on there.
func inOrder(text string) []string {
	var out []string
	open := false
	eachWord(text, func(w word) {
		out = append(out, string(w.text))
		open = w.alone && !w.single
	})
	if open {
		out = out[:len(out)-1]
	}
	return out
}

// apart are the parts of a name that has some tied ones, without the name: sha
// and 256 of sha256, so that SHA-256 is found; none of other texts.
func apart(text string) []string {
	var out []string
	tied, first := false, golocal.Span{Start: -1}
	one := true
	eachWord(text, func(w word) {
		if first.Start < 0 {
			first = w.span
			return
		}
		tied, one = tied || w.tied, one && w.span.End <= first.End
		out = append(out, string(w.text))
	})
	if !tied || !one {
		return nil
	}
	return out
}

// letterKind is what a character is to words.
type letterKind uint8

const (
	spaced    letterKind = iota + 1 // part of a word
	unspaced                        // part of a run of a script that writes no spaces
	symbol                          // an emoji or sign
	between                         // separates words
	mark                            // combines with the character before
	invisible                       // as if not there
)

type letter struct {
	r          rune
	start, end int // in the text
}

// cutter gathers letters of one kind and yields the words that they make.
type cutter struct {
	yield func(word)
	kind  letterKind
	run   []letter
	buf   []byte
}

func (c *cutter) letter(r rune, start, end int) {
	k := classify(r)
	switch {
	case k == invisible:
		if n := len(c.run); n > 0 {
			c.run[n-1].end = end
		}
		return
	case k == mark: // belongs to what it follows
		if n := len(c.run); n > 0 {
			c.run = append(c.run, letter{r, start, end})
		}
		return
	case k != c.kind || k == symbol:
		c.flush()
		c.kind = k
	}
	if k != between {
		c.run = append(c.run, letter{r, start, end})
	}
}

func (c *cutter) flush() {
	run := c.run
	c.run = c.run[:0]
	if len(run) == 0 {
		return
	}
	switch c.kind {
	case symbol:
		w := c.word(run[:1])
		w.text = appendSymbol(c.buf[:0], run[0].r)
		c.yield(w)
	case unspaced:
		for i := range run {
			w := c.word(run[i:min(i+2, len(run))])
			w.alone, w.single = i == len(run)-1, len(run) == 1
			w.mid = run[i].end
			c.yield(w)
		}
	default:
		c.yield(c.word(run))
		c.parts(run)
	}
}

// word is the word that letters make.
func (c *cutter) word(run []letter) word {
	c.buf = c.buf[:0]
	for _, l := range run {
		c.buf = appendFold(c.buf, l.r)
	}
	end := run[len(run)-1].end
	return word{text: c.buf, span: golocal.Span{Start: run[0].start, End: end}, mid: end}
}

// parts yields the words inside parseHTTPRequest2: parse, http, request, 2; none
// where there is only one. A number is cut off only where letters and digits
// meet once, so that sums and serial numbers stay whole.
func (c *cutter) parts(run []letter) {
	part := func(from, to int) {
		whole := from == 0 && to == len(run)
		cut, meet := 0, 0
		for i := from + 1; i < to; i++ {
			if unicode.IsDigit(run[i].r) != unicode.IsDigit(run[i-1].r) {
				cut, meet = i, meet+1
			}
		}
		if meet == 1 {
			for _, p := range [][]letter{run[from:cut], run[cut:to]} {
				w := c.word(p)
				w.tied = whole || unicode.IsDigit(p[0].r)
				c.yield(w)
			}
		} else if !whole {
			c.yield(c.word(run[from:to]))
		}
	}
	start := 0
	for i := 1; i < len(run); i++ {
		up := unicode.IsUpper(run[i].r)
		if up && !unicode.IsUpper(run[i-1].r) || up && i+1 < len(run) && unicode.IsLower(run[i+1].r) {
			part(start, i)
			start = i
		}
	}
	part(start, len(run))
}

// unspacedScripts put no spaces between words.
var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

func classify(r rune) letterKind {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return spaced
		}
		return between
	case r < 0x0300: // Latin
		switch {
		case r == 0x00AD: // soft hyphen
			return invisible
		case unicode.In(r, unicode.L, unicode.N):
			return spaced
		case unicode.Is(unicode.So, r):
			return symbol
		}
		return between
	case r == 'ー' || unicode.In(r, unspacedScripts...) && unicode.In(r, unicode.L, unicode.Nd, unicode.Nl, unicode.M):
		return unspaced
	case r == 0x0640, r == 0x200C, r == 0x200D, r == 0xFEFF, unicode.Is(unicode.Variation_Selector, r):
		return invisible // tatweel, joiners, byte order mark
	case r >= 0x0300 && r <= 0x036F:
		return invisible // accents that no letter has composed with
	case unicode.Is(unicode.M, r):
		if unicode.In(r, unicode.Arabic, unicode.Hebrew) || r >= 0x064B && r <= 0x0655 {
			return invisible // vowel points
		}
		return mark
	case unicode.In(r, unicode.L, unicode.N):
		return spaced
	case unicode.Is(unicode.So, r):
		return symbol
	}
	return between
}

// appendSymbol appends a word of letters for a symbol: SQLite's tables of
// Unicode are older than some emoji.
func appendSymbol(b []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	b = append(b, "sign"...)
	shift := 28
	for r>>shift == 0 && shift > 0 {
		shift -= 4
	}
	for ; shift >= 0; shift -= 4 {
		b = append(b, hex[r>>shift&15])
	}
	return b
}

// origin tells where the bytes of a normalised text stand in the one that it
// was made of; nil is at the same place.
type origin []golocal.Span

func (o origin) start(i int) int {
	if o == nil {
		return i
	}
	return o[i].Start
}

// end is where the byte before i ends.
func (o origin) end(i int) int {
	if o == nil {
		return i
	}
	return o[i-1].End
}

// normalize returns text in NFKC, with a space for each byte that is no UTF-8.
func normalize(text string) (string, origin) {
	ascii := true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return text, nil
	}
	if !utf8.ValidString(text) {
		b := []byte(text)
		for i := 0; i < len(b); {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				b[i] = ' '
			}
			i += n
		}
		text = string(b)
	}
	if norm.NFKC.IsNormalString(text) {
		return text, nil
	}
	var b []byte
	at := make(origin, 0, len(text))
	var it norm.Iter
	from := 0
	for it.InitString(norm.NFKC, text); !it.Done(); {
		b = append(b, it.Next()...)
		// One character may come in several steps, the place moves with the last.
		if to := it.Pos(); to > from || it.Done() {
			for len(at) < len(b) {
				at = append(at, golocal.Span{Start: from, End: to})
			}
			from = to
		}
	}
	return string(b), at
}
