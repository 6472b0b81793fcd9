package engine

import (
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/model/parsers"
	"github.com/ollama/ollama/thinking"
)

// splitter tells a model's reasoning from its answer as the text arrives.
type splitter interface {
	add(text string, last bool) (content, thinking string, err error)
}

// splitter returns the one for this model and request.
func (m *installed) splitter(think *api.ThinkValue, prompt string, last *api.Message) splitter {
	if p := m.parser(); p != nil {
		p.Init(nil, last, think)
		return parserSplitter{p}
	}
	opening, closing := thinking.InferTags(m.template.Template)
	if think == nil || !think.Bool() || opening == "" || closing == "" {
		return wholeSplitter{}
	}
	p := &thinking.Parser{OpeningTag: opening, ClosingTag: closing}
	if strings.HasSuffix(strings.TrimSpace(prompt), opening) {
		p.AddContent(opening) // the template has opened it already
	}
	return tagSplitter{p}
}

// wholeSplitter takes all for the answer.
type wholeSplitter struct{}

func (wholeSplitter) add(text string, _ bool) (string, string, error) { return text, "", nil }

// tagSplitter knows reasoning by the tags around it.
type tagSplitter struct{ p *thinking.Parser }

func (s tagSplitter) add(text string, _ bool) (string, string, error) {
	notes, content := s.p.AddContent(text)
	return content, notes, nil
}

// parserSplitter asks the parser that the model names.
type parserSplitter struct{ p parsers.Parser }

func (s parserSplitter) add(text string, last bool) (string, string, error) {
	content, notes, _, err := s.p.Add(text, last)
	return content, notes, err
}
