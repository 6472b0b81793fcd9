package normal

import (
	"strings"
	"unicode"

	"golocal"
)

// Trim narrows a span to what is not white space at its ends; keepIndent leaves
// the spaces before the first line's text.
func Trim(text string, s golocal.Span, keepIndent bool) golocal.Span {
	t := text[s.Start:s.End]
	s.End = s.Start + len(strings.TrimRightFunc(t, unicode.IsSpace))
	t = text[s.Start:s.End]
	rest := strings.TrimLeftFunc(t, unicode.IsSpace)
	start := s.End - len(rest)
	if keepIndent {
		if i := strings.LastIndexAny(text[s.Start:start], "\n\f"); i >= 0 {
			start = s.Start + i + 1
		} else {
			start = s.Start
		}
	}
	s.Start = start
	return s
}

func HasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9') || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r))
	})
}

// Lines returns the lines of a span that are not blank.
func Lines(text string, s golocal.Span) []golocal.Span {
	var out []golocal.Span
	for at := s.Start; at < s.End; {
		end := s.End
		if i := strings.IndexByte(text[at:s.End], '\n'); i >= 0 {
			end = at + i
		}
		if one := Trim(text, golocal.Span{Start: at, End: end}, true); strings.TrimSpace(text[one.Start:one.End]) != "" {
			out = append(out, one)
		}
		at = end + 1
	}
	return out
}

// Item reports whether a line begins a list item.
func Item(line string) bool {
	line = strings.TrimLeft(line, " \t>")
	if line == "" {
		return false
	}
	if strings.ContainsRune("-*+•◦▪–·", []rune(line)[0]) {
		return true
	}
	n := 0
	for n < len(line) && n < 4 && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	return n > 0 && n < len(line) && (line[n] == '.' || line[n] == ')')
}

// BlankAhead reports whether s, which follows a newline, begins with a blank line.
func BlankAhead(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			return true
		case ' ', '\t':
		default:
			return false
		}
	}
	return false
}

// Heading strips the marks of a heading in Markdown or of a wiki.
func Heading(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if strings.HasPrefix(line, "=") && strings.HasSuffix(line, "=") {
		return OneLine(strings.Trim(line, "= "))
	}
	line = strings.TrimSpace(strings.TrimLeft(line, "#"))
	if t := strings.TrimRight(line, "#"); t != line && strings.HasSuffix(t, " ") {
		line = t
	}
	return OneLine(line)
}
