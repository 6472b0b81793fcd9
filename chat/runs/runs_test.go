package runs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/internal/remark"
)

// model answers with what it is told, piece by piece, and tells when it stopped.
type model struct {
	say     chan chat.Event // closed: the answer comes
	stopped chan struct{}   // closed when the context ended the work

	mu    sync.Mutex
	asked chat.Request
}

func newModel() *model {
	return &model{say: make(chan chat.Event), stopped: make(chan struct{})}
}

func (m *model) Answer(ctx context.Context, q chat.Request) iter.Seq2[chat.Event, error] {
	m.mu.Lock()
	m.asked = q
	m.mu.Unlock()
	return func(yield func(chat.Event, error) bool) {
		for {
			select {
			case e, ok := <-m.say:
				if !ok {
					yield(chat.Answer{Kind: chat.KindGenerated, Text: "whole"}, nil)
					return
				}
				if !yield(e, nil) {
					return
				}
			case <-ctx.Done():
				close(m.stopped)
				yield(nil, ctx.Err())
				return
			}
		}
	}
}

// book is a Book in memory.
type book struct {
	mu     sync.Mutex
	fail   error
	before []history.Turn
	began  history.Ask
	saved  []history.Outcome
}

func (b *book) Begin(_ context.Context, a history.Ask) (history.Begun, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.began = a
	return history.Begun{Conversation: "c1", Turn: "t1", Before: b.before}, b.fail
}

func (b *book) Save(_ context.Context, turn string, o history.Outcome) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.saved = append(b.saved, o)
	return nil
}

func (b *book) last() history.Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.saved) == 0 {
		return history.Outcome{}
	}
	return b.saved[len(b.saved)-1]
}

func question() Question {
	return Question{Request: chat.Request{Question: "How long?", Model: "qwen3:4b"}, Keep: true}
}

// start begins a run.
func start(t *testing.T, r *Runs) Running {
	t.Helper()
	x, err := r.Start(t.Context(), question())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// watch follows a run to its end: the names of its events, with the text of pieces.
func watch(t *testing.T, r *Runs, run string, after int) (steps []string, err error) {
	t.Helper()
	events, err := r.Follow(run, after)
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range events(t.Context()) {
		if err != nil {
			return steps, err
		}
		e, err := chat.Decode(s.Data)
		if err != nil {
			t.Fatal(err)
		}
		if p, ok := e.(chat.Token); ok {
			steps = append(steps, fmt.Sprintf("%d %s", s.Number, p.Text))
		} else {
			steps = append(steps, fmt.Sprintf("%d %s", s.Number, s.Name))
		}
	}
	return steps, nil
}

func TestRuns_GoOnWithoutAnybodyAndAreFoundAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{}
		r := New(Options{Answerer: m, Book: b})
		ctx, leave := context.WithCancel(t.Context())
		x, err := r.Start(ctx, question())
		if err != nil || x.Conversation != "c1" || x.Turn != "t1" {
			t.Fatalf("%+v %v", x, err)
		}
		m.say <- chat.Status{Phase: chat.PhaseSearch}
		leave() // who asked is gone
		m.say <- chat.Token{Text: "It lasts "}
		m.say <- chat.Token{Text: "six "}
		synctest.Wait()
		if got := r.Running(); len(got) != 1 || got[0].Question != "How long?" {
			t.Errorf("%+v", got)
		}
		var both [2][]string
		var wait sync.WaitGroup
		for i, after := range []int{0, 3} {
			wait.Go(func() { both[i], _ = watch(t, r, x.Run, after) })
		}
		synctest.Wait()
		m.say <- chat.Token{Text: "weeks."}
		synctest.Wait()
		close(m.say)
		wait.Wait()
		want := [2][]string{{"1 run", "2 status", "4 It lasts six ", "5 weeks.", "6 answer"}, {"4 six ", "5 weeks.", "6 answer"}}
		if d := cmp.Diff(want, both); d != "" {
			t.Error(d)
		}
		if got, err := watch(t, r, x.Run, 0); err != nil || !cmp.Equal(got, []string{"1 run", "2 status", "5 It lasts six weeks.", "6 answer"}) {
			t.Errorf("afterwards: %v %v", got, err)
		}
		if o := b.last(); o.State != history.Done || o.Answer.Text != "whole" {
			t.Errorf("%+v", o)
		}
		if got := r.Running(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		time.Sleep(6 * time.Minute)
		if _, err := r.Follow(x.Run, 0); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("six minutes later: %v", err)
		}
	})
}

