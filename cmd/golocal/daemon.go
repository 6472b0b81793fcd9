package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/internal/remark"
	"golocal/watch"
	"golocal/web"
)

// folders is the app as web.Folders.
type folders struct{ a *app }

func (f folders) Add(ctx context.Context, path string, rules golocal.Rules) (golocal.Root, error) {
	clean, err := watch.CheckRoot(path, f.a.c.paths.own())
	if err != nil {
		return golocal.Root{}, &web.Problem{Status: http.StatusBadRequest, Code: "folder", Message: err.Error(), Remark: remark.By(err)}
	}
	if rules, err = f.check(rules); err != nil {
		return golocal.Root{}, err
	}
	roots, err := f.a.index.Roots(ctx)
	if err != nil {
		return golocal.Root{}, err
	}
	for _, r := range roots {
		if r.Path == clean {
			return r, fmt.Errorf("%s: %w", clean, fs.ErrExist)
		}
	}
	root, err := f.a.index.PutRoot(ctx, golocal.Root{Path: clean, Rules: rules})
	if err != nil {
		return root, refusal(err)
	}
	return root, f.a.watcher.Add(root)
}

// check refuses rules that cannot be followed.
func (f folders) check(rules golocal.Rules) (golocal.Rules, error) {
	kept, err := watch.CheckRules(rules, f.a.c.config.MaxFileMB)
	if err != nil {
		return kept, &web.Problem{Status: http.StatusBadRequest, Code: "rules", Message: err.Error(), Remark: remark.By(err)}
	}
	return kept, nil
}

// Set is in force when it returns: with other rules a comparison has begun, and
// of a paused root nothing more is read.
func (f folders) Set(ctx context.Context, id int64, change web.RootChange) (golocal.Root, error) {
	f.a.settings.Lock() // what is read here must be what is written over
	defer f.a.settings.Unlock()
	roots, err := f.a.index.Roots(ctx)
	if err != nil {
		return golocal.Root{}, err
	}
	at := slices.IndexFunc(roots, func(r golocal.Root) bool { return r.ID == id })
	if at < 0 {
		return golocal.Root{}, fmt.Errorf("root %d: %w", id, fs.ErrNotExist)
	}
	root := roots[at]
	if change.Rules != nil {
		if root.Rules, err = f.check(*change.Rules); err != nil {
			return root, err
		}
	}
	if change.Paused != nil {
		root.Paused = *change.Paused
	}
	if root, err = f.a.index.PutRoot(ctx, root); err != nil {
		return root, err
	}
	if err := f.a.watcher.Set(root); err != nil {
		return root, err
	}
	f.a.rest.set(root.ID, root.Paused)
	f.a.nudge() // what waits for vectors may go on
	return root, nil
}

