package watch

import (
	"slices"
	"time"

	"golocal"
)

// finish judges the documents whose files were not met.
func (t *tree) finish() {
	s := t.scan
	if !t.check() || t.scan != s {
		return
	}
	t.scan = nil
	look := newLooker(t)
	judge := func(rel string) {
		if slices.ContainsFunc(s.kept, func(p string) bool { return inside(rel, p) }) {
			return
		}
		if v := look.at(rel, foldsNames); v.fate == out {
			t.expel(rel)
		} else {
			t.report(rel, v)
		}
	}
	for rel := range s.known.unmet {
		delete(s.queued, rel)
		judge(rel)
	}
	for rel := range s.queued {
		judge(rel)
	}
	for rel := range s.late { // judged by rules that may have changed
		if look.at(rel, false).fate == out {
			t.expel(rel)
		}
	}
	t.prune(s)
	t.unwatched, t.unreadable = t.folders.troubled()
	if !s.full {
		if t.polled() {
			t.nextFull = earlier(t.nextFull, time.Now().Add(t.pollEvery()))
		}
		t.reply(s)
		return
	}
	if t.unwatched == 0 {
		t.remedy = ""
	}
	now := time.Now()
	t.counted, t.compared, t.took = s.tally, now, now.Sub(s.started)
	t.nextFull = now.Add(t.listenWell(t.w.opt.Rescan))
	t.w.opt.Log.Debug("root compared", "root", t.root.ID, "files", s.tally.files, "dur", t.took)
	t.flush(s)
	t.reply(s)
}

// maxPut is how often an answer is put off, so that folders which come and go all
// the time keep nobody waiting.
const maxPut = 5

// reply answers who asked for a comparison. Where folders became dirty meanwhile,
// one may have been let go of before the comparison came to it, by an event of
// before it was asked for: those are compared first.
func (t *tree) reply(s *scan) {
	var now []*request
	for _, r := range s.requests {
		if len(t.dirty) > 0 && r.put < maxPut {
			r.put++
			t.owed = append(t.owed, r)
			t.dirtyFrom = time.Time{}
			continue
		}
		now = append(now, r)
	}
	if len(s.requests) == 0 && !s.full {
		return
	}
	t.publish() // who waits may ask for the state next
	answer(now, nil)
}

// expel removes a file that a rule leaves out: no deletion to be wary of.
func (t *tree) expel(rel string) {
	t.back(rel)
	t.least = max(0, t.least-1)
	t.w.queue.Add(golocal.Change{Ref: golocal.Ref{Root: t.root.ID, Path: rel}, Op: golocal.Remove})
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// prune forgets the folders that the comparison should have met but did not.
func (t *tree) prune(s *scan) {
	for _, p := range s.prefixes {
		f := t.folders.find(p)
		if f == nil {
			continue
		}
		var left []*folder
		for sub := range f.all {
			if sub.visit != s.number && sub.above != nil {
				left = append(left, sub)
			}
		}
		for _, sub := range left {
			path := sub.path()
			if !slices.ContainsFunc(s.kept, func(p string) bool { return inside(path, p) }) {
				t.forget(sub)
			}
		}
	}
}
