package chat

import (
	"context"
	"os"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/prose"
)

// dialogue is a made conversation and what its last question must be searched with.
type dialogue struct {
	said  []golocal.Message
	asked string
	needs []string // words that must be in it
	not   []string // words that must not
}

// dialogues reads made conversations: "Q: …", "A: …", and at the end of each
// "=> needed words | words that must not be there".
func dialogues(t *testing.T, file string) []dialogue {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []dialogue
	var d dialogue
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "Q: "):
			if d.asked != "" {
				d.said = append(d.said, golocal.Message{Role: "user", Content: d.asked})
			}
			d.asked = line[3:]
		case strings.HasPrefix(line, "A: "):
			d.said = append(d.said, golocal.Message{Role: "user", Content: d.asked}, golocal.Message{Role: "assistant", Content: line[3:]})
			d.asked = ""
		case strings.HasPrefix(line, "=> "):
			needs, not, _ := strings.Cut(line[3:], "|")
			d.needs, d.not = strings.Fields(needs), strings.Fields(not)
			out = append(out, d)
			d = dialogue{}
		}
	}
	return out
}

// carriedRight counts the dialogues whose last question is carried over right.
func carriedRight(t *testing.T, all []dialogue) int {
	n := 0
	for _, d := range all {
		got := d.asked
		if leans(d.asked) {
			got = carry(d.asked, d.said)
		}
		have := prose.Stems(prose.Words(got))
		wrong := ""
		for _, w := range d.needs {
			for s := range prose.Stems(prose.Words(w)) {
				if !have[s] {
					wrong += " without " + w
				}
			}
		}
		for _, w := range d.not {
			for s := range prose.Stems(prose.Words(w)) {
				if have[s] {
					wrong += " with " + w
				}
			}
		}
		if wrong == "" {
			n++
		} else {
			t.Logf("%q becomes %q%s", d.asked, got, wrong)
		}
	}
	return n
}

func TestCarry_Dialogues(t *testing.T) {
	for _, c := range []struct {
		file  string
		least float64
	}{{"testdata/followups_known.txt", .95}, {"testdata/followups_unseen.txt", .75}} {
		all := dialogues(t, c.file)
		n := carriedRight(t, all)
		t.Logf("%s: %d of %d", c.file, n, len(all))
		if len(all) < 20 || float64(n) < c.least*float64(len(all)) {
			t.Errorf("%s: %d of %d carried over right", c.file, n, len(all))
		}
	}
}

func TestCarry_Words(t *testing.T) {
	for _, c := range []struct{ prev, asked, want string }{
		{"Who may take the sabbatical?", "How long is it?", "How long is the sabbatical?"},
		{"How many vacation days do I get?", "And in the first year?", "How many vacation days do I get in the first year?"},
		{"How much does the company pay for vision insurance?", "What about dental?", "How much does the company pay for dental insurance?"},
		{"How many vacation days do I get?", "What about sick days?", "How many sick days do I get?"},
		{"Is the pool closed?", "Why?", "Why: Is the pool closed?"},
		{"Was kostet ein neuer Ausweis?", "Und ein Parkplatz?", "Was kostet ein Parkplatz?"},
	} {
		if got := carry(c.asked, []golocal.Message{{Role: "user", Content: c.prev}}); got != c.want {
			t.Errorf("%q after %q: %q, want %q", c.asked, c.prev, got, c.want)
		}
	}
	for _, q := range []string{"How long is the sabbatical?", "When is open enrollment for dental insurance?", "Wie viele Urlaubstage gibt es im Jahr?", "Is there a canteen in the Berlin office?"} {
		if leans(q) {
			t.Errorf("%q is taken for a follow-up", q)
		}
	}
}

func TestSensible_RefusesWhatIsNoRewriting(t *testing.T) {
	said := []golocal.Message{{Role: "user", Content: "Who may take the sabbatical?"}, {Role: "assistant", Content: "Everybody after three years."}}
	for _, c := range []struct {
		text string
		want string
	}{
		{"How long is the sabbatical?", "How long is the sabbatical?"},
		{"\n Rewritten question: \"How long is the sabbatical?\" \n", "How long is the sabbatical?"},
		{"", ""},
		{"How long is it?", ""}, // nothing is better
		{"The sabbatical lasts six weeks in spring and needs consent.", ""}, // an answer, made up
		{"How long is\nthe sabbatical?", ""},
		{"Tell me a story about dragons and castles", ""},
		{strings.Repeat("How long is the sabbatical? ", 40), ""},
	} {
		got, ok := sensible(c.text, "How long is it?", said)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%.60q becomes %q, %v", c.text, got, ok)
		}
	}
}

