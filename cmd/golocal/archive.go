package main

import (
	"context"
	"net/http"
	"slices"
	"time"

	"golocal/chat/history"
	"golocal/chat/runs"
	"golocal/index"
	"golocal/web"
)

// archive is what is kept of conversations, as web.Conversations and
// web.Archivist. Without a store nothing is kept and answering goes on.
type archive struct {
	a     *app
	store *history.Store
	why   string // there is no store although one is wanted
}

func openArchive(ctx context.Context, a *app) archive {
	r := archive{a: a}
	if a.c.config.History != "on" {
		return r
	}
	store, err := history.Open(ctx, a.c.paths.Data, history.Options{Words: index.Wording{}, Log: a.c.log})
	if err != nil {
		a.c.log.Warn("conversations are not kept", "err", err)
		r.why = err.Error()
		return r
	}
	r.store = store
	return r
}

// book is where answers are kept, nil for nowhere.
func (r archive) book() runs.Book {
	if r.store == nil {
		return nil
	}
	return r.store
}

func (r archive) status(ctx context.Context) web.History {
	h := web.History{On: r.store != nil, Days: r.a.c.config.HistoryDays, Reason: r.why}
	if r.store == nil {
		return h
	}
	u, err := r.store.Usage(ctx)
	if err != nil {
		h.Reason = err.Error()
	}
	h.Conversations, h.Bytes = u.Conversations, u.Bytes
	return h
}

// off is the answer to who wants a conversation where none is kept.
func (r archive) off() error {
	p := &web.Problem{Status: http.StatusConflict, Code: "history_off", Message: "no conversations are kept", Next: "set history: on in config.yaml, and leave --no-history out"}
	if r.why != "" {
		p.Message, p.Next = r.why, ""
	}
	return p
}

func (r archive) List(ctx context.Context, q history.Query) (history.Page, error) {
	if r.store == nil {
		return history.Page{Conversations: []history.Conversation{}}, nil
	}
	return r.store.List(ctx, q)
}

// Conversation checks the citations against the files as they are now.
func (r archive) Conversation(ctx context.Context, id string) (history.Whole, error) {
	if r.store == nil {
		return history.Whole{}, r.off()
	}
	w, err := r.store.Conversation(ctx, id)
	if err != nil {
		return w, err
	}
	return w, history.Recheck(ctx, w.Turns, newExaminer(r.a))
}

func (r archive) Change(ctx context.Context, id string, c history.Change) (history.Conversation, error) {
	if r.store == nil {
		return history.Conversation{}, r.off()
	}
	return r.store.Change(ctx, id, c)
}

// Remove stops what is being said in the conversations before it forgets them.
func (r archive) Remove(ctx context.Context, ids ...string) (int, error) {
	if r.store == nil {
		return 0, r.off()
	}
	if err := r.stop(ctx, func(id string) bool { return slices.Contains(ids, id) }); err != nil {
		return 0, err
	}
	return r.store.Remove(ctx, ids...)
}

func (r archive) RemoveAll(ctx context.Context) (int, error) {
	if r.store == nil {
		return 0, r.off()
	}
	if err := r.stop(ctx, func(string) bool { return true }); err != nil {
		return 0, err
	}
	return r.store.RemoveAll(ctx)
}

func (r archive) stop(ctx context.Context, of func(string) bool) error {
	for _, run := range r.a.runs.Running() {
		if run.Conversation == "" || !of(run.Conversation) {
			continue
		}
		if err := r.a.runs.Stop(ctx, run.Run); err != nil {
			return err
		}
	}
	return nil
}

// expire forgets conversations that are older than the config wants, now and
// every hour.
func (r archive) expire(ctx context.Context) error {
	days := r.a.c.config.HistoryDays
	if r.store == nil || days == 0 {
		return nil
	}
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if n, err := r.store.Expire(ctx, days); err != nil && ctx.Err() == nil {
			r.a.c.log.Warn("old conversations not forgotten", "err", err)
		} else if n > 0 {
			r.a.c.log.Info("old conversations forgotten", "conversations", n, "days", days)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