// Remove goes on to its end when who asked for it leaves, as a page does that is
// closed. What is worked on of the root is broken off. A root that could not be
// removed is watched as before.
func (f folders) Remove(ctx context.Context, id int64) error {
	f.a.settings.Lock()
	defer f.a.settings.Unlock()
	ctx = context.WithoutCancel(ctx)
	roots, err := f.a.index.Roots(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(roots, func(r golocal.Root) bool { return r.ID == id })
	if at < 0 {
		return fmt.Errorf("root %d: %w", id, fs.ErrNotExist)
	}
	f.a.watcher.Remove(id)
	f.a.rest.set(id, true) // for good: no root gets its id again
	defer f.a.growth.stir()
	if err := f.a.index.RemoveRoot(ctx, id); err != nil {
		f.a.rest.set(id, roots[at].Paused)
		return errors.Join(refusal(err), f.a.watcher.Add(roots[at]))
	}
	return nil
}

// rootPath is a root's folder, "" for an unknown id.
func (a *app) rootPath(id int64) string {
	roots, err := a.index.Roots(context.Background())
	if err != nil {
		return ""
	}
	for _, r := range roots {
		if r.ID == id {
			return r.Path
		}
	}
	return ""
}

// library is the app as web.Library.
type library struct{ a *app }

func (l library) Documents(ctx context.Context, f web.Filter) (web.Page, error) {
	page := web.Page{Documents: []golocal.Document{}}
	query := strings.ToLower(f.Query)
	documents := l.a.index.Documents(ctx, f.Root)
	if len(f.IDs) > 0 {
		documents = l.named(ctx, f)
	}
	for d, err := range documents {
		if err != nil {
			return page, err
		}
		if !f.Fits(d) || query != "" && !strings.Contains(strings.ToLower(d.Ref.Path), query) {
			continue
		}
		if page.Total >= f.Offset && len(page.Documents) < f.Limit {
			page.Documents = append(page.Documents, d)
		}
		page.Total++
	}
	return page, nil
}

// named gives the documents with a filter's ids that are there, without their texts.
func (l library) named(ctx context.Context, f web.Filter) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, id := range f.IDs {
			d, ok, err := l.a.index.DocumentByID(ctx, id)
			if err == nil && (!ok || f.Root != 0 && d.Ref.Root != f.Root) {
				continue
			}
			d.Text, d.Sections, d.Marks, d.Lines = "", nil, nil, nil
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (l library) Document(ctx context.Context, id int64) (golocal.Document, []golocal.Chunk, error) {
	doc, ok, err := l.a.index.DocumentByID(ctx, id)
	if err != nil {
		return doc, nil, err
	}
	if !ok {
		return doc, nil, fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
	}
	chunks, err := l.a.index.Chunks(ctx, id)
	return doc, chunks, err
}

func (l library) Open(ctx context.Context, id int64) (web.File, error) {
	doc, ok, err := l.a.index.DocumentByID(ctx, id)
	if err != nil {
		return web.File{}, err
	}
	if !ok {
		return web.File{}, fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
	}
	f, err := l.a.watcher.Open(doc.Ref)
	if err != nil {
		return web.File{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return web.File{}, errors.Join(err, f.Close())
	}
	return web.File{Content: f, Modified: info.ModTime()}, nil
}

// daemon is the app as web.Daemon.
type daemon struct{ a *app }

// Sync compares with the disk and reports four times a second until the index
// equals it, vectors included as far as the model answers.
func (d daemon) Sync(ctx context.Context, root int64, confirm bool) iter.Seq2[web.Progress, error] {
	return func(yield func(web.Progress, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		began := time.Now()
		if root != 0 && d.a.rootPath(root) == "" {
			yield(web.Progress{}, fmt.Errorf("root %d: %w", root, fs.ErrNotExist))
			return
		}
		var roots []int64
		if root != 0 {
			roots = []int64{root}
		}
		done := make(chan error, 1)
		go func() { done <- d.settle(ctx, roots, confirm) }()
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		first := d.a.finished.Load()
		progress := func(state string) web.Progress {
			q := d.queue()
			q.Done = int(d.a.finished.Load() - first)
			return web.Progress{State: state, Queue: q, Secs: time.Since(began).Seconds()}
		}
		for {
			select {
			case err := <-done:
				if err != nil {
					yield(web.Progress{}, err)
					return
				}
				yield(progress(web.Settled), nil)
				return
			case <-tick.C:
				if !yield(progress(web.Indexing), nil) {
					cancel()
					<-done
					return
				}
			}
		}
	}
}

func (d daemon) settle(ctx context.Context, roots []int64, confirm bool) error {
	defer d.a.manners.await()()
	if err := d.a.useSpace(ctx); err != nil {
		return refusal(err)
	}
	compare := d.a.watcher.Settle
	if confirm {
		compare = d.a.watcher.Sync
	}
	// Who only wants a fresh index works with what is there; status tells that a root is missing.
	err := compare(ctx, roots...)
	if errors.Is(err, watch.ErrPaused) {
		return &web.Problem{Status: http.StatusConflict, Code: "paused", Message: "the folder is paused", Next: "go on with it: golocal resume"}
	}
	if err != nil && (confirm || !errors.Is(err, golocal.ErrMissing)) {
		return err
	}
	if why := d.a.refused.Load(); why != nil && d.a.watcher.Queue().Len() > 0 { // it goes on trying
		return refusal(*why)
	}
	// Without a runner the vectors wait; what was written is searchable by words.
	if err := d.a.fill(ctx); err != nil && !errors.Is(err, golocal.ErrUnavailable) {
		return refusal(err)
	}
	return nil
}

func (d daemon) queue() web.Queue {
	left, working := d.a.watcher.Queue().Awake(), int(d.a.working.Load())
	q := web.Queue{Waiting: max(left-working, 0), Working: working, Done: int(d.a.finished.Load() - d.a.settled.Load())}
	if left > 0 {
		q.PaceRemark = d.a.manners.pace()
		q.Pace = remark.Say("en", q.PaceRemark)
	}
	q.Now = d.a.stages.now(web.ReadingsShown, time.Now())
	q.Rate = d.a.rate.perSecond(time.Now())
	if left > 0 {
		q.ETA = d.a.forecast.seconds(d.a.ahead(), time.Now())
	}
	return q
}

func (d daemon) Retry(ctx context.Context, id int64) error {
	doc, ok, err := d.a.index.DocumentByID(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
	}
	d.a.strikes.Forget(doc.Sum)
	if err := d.a.index.Remove(ctx, doc.Ref); err != nil { // a failed file is read again only when it is unknown
		return err
	}
	d.a.watcher.Queue().Add(golocal.Change{Ref: doc.Ref, Op: golocal.Upsert})
	return nil
}
