package main

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"golocal"
	"golocal/ingest"
	"golocal/web"
)

// stages knows which files are worked on and how far each is. Safe for
// concurrent use.
type stages struct {
	mu    sync.Mutex
	files map[golocal.Ref]*fileWork
}

// fileWork is a file that a worker has.
type fileWork struct {
	since time.Time // when it was begun: read first, or, before that, given out
	begun bool
	step  ingest.Step
}

// begin notes that a worker has a file, which waits for its turn yet.
func (s *stages) begin(ref golocal.Ref, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[golocal.Ref]*fileWork{}
	}
	s.files[ref] = &fileWork{since: now, step: ingest.Step{Stage: ingest.Queued}}
}

// step notes how far a file is; of one that no worker has nothing is noted.
func (s *stages) step(ref golocal.Ref, step ingest.Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[ref]
	if f == nil {
		return
	}
	if !f.begun && step.Stage != ingest.Queued {
		f.since, f.begun = time.Now(), true
	}
	f.step = step
}

// end notes that the worker is done with it, whatever came of it.
func (s *stages) end(ref golocal.Ref) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, ref)
}

// now gives up to n files: of each root in turn, so that one that does not answer
// hides no other, those that wait for something last, and of the rest those that
// were begun first. They come in the order in which they were begun.
func (s *stages) now(n int, now time.Time) []web.Reading {
	s.mu.Lock()
	roots := map[int64][]web.Reading{}
	for ref, f := range s.files {
		roots[ref.Root] = append(roots[ref.Root], web.Reading{
			Ref: ref, Stage: string(f.step.Stage), Done: f.step.Done, Total: f.step.Total, Seconds: max(now.Sub(f.since), 0).Seconds(),
		})
	}
	s.mu.Unlock()
	type ranked struct {
		web.Reading
		rank int // among those of its root
	}
	var all []ranked
	for _, files := range roots {
		slices.SortFunc(files, before)
		for i, f := range files {
			all = append(all, ranked{f, i})
		}
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.rank, b.rank), before(a.Reading, b.Reading)) })
	var out []web.Reading
	for _, r := range all[:min(n, len(all))] {
		out = append(out, r.Reading)
	}
	slices.SortFunc(out, before)
	return out
}

// before orders files: those that wait last, else by when they were begun.
func before(a, b web.Reading) int {
	queued := func(r web.Reading) int {
		if r.Stage == string(ingest.Queued) {
			return 1
		}
		return 0
	}
	return cmp.Or(queued(a)-queued(b), cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(a.Ref.Root, b.Ref.Root), cmp.Compare(a.Ref.Path, b.Ref.Path))
}
