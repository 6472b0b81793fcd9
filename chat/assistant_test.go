package chat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
)

const handbook = `# Time off

Acme offers 20 days of paid vacation every year. Vacation days roll over up to a bank of 27 days.

## Sick time

We don't track sick days. Tell your manager when you are sick.

* Dental coverage: $12.50
* Family coverage: $287.65
`

// passageAt makes a hit of the part of the handbook that opens with from and ends with to.
func passageAt(id int64, from, to string) golocal.Hit {
	start := strings.Index(handbook, from)
	end := start + strings.Index(handbook[start:], to) + len(to)
	line := 1 + strings.Count(handbook[:start], "\n")
	return golocal.Hit{
		Doc: golocal.Document{ID: 7, Ref: golocal.Ref{Root: 1, Path: "time-off.md"}, Title: "Time off"},
		Chunk: golocal.Chunk{ID: id, Doc: 7, Text: handbook[start:end], Span: golocal.Span{Start: start, End: end},
			Place: golocal.Place{Line: line, LineEnd: line + strings.Count(handbook[start:end], "\n")}},
		Score: 1 / float64(id),
	}
}

func hits() []golocal.Hit {
	return []golocal.Hit{passageAt(1, "Acme offers", "27 days."), passageAt(2, "We don't track", "$287.65")}
}

// finder returns the same passages for every question.
type finder struct {
	found golocal.Found
	err   error
	asked *string
}

func (f finder) Retrieve(_ context.Context, q string, _ golocal.Scope, _ int) (golocal.Found, error) {
	if f.asked != nil {
		*f.asked = q
	}
	f.found.Query = q
	return f.found, f.err
}

func enough(h ...golocal.Hit) finder {
	return finder{found: golocal.Found{Hits: h, Evidence: .9, Enough: true}}
}

// script is a model that says given pieces, whatever it is asked.
type script struct {
	think   []string // pieces of reasoning before the others
	say     []string
	err     error // after the pieces
	usage   *golocal.Usage
	prompts *[]golocal.Message
	limits  *golocal.Limits
	stopped *bool
}

func (s script) Generate(ctx context.Context, m []golocal.Message, l golocal.Limits) iter.Seq2[golocal.Delta, error] {
	return func(yield func(golocal.Delta, error) bool) {
		if s.prompts != nil {
			*s.prompts = m
		}
		if s.limits != nil {
			*s.limits = l
		}
		say := s.say
		for _, p := range s.think {
			if !yield(golocal.Delta{Thinking: p}, nil) {
				return
			}
		}
		for _, p := range say {
			if ctx.Err() != nil {
				yield(golocal.Delta{}, ctx.Err())
				return
			}
			if !yield(golocal.Delta{Text: p}, nil) {
				if s.stopped != nil {
					*s.stopped = true
				}
				return
			}
		}
		if s.err != nil {
			yield(golocal.Delta{}, s.err)
			return
		}
		if s.usage != nil {
			yield(golocal.Delta{Usage: s.usage}, nil)
		}
	}
}

func words(s string) []string { return strings.SplitAfter(s, " ") }

// disk is what the files hold now.
type disk struct {
	text string
	err  error
}

func (d disk) Check(_ context.Context, _ golocal.Document, quote string) (golocal.Freshness, error) {
	switch {
	case d.err != nil:
		return "", d.err
	case d.text == "":
		return golocal.Gone, nil
	case strings.Contains(d.text, quote):
		return golocal.Current, nil
	}
	return golocal.Changed, nil
}

// always is a context of that size, whatever is needed.
func always(n int) func(context.Context, int) int {
	return func(context.Context, int) int { return n }
}

// chosen is an Options.Model.
type chosen = func(context.Context, string) (Model, bool, error)

// only is the model for every name.
func only(m Model) chosen {
	return func(context.Context, string) (Model, bool, error) { return m, true, nil }
}

var (
	big  = only(Model{Name: "big", Window: always(4096)})
	tiny = only(Model{Name: "tiny", Tiny: true, Window: always(2048)})
)

