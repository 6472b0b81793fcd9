//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/chat"
)

// TestNewcomer_OneCommandToAnAnswer is the README's first command.
func TestNewcomer_OneCommandToAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	r := h.run("ask", "--folder", dir, "How many paid vacation days do I get?").want(t, 0)
	first, _, _ := strings.Cut(r.out, "\n\n")
	if !strings.Contains(first, "27 paid vacation days") || !strings.Contains(first, "time-off.md:3") {
		t.Errorf("the first quote is not the sentence at time-off.md:3:\n%s", r.out)
	}
	if strings.Contains(r.out, "\x1b") {
		t.Error("control sequences in piped output")
	}

	a := decode[chat.Answer](t, h.run("ask", "--json", "How many paid vacation days do I get?").want(t, 0))
	if a.Kind != chat.KindQuotes || len(a.Quotes) == 0 {
		t.Fatalf("answer is %q with %d quotes", a.Kind, len(a.Quotes))
	}
	c := a.Quotes[0].Citation
	if c.Path != filepath.Join(dir, "time-off.md") || c.Place.Line != 3 || c.State != golocal.Current {
		t.Errorf("cited %s line %d, %s", c.Path, c.Place.Line, c.State)
	}
	text, err := os.ReadFile(c.Path)
	if err != nil || !strings.Contains(string(text), c.Quote) || string(text[c.Span.Start:c.Span.End]) != c.Quote {
		t.Errorf("the quote %q is not at bytes %d to %d of the file", c.Quote, c.Span.Start, c.Span.End)
	}
	if a.Ledger.Evidence <= 0 || a.Ledger.Seconds.Total <= 0 || len(a.Sources) == 0 {
		t.Errorf("the ledger is empty: %+v", a.Ledger)
	}
}

func TestNewcomer_GeneratedAnswerIsChecked(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	r := h.run("ask", "--folder", dir, "--generate", "--json", "How many paid vacation days do I get?").want(t, 0)
	a := decode[chat.Answer](t, r)
	if a.Kind != chat.KindGenerated || len(a.Sentences) == 0 {
		t.Fatalf("answer is %q with %d sentences", a.Kind, len(a.Sentences))
	}
	for _, s := range a.Sentences {
		switch s.Verdict {
		case chat.Supported, chat.Partly:
			if len(s.Citations) == 0 {
				t.Errorf("%q is %s without a citation", s.Text, s.Verdict)
			}
		case chat.Unsupported, chat.NotAClaim:
		default:
			t.Errorf("%q has the verdict %q", s.Text, s.Verdict)
		}
	}
	l := a.Ledger
	if l.Model == "" || l.Window == 0 || l.PromptTokens == 0 || l.Tokens == 0 || l.Seconds.FirstToken == 0 {
		t.Errorf("the ledger lacks what the model cost: %+v", l)
	}

	r = h.run("ask", "--generate", "How many paid vacation days do I get?").want(t, 0)
	if !strings.Contains(r.out, "supported") {
		t.Errorf("no verdict beside the sentences:\n%s", r.out)
	}
}

func TestNewcomer_HonestRefusal(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	r := h.run("ask", "--folder", dir, "Which team won the 1998 chess olympiad?").want(t, 3)
	if !strings.Contains(r.out, "Your files don't answer this") {
		t.Errorf("no refusal:\n%s", r.out)
	}
	a := decode[chat.Answer](t, h.run("ask", "--json", "Which team won the 1998 chess olympiad?").want(t, 3))
	if a.Kind != chat.KindNone || a.Ledger.Enough {
		t.Errorf("answer is %q, evidence %.2f, enough %v", a.Kind, a.Ledger.Evidence, a.Ledger.Enough)
	}
}

func TestNewcomer_SearchShape(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	h.run("add", dir).want(t, 0)
	type hit struct {
		Path    string
		Heading []string
		Place   golocal.Place
		Span    golocal.Span
		Text    string
		Score   float64
		Parts   golocal.Parts
	}
	type found struct{ Hits []hit }
	for query, file := range map[string]string{
		"toner of the printer":          "office/printer.txt",
		"compound interest":             "code/interest.go",
		"vegetarian lasagne price":      "news.html",
		"what if I lose my badge":       "office/keys.md",
		"journeys by plane that we pay": "expenses.md",
	} {
		f := decode[found](t, h.run("search", "--json", query).want(t, 0))
		if len(f.Hits) == 0 || f.Hits[0].Path != filepath.Join(dir, file) {
			t.Errorf("%q: first hit is not %s: %+v", query, file, f.Hits)
			continue
		}
		top := f.Hits[0]
		if top.Text == "" || top.Span.End <= top.Span.Start || top.Score <= 0 || top.Parts == (golocal.Parts{}) {
			t.Errorf("%q: the hit lacks text, span, score or parts: %+v", query, top)
		}
		if top.Place == (golocal.Place{}) {
			t.Errorf("%q: the hit has no place", query)
		}
	}
	r := h.run("search", "--lines", "--limit", "3", "toner of the printer").want(t, 0)
	if n := lines(r.out); n < 1 || n > 3 || !strings.Contains(r.out, "printer.txt:1:") {
		t.Errorf("--lines printed:\n%s", r.out)
	}
	if r := h.run("search", "--json", "alert never indexed script"); strings.Contains(r.out, "alert('never indexed')") {
		t.Error("a script of a page is in the index")
	}
}
