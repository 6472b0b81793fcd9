package chat

import (
	"encoding/json"
	"testing"

	"golocal"

	"github.com/google/go-cmp/cmp"
)

func TestEvents_JSONCarriesTheTypeAndReadsBack(t *testing.T) {
	citation := golocal.Citation{Source: 1, Doc: 2, Ref: golocal.Ref{Root: 3, Path: "a.md"}, Quote: "q", State: golocal.Current}
	sentence := Sentence{Index: 1, Lead: "\n", Text: "t", Verdict: Partly, Citations: []golocal.Citation{citation}, Reasons: []string{"r"}}
	quote := Quote{Citation: citation, Plain: "q", Score: 1.5}
	for _, e := range []Event{
		Status{Phase: PhaseSearch, Text: "Searching"},
		Status{},
		Found{golocal.Found{Query: "q", Hits: []golocal.Hit{}, Evidence: .5}},
		Sources{Sources: []golocal.Source{{Number: 1}}},
		Quotes{[]Quote{quote}},
		Token{"a"},
		Reasoning{"b"},
		sentence,
		Answer{Kind: KindGenerated, Text: "t", Sentences: []Sentence{sentence}, Quotes: []Quote{quote}, Verdict: Partly, Support: .5, Reasoning: "r", Ledger: Ledger{Model: "m", Planned: 2, Estimated: true, Warning: "w", Seconds: Seconds{Total: 1, Reasoning: 2}}},
	} {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(b, &fields); err != nil {
			t.Fatalf("%s: %v in %s", e.Name(), err, b)
		}
		if fields["type"] != e.Name() {
			t.Errorf("%s has the type %v: %s", e.Name(), fields["type"], b)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(e, back); d != "" {
			t.Errorf("%s: %s", e.Name(), d)
		}
	}
}

func TestDecode_Errors(t *testing.T) {
	for _, s := range []string{"", "{", `{"type":"song"}`, `{"type":"token","text":5}`} {
		if e, err := Decode([]byte(s)); err == nil {
			t.Errorf("%q reads as %v", s, e)
		}
	}
}
