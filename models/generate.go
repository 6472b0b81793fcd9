package models

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/remark"
)

// usualTokens is the longest reply when Limits name none.
const usualTokens = 1024

var (
	errStop  = errors.New("the caller has enough")
	errStall = errors.New("the runner stopped sending")
)

// Generate streams the reply of the chat model in use, or of the one that
// Limits.Model names. It runs in the chat lane: indexing waits meanwhile. Limits.Window 0 is sized by an estimate, Limits.Tokens
// 0 is 1024. Limits.Think lets a model reason that can be told not to. Reasoning comes in Delta.Thinking, whether the runner separates it or
// the model writes <think> tags. The last Delta carries the Usage.
//
// Stopping the iteration or ending ctx ends the request. Errors:
// golocal.ErrUnavailable; ErrNoModel and ErrRefused for a named model that is not
// installed or cannot write; ErrTooLong when the messages exceed the window, once
// with a larger window tried if the model has one; ErrIncomplete when the
// stream breaks, stalls, is empty or ends without saying so.
func (m *Models) Generate(ctx context.Context, messages []golocal.Message, limits golocal.Limits) iter.Seq2[golocal.Delta, error] {
	return func(yield func(golocal.Delta, error) bool) {
		defer m.lanes.enter()()
		model, err := m.writer(ctx, limits.Model)
		if err != nil {
			yield(golocal.Delta{}, err)
			return
		}
		if limits.Tokens <= 0 {
			limits.Tokens = usualTokens
		}
		if limits.Window <= 0 {
			need := limits.Tokens
			for _, msg := range messages {
				need += Estimate(msg.Content) + perMessage
			}
			limits.Window = m.Window(ctx, model, need)
		}
		r := reply{m: m, model: model, limits: limits, yield: yield}
		err = r.run(ctx, messages)
		if most := 2 * limits.Window; errors.Is(err, ErrTooLong) && !r.sent && model.Context >= most && (m.o.MaxContext == 0 || most <= m.o.MaxContext) {
			r = reply{m: m, model: model, limits: limits, yield: yield}
			r.limits.Window = most
			err = r.run(ctx, messages)
		}
		if err != nil && !r.stopped {
			yield(golocal.Delta{}, fmt.Errorf("answer with %s: %w", model.Name, err))
		}
	}
}

// writer returns the chat model of that name; "" is the one in use, chosen again
// when there was none.
func (m *Models) writer(ctx context.Context, name string) (Model, error) {
	if _, err := m.ready(ctx); err != nil {
		return Model{}, err
	}
	m.mu.Lock()
	w, stale := m.chat, time.Since(m.checked) > m.t.recheck
	m.mu.Unlock()
	if name != "" && !(w.ok && sameModel(w.model.Name, name)) {
		return m.Candidate(ctx, Chat, name)
	}
	if !w.ok && stale {
		if err := m.Refresh(ctx); err != nil {
			return Model{}, err
		}
		m.mu.Lock()
		w = m.chat
		m.mu.Unlock()
	}
	if !w.ok {
		return Model{}, noModel(w.why, Chat)
	}
	return w.model, nil
}

// reply is one streamed answer.
type reply struct {
	m       *Models
	model   Model
	limits  golocal.Limits
	yield   func(golocal.Delta, error) bool
	think   thinking
	sent    bool // a delta has gone out
	stopped bool // the caller has enough
	pieces  int
	prompt  string // all messages, to tell what the runner has in its cache
	done    *api.ChatResponse
}

func (r *reply) run(ctx context.Context, messages []golocal.Message) error {
	for _, msg := range messages {
		r.prompt += msg.Role + "\n" + msg.Content + "\n"
	}
	loaded := r.m.swaps.begin(r.model.Name)
	defer func() {
		if r.done == nil {
			loaded(0, 0, 0, false)
			return
		}
		loaded(r.limits.Window, r.done.LoadDuration, keepAlive, true)
	}()
	// An inherited limit would end the answer without saying that we did.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(r.m.t.first, func() { cancel(errStall) })
	defer watch.Stop()
	total := time.AfterFunc(r.m.t.answer, func() { cancel(errStall) })
	defer total.Stop()

	err := r.m.do(ctx, func(c *connection) error {
		f := &fault{line: maxLine, total: maxChat}
		err := c.client.Chat(withFault(withLane(ctx, laneChat), f), r.request(messages), func(resp api.ChatResponse) error {
			watch.Reset(r.m.t.idle)
			return r.take(resp)
		})
		if f.err != nil {
			err = f.err // the client takes a broken stream for its end, or half a line for an error
		}
		if err != nil && (r.sent || r.stopped) && broken(err) {
			return remark.Error(ErrIncomplete, remark.ReplyBroke) // not to be run again
		}
		return err
	})
	switch code, message := status(err); {
	case r.stopped:
		return nil
	case errors.Is(context.Cause(ctx), errStall):
		if !r.sent {
			return unavailable(ErrIncomplete, remark.New(remark.RunnerSlow), remark.NextChooseSmaller)
		}
		return remark.Error(ErrIncomplete, remark.ReplyStalled)
	case ctx.Err() != nil:
		return ctx.Err()
	case tooLong(err):
		return remark.Error(ErrTooLong, remark.PromptTooLong, r.limits.Window)
	case err != nil && outOfMemory(err):
		return memoryShort(err)
	case code == http.StatusNotFound:
		return noModel(remark.Error(ErrNoModel, remark.NoModelSays, message), Chat)
	case code == http.StatusServiceUnavailable || code == http.StatusTooManyRequests:
		return unavailable(err, remark.New(remark.RunnerBusy), remark.NextAskAgain)
	case isUnavailable(err) || errors.Is(err, ErrIncomplete) || errors.Is(err, ErrRefused):
		return err
	case code != 0:
		return unavailable(err, remark.New(remark.RunnerFailed, message), remark.NextAskAgainLog)
	case errors.Is(err, errTooMuch):
		return remark.Error(ErrIncomplete, remark.ReplyTooMuch)
	case err != nil:
		// What the client cannot read it returns as an error's text; that may
		// be a piece of the answer, which belongs in no error and no log.
		return complaint(err)
	case r.done == nil && !r.sent:
		return remark.Error(ErrIncomplete, remark.ReplyEmpty)
	case r.done == nil:
		return remark.Error(ErrIncomplete, remark.ReplyHalf)
	}
	return r.finish(ctx)
}

