package chat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// library is a catalogue in memory; no text has conditions.
type library []golocal.Document

func (l library) Understand(text string, scope golocal.Scope) (golocal.Query, error) {
	return golocal.Query{Text: text, Scope: scope}, nil
}

func (l library) Documents(_ context.Context, scope golocal.Scope) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, d := range l {
			in := len(scope.Roots) == 0 || slices.Contains(scope.Roots, d.Ref.Root)
			for _, t := range scope.With {
				in = in && strings.Contains(d.Text, t.Text)
			}
			d.Text, d.Sections, d.Marks = "", nil, nil
			if in && !yield(d, nil) {
				return
			}
		}
	}
}

func (l library) DocumentByID(_ context.Context, id int64) (golocal.Document, bool, error) {
	for _, d := range l {
		if d.ID == id {
			return d, true, nil
		}
	}
	return golocal.Document{}, false, nil
}

// filed is a document of one text, a section to a paragraph.
func filed(id, root int64, path, kind, text string) golocal.Document {
	d := golocal.Document{ID: id, Ref: golocal.Ref{Root: root, Path: path}, Type: kind, State: golocal.StateReady, Text: text, Marks: []golocal.Mark{{Place: golocal.Place{Line: 1}}}}
	at := 0
	for p := range strings.SplitSeq(text, "\n\n") {
		d.Sections = append(d.Sections, golocal.Section{Kind: golocal.KindParagraph, Span: golocal.Span{Start: at, End: at + len(p)}})
		at += len(p) + 2
	}
	if kind == "csv" {
		d.Sections = []golocal.Section{{Kind: golocal.KindTable, Span: golocal.Span{End: len(text)}}}
	}
	return d
}

func someLibrary() library {
	l := library{
		filed(1, 1, "trip.md", "markdown", "We went to Lisbon in May."),
		filed(2, 1, "home.md", "markdown", "The roof leaks again."),
		filed(3, 2, "costs.csv", "csv", "City,Amount\nBonn,1.50\nKiel,2.25\nKiel,x\n"),
		{ID: 4, Ref: golocal.Ref{Root: 2, Path: "scan.pdf"}, Type: "pdf", State: golocal.StateNoText, Reason: "no text in its 1 page"},
	}
	return l
}

func places(r golocal.Ref) string {
	return strings.TrimSuffix(fmt.Sprintf("/home/root%d/%s", r.Root, r.Path), "/")
}

func TestAnswer_ComputesOverTheFiles(t *testing.T) {
	for _, c := range []struct {
		question string
		scope    golocal.Scope
		value    string
		cited    []string // path and quote of what is listed
		says     []string
	}{
		{"How many files are there?", golocal.Scope{}, "4", []string{"trip.md:", "home.md:", "costs.csv:", "scan.pdf:"}, []string{"There are 4 files.", "Read 3 of 4 files; 1 had no text: scan.pdf (no text in its 1 page)."}},
		{"How many files are there?", golocal.Scope{Roots: []int64{1}}, "2", []string{"trip.md:", "home.md:"}, []string{"Read 2 of 2 files."}},
		{"Which files mention Lisbon?", golocal.Scope{}, "1", []string{"trip.md:We went to Lisbon in May."}, []string{"There is 1 file with “Lisbon”."}},
		{"total amount in costs.csv", golocal.Scope{}, "3.75", []string{"costs.csv:"}, []string{"is 3.75.", "lines 2-3", `"x" at line 4`}},
		{"total amount for Kiel in costs.csv", golocal.Scope{}, "2.25", []string{"costs.csv:"}, []string{"for Kiel"}},
	} {
		events, a, err := ask(t, Options{Retriever: finder{err: errors.New("searched")}, Files: someLibrary(), Path: places, Checker: disk{text: "We went to Lisbon in May."}},
			Request{Question: c.question, Scope: c.scope})
		if err != nil {
			t.Fatalf("%s: %v", c.question, err)
		}
		if a.Kind != KindComputed || a.Counted.Value != c.value || a.Verdict != Supported {
			t.Errorf("%s: %s %+v", c.question, a.Kind, a.Counted)
			continue
		}
		var cited []string
		for _, s := range a.Sentences[1:] {
			for _, x := range s.Citations {
				cited = append(cited, x.Ref.Path+":"+x.Quote)
				if x.Path != places(x.Ref) || x.State != golocal.Current || a.Sources[x.Source-1].Hit.Doc.ID != x.Doc {
					t.Errorf("%s: citation %+v", c.question, x)
				}
			}
		}
		if !slices.Equal(cited, c.cited) {
			t.Errorf("%s: cites %q", c.question, cited)
		}
		for _, s := range c.says {
			if !strings.Contains(a.Text, s) {
				t.Errorf("%s: %q lacks %q", c.question, a.Text, s)
			}
		}
		if got := strings.Join(eventNames(events), " "); got != "found sources answer" {
			t.Errorf("%s: events %s", c.question, got)
		}
	}
}

