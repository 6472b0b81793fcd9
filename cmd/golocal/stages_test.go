package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/ingest"
	"golocal/internal/fakeollama"
	"golocal/web"
)

func TestStages_WhatIsToldOfAFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s stages
		a, b := golocal.Ref{Root: 1, Path: "a.md"}, golocal.Ref{Root: 1, Path: "b.md"}
		see := func(when string, want ...web.Reading) {
			t.Helper()
			if d := cmp.Diff(want, s.now(6, time.Now())); d != "" {
				t.Errorf("%s: %s", when, d)
			}
		}
		see("at the start")
		s.step(a, ingest.Step{Stage: ingest.Reading}) // as of a worker that is done already
		see("of a file that no worker has")
		s.begin(a, time.Now())
		time.Sleep(3 * time.Second)
		see("it waits", web.Reading{Ref: a, Stage: "queued", Seconds: 3})
		s.step(a, ingest.Step{Stage: ingest.Reading})
		time.Sleep(time.Second)
		s.step(a, ingest.Step{Stage: ingest.Queued})
		time.Sleep(time.Second)
		see("it waits once more: its time goes on", web.Reading{Ref: a, Stage: "queued", Seconds: 2})
		s.begin(b, time.Now())
		s.step(b, ingest.Step{Stage: ingest.Chunking})
		see("what waits comes last", web.Reading{Ref: b, Stage: "chunking"}, web.Reading{Ref: a, Stage: "queued", Seconds: 2})
		s.step(a, ingest.Step{Stage: ingest.Embedding, Done: 32, Total: 400})
		see("what was begun first comes first", web.Reading{Ref: a, Stage: "embedding", Done: 32, Total: 400, Seconds: 2}, web.Reading{Ref: b, Stage: "chunking"})
		s.end(a)
		s.end(b)
		s.step(b, ingest.Step{Stage: ingest.Storing})
		see("at the end")
	})
}

// A root that does not answer has many files under way, and for long: it hides no
// other.
func TestStages_EachRootHasItsTurn(t *testing.T) {
	var s stages
	now := time.Now()
	for i := range 24 {
		s.begin(golocal.Ref{Root: 1, Path: fmt.Sprintf("far/%02d", i)}, now.Add(time.Duration(i-3600)*time.Second))
	}
	for i := range 3 {
		s.begin(golocal.Ref{Root: 2, Path: fmt.Sprintf("near/%02d", i)}, now.Add(-time.Second))
	}
	var got []string
	for _, r := range s.now(6, now) {
		got = append(got, r.Ref.Path)
	}
	if want := []string{"far/00", "far/01", "far/02", "near/00", "near/01", "near/02"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStages_ManyAtOnce(t *testing.T) {
	var s stages
	var workers, readers sync.WaitGroup
	done := make(chan struct{})
	readers.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			for _, r := range s.now(web.ReadingsShown, time.Now()) {
				if r.Stage == "" || r.Seconds < 0 || r.Done > r.Total {
					t.Errorf("%+v", r)
				}
			}
		}
	})
	for w := range 16 {
		workers.Go(func() {
			for i := range 200 {
				ref := golocal.Ref{Root: int64(w % 3), Path: fmt.Sprint(w, i)}
				s.begin(ref, time.Now())
				for _, stage := range []ingest.Stage{ingest.Reading, ingest.Chunking, ingest.Storing} {
					s.step(ref, ingest.Step{Stage: stage, Done: 1, Total: 2})
				}
				s.end(ref)
			}
		})
	}
	workers.Wait()
	close(done)
	readers.Wait()
	if left := s.now(web.ReadingsShown, time.Now()); len(left) > 0 {
		t.Errorf("%v are left", left)
	}
}

// awaitStatus waits until a status fits.
func awaitStatus(t *testing.T, s *session, what string, fits func(web.Status) bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		st, err := s.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if fits(st) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: not within a minute: %+v, %+v", what, st.Queue, st.Roots)
		}
	}
}