func TestRuns_StopStopsTheModelAndKeepsWhatThereWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{}
		r := New(Options{Answerer: m, Book: b})
		x := start(t, r)
		m.say <- chat.Standalone{Text: "How long is the sabbatical?"}
		m.say <- chat.Quotes{Quotes: []chat.Quote{{Plain: "Six weeks."}}}
		m.say <- chat.Token{Text: "It lasts [1]. And "}
		m.say <- chat.Sentence{Text: "It lasts.", Verdict: chat.Supported, Citations: []golocal.Citation{{Source: 1}}}
		m.say <- chat.Token{Text: "it is"}
		if err := r.Stop(t.Context(), x.Run); err != nil {
			t.Fatal(err)
		}
		select {
		case <-m.stopped:
		default:
			t.Error("the model goes on")
		}
		o := b.last()
		if o.State != history.Stopped || o.Standalone != "How long is the sabbatical?" || o.Problem != "" {
			t.Errorf("%+v", o)
		}
		if a := o.Answer; a.Text != "It lasts. [1] And it is …" || len(a.Sentences) != 2 || len(a.Quotes) != 1 || a.Verdict != chat.Supported || a.Support != 1 || a.Folded {
			t.Errorf("%+v", a)
		} else if last := a.Sentences[1]; last.Verdict != chat.NotAClaim || last.Index != 1 || len(last.Reasons) != 1 || len(last.Citations) != 0 {
			t.Errorf("what was being written: %+v", last)
		}
		if _, err := watch(t, r, x.Run, 0); !errors.Is(err, ErrStopped) {
			t.Errorf("who watches hears %v", err)
		}
		if err := r.Stop(t.Context(), x.Run); err != nil {
			t.Errorf("once more: %v", err)
		}
		if err := r.Stop(t.Context(), "nowhere"); !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
}

func TestRuns_AreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newModel()
		r := New(Options{Answerer: m, Limit: 2})
		a, b := start(t, r), start(t, r)
		if _, err := r.Start(t.Context(), question()); !errors.Is(err, ErrBusy) {
			t.Errorf("a third: %v", err)
		}
		if a.Conversation != "" {
			t.Errorf("kept without a book: %+v", a)
		}
		close(m.say)
		for _, x := range []Running{a, b} {
			if _, err := watch(t, r, x.Run, 0); err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		start(t, r)
		r.Close()
		if _, err := r.Start(t.Context(), question()); !errors.Is(err, ErrClosing) {
			t.Errorf("after closing: %v", err)
		}
	})
}

func TestRuns_MemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{Answerer: newModel(), Bytes: 25_000, Longest: 15_000})
		var ids []string
		for range 4 {
			m := newModel()
			r.o.Answerer = m
			x := start(t, r)
			ids = append(ids, x.Run)
			m.say <- chat.Token{Text: strings.Repeat("x", 10_000)}
			close(m.say)
			if _, err := watch(t, r, x.Run, 0); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			time.Sleep(time.Second)
		}
		for i, id := range ids {
			if _, err := r.Follow(id, 0); (err == nil) != (i >= 2) {
				t.Errorf("run %d of 4: %v", i, err)
			}
		}
		m, b := newModel(), &book{}
		r.o.Answerer, r.o.Book = m, b
		x := start(t, r)
		m.say <- chat.Token{Text: strings.Repeat("x", 20_000)}
		if _, err := watch(t, r, x.Run, 0); !errors.Is(err, errTooLong) || b.last().State != history.Failed || b.last().Why.Code != string(remark.AnswerTooLong) {
			t.Errorf("an endless answer: %v, %+v", err, b.last())
		}
	})
}