// complaint is a runner's error for people; lines of a stream are none.
func complaint(err error) error {
	text := strings.TrimSpace(err.Error())
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "<") || len(text) > 500 {
		return remark.Error(ErrIncomplete, remark.ReplyUnreadable)
	}
	return remark.Error(ErrIncomplete, remark.ReplySays, text)
}

func (r *reply) request(messages []golocal.Message) *api.ChatRequest {
	whole, keep := false, false
	req := &api.ChatRequest{
		Model: r.model.Name, KeepAlive: &api.Duration{Duration: keepAlive},
		Truncate: &whole, // refuse rather than drop what the answer rests on
		Shift:    &keep,  // end at the window rather than forget its beginning
		Options: map[string]any{
			"num_ctx": r.limits.Window, "num_predict": r.limits.Tokens,
			"temperature": r.limits.Temperature, "seed": r.limits.Seed,
		},
		Messages: apiMessages(messages), Think: thinkValue(r.model, r.limits.Think),
	}
	r.m.placement(req.Options)
	return req
}

// take passes one line of the stream on.
func (r *reply) take(resp api.ChatResponse) error {
	if resp.RemoteHost != "" || resp.RemoteModel != "" {
		return refused(r.model.Name, remoteReason(r.model.Name, resp.RemoteModel, resp.RemoteHost))
	}
	if r.done != nil {
		return remark.Error(ErrIncomplete, remark.ReplyGoesOn)
	}
	if r.pieces++; r.pieces > r.limits.Tokens*4+1024 { // reasoning counts as tokens too
		return remark.Error(ErrIncomplete, remark.ReplyEndless, r.limits.Tokens)
	}
	text, thoughts := r.think.split(resp.Message.Content)
	thoughts = resp.Message.Thinking + thoughts
	if strings.TrimSpace(thoughts) != "" && !r.model.AlwaysThinks && !r.limits.Think {
		r.model.AlwaysThinks = true
		r.m.learn(r.model)
	}
	if err := r.send(golocal.Delta{Text: text, Thinking: thoughts}); err != nil {
		return err
	}
	if resp.Done {
		r.done = &resp
	}
	return nil
}

// learn remembers that a model reasons although nobody asked it to: some say
// nothing of it in /api/show, and the next reply has to leave room for it.
func (m *Models) learn(model Model) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := model.Name + "@" + model.Digest
	if known, ok := m.described[key]; ok {
		known.AlwaysThinks = true
		m.described[key] = known
	}
	if m.chat.model.Digest == model.Digest {
		m.chat.model.AlwaysThinks = true
	}
}

func (r *reply) send(d golocal.Delta) error {
	if d.Text == "" && d.Thinking == "" && d.Usage == nil {
		return nil
	}
	r.sent = true
	if !r.yield(d, nil) {
		r.stopped = true
		return errStop
	}
	return nil
}

// finish sends what the tag splitter held back, and the usage.
func (r *reply) finish(ctx context.Context) error {
	text, thoughts := r.think.rest()
	d := r.done
	if !r.sent && text == "" && thoughts == "" {
		return remark.Error(ErrIncomplete, remark.ReplyEmpty)
	}
	u := golocal.Usage{
		Model: r.model.Name, PromptTokens: d.PromptEvalCount, Tokens: d.EvalCount, Window: r.limits.Window,
		Load: d.LoadDuration.Seconds(), Prompt: d.PromptEvalDuration.Seconds(), Generate: d.EvalDuration.Seconds(),
		Cut: d.DoneReason == "length",
	}
	var sure bool
	u.Computed, sure = r.m.speeds.computed(u.Model, r.prompt, u.Window, u.PromptTokens, u.Load, r.m.Runner().Kind == "engine")
	if sure {
		u.PromptRate = rate(u.Computed, u.Prompt, tellingTokens)
	}
	u.Rate = rate(u.Tokens, u.Generate, tellingWords)
	p := r.m.whereNow(ctx, r.model)
	u.Where, u.WhereRemark = p.Text, p.Remark
	r.m.speeds.answered(u)
	r.m.speeds.keep(r.m.log)
	err := r.send(golocal.Delta{Text: text, Thinking: thoughts, Usage: &u})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}
