package models

import "strings"

// thinking separates a model's reasoning from its answer where the runner does
// not: text between <think> and </think> at the beginning of a reply. A tag
// may come in several pieces. Tags later in the reply are text.
type thinking struct {
	state int    // before, inside or after the reasoning
	held  string // the beginning of what may become a tag
}

const (
	before = iota
	inside
	after
)

const (
	openTag  = "<think>"
	closeTag = "</think>"
)

// split takes the next piece of a reply and returns what of it is certain.
func (t *thinking) split(piece string) (text, thoughts string) {
	if t.state == after {
		return piece, ""
	}
	s := t.held + piece
	t.held = ""
	if t.state == before {
		start := strings.TrimLeft(s, " \t\r\n")
		switch {
		case strings.HasPrefix(start, openTag):
			t.state = inside
			s = start[len(openTag):]
		case strings.HasPrefix(openTag, start): // also when there is none yet
			t.held = s
			return "", ""
		default:
			t.state = after
			return s, ""
		}
	}
	if at := strings.Index(s, closeTag); at >= 0 {
		t.state = after
		return strings.TrimLeft(s[at+len(closeTag):], "\r\n"), s[:at]
	}
	for n := min(len(closeTag)-1, len(s)); n > 0; n-- {
		if strings.HasPrefix(closeTag, s[len(s)-n:]) {
			t.held = s[len(s)-n:]
			return "", s[:len(s)-n]
		}
	}
	return "", s
}

// rest returns what was held back when the reply ended.
func (t *thinking) rest() (text, thoughts string) {
	held := t.held
	t.held = ""
	if t.state == inside {
		return "", held
	}
	return held, ""
}