func TestAnswer_ManyFilesAreCountedAndTheFirstShown(t *testing.T) {
	var l library
	for i := range 700 {
		l = append(l, filed(int64(i+1), 1, fmt.Sprintf("n%03d.md", i), "markdown", "A note."))
	}
	_, a, err := ask(t, Options{Retriever: finder{}, Files: l, Path: places}, Request{Question: "List all files"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Counted.Total != 700 || len(a.Counted.Items) != itemsKept || len(a.Sources) != itemsShown || !strings.Contains(a.Text, "and 680 more") {
		t.Errorf("%d of %d items, %d sources", len(a.Counted.Items), a.Counted.Total, len(a.Sources))
	}
}

func TestAnswer_OtherQuestionsAreSearched(t *testing.T) {
	for _, q := range []string{question, "How many notes are in an octave?", "What is the total cost of the wall?", "Which files mention the end of all days?"} {
		_, a, err := ask(t, Options{Retriever: enough(hits()...), Files: someLibrary(), Path: places}, Request{Question: q})
		if err != nil || a.Kind != KindQuotes {
			t.Errorf("%s: %s, %v", q, a.Kind, err)
		}
	}
}

// digester is a model that notes the first sentence of each source it is given.
type digester struct {
	asked *[]string // prompts
	fail  int       // the prompts up to this one fail
	stop  func(n int)
}

func (d digester) Generate(ctx context.Context, m []golocal.Message, _ golocal.Limits) iter.Seq2[golocal.Delta, error] {
	return func(yield func(golocal.Delta, error) bool) {
		prompt := m[len(m)-1].Content
		*d.asked = append(*d.asked, prompt)
		if d.stop != nil {
			d.stop(len(*d.asked))
		}
		if ctx.Err() != nil {
			yield(golocal.Delta{}, ctx.Err())
			return
		}
		if len(*d.asked) <= d.fail {
			yield(golocal.Delta{}, errors.New("out of memory"))
			return
		}
		blocks := strings.Split(prompt, `"""`)
		for i := 1; i < len(blocks); i += 2 {
			first, _, _ := strings.Cut(strings.TrimSpace(blocks[i]), ". ")
			if !yield(golocal.Delta{Text: fmt.Sprintf("%s. [%d] ", strings.TrimSuffix(first, "."), i/2+1)}, nil) {
				return
			}
		}
	}
}

// longText has n paragraphs of about 60 tokens, each with a number of its own.
func longText(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "The station number %d measured %d millimetres of rain. %s\n\n", i, 100+i, strings.Repeat("It was a wet and windy day over there. ", 4))
	}
	return strings.TrimSpace(b.String())
}