func ask(t *testing.T, o Options, req Request) (events []Event, answer Answer, err error) {
	t.Helper()
	for e, fail := range New(o).Answer(t.Context(), req) {
		if fail != nil {
			return events, answer, fail
		}
		events = append(events, e)
		if a, ok := e.(Answer); ok {
			answer = a
		}
	}
	if len(events) == 0 || events[len(events)-1].Name() != "answer" {
		t.Fatalf("the run does not end with an answer: %v", eventNames(events))
	}
	return events, answer, nil
}

func eventNames(events []Event) (out []string) {
	for _, e := range events {
		if n := e.Name(); n != "status" && (len(out) == 0 || out[len(out)-1] != n) {
			out = append(out, n)
		}
	}
	return out
}

const question = "How many paid vacation days do I get?"

func TestAnswer_QuotesWithoutAModel(t *testing.T) {
	for name, o := range map[string]Options{
		"no generator": {},
		"no model":     {Generator: script{}, Model: func(context.Context, string) (Model, bool, error) { return Model{}, false, nil }},
		"tiny model":   {Generator: script{}, Model: tiny},
	} {
		o.Retriever, o.Checker = enough(hits()...), disk{text: handbook}
		o.Path = func(r golocal.Ref) string { return "/home/" + r.Path }
		events, a, err := ask(t, o, Request{Question: question})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{"found", "sources", "quotes", "answer"}, eventNames(events)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if a.Kind != KindQuotes || len(a.Quotes) == 0 {
			t.Fatalf("%s: %+v", name, a)
		}
		want := golocal.Citation{Source: 1, Doc: 7, Ref: golocal.Ref{Root: 1, Path: "time-off.md"}, Path: "/home/time-off.md",
			Place: golocal.Place{Line: 3, LineEnd: 3}, Span: golocal.Span{Start: 12, End: 60},
			Quote: "Acme offers 20 days of paid vacation every year.", State: golocal.Current}
		if d := cmp.Diff(want, a.Quotes[0].Citation); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestAnswer_RefusesWithoutEvidence(t *testing.T) {
	f := within{golocal.Found{Hits: hits()[:1], Evidence: .1}, golocal.Found{Hits: hits(), Evidence: .1}}
	_, a, err := ask(t, Options{Retriever: f, Model: big, Generator: unwanted{t}}, Request{Question: "Who won the world cup?", Scope: golocal.Scope{Folder: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != KindNone || !strings.HasPrefix(a.Text, "Your files don't answer this") || len(a.Quotes) == 0 {
		t.Errorf("%+v", a)
	}
	if len(a.Widen) == 0 || a.Widen[0].Kind != WidenScope || a.Widen[0].Helps || !strings.Contains(a.Widen[0].Text, "limited to the folder x") {
		t.Errorf("widen %+v", a.Widen)
	}
	_, a, err = ask(t, Options{Retriever: finder{}}, Request{Question: "Who?"})
	if err != nil || a.Kind != KindNone || a.Quotes == nil || a.Sources == nil {
		t.Errorf("nothing found: %+v, %v", a, err)
	}
}

// unwanted is a model that must not be asked.
type unwanted struct{ t *testing.T }

func (u unwanted) Generate(context.Context, []golocal.Message, golocal.Limits) iter.Seq2[golocal.Delta, error] {
	u.t.Error("a model was asked though there is no evidence")
	return func(func(golocal.Delta, error) bool) {}
}

func TestAnswer_FallsBackToQuotes(t *testing.T) {
	unavailable := fmt.Errorf("chat: %w", golocal.ErrUnavailable)
	for _, c := range []struct {
		name string
		o    Options
		mode string
		note string
	}{
		{"wanted, none there", Options{}, ModeGenerate, "no chat model"},
		{"runner away", Options{Model: big, Generator: script{err: unavailable}}, ModeAuto, "no model runner answers"},
		{"error at once", Options{Model: big, Generator: script{err: errors.New("out of memory")}}, ModeAuto, "out of memory"},
		{"no memory", Options{Model: big, Generator: script{err: fmt.Errorf("answer with m: %w", remark.Error(golocal.ErrUnavailable, remark.NoMemory, "5 GiB"))}}, ModeAuto, "big stopped: the model does not fit into memory: 5 GiB"},
		{"says nothing", Options{Model: big, Generator: script{}}, ModeAuto, "said nothing"},
		{"says white space", Options{Model: big, Generator: script{say: []string{" ", "\n"}}}, ModeAuto, "said nothing"},
		{"says only an image", Options{Model: big, Generator: script{say: []string{"![x](http://", "evil.test)"}}}, ModeAuto, "said nothing"},
		{"window too small", Options{Generator: script{}, Model: only(Model{Name: "m", Window: always(64)})}, ModeAuto, "no passage fits"},
	} {
		c.o.Retriever = enough(hits()...)
		_, a, err := ask(t, c.o, Request{Question: question, Mode: c.mode})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if a.Kind != KindQuotes || !strings.Contains(a.Note, c.note) {
			t.Errorf("%s: kind %s, note %q", c.name, a.Kind, a.Note)
		}
	}
}

func TestAnswer_FreshnessIsShown(t *testing.T) {
	edited := strings.ReplaceAll(handbook, "20 days", "25 days")
	say := script{say: words("Acme offers 20 days of paid vacation every year [1].")}
	_, a, err := ask(t, Options{Retriever: enough(hits()...), Checker: disk{text: edited}, Model: big, Generator: say}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if s := a.Sentences[0]; s.Verdict != Partly || s.Citations[0].State != golocal.Changed || !strings.Contains(strings.Join(s.Reasons, " "), "has changed") {
		t.Errorf("sentence %+v", s)
	}
	if last := a.Quotes[len(a.Quotes)-1].Citation; last.State != golocal.Changed || a.Quotes[0].Citation.State != golocal.Current {
		t.Errorf("a quote that is gone does not stand last: %+v", a.Quotes)
	}
	for name, d := range map[string]disk{"deleted": {}, "unreadable": {err: errors.New("permission denied")}} {
		_, a, err = ask(t, Options{Retriever: enough(hits()...), Checker: d}, Request{Question: question})
		if err != nil || len(a.Quotes) == 0 || a.Quotes[0].Citation.State != golocal.Gone || !strings.Contains(a.Note, "changed since") {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func TestAnswer_Errors(t *testing.T) {
	boom := errors.New("disk on fire")
	for _, c := range []struct {
		req  Request
		f    finder
		want error
	}{
		{Request{Question: " \n"}, enough(), ErrRequest},
		{Request{Question: strings.Repeat("x", maxQuestion+1)}, enough(), ErrRequest},
		{Request{Question: "x", Mode: "poem"}, enough(), ErrRequest},
		{Request{Question: "x"}, finder{err: boom}, boom},
	} {
		_, _, err := ask(t, Options{Retriever: c.f}, c.req)
		if !errors.Is(err, c.want) {
			t.Errorf("%.20q: error %v, want %v", c.req.Question, err, c.want)
		}
	}
}

func TestAnswer_SimilarityDecidesAmongQuotes(t *testing.T) {
	o := Options{Retriever: enough(hits()...), Embedder: meaning{like: "roll over"}}
	_, a, err := ask(t, o, Request{Question: "What happens to days that I do not take?"})
	if err != nil || !strings.Contains(a.Quotes[0].Citation.Quote, "roll over") {
		t.Errorf("%+v, %v", a.Quotes, err)
	}
	o.Embedder = meaning{err: golocal.ErrUnavailable}
	if _, a, err = ask(t, o, Request{Question: question}); err != nil || len(a.Quotes) == 0 {
		t.Errorf("without similarities: %+v, %v", a, err)
	}
}

// meaning likes texts that hold some words.
type meaning struct {
	like string
	err  error
}

func (m meaning) EmbedQuery(context.Context, string) ([]float32, error) {
	return []float32{1, 0}, m.err
}
func (m meaning) EmbedSentences(_ context.Context, texts []string) (out [][]float32, _ error) {
	for _, s := range texts {
		if strings.Contains(s, m.like) {
			out = append(out, []float32{1, 0})
		} else {
			out = append(out, []float32{0, 1})
		}
	}
	return out, m.err
}

func TestAnswer_SourcesNumbersAreUnique(t *testing.T) {
	many := hits()
	for i := range 12 {
		text := fmt.Sprintf("Vacation rule %d says that days are paid in office %d.", i, i)
		many = append(many, golocal.Hit{Doc: golocal.Document{ID: int64(20 + i)}, Chunk: golocal.Chunk{ID: int64(20 + i), Doc: int64(20 + i), Text: text, Span: golocal.Span{End: len(text)}}})
	}
	_, a, err := ask(t, Options{Retriever: enough(many...)}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, s := range a.Sources {
		numbers = append(numbers, s.Number)
	}
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("numbers %v", numbers)
		}
	}
	for _, q := range a.Quotes {
		if !slices.Contains(numbers, q.Citation.Source) {
			t.Errorf("quote of source %d, sources %v", q.Citation.Source, numbers)
		}
	}
}

func TestAnswer_SaysWhenItSearchedByWordsOnly(t *testing.T) {
	f := enough(hits()...)
	f.found.Note = "no model runner answers: searched by words only"
	events, a, err := ask(t, Options{Retriever: f, Embedder: meaning{err: errors.New("must not be asked")}}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(events, func(e Event) bool {
		s, ok := e.(Status)
		return ok && s == (Status{Phase: PhaseNotice, Text: f.found.Note})
	}) || a.Ledger.KeywordOnly != f.found.Note {
		t.Errorf("events %v, ledger %+v", events[:3], a.Ledger)
	}
}

// A named model writes though it is tiny; one that cannot ends the answer before
// anything is searched; where no runner answers there are quotes, and a note.
func TestAnswer_ByTheModelThatIsNamed(t *testing.T) {
	absent := errors.New("no model named gone:1b is installed")
	installed := func(_ context.Context, name string) (Model, bool, error) {
		switch name {
		case "", "tiny":
			return tiny(t.Context(), name)
		case "big":
			return big(t.Context(), name)
		case "away":
			return Model{}, false, nil
		}
		return Model{}, false, absent
	}
	var limits golocal.Limits
	o := Options{Retriever: enough(hits()...), Model: installed, Generator: script{say: []string{"Acme offers 20 days of paid vacation every year [1]."}, limits: &limits}}
	for _, row := range []struct {
		name string
		req  Request
		kind Kind
		by   string // the model that wrote
		note string
	}{
		{"the one in use is tiny", Request{}, KindQuotes, "", ""},
		{"and named", Request{Model: "tiny"}, KindGenerated, "tiny", "tiny"},
		{"another", Request{Model: "big"}, KindGenerated, "big", ""},
		{"quotes are written by none", Request{Model: "gone:1b", Mode: ModeQuotes}, KindQuotes, "", ""},
		{"nobody runs it now", Request{Model: "away"}, KindQuotes, "", "no chat model"},
	} {
		limits = golocal.Limits{}
		row.req.Question = question
		_, a, err := ask(t, o, row.req)
		if err != nil || a.Kind != row.kind || limits.Model != row.by || a.Ledger.Model != row.by || !strings.Contains(a.Note, row.note) {
			t.Errorf("%s: %v, %s by %q, asked %q, note %q", row.name, err, a.Kind, a.Ledger.Model, limits.Model, a.Note)
		}
	}
	for _, err := range New(o).Answer(t.Context(), Request{Question: question, Model: "gone:1b"}) {
		if !errors.Is(err, absent) {
			t.Errorf("a model that is not there: %v", err)
		}
	}
}
