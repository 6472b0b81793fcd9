package runs

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"golocal/chat"
	"golocal/chat/history"
	"golocal/internal/remark"
)

// Answerer answers a question as a stream of events; the last one is the answer.
// Leaving the loop or cancelling ctx stops the work behind it.
type Answerer interface {
	Answer(ctx context.Context, q chat.Request) iter.Seq2[chat.Event, error]
}

// Book keeps turns. A turn or conversation that is not there is [fs.ErrNotExist];
// any other error costs the keeping, never the answer.
type Book interface {
	Begin(ctx context.Context, a history.Ask) (history.Begun, error)
	Save(ctx context.Context, turn string, o history.Outcome) error
}

// Options are what Runs work with; Answerer is needed.
type Options struct {
	Answerer Answerer
	Book     Book          // nil keeps nothing
	Limit    int           // answers made at once; 0 is 8
	Linger   time.Duration // how long a finished one can be watched again; 0 is five minutes
	Bytes    int           // of finished ones, together; 0 is 64 MB
	Longest  int           // bytes of one; 0 is 32 MB
	Support  float64       // as in chat.Options: under it an answer that was stopped is Folded, too
	Log      *slog.Logger  // nil discards
}

// Why a run ended early. ErrBusy is returned by Start.
var (
	ErrBusy    = errors.New("too many answers are being made at once")
	ErrStopped = errors.New("stopped")
	ErrClosing = errors.New("golocal is ending")
	errTooLong = remark.Error(nil, remark.AnswerTooLong)
)

// Question is what begins a run.
type Question struct {
	chat.Request
	Conversation string // "" begins a new one
	Parent       string // as in history.Ask
	Keep         bool   // in the Book
}

// Running is a run that goes on.
type Running struct {
	Run          string `json:"run"`
	Conversation string `json:"conversation"`
	Turn         string `json:"turn"`
	Question     string `json:"question"`
}

// Runs are the answers being made and those made in the last minutes. It is safe
// for concurrent use.
type Runs struct {
	o    Options
	work sync.WaitGroup

	mu     sync.Mutex // guards all below
	runs   map[string]*run
	going  int
	closed bool
}

// New returns Runs without any.
func New(o Options) *Runs {
	o.Limit = cmp.Or(o.Limit, 8)
	o.Linger = cmp.Or(o.Linger, 5*time.Minute)
	o.Bytes = cmp.Or(o.Bytes, 64<<20)
	o.Longest = cmp.Or(o.Longest, 32<<20)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Runs{o: o, runs: map[string]*run{}}
}

// Start begins to answer. The run goes on when who asked leaves. Errors: ErrBusy,
// ErrClosing, and [fs.ErrNotExist] for an unknown conversation or turn.
func (r *Runs) Start(ctx context.Context, q Question) (Running, error) {
	r.mu.Lock()
	r.tidy()
	if r.closed || r.going >= r.o.Limit {
		defer r.mu.Unlock()
		if r.closed {
			return Running{}, ErrClosing
		}
		return Running{}, remark.Error(ErrBusy, remark.TooManyAnswers, r.going)
	}
	r.going++
	r.work.Add(1)
	r.mu.Unlock()
	x := &run{id: strings.ToLower(rand.Text()[:16]), question: q.Question, done: make(chan struct{}), more: make(chan struct{})}
	var unkept error
	if r.o.Book != nil && q.Keep {
		b, err := r.o.Book.Begin(ctx, history.Ask{Conversation: q.Conversation, Parent: q.Parent, Question: q.Question, Mode: q.Mode, Model: q.Model, Think: q.Think, Open: q.Open, Scope: q.Scope, Run: x.id})
		if errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil {
			r.leave()
			return Running{}, err
		}
		if err == nil {
			x.conversation, x.turn = b.Conversation, b.Turn
			lean(&q.Request, b.Before)
		} else {
			r.o.Log.Warn("question not kept", "err", err)
			unkept = err
		}
	}
	x.words = wordings[q.Language()]
	x.draft.stopped.Request, x.draft.stopped.Support = q.Request, r.o.Support
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	x.cancel = cancel
	r.mu.Lock()
	r.runs[x.id] = x
	if r.closed { // meanwhile
		cancel(ErrClosing)
	}
	r.mu.Unlock()
	go func() {
		defer r.leave()
		defer cancel(nil)
		r.answer(own, x, q, unkept)
	}()
	return x.row(), nil
}

// leave ends what Start counted.
func (r *Runs) leave() {
	r.mu.Lock()
	r.going--
	r.tidy()
	r.mu.Unlock()
	r.work.Done()
}

func (x *run) row() Running { return Running{x.id, x.conversation, x.turn, x.question} }

// Follow gives what a run said after an event, 0 being all, and then what it
// says, until it ends; an error that ended it comes last. Pieces of text may come
// joined. An unknown run is [fs.ErrNotExist]. Leaving the loop stops nothing.
func (r *Runs) Follow(id string, after int) (func(context.Context) iter.Seq2[Step, error], error) {
	x, err := r.find(id)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) iter.Seq2[Step, error] { return x.follow(ctx, after) }, nil
}

func (x *run) follow(ctx context.Context, after int) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		for {
			s, ok, more, over, err := x.after(after)
			switch {
			case ok:
				if !yield(s, nil) {
					return
				}
				after = s.Number
				continue
			case over:
				if err != nil {
					yield(Step{}, err)
				}
				return
			}
			select {
			case <-more:
			case <-ctx.Done():
				yield(Step{}, context.Cause(ctx))
				return
			}
		}
	}
}

func (r *Runs) find(id string) (*run, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tidy()
	x := r.runs[id]
	if x == nil {
		return nil, fmt.Errorf("run %s: %w", id, fs.ErrNotExist)
	}
	return x, nil
}

// Stop ends a run and returns when its model's work has ended and what there was
// is kept. One that has ended is left as it is; an unknown one is [fs.ErrNotExist].
func (r *Runs) Stop(ctx context.Context, id string) error {
	x, err := r.find(id)
	if err != nil {
		return err
	}
	x.cancel(ErrStopped)
	select {
	case <-x.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Running lists the runs that go on.
func (r *Runs) Running() []Running {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tidy()
	list := []Running{}
	for _, x := range r.runs {
		if over, _, _ := x.state(); !over {
			list = append(list, x.row())
		}
	}
	slices.SortFunc(list, func(a, b Running) int { return strings.Compare(a.Run, b.Run) })
	return list
}

// Close stops every run, waits for them and keeps what they had. No other begins.
func (r *Runs) Close() {
	r.mu.Lock()
	r.closed = true
	for _, x := range r.runs {
		x.cancel(ErrClosing)
	}
	r.mu.Unlock()
	r.work.Wait()
}

// tidy forgets finished runs that are old, and the oldest where they are too many.
// The caller holds mu.
func (r *Runs) tidy() {
	type done struct {
		id    string
		since time.Time
		bytes int
	}
	var over []done
	total := 0
	for id, x := range r.runs {
		ended, since, n := x.state()
		switch {
		case !ended:
		case time.Since(since) > r.o.Linger:
			delete(r.runs, id)
		default:
			over, total = append(over, done{id, since, n}), total+n
		}
	}
	slices.SortFunc(over, func(a, b done) int { return a.since.Compare(b.since) })
	for _, d := range over {
		if total <= r.o.Bytes {
			break
		}
		delete(r.runs, d.id)
		total -= d.bytes
	}
}
