package parse

import (
	"fmt"
	"strconv"
)

// control reads a control word or symbol.
func (r *rtfReader) control() {
	r.at++ // the backslash
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && r.at-start < 32 && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.at-start < 11 && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[start:r.at]))
	if err != nil {
		n = none
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	opened, star := r.opened, r.star
	r.opened, r.star = false, false
	if r.ignore > 0 && word != "u" && word != "bin" {
		r.ignore-- // a control word counts as one character
		return
	}
	if word != "u" {
		r.flushBytes()
	}
	if (opened || star) && r.open(word, star) {
		return
	}
	if star {
		r.state.destination = toNowhere
		return
	}
	r.word(word, n)
}

// none is the number of a control word that has none.
const none = -1 << 40

// symbol takes a control symbol.
func (r *rtfReader) symbol(c byte) {
	opened := r.opened
	r.opened = false
	if c == '*' {
		r.star, r.opened = opened, opened
		return
	}
	if c == '\'' {
		if r.at+2 > len(r.data) {
			r.at = len(r.data)
			return
		}
		n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
		r.at += 2
		if err == nil {
			r.byte(byte(n))
		}
		return
	}
	if r.ignore > 0 {
		r.ignore--
		return
	}
	if c == '\\' || c == '{' || c == '}' { // may be the second byte of a character
		r.byte(c)
		return
	}
	r.flushBytes()
	switch c {
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '\r', '\n':
		r.word("par", none)
	case '\t':
		r.write("\t")
	}
}

// byte takes a byte of the font's code page.
func (r *rtfReader) byte(c byte) {
	if r.ignore > 0 {
		r.ignore--
		return
	}
	page := r.codePage()
	if page != r.pendingPage || len(r.pending) > 1<<16 && !double(page) {
		r.flushBytes()
	}
	r.pendingPage = page
	r.pending = append(r.pending, c)
}

// codePage is the code page of the font under way. Documents whose fonts are all
// of the "ANSI" charset mean the code page of the document by it.
func (r *rtfReader) codePage() int {
	page, ok := r.fonts[r.state.font]
	if !ok || page == 1252 && !r.ansi {
		return r.page
	}
	return page
}

func (r *rtfReader) flushBytes() {
	if len(r.pending) > 0 {
		s := decodePage(r.pendingPage, r.pending)
		r.pending = r.pending[:0]
		r.write(s)
	}
}

// unicode takes the number of a \u.
func (r *rtfReader) unicode(n int) {
	r.flushBytes()
	r.ignore = r.state.skip
	c := rune(uint16(n))
	if n > 0xffff && n <= 0x10ffff { // no program should, some do
		c = rune(n)
	}
	switch {
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
		return
	case c >= 0xdc00 && c < 0xe000:
		if r.high == 0 {
			return
		}
		c = (r.high-0xd800)<<10 | (c - 0xdc00) + 0x10000
	case c >= 0xf000 && c <= 0xf0ff: // a character of a symbol font
		c = rtfSymbol(c & 0xff)
	}
	r.high = 0
	r.write(string(c))
}

// read reads the tokens of the file.
func (r *rtfReader) read() error {
	for r.at < len(r.data) {
		c := r.data[r.at]
		switch c {
		case '{':
			r.flushBytes()
			r.at++
			if len(r.stack) >= maxGroups {
				return fmt.Errorf("groups are nested deeper than %d", maxGroups)
			}
			r.stack = append(r.stack, r.state)
			r.opened, r.star, r.ignore = true, false, 0
			continue
		case '}':
			r.flushBytes()
			r.at++
			if n := len(r.stack); n > 0 {
				inner := r.state
				r.state = r.stack[n-1]
				r.stack = r.stack[:n-1]
				r.close(inner)
				if n == 1 {
					return nil // what follows the document's group is none of it
				}
			}
			r.ignore = 0
		case '\\':
			r.control()
			continue // decides about opened
		case '\r', '\n', 0:
			r.at++
			continue
		default:
			r.at++
			r.byte(c)
		}
		r.opened = false
		if r.out.cut {
			return nil // the rest is cut off
		}
	}
	r.flushBytes()
	return fmt.Errorf("it ends in the middle")
}

const maxGroups = 1000