// What a status says of real work: how far each file is; nothing of one that has
// failed, that is paused or gone, or whose work was cut off.
func TestStages_OfTheProgramAtWork(t *testing.T) {
	var left *stages
	t.Cleanup(func() { // after the program has ended in the middle of its work
		if left == nil {
			return
		}
		if files := left.now(web.ReadingsShown, time.Now()); len(files) > 0 {
			t.Errorf("after the end: %+v", files)
		}
	})
	_, s, fake := atHome(t, func(c *config) { c.Quiet = 20 * time.Millisecond })
	left = &s.app.stages
	model := func(fault string) { fake.Set(func(b *fakeollama.Behaviour) { b.Embed = fault }) }
	model("hang")
	var long strings.Builder
	for i := range 60 {
		fmt.Fprintf(&long, "# Part %d\n\n%s\n\n", i, strings.Repeat(fmt.Sprintf("Part %d tells of the harbour. ", i), 30))
	}
	dir := libraryOf(t, map[string]string{"long.md": long.String(), "sub/short.md": lease, "broken.docx": "PK\x03\x04 nothing"})
	root, err := s.AddRoot(t.Context(), dir, golocal.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	embedding := func(st web.Status, paths ...string) bool {
		var got []string
		for _, r := range st.Queue.Now {
			if r.Stage != "embedding" || r.Total == 0 || r.Done != 0 || r.Ref.Root != root.ID || r.Ref.Path == "long.md" && r.Total < 60 {
				return false
			}
			got = append(got, r.Ref.Path)
		}
		slices.Sort(got)
		return slices.Equal(got, paths)
	}
	pause := func(paused bool) {
		t.Helper()
		if _, err := s.SetRoot(t.Context(), root.ID, web.RootChange{Paused: &paused}); err != nil {
			t.Fatal(err)
		}
	}
	awaitStatus(t, s, "embedding, and what has failed is done", func(st web.Status) bool {
		return embedding(st, "long.md", "sub/short.md") && st.Roots[0].Documents.Failed == 1
	})
	pause(true)
	awaitStatus(t, s, "paused", func(st web.Status) bool { return len(st.Queue.Now) == 0 && st.Queue.Working == 0 })
	pause(false)
	awaitStatus(t, s, "resumed", func(st web.Status) bool { return embedding(st, "long.md", "sub/short.md") })
	pause(true)
	if err := os.Remove(filepath.Join(dir, "sub", "short.md")); err != nil {
		t.Fatal(err)
	}
	pause(false)
	awaitStatus(t, s, "one file is gone", func(st web.Status) bool { return embedding(st, "long.md") })
	pause(true)
	model("")
	pause(false)
	awaitStatus(t, s, "done", func(st web.Status) bool {
		return len(st.Queue.Now) == 0 && st.State == web.Settled && st.Roots[0].Documents.Ready == 1 && st.Index.Missing == 0
	})
	model("hang")
	if err := os.WriteFile(filepath.Join(dir, "last.md"), []byte("Words that nobody has embedded yet."), 0o600); err != nil {
		t.Fatal(err)
	}
	awaitStatus(t, s, "at work when the program ends", func(st web.Status) bool { return embedding(st, "last.md") })
}

// Removing a folder breaks off what is worked on of it, and goes on to its end
// although whoever asked for it has left.
func TestFolders_RemoveEndsTheWork(t *testing.T) {
	_, s, fake := atHome(t, func(c *config) { c.Quiet = 20 * time.Millisecond })
	fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "hang" })
	root, err := s.AddRoot(t.Context(), libraryOf(t, map[string]string{"lease.md": lease}), golocal.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	awaitStatus(t, s, "at work", func(st web.Status) bool { return len(st.Queue.Now) == 1 && st.Queue.Now[0].Stage == "embedding" })
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := (folders{s.app}).Remove(gone, root.ID); err != nil {
		t.Fatal(err)
	}
	awaitStatus(t, s, "broken off", func(st web.Status) bool {
		return len(st.Roots) == 0 && len(st.Queue.Now) == 0 && st.Queue.Working == 0 && st.Index.Documents == 0
	})
	if err := (folders{s.app}).Remove(t.Context(), root.ID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("once more: %v", err)
	}
}

func TestNowText(t *testing.T) {
	roots := []web.RootStatus{{Root: golocal.Root{ID: 1, Path: "/data"}}}
	file := func(path, stage string, seconds float64, count ...int) web.Reading {
		r := web.Reading{Ref: golocal.Ref{Root: 1, Path: path}, Stage: stage, Seconds: seconds}
		if len(count) > 0 {
			r.Done, r.Total = count[0], count[1]
		}
		return r
	}
	for name, c := range map[string]struct {
		queue web.Queue
		want  []string
	}{
		"nothing": {web.Queue{}, nil},
		"one":     {web.Queue{Working: 1, Now: []web.Reading{file("a.md", "reading", .4)}}, []string{"/data/a.md is read"}},
		"many": {web.Queue{Working: 3, Waiting: 20, Now: []web.Reading{file("b.pdf", "embedding", 83.7, 32, 400), file("c/d.md", "chunking", 2), file("e.md", "queued", 0)}},
			[]string{"/data/b.pdf gets vectors, 32 of 400 passages, 1m23s", "/data/c/d.md is cut into passages, 2s; 21 more to go"}},
		"a long path": {web.Queue{Working: 1, Now: []web.Reading{file(strings.Repeat("deep/", 20)+"report.pdf", "storing", 0)}},
			[]string{"/data/deep/deep/deep/deep/deep…deep/deep/deep/deep/report.pdf is stored"}},
		"a name that a terminal would take for an order": {web.Queue{Working: 1, Now: []web.Reading{file("a\x1b[2Jb\n.md", "queued", 0)}}, []string{`/data/a\x1b[2Jb\n.md waits for its turn`}},
	} {
		got := nowText(c.queue, roots, 71)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, c := range []struct{ path, want string }{
		{"/home/short.md", "/home/short.md"},
		{"/home/ann/papers/contracts/lease.pdf", "/home/ann/…s/lease.pdf"},
		{"/home/ann/a very long name of a file indeed.pdf", "/home… file indeed.pdf"},
		{"/mäuse/ærøskøbing/ñandú/fußgängerübergänge.md", "/mäus…ngerübergänge.md"},
	} {
		if got := cutMiddle(c.path, 22); got != c.want {
			t.Errorf("%q: %q, want %q", c.path, got, c.want)
		}
	}
}

func BenchmarkStages_AFile(b *testing.B) {
	var s stages
	ref := golocal.Ref{Root: 1, Path: "a.md"}
	for b.Loop() {
		s.begin(ref, time.Now())
		for i := range 40 {
			s.step(ref, ingest.Step{Stage: ingest.Embedding, Done: i, Total: 40})
		}
		s.end(ref)
	}
}