// recorder is a search that notes what it was asked; a scope of documents has one
// passage more.
type recorder struct {
	questions []string
	scopes    []golocal.Scope
}

func (r *recorder) Retrieve(_ context.Context, q string, s golocal.Scope, _ int) (golocal.Found, error) {
	r.questions, r.scopes = append(r.questions, q), append(r.scopes, s)
	found := golocal.Found{Query: q, Hits: hits()[:1], Evidence: .9, Enough: true}
	if len(s.Docs) > 0 {
		found.Hits = hits()
	}
	return found, nil
}

// talk is a conversation about the sabbatical.
func talk() []golocal.Message {
	return []golocal.Message{{Role: "user", Content: "Who may take the sabbatical?"}, {Role: "assistant", Content: "Everybody after three years."}}
}

// eventsOf gathers an answer's events.
func eventsOf(t *testing.T, o Options, q Request) []Event {
	t.Helper()
	var out []Event
	for e, err := range New(o).Answer(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func TestAnswer_PutsAFollowUpIntoItsOwnWords(t *testing.T) {
	good := only(Model{Name: "good"})
	tiny := only(Model{Name: "tiny", Tiny: true})
	for name, c := range map[string]struct {
		q     Request
		model chosen
		say   string
		err   error
		want  Standalone // none: the question itself
	}{
		"quotes ask no model":       {Request{Question: "How long is it?", Messages: talk(), Mode: ModeQuotes}, good, "How many weeks is the sabbatical?", nil, Standalone{"How long is the sabbatical?", ByRules}},
		"a tiny model is not asked": {Request{Question: "How long is it?", Messages: talk(), Mode: ModeGenerate}, tiny, "How long may the sabbatical take?", nil, Standalone{"How long is the sabbatical?", ByRules}},
		"a good one is":             {Request{Question: "How long is it?", Messages: talk()}, good, "How long may the sabbatical be?", nil, Standalone{"How long may the sabbatical be?", ByModel}},
		"but not believed":          {Request{Question: "How long is it?", Messages: talk()}, good, "Six weeks, as the handbook of Acme says.", nil, Standalone{"How long is the sabbatical?", ByRules}},
		"nor waited for":            {Request{Question: "How long is it?", Messages: talk()}, good, "How", context.DeadlineExceeded, Standalone{"How long is the sabbatical?", ByRules}},
		"the user's own words":      {Request{Question: "How long is it?", Messages: talk(), Standalone: "How long is parental leave?"}, good, "x", nil, Standalone{"How long is parental leave?", ByUser}},
		"a question of its own":     {Request{Question: "When is open enrollment for dental insurance?", Messages: talk()}, good, "x", nil, Standalone{}},
		"a first question":          {Request{Question: "How long is it?"}, good, "x", nil, Standalone{}},
	} {
		t.Run(name, func(t *testing.T) {
			search := &recorder{}
			events := eventsOf(t, Options{Retriever: search, Model: c.model, Generator: script{say: []string{c.say}, err: c.err}}, c.q)
			var got Standalone
			for _, e := range events {
				if s, ok := e.(Standalone); ok {
					got = s
				}
			}
			searched := c.want.Text
			if searched == "" {
				searched = c.q.Question
			}
			last := events[len(events)-1].(Answer)
			if got != c.want || search.questions[0] != searched || last.Ledger.Question != searched {
				t.Errorf("%+v, searched %q, in the ledger %q", got, search.questions, last.Ledger.Question)
			}
		})
	}
}

func TestAnswer_KeepsCitedPassagesAsCandidates(t *testing.T) {
	second := hits()[1]
	cited := golocal.Citation{Doc: second.Doc.ID, Quote: "We don't track sick days."}
	for name, c := range map[string]struct {
		cited []golocal.Citation
		scope golocal.Scope
		want  int // passages found
	}{
		"none":             {nil, golocal.Scope{}, 1},
		"one":              {[]golocal.Citation{cited}, golocal.Scope{}, 2},
		"not in the scope": {[]golocal.Citation{cited}, golocal.Scope{Docs: []int64{99}}, 2}, // as the search of that scope itself says
		"another quote":    {[]golocal.Citation{{Doc: second.Doc.ID, Quote: "Nobody knows."}}, golocal.Scope{}, 1},
	} {
		search := &recorder{}
		for _, e := range eventsOf(t, Options{Retriever: search}, Request{Question: "Who tracks sick days?", Cited: c.cited, Scope: c.scope}) {
			if f, ok := e.(Found); ok && len(f.Hits) != c.want {
				t.Errorf("%s: %d passages, want %d", name, len(f.Hits), c.want)
			}
		}
		if name == "not in the scope" && len(search.scopes) != 1 {
			t.Errorf("%s: searched in %+v", name, search.scopes)
		}
	}
}
