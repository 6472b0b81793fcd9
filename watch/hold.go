package watch

import (
	"maps"
	"time"

	"golocal"
)

// few is how many files may vanish without a second thought.
const few = 20

// lose notes that the file at rel is gone. The queue hears of it when the root
// proves to be there still and not most of it went at once: an unmounted disk
// looks like a deletion of everything.
func (t *tree) lose(rel string) {
	now := time.Now()
	if len(t.gone) == 0 {
		t.goneFirst = now
	}
	t.goneLast = now
	t.gone[rel] = true
}

// goneDue returns when the gone files are acted on: after a quiet moment, so
// that those deleted together are seen together.
func (t *tree) goneDue() time.Time {
	return earlier(t.goneLast.Add(t.w.opt.Quiet), t.goneFirst.Add(t.w.opt.MaxWait))
}

// flush gives the gone files to the queue, or holds them. After a comparison
// of the whole root, s is that; without one, a suspicious number leads to one.
func (t *tree) flush(s *scan) {
	if s == nil && !t.check() {
		return
	}
	switch {
	case s != nil && s.release:
	case s != nil:
		vanished, total := 0, len(s.known.records)
		for rel := range t.gone {
			if s.known.find(rel) != nil {
				vanished++
			}
		}
		most := 2*vanished > total
		met := s.tally.files + s.tally.skipped
		if most && (t.stranger || vanished > few && 2*met < total) {
			if len(t.held) == 0 {
				t.w.opt.Log.Warn("most files vanished at once, keeping their index", "root", t.root.ID, "gone", vanished, "of", total)
			}
			// Only what is indexed can be kept: a late event may name a file
			// whose removal is done.
			maps.DeleteFunc(t.gone, func(rel string, _ bool) bool { return s.known.find(rel) == nil })
			t.held, t.gone = t.gone, make(map[string]bool)
			return
		}
	case len(t.gone) > few && 2*len(t.gone) > t.least:
		most, err := t.most()
		if err != nil {
			t.failed(err)
			t.goneLast = time.Now().Add(retry)
			t.goneFirst = t.goneLast
			return
		}
		if most {
			t.soil("")
			return
		}
	}
	for rel := range t.gone {
		t.w.queue.Add(golocal.Change{Ref: golocal.Ref{Root: t.root.ID, Path: rel}, Op: golocal.Remove})
	}
	t.least = max(0, t.least-len(t.gone))
	clear(t.gone)
	if s != nil {
		clear(t.held)
		t.stranger = false
	}
}

// most tells whether the gone files are most of what is indexed.
func (t *tree) most() (bool, error) {
	if t.w.opt.Catalogue == nil {
		return false, nil
	}
	vanished, total := 0, 0
	for d, err := range t.w.opt.Catalogue.Documents(t.ctx, t.root.ID, "") {
		if err != nil {
			return false, err
		}
		total++
		if t.gone[d.Ref.Path] {
			vanished++
		}
	}
	return 2*vanished > total, nil
}
