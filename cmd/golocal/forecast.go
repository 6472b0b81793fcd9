package main

import (
	"path"
	"slices"
	"sync"
	"time"

	"golocal"
	"golocal/ingest/parse"
)

// forecast tells how long the files that wait will take. It learns what a file costs
// by its size: a text costs by the byte what is embedded of it, a PDF or an image
// far less, so the two are learnt apart.
//
// Files are worked on side by side, and a file's own duration says little of what
// it costs. So each is charged for its share: while n files are under way, each
// takes an nth of the time that passes (processor sharing: Kleinrock, "Time-shared
// Systems: A Theoretical Treatment", 1967; its clock is the virtual time of fair
// queueing: Demers, Keshav and Shenker, 1989). The shares of all files add up to the time in which any was under
// way, and what is left is the sum of the shares still to come.
//
// Safe for concurrent use.
type forecast struct {
	mu    sync.Mutex
	at    time.Time // when now was last moved on
	now   float64   // virtual time, seconds: passes at 1/n while n files are under way
	under map[golocal.Ref]underWay
	taken [kinds][]share // of finished files, the newest last
}

// Kinds of files whose bytes cost alike.
const (
	plainFile = iota // its text is the file itself
	otherFile
	kinds
)

// underWay is a file that a worker has.
type underWay struct {
	since float64 // virtual time
	load  load
}

// load is what a file weighs, or several together.
type load struct {
	kind  int
	files int
	bytes int64
}

// share is what a finished file took.
type share struct{ seconds, units float64 }

const (
	fileUnits  = 2 << 10 // what a file costs beside its bytes, in bytes
	keptShares = 256     // of each kind
	fewShares  = 4       // before which nothing is said
	plainOver  = 16      // what a byte of text costs over one of another file, where only one of the two was seen
	outlier    = 8       // costs that are so many times the median, or so small a part of it, count as that
	overdue    = .1      // of the time it has taken, which a file that took longer than thought is thought to take yet
)

func (l load) units() float64 { return float64(l.files)*fileUnits + float64(l.bytes) }

// begin notes that a worker has a file.
func (f *forecast) begin(ref golocal.Ref, of load, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pass(now)
	if f.under == nil {
		f.under = map[golocal.Ref]underWay{}
	}
	f.under[ref] = underWay{f.now, of}
}

// end notes that a worker is done with a file; whole says that it was worked on to
// its end, so that what it took tells something.
func (f *forecast) end(ref golocal.Ref, whole bool, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pass(now)
	u, ok := f.under[ref]
	delete(f.under, ref)
	if !ok || !whole {
		return
	}
	list := append(f.taken[u.load.kind], share{f.now - u.since, u.load.units()})
	f.taken[u.load.kind] = list[max(0, len(list)-keptShares):]
}

// pass moves the virtual time on.
func (f *forecast) pass(now time.Time) {
	if n := len(f.under); n > 0 && now.After(f.at) {
		f.now += now.Sub(f.at).Seconds() / float64(n)
	}
	f.at = now
}

// seconds is how long what is under way and what waits, a load of each kind, will
// take; 0 when that cannot be told yet.
func (f *forecast) seconds(waiting [kinds]load, now time.Time) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pass(now)
	cost, known := f.costs()
	if !known {
		return 0
	}
	sum := 0.0
	for kind, w := range waiting {
		sum += w.units() * cost[kind]
	}
	for _, u := range f.under {
		took := f.now - u.since
		sum += max(u.load.units()*cost[u.load.kind]-took, overdue*took)
	}
	return sum
}

// costs is seconds per unit of each kind.
func (f *forecast) costs() (cost [kinds]float64, known bool) {
	for kind, list := range f.taken {
		if len(list) >= fewShares {
			cost[kind], known = typical(list), true
		}
	}
	switch {
	case cost[plainFile] == 0:
		cost[plainFile] = cost[otherFile] * plainOver
	case cost[otherFile] == 0:
		cost[otherFile] = cost[plainFile] / plainOver
	}
	return cost, known && cost[plainFile] > 0
}

// typical is what a unit costs: the seconds of all over the units of all, with
// each file's cost brought near to the median first.
func typical(list []share) float64 {
	each := make([]float64, len(list))
	for i, s := range list {
		each[i] = s.seconds / s.units
	}
	slices.Sort(each)
	median := each[len(each)/2]
	seconds, units := 0.0, 0.0
	for _, s := range list {
		seconds += min(max(s.seconds/s.units, median/outlier), median*outlier) * s.units
		units += s.units
	}
	return seconds / units
}

// fileLoad is what a file of so many bytes weighs; its name tells its kind.
func fileLoad(ref golocal.Ref, bytes int64) load {
	kind := otherFile
	switch parse.TypeByName(path.Base(ref.Path)) {
	case parse.Markdown, parse.Text, parse.Code, parse.HTML, parse.CSV, parse.JSON, parse.JSONL, parse.Data,
		parse.Notebook, parse.Subtitles, parse.LaTeX, parse.Org, parse.AsciiDoc, parse.RST:
		kind = plainFile
	}
	return load{kind, 1, bytes}
}

// ahead is what waits, together, of each kind.
func (a *app) ahead() (waiting [kinds]load) {
	ofEnding := map[string]int{} // thousands of files have few endings
	a.watcher.Queue().Ahead(func(ref golocal.Ref, size int64) {
		ending := path.Ext(ref.Path)
		kind, ok := ofEnding[ending]
		if !ok || ending == "" {
			kind = fileLoad(ref, size).kind
			ofEnding[ending] = kind
		}
		w := &waiting[kind]
		w.files, w.bytes = w.files+1, w.bytes+size
	})
	return waiting
}
