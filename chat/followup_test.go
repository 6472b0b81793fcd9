package chat

import (
	"testing"

	"golocal"
)

func TestStandalone_CarriesTheSubject(t *testing.T) {
	talk := func(qs ...string) (out []golocal.Message) {
		for _, q := range qs {
			out = append(out, golocal.Message{Role: "user", Content: q}, golocal.Message{Role: "assistant", Content: "An answer about zebras."})
		}
		return out
	}
	for _, c := range []struct {
		question string
		before   []golocal.Message
		want     string
	}{
		{"How long is the sabbatical?", nil, "How long is the sabbatical?"},
		{"How long is it?", nil, "How long is it?"},
		{"How long is it?", talk("Who may take the sabbatical?"), "How long is it? may take sabbatical"},
		{"And in the first year?", talk("How many vacation days do I get?"), "And in the first year? vacation days"},
		{"What about dental?", talk("How much does the company pay for vision insurance?"), "What about dental? company pay vision insurance"},
		{"When is open enrollment for dental insurance?", talk("What is the 401k match?"), "When is open enrollment for dental insurance?"},
		{"Why?", talk("Is the pool closed?", "Since when is it?"), "Why? Since pool closed"},
	} {
		if got := standalone(c.question, c.before); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.question, got, c.want)
		}
	}
}
