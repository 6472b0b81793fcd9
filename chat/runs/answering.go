package runs

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"time"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/internal/remark"
)

// saveEvery lies between two savings of an answer that is being made, so that a
// kill of the daemon costs no more of it.
const saveEvery = 3 * time.Second

// saveLimit is the longest that keeping an answer may take.
const saveLimit = 20 * time.Second

// leanOn is how many turns before it a question may lean on by what they cited.
const leanOn = 2

// lean gives a question what its conversation holds.
func lean(q *chat.Request, before []history.Turn) {
	if len(before) == 0 {
		return
	}
	q.Messages, q.Cited = nil, nil
	for i, t := range before {
		said := ""
		if t.Answer != nil {
			said = t.Answer.Said()
		}
		// The question as it was understood: it needs nothing before it.
		q.Messages = append(q.Messages, golocal.Message{Role: "user", Content: cmp.Or(t.Standalone, t.Question)}, golocal.Message{Role: "assistant", Content: said})
		if t.Answer == nil || i < len(before)-leanOn {
			continue
		}
		for _, c := range t.Answer.Quotes {
			q.Cited = append(q.Cited, c.Citation)
		}
		for _, s := range t.Answer.Sentences {
			q.Cited = append(q.Cited, s.Citations...)
		}
	}
}

// answer makes one answer and keeps it.
func (r *Runs) answer(ctx context.Context, x *run, q Question, unkept error) {
	defer close(x.done)
	failed := x.add(chat.Begun{Run: x.id, Conversation: x.conversation, Turn: x.turn})
	if unkept != nil {
		failed = errors.Join(failed, x.add(notKept(x.words.question, x.words, unkept)))
	}
	saved := time.Now()
	if failed == nil {
		for e, err := range r.o.Answerer.Answer(ctx, q.Request) {
			if err == nil {
				err = x.add(e)
			}
			if err == nil {
				if _, _, n := x.state(); n > r.o.Longest {
					err = errTooLong
				}
			}
			if failed = err; err != nil {
				break
			}
			if x.turn != "" && time.Since(saved) >= saveEvery {
				r.save(ctx, x, history.Outcome{State: history.Running})
				saved = time.Now()
			}
		}
	}
	if cause := context.Cause(ctx); cause != nil {
		failed = cause
	}
	if x.whole() { // a stop that came a moment too late
		failed = nil
	}
	var o history.Outcome
	o.State = history.Done
	switch {
	case errors.Is(failed, ErrStopped), errors.Is(failed, ErrClosing):
		o.State = history.Stopped
	case failed != nil:
		o.State, o.Problem, o.Why = history.Failed, failed.Error(), remark.By(failed)
	}
	if x.turn != "" {
		r.save(ctx, x, o)
	}
	x.end(failed)
}

// save keeps how far an answer got; o is how it stands with it.
func (r *Runs) save(ctx context.Context, x *run, o history.Outcome) {
	o.Answer, o.Standalone = x.partial()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveLimit)
	defer cancel()
	err := r.o.Book.Save(ctx, x.turn, o)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist): // its conversation was deleted meanwhile
	default:
		r.o.Log.Warn("answer not kept", "err", err)
		if o.State != history.Running {
			_ = x.add(notKept(x.words.answer, x.words, err)) // a string has a JSON form
		}
	}
}
