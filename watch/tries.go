package watch

import (
	"container/heap"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"golocal"
)

const (
	saveEvery = time.Second         // between two writes of the failed tries at least
	forgotten = 30 * 24 * time.Hour // after the last try
)

// failure is what is remembered of a file of which the work failed, also when it
// was given up, so that neither a restart nor a comparison makes eight tries of the
// next one.
type failure struct {
	tries    int
	next     time.Time // not before, while the file stays as it is
	weight   weight    // of the file then
	unstable bool      // it changed while it was read, so that it is never as it was
}

// same tells whether w is that of the same file, unchanged by all one sees.
func (w weight) same(o weight) bool {
	return w.size == o.size && w.modified.UnixNano() == o.modified.UnixNano()
}

// recall has a file that comes into the queue go on where its tries ended, unless it
// is another by now. It waits for its next try only if it is as it was and nobody
// asked for it, who gives no weight. A clock that was set back delays it by one
// pause at most.
func (q *Queue) recall(it *item, now time.Time) {
	f, ok := q.failures[it.change.Ref]
	if !ok {
		return
	}
	asked, same := it.weight.same(weight{}), it.weight.same(f.weight)
	if it.change.Op != golocal.Upsert || !asked && !same && !f.unstable {
		q.pardon(it.change.Ref)
		return
	}
	it.tries = min(f.tries, maxTries-1)
	switch next := earlier(f.next, now.Add(lastRetry)); {
	case asked:
		it.weight = f.weight
	case same && next.After(it.due):
		it.due, it.failed = next, true
	}
}

// remember notes a failed try of it.
func (q *Queue) remember(it *item, next time.Time, cause error) {
	q.failures[it.change.Ref] = failure{it.tries + 1, next, it.weight, errors.Is(cause, golocal.ErrUnstable)}
	q.altered()
}

// succeed has next, a change that came while it was worked on, begin its tries anew,
// but for a file that is never as it was.
func (q *Queue) succeed(it, next *item, now time.Time, err error) {
	if next.change.Op != golocal.Upsert || !errors.Is(err, golocal.ErrUnstable) {
		q.pardon(it.change.Ref)
		return
	}
	q.remember(it, now, err)
	next.tries = min(it.tries+1, maxTries-1)
}

// pardon forgets the failed tries of a file.
func (q *Queue) pardon(ref golocal.Ref) {
	if _, ok := q.failures[ref]; ok {
		delete(q.failures, ref)
		q.altered()
	}
}

func (q *Queue) altered() {
	select {
	case q.unsaved <- struct{}{}:
	default:
	}
}

// forgive has the files of the roots, none is every root, tried again at once, as
// if they had never failed.
func (q *Queue) forgive(roots ...int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	covers := (&mark{roots: roots}).covers
	for ref := range q.failures {
		if covers(ref) {
			q.pardon(ref)
		}
	}
	now := time.Now()
	for ref, it := range q.items {
		if it.tries > 0 && it.heap == &q.waiting && covers(ref) {
			heap.Remove(it.heap, it.pos)
			it.tries, it.failed, it.first, it.due = 0, false, now, now
			q.push(it)
		}
	}
}

// keptFailure is a failure in the file. Times are nanoseconds since 1970: that of a
// file may lie in a year that JSON has no form for.
type keptFailure struct {
	Root     int64  `json:"root"`
	Path     []byte `json:"path"` // names need not be UTF-8
	Tries    int    `json:"tries"`
	Next     int64  `json:"next"`
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"`
	Unstable bool   `json:"unstable,omitempty"`
}

// load reads the failed tries from the file at path; none is no error.
func (q *Queue) load(path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var kept []keptFailure
	if err := json.Unmarshal(data, &kept); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, k := range kept {
		if next := time.Unix(0, k.Next); k.Tries > 0 && time.Since(next) < forgotten {
			q.failures[golocal.Ref{Root: k.Root, Path: string(k.Path)}] = failure{k.Tries, next, weight{k.Size, time.Unix(0, k.Modified)}, k.Unstable}
		}
	}
	return nil
}

// save writes the failed tries of the files in roots to path, whole or not at all;
// where there are none, there is no file.
func (q *Queue) save(path string, roots []int64) error {
	var kept []keptFailure
	q.mu.Lock()
	for ref, f := range q.failures {
		if slices.Contains(roots, ref.Root) {
			kept = append(kept, keptFailure{ref.Root, []byte(ref.Path), f.tries, f.next.UnixNano(), f.weight.size, f.weight.modified.UnixNano(), f.unstable})
		}
	}
	q.mu.Unlock()
	if len(kept) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// keepTries writes the failed tries to their file when they change, until ctx ends.
func (w *Watcher) keepTries(ctx context.Context) {
	if w.opt.Tries == "" {
		return
	}
	for ended := false; !ended; {
		select {
		case <-ctx.Done():
			ended = true
			select {
			case <-w.queue.unsaved:
			default:
				return
			}
		case <-w.queue.unsaved:
		}
		began := time.Now()
		w.mu.Lock()
		var roots []int64
		for id := range w.trees {
			roots = append(roots, id)
		}
		w.mu.Unlock()
		if err := w.queue.save(w.opt.Tries, roots); err != nil {
			w.opt.Log.Warn("failed tries not kept for the next start", "err", err)
		}
		// Where thousands fail, the list is long.
		pause := time.NewTimer(max(saveEvery, 20*time.Since(began)))
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}
