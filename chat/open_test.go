package chat

import (
	"strings"
	"testing"

	"golocal"
)

func TestAnswer_OpenMarksWhatIsNotFromFiles(t *testing.T) {
	say := words("Acme offers 20 days of paid vacation every year [1]. Vacation days roll over up to a bank of 45 days [1]. The capital of France is Paris [2].")
	_, a, err := ask(t, Options{Retriever: enough(hits()...), Model: big, Generator: script{say: say}}, Request{Question: question, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != KindGenerated || len(a.Sentences) != 3 {
		t.Fatalf("%+v", a)
	}
	for i, want := range []Verdict{Supported, Unsupported, NotFromFiles} { // the second contradicts a file
		if got := a.Sentences[i].Verdict; got != want {
			t.Errorf("sentence %d is %s, want %s: %v", i, got, want, a.Sentences[i].Reasons)
		}
	}
	if c := a.Sentences[2].Citations; len(c) != 0 {
		t.Errorf("general knowledge cites %+v", c)
	}
	if a.Verdict != Partly || a.Support != 1./3 || a.Folded {
		t.Errorf("verdict %s, support %v, folded %v", a.Verdict, a.Support, a.Folded)
	}
}

func TestAnswer_OpenGoesPastTheGate(t *testing.T) {
	var prompt []golocal.Message
	o := Options{Model: big, Generator: script{say: words("The capital of France is Paris."), prompts: &prompt}}
	for name, f := range map[string]finder{"misses": {found: golocal.Found{Hits: hits(), Evidence: .1}}, "nothing": {}} {
		o.Retriever = f
		_, a, err := ask(t, o, Request{Question: "What is the capital of France?", Open: true})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != KindGenerated || a.Verdict != NotFromFiles || a.Support != 0 || a.Folded || a.Sentences[0].Verdict != NotFromFiles {
			t.Errorf("%s: %+v", name, a)
		}
		if !strings.Contains(a.Note, "your files don't answer this") || a.Ledger.Enough {
			t.Errorf("%s: note %q, enough %v", name, a.Note, a.Ledger.Enough)
		}
		if !strings.Contains(prompt[0].Content, "general knowledge") {
			t.Errorf("%s: the model is not told that it may: %q", name, prompt[0].Content)
		}
		_, a, err = ask(t, o, Request{Question: "What is the capital of France?"})
		if err != nil || a.Kind != KindNone {
			t.Errorf("%s: strict is not the default: %+v, %v", name, a, err)
		}
	}
}

func TestAnswer_OpenNeedsAModelThatAnswers(t *testing.T) {
	none := finder{found: golocal.Found{Hits: hits(), Evidence: .1}}
	_, a, err := ask(t, Options{Retriever: none}, Request{Question: question, Open: true})
	if err != nil || a.Kind != KindNone || !strings.Contains(a.Note, "general knowledge needs a chat model") {
		t.Errorf("no model: %+v, %v", a, err)
	}
	_, a, err = ask(t, Options{Retriever: none, Model: big, Generator: script{}}, Request{Question: question, Open: true})
	if err != nil || a.Kind != KindNone {
		t.Errorf("a silent model: %+v, %v", a, err)
	}
	_, a, err = ask(t, Options{Retriever: none, Model: big, Generator: script{say: words("I don't know.")}}, Request{Question: question, Open: true})
	if err != nil || a.Kind != KindNone {
		t.Errorf("a model that does not know: %+v, %v", a, err)
	}
	_, a, err = ask(t, Options{Retriever: none, Model: tiny, Generator: script{say: words("The capital of France is Paris.")}}, Request{Question: question, Open: true})
	if err != nil || a.Kind != KindGenerated || !strings.Contains(a.Note, "very small model") {
		t.Errorf("a tiny model: %+v, %v", a, err)
	}
	if _, _, err = ask(t, Options{Retriever: none}, Request{Question: question, Open: true, Mode: ModeQuotes}); err == nil {
		t.Error("quotes are taken from general knowledge")
	}
}