func TestAnswer_SummaryOfMoreThanFits(t *testing.T) {
	l := library{filed(1, 1, "rain.md", "markdown", longText(300))}
	var asked []string
	events, a, err := ask(t, Options{Retriever: finder{}, Generator: digester{asked: &asked}, Model: big, Files: l, Path: places}, Request{Question: "Summarise rain.md"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != KindGenerated || a.Support != 1 || len(a.Sentences) < 5 || len(a.Quotes) == 0 {
		t.Fatalf("%s, %.2f, %d sentences, %d quotes: %s", a.Kind, a.Support, len(a.Sentences), len(a.Quotes), a.Note)
	}
	text := l[0].Text
	for _, s := range a.Sentences {
		for _, c := range s.Citations {
			if text[c.Span.Start:c.Span.End] != c.Quote || !strings.Contains(c.Quote, strings.TrimSuffix(s.Text, ".")) || c.Place.Line == 0 {
				t.Errorf("%q is cited to %+v", s.Text, c)
			}
		}
	}
	last := Status{}
	for _, e := range events {
		if s, ok := e.(Status); ok && s.Phase == PhaseProgress {
			if s.Done < last.Done || s.Of != len(asked)-1 {
				t.Errorf("progress %+v after %+v, %d prompts", s, last, len(asked))
			}
			last = s
		}
	}
	if last.Done != last.Of || last.Of < 5 || last.Of > maxStretches {
		t.Errorf("the last progress is %+v", last)
	}
	for _, p := range asked {
		if n := estimate(p); n > 4096 {
			t.Errorf("a prompt has about %d tokens", n)
		}
	}
	if a.Counted == nil || a.Counted.Read != 1 {
		t.Errorf("counted %+v", a.Counted)
	}
}

func TestAnswer_SummaryOfWhatFitsIsOnePrompt(t *testing.T) {
	l := library{filed(1, 1, "rain.md", "markdown", longText(6))}
	var asked []string
	_, a, err := ask(t, Options{Retriever: finder{}, Generator: digester{asked: &asked}, Model: big, Files: l, Path: places}, Request{Question: "Summarise rain.md"})
	if err != nil || a.Kind != KindGenerated || a.Support != 1 || len(asked) != 1 || len(a.Sentences) < 3 {
		t.Errorf("%v, %s, %d prompts, %d sentences", err, a.Kind, len(asked), len(a.Sentences))
	}
}

func TestAnswer_SummaryGoesOnWithoutAPartThatFailed(t *testing.T) {
	l := library{filed(1, 1, "rain.md", "markdown", longText(120))}
	var asked []string
	_, a, err := ask(t, Options{Retriever: finder{}, Generator: digester{asked: &asked, fail: 2}, Model: big, Files: l, Path: places}, Request{Question: "Summarise rain.md"})
	if err != nil || a.Kind != KindGenerated || a.Support != 1 {
		t.Errorf("%v, %s %s", err, a.Kind, a.Note)
	}
	asked = nil
	_, a, err = ask(t, Options{Retriever: finder{}, Generator: digester{asked: &asked, fail: 1000}, Model: big, Files: l, Path: places}, Request{Question: "Summarise rain.md"})
	if err != nil || a.Kind == KindGenerated || a.Kind == KindNone {
		t.Errorf("a model that always fails: %v, %s %s", err, a.Kind, a.Note)
	}
}

func TestAnswer_SummaryStopsWithItsContext(t *testing.T) {
	l := library{filed(1, 1, "rain.md", "markdown", longText(300))}
	var asked []string
	ctx, cancel := context.WithCancel(t.Context())
	a := New(Options{Retriever: finder{}, Model: big, Files: l, Path: places, Generator: digester{asked: &asked, stop: func(n int) {
		if n == 3 {
			cancel()
		}
	}}})
	var last error
	for _, err := range a.Answer(ctx, Request{Question: "Summarise rain.md"}) {
		last = err
	}
	if !errors.Is(last, context.Canceled) || len(asked) != 3 {
		t.Errorf("%v after %d prompts", last, len(asked))
	}
}

func TestAnswer_ComparesWithBothSources(t *testing.T) {
	l := library{
		filed(1, 1, "a.md", "markdown", "The landlord repairs the roof within thirty days.\n\nA small dog may live in the garden."),
		filed(2, 1, "b.md", "markdown", "The landlord repairs the roof within ninety days.\n\nBicycles belong into the cellar of the house."),
	}
	_, a, err := ask(t, Options{Retriever: finder{}, Files: l, Path: places}, Request{Question: "Compare a.md and b.md"})
	if err != nil || a.Kind != KindComputed {
		t.Fatalf("%v, %s", err, a.Kind)
	}
	for _, s := range []string{"a.md: The landlord repairs the roof within thirty days.", "b.md: The landlord repairs the roof within ninety days.", "only a.md: A small dog", "only b.md: Bicycles", "0 are word for word the same"} {
		if !strings.Contains(a.Text, s) {
			t.Errorf("%q lacks %q", a.Text, s)
		}
	}
	var asked []string
	_, a, err = ask(t, Options{Retriever: finder{}, Files: l, Path: places, Model: big, Generator: digester{asked: &asked}}, Request{Question: "Compare a.md and b.md"})
	docs := map[int64]bool{}
	for _, s := range a.Sentences {
		for _, c := range s.Citations {
			docs[c.Doc] = true
		}
	}
	if err != nil || a.Kind != KindGenerated || len(docs) != 2 || a.Support != 1 {
		t.Errorf("%v, %s, %v, %.2f", err, a.Kind, docs, a.Support)
	}
}
