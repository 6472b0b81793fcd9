package main

import (
	"fmt"
	"math"
	"testing"
	"time"

	"golocal"
)

// desk works on files side by side, as the daemon does, at a known cost: each
// file takes seconds of the whole machine, however many share it.
type desk struct {
	f   forecast
	now time.Time
	n   int
}

func newDesk() *desk { return &desk{now: time.Unix(1e9, 0)} }

func (d *desk) ref() golocal.Ref {
	d.n++
	return golocal.Ref{Root: 1, Path: fmt.Sprint(d.n)}
}

// finish works on files together, each taking so many seconds of the machine.
func (d *desk) finish(of load, seconds float64, together, times int) {
	for range times {
		refs := make([]golocal.Ref, together)
		for i := range refs {
			refs[i] = d.ref()
			d.f.begin(refs[i], of, d.now)
		}
		d.wait(seconds * float64(together))
		for _, r := range refs {
			d.f.end(r, true, d.now)
		}
	}
}

func (d *desk) wait(seconds float64) {
	d.now = d.now.Add(time.Duration(seconds * float64(time.Second)))
}

func (d *desk) left(waiting ...load) float64 {
	var all [kinds]load
	for _, w := range waiting {
		all[w.kind].kind = w.kind
		all[w.kind].files += w.files
		all[w.kind].bytes += w.bytes
	}
	return d.f.seconds(all, d.now)
}

// near fails unless got is within a share of want.
func near(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if math.Abs(got-want) > share*want {
		t.Errorf("%s: %.2f s, want about %.2f", what, got, want)
	}
}

func note(files int) load          { return load{plainFile, files, int64(files) * 10_000} }
func text(bytes int64) load        { return load{plainFile, 1, bytes} }
func pdf(files int, mb int64) load { return load{otherFile, files, int64(files) * mb << 20} }

func TestForecast(t *testing.T) {
	for name, c := range map[string]struct {
		done    func(*desk)
		waiting []load
		want    float64 // seconds; 0 is that it cannot be told
		share   float64
	}{
		"nothing is known":    {func(*desk) {}, []load{note(10)}, 0, 0},
		"too little is known": {func(d *desk) { d.finish(note(1), 1, 1, 3) }, []load{note(10)}, 0, 0},
		"nothing waits":       {func(d *desk) { d.finish(note(1), 1, 1, 9) }, nil, 0, 0},
		"files alike":         {func(d *desk) { d.finish(note(1), .5, 1, 20) }, []load{note(100)}, 50, .01},
		"side by side":        {func(d *desk) { d.finish(note(1), .5, 24, 3) }, []load{note(100)}, 50, .01},
		"side by side, and then few": {func(d *desk) {
			d.finish(note(1), .5, 24, 3)
			d.finish(note(1), .5, 2, 3)
		}, []load{note(100)}, 50, .01},
		"a large text among small ones": {func(d *desk) { d.finish(note(1), .1, 4, 20) }, []load{note(10), text(10_000_000)}, 1 + 100*10./12, .05},
		"other files are learnt apart": {func(d *desk) {
			d.finish(note(1), .1, 4, 20)
			d.finish(pdf(1, 1), 2, 2, 10)
		}, []load{note(10), pdf(10, 1)}, 1 + 20, .01},
		"of other files nothing is known yet": {func(d *desk) { d.finish(note(1), .1, 4, 20) }, []load{pdf(10, 1)}, 10 * (1<<20 + 2048) / 12048. * .1 / plainOver, .01},
		"one that took a minute": {func(d *desk) {
			d.finish(note(1), .1, 1, 50)
			d.finish(note(1), 60, 1, 1)
		}, []load{note(100)}, 100 * (50*.1 + .1*outlier) / 51, .01},
		"several that took no time, as they had not changed": {func(d *desk) {
			d.finish(note(1), .1, 1, 60)
			d.finish(note(1), 0, 1, 20)
		}, []load{note(100)}, 100 * (60*.1 + 20*.1/outlier) / 80, .01},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk()
			c.done(d)
			near(t, "left", d.left(c.waiting...), c.want, c.share)
		})
	}
}

// What is left falls while the one large file is worked on, second by second, and
// does not grow as it did when files alone were counted.
func TestForecast_OneLargeFile(t *testing.T) {
	d := newDesk()
	d.finish(note(1), .1, 8, 20)
	large := text(20_000_000)
	d.f.begin(golocal.Ref{Root: 1, Path: "large"}, large, d.now)
	first := d.left()
	near(t, "at first", first, 20_002_048./12_048*.1, .01)
	before := first
	for i := range 15 {
		d.wait(10)
		got := d.left()
		if got >= before {
			t.Fatalf("after %d s %.1f s are left, and were %.1f", 10*(i+1), got, before)
		}
		before = got
	}
	near(t, "after 150 s", before, 20_002_048./12_048*.1-150, .01)
}

// A file that takes longer than its size says is not thought to be done.
func TestForecast_Overdue(t *testing.T) {
	d := newDesk()
	d.finish(note(1), .1, 1, 20)
	d.f.begin(golocal.Ref{Root: 1, Path: "scan"}, note(1), d.now)
	d.wait(40)
	near(t, "left of a file that hangs", d.left(), 4, .01)
}

// A file that was cut off tells nothing, and frees its share for the rest.
func TestForecast_CutOff(t *testing.T) {
	d := newDesk()
	d.finish(note(1), .5, 1, 20)
	cut := d.ref()
	d.f.begin(cut, note(1), d.now)
	d.wait(600)
	d.f.end(cut, false, d.now)
	near(t, "left", d.left(note(10)), 5, .01)
	d.wait(3600) // nothing is under way: no time is charged
	d.finish(note(1), .5, 1, 20)
	near(t, "left after a rest", d.left(note(10)), 5, .01)
}

func TestFileLoad(t *testing.T) {
	for name, want := range map[string]int{"a/b.md": plainFile, "x.TXT": plainFile, "t.csv": plainFile, "page.html": plainFile, "main.go": plainFile, "Makefile": plainFile,
		"a.pdf": otherFile, "b.docx": otherFile, "c.xlsx": otherFile, "p.jpg": otherFile, "m.eml": otherFile, "README": otherFile, "x.unknown": otherFile} {
		if got := fileLoad(golocal.Ref{Path: name}, 7); got != (load{want, 1, 7}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
