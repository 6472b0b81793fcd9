package models

import (
	"strings"

	"github.com/ollama/ollama/api"
)

// thinkValue is what a request says about reasoning. golocal's answers repeat
// what a few passages say, and each sentence is checked against them: reasoning
// adds little to that, and on a machine without a GPU a minute of silence. So
// it is off where the model can be told, unless the user asks for it. A model
// that cannot be told keeps its own way, so that the runner separates its notes.
func thinkValue(model Model, think bool) *api.ThinkValue {
	switch {
	case !model.Thinking:
		return nil
	case harmony(model.Family) && !think:
		return &api.ThinkValue{Value: "low"}
	case harmony(model.Family):
		return &api.ThinkValue{Value: "medium"}
	case think:
		return &api.ThinkValue{Value: true}
	case model.AlwaysThinks:
		return nil
	}
	return &api.ThinkValue{Value: false}
}

// harmony tells whether an architecture knows degrees of reasoning instead of
// on and off.
func harmony(arch string) bool { return arch == "gptoss" || arch == "gpt-oss" }

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
