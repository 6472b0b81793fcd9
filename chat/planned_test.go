package chat

import (
	"strings"
	"testing"

	"golocal"
)

func TestShortfall_Table(t *testing.T) {
	for _, row := range []struct {
		planned, read int
		estimated     bool
		want          string // part of the warning; "" is none
	}{
		{3301, 3301, false, ""},
		{3301, 2048, false, "the runner read 2,048 of 3,301 planned tokens: it has cut the prompt"},
		{1000, 980, false, ""}, // 2 % is no difference
		{1000, 979, false, "read 979 of 1,000"},
		{1000, 1020, false, ""},
		{1000, 1021, false, "read 1,021 tokens where 1,000 were planned"},
		{40, 39, false, "read 39 of 40"}, // a short prompt is counted as exactly
		{3301, 0, false, ""},             // a runner that does not count
		{0, 500, false, ""},
		{3301, 2048, true, ""}, // estimates run high
		{3301, 1651, true, ""},
		{3301, 1600, true, "read 1,600 of about 3,301 planned tokens"},
		{1000, 1500, true, ""},
		{1000, 1501, true, "where about 1,000 were planned"},
		{1234567, 1000, false, "1,000 of 1,234,567"},
	} {
		got := english.shortfall(row.planned, row.read, 4096, row.estimated)
		if row.want == "" && got != "" || !strings.Contains(got, row.want) {
			t.Errorf("%+v: %q", row, got)
		}
	}
	if next := english.shortfall(3301, 2048, 8192, false); !strings.Contains(next, "OLLAMA_CONTEXT_LENGTH=8192") {
		t.Errorf("no next step: %q", next)
	}
}

// tally is a vocabulary of words: a message takes its words and three more.
type tally struct{ guess bool }

func (tally) Prepare() <-chan struct{} { return nil }

func (tally) Text(s string) int { return len(strings.Fields(s)) }

func (c tally) Prompt(messages []golocal.Message, _ bool) (n int, exact bool) {
	for _, m := range messages {
		n += c.Text(m.Content) + 3
	}
	return n, !c.guess
}

func TestAnswer_PlanAgainstWhatTheRunnerRead(t *testing.T) {
	counted := only(Model{Name: "m", Window: always(4096), Tokens: tally{}})
	guessed := only(Model{Name: "m", Window: always(4096), Tokens: tally{guess: true}})
	var sent []golocal.Message
	o := Options{Retriever: enough(hits()...), Model: counted,
		Generator: script{say: words("Acme offers 20 days of paid vacation every year [1]."), usage: &golocal.Usage{}, prompts: &sent}}
	if _, _, err := ask(t, o, Request{Question: question}); err != nil {
		t.Fatal(err)
	}
	whole, _ := tally{}.Prompt(sent, false)
	for _, row := range []struct {
		name  string
		model chosen
		read  int
		warns bool
	}{
		{"as planned", counted, whole, false},
		{"cut by the runner", counted, whole - whole/3, true},
		{"cut, but the plan was a guess", guessed, whole - whole/3, false},
		{"far off even for a guess", guessed, whole / 3, true},
	} {
		o.Model, o.Generator = row.model, script{say: words("Acme offers 20 days of paid vacation every year [1]."), think: []string{"hm "}, usage: &golocal.Usage{PromptTokens: row.read, Tokens: 900}}
		_, a, err := ask(t, o, Request{Question: question})
		if err != nil {
			t.Fatal(err)
		}
		l := a.Ledger
		if l.Planned != whole || l.PromptTokens != row.read || (l.Warning != "") != row.warns || strings.Contains(a.Note, "planned") != row.warns {
			t.Errorf("%s: ledger %+v, note %q", row.name, l, a.Note)
		}
		if guess := strings.Contains(row.name, "guess"); l.Estimated != guess {
			t.Errorf("%s: estimated is %v", row.name, l.Estimated)
		}
	}
}
