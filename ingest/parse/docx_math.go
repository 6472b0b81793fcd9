package parse

import (
	"encoding/xml"
	"unicode"
	"unicode/utf8"
)

// mathStart writes a formula in a line (ECMA-376 part 1, 22.1): a fraction as
// a/b, powers as a^b, indices as a_b, with parentheses where they are needed.
func (p *paragraph) mathStart(e xml.StartElement) {
	switch e.Name.Local {
	case "rad":
		p.text = append(p.text, "√"...)
	case "m":
		p.matrices++
	case "den":
		p.text = append(p.text, '/')
	case "sup":
		p.text = append(p.text, '^')
	case "sub", "lim":
		p.text = append(p.text, '_')
	case "d":
		p.text = append(p.text, '(')
	case "chr": // of a sum, a product; of an accent it is left out
		if s := xmlAttribute(e, "val"); s != "" && unicode.IsSymbol([]rune(s)[0]) && !unicode.IsMark([]rune(s)[0]) {
			p.text = append(p.text, s...)
		}
	}
	switch e.Name.Local {
	case "num", "den", "sup", "sub", "lim":
		p.math = append(p.math, len(p.text))
	}
}

func (p *paragraph) mathEnd(local string) {
	switch local {
	case "d":
		p.text = append(p.text, ')')
	case "fName":
		p.text = append(p.text, ' ')
	case "m":
		p.matrices--
	case "e":
		if p.matrices > 0 {
			p.text = append(p.text, ' ')
		}
	case "mr":
		p.text = append(p.text, ';', ' ')
	case "num", "den", "sup", "sub", "lim":
		n := len(p.math)
		if n == 0 {
			return
		}
		at := min(p.math[n-1], len(p.text))
		p.math = p.math[:n-1]
		switch part := string(p.text[at:]); {
		case part == "" && at > 0 && local != "num":
			p.text = p.text[:at-1] // an empty index
		case !single(part):
			p.text = append(append(p.text[:at:at], '('), part...)
			p.text = append(p.text, ')')
		}
	}
}

// single reports a number, a name or one character: what needs no parentheses.
func single(s string) bool {
	if utf8.RuneCountInString(s) == 1 || len(s) > 1 && s[0] == '(' && s[len(s)-1] == ')' {
		return true
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ',' {
			return false
		}
	}
	return true
}