func TestRuns_CloseStopsAndKeeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{}
		r := New(Options{Answerer: m, Book: b})
		start(t, r)
		m.say <- chat.Quotes{Quotes: []chat.Quote{{Plain: "Six weeks."}}}
		synctest.Wait()
		r.Close()
		if o := b.last(); o.State != history.Stopped || o.Answer == nil || o.Answer.Kind != chat.KindQuotes {
			t.Errorf("%+v", o)
		}
	})
}

func TestRuns_SaveNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{}
		r := New(Options{Answerer: m, Book: b})
		start(t, r)
		defer r.Close()
		m.say <- chat.Quotes{Quotes: []chat.Quote{{Plain: "Six weeks."}}}
		time.Sleep(2 * saveEvery)
		m.say <- chat.Token{Text: "It "}
		synctest.Wait()
		if o := b.last(); o.State != history.Running || o.Answer == nil || !strings.HasPrefix(o.Answer.Text, "It") {
			t.Errorf("%+v", o)
		}
	})
}

func TestRuns_ABrokenBookCostsNoAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{fail: history.ErrFull}
		close(m.say)
		r := New(Options{Answerer: m, Book: b})
		x := start(t, r)
		got, err := watch(t, r, x.Run, 0)
		if err != nil || !cmp.Equal(got, []string{"1 run", "2 status", "3 answer"}) || x.Conversation != "" {
			t.Errorf("%v %v %+v", got, err, x)
		}
		b.fail = fs.ErrNotExist
		if _, err := r.Start(t.Context(), question()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("an unknown conversation: %v", err)
		}
	})
}

func TestRuns_ATurnLeansOnTheOnesBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		said := func(text string) *chat.Answer {
			return &chat.Answer{Kind: chat.KindQuotes, Quotes: []chat.Quote{{Plain: text, Citation: golocal.Citation{Quote: text}}}}
		}
		m, b := newModel(), &book{before: []history.Turn{
			{Question: "Who?", Answer: said("Ann.")},
			{Question: "And it?", Standalone: "And the sabbatical?", Answer: said("Six weeks.")},
			{Question: "Why?"},
		}}
		close(m.say)
		r := New(Options{Answerer: m, Book: b})
		x := start(t, r)
		if _, err := watch(t, r, x.Run, 0); err != nil {
			t.Fatal(err)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		want := []golocal.Message{{Role: "user", Content: "Who?"}, {Role: "assistant", Content: "Ann."}, {Role: "user", Content: "And the sabbatical?"}, {Role: "assistant", Content: "Six weeks."}, {Role: "user", Content: "Why?"}, {Role: "assistant"}}
		if d := cmp.Diff(want, m.asked.Messages); d != "" {
			t.Error(d)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.began.Model != "qwen3:4b" || m.asked.Model != "qwen3:4b" {
			t.Errorf("kept with model %q, asked %q", b.began.Model, m.asked.Model)
		}
		if len(m.asked.Cited) != 1 || m.asked.Cited[0].Quote != "Six weeks." {
			t.Errorf("%+v", m.asked.Cited)
		}
	})
}

func TestRuns_KeepHowItWasAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, b := newModel(), &book{}
		r := New(Options{Answerer: m, Book: b})
		q := question()
		q.Mode, q.Open, q.Think = chat.ModeGenerate, true, true
		if _, err := r.Start(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		r.Close()
		b.mu.Lock()
		defer b.mu.Unlock()
		if !b.began.Open || !b.began.Think || b.began.Mode != chat.ModeGenerate || b.began.Question != q.Request.Question {
			t.Errorf("%+v", b.began)
		}
	})
}
