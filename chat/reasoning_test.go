package chat

import (
	"context"
	"iter"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

var reasons = only(Model{Name: "deep", Window: always(8192), Thinks: true, Always: true})

func TestAnswer_ReasoningIsKeptApart(t *testing.T) {
	var limits golocal.Limits
	o := Options{Retriever: enough(hits()...), Model: reasons, Generator: script{
		think: words("The user asks [1]. There were 99 days of vacation. "), limits: &limits,
		say: words("Acme offers 20 days of paid vacation every year [1]."), usage: &golocal.Usage{Tokens: 40}}}
	events, a, err := ask(t, o, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	notes, tokens, late := "", "", false
	for _, e := range events {
		switch e := e.(type) {
		case Reasoning:
			notes += e.Text
			late = late || tokens != ""
		case Token:
			tokens += e.Text
		}
	}
	if notes != "The user asks [1]. There were 99 days of vacation. " || a.Reasoning != notes || late {
		t.Errorf("reasoning %q, in the answer %q, after a token: %v", notes, a.Reasoning, late)
	}
	if a.Kind != KindGenerated || len(a.Sentences) != 1 || a.Support != 1 || strings.Contains(a.Text+tokens, "99") {
		t.Errorf("%+v", a)
	}
	if limits.Tokens != 512+thoughts || limits.Think {
		t.Errorf("limits %+v", limits)
	}
}

func TestAnswer_ReplyThatEndsInsideItsReasoning(t *testing.T) {
	o := Options{Retriever: enough(hits()...), Model: reasons, Generator: script{think: words("well, well "), usage: &golocal.Usage{Tokens: 2560, Cut: true}}}
	_, a, err := ask(t, o, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != KindQuotes || len(a.Quotes) == 0 || !strings.Contains(a.Note, "deep used up its 2,560 tokens while it reasoned") || strings.Contains(a.Note, "longest length") || a.Reasoning == "" {
		t.Errorf("%s, note %q", a.Kind, a.Note)
	}
}

func TestAnswer_EmptyAndEndlessReasoning(t *testing.T) {
	say := words("Acme offers 20 days of paid vacation every year [1].")
	events, a, err := ask(t, Options{Retriever: enough(hits()...), Model: reasons, Generator: script{think: []string{"\n", "\n"}, say: say}}, Request{Question: question})
	if err != nil || a.Reasoning != "" || a.Ledger.Seconds.Reasoning != 0 {
		t.Errorf("an empty frame: %q, %v", a.Reasoning, err)
	}
	for _, e := range events {
		if e.Name() == "reasoning" {
			t.Errorf("an event of nothing: %+v", e)
		}
	}
	_, a, err = ask(t, Options{Retriever: enough(hits()...), Model: reasons, Generator: script{think: []string{strings.Repeat("é", maxReasoning), "more"}, say: say}}, Request{Question: question})
	if err != nil || len(a.Reasoning) > maxReasoning+8 || !strings.HasSuffix(a.Reasoning, " …") || strings.Contains(a.Reasoning, "\uFFFD") || a.Kind != KindGenerated {
		t.Errorf("%d bytes of reasoning, %v", len(a.Reasoning), err)
	}
}

// slow is a model that takes its time.
type slow struct{}

func (slow) Generate(context.Context, []golocal.Message, golocal.Limits) iter.Seq2[golocal.Delta, error] {
	return func(yield func(golocal.Delta, error) bool) {
		time.Sleep(time.Second)
		if !yield(golocal.Delta{Thinking: "hm "}, nil) {
			return
		}
		time.Sleep(12 * time.Second)
		yield(golocal.Delta{Text: "Acme offers 20 days of paid vacation every year [1].", Usage: &golocal.Usage{}}, nil)
	}
}

func TestAnswer_FirstTokenAndReasoningAreTimedApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := Options{Retriever: enough(hits()...), Model: reasons, Generator: slow{}}
		_, a, err := ask(t, o, Request{Question: question})
		if err != nil {
			t.Fatal(err)
		}
		s := a.Ledger.Seconds
		if s.FirstReasoning != 1 || s.Reasoning != 12 || s.FirstToken != 13 {
			t.Errorf("%+v", s)
		}
	})
}
