package watch

import (
	"io/fs"
	"time"
)

const (
	// enough is how many changes a comparison must find that no event told of
	// before the events of a root are trusted no more. One may be a program's that
	// writes through shared memory.
	enough = 3
	// firstProbe lies between the first two comparisons of a root whose file
	// system is not known to report changes; the pause doubles up to the usual one.
	firstProbe = time.Minute
)

// hearing tells whether the events of a root come. Nothing is written into a
// root to find out: what a comparison finds changed must have brought an event.
type hearing struct {
	unheard int           // changes that brought none, since the root was there
	deaf    bool          // so many that the root is compared often instead
	excused bool          // what the next comparison finds may have other reasons: rules changed, events were lost
	trusted bool          // the file system is known to report changes
	probe   time.Duration // until the next comparison of one that is not trusted
}

// missed looks at a file that a comparison found changed and that nothing had
// told of, and counts it where an event should have. r is what the catalogue
// says of it, nil for nothing.
func (t *tree) missed(rel string, r *record, fi fs.FileInfo, now time.Time) {
	s, f := t.scan, t.scan.at
	if !s.full || t.excused || t.deaf || !f.watched || f.since == 0 || f.since >= s.number || t.compared.IsZero() {
		return // it was not listened to, or not for long enough
	}
	changed := statusChanged(fi)
	switch {
	case changed.IsZero() || !changed.After(t.compared) || now.Sub(changed) < t.w.late:
		return // before that, or its event may be on its way
	case s.late[rel] || linked(fi):
		return
	case r != nil && (r.size == fi.Size() || r.indexed >= changed.UnixNano()):
		return // a write through shared memory, or one that was read already
	}
	t.unheard++
}

// listenWell judges the events of the root after a comparison of all of it, and
// returns the pause until the next, at most longest.
func (t *tree) listenWell(longest time.Duration) time.Duration {
	t.excused = false
	if t.unheard >= enough && !t.deaf {
		t.deaf = true
		t.w.opt.Log.Warn("changes bring no events here, so the root is polled", "root", t.root.ID, "unheard", t.unheard)
	}
	switch {
	case t.polled():
		return min(longest, t.pollEvery())
	case t.trusted:
		return longest
	}
	if t.probe == 0 {
		t.probe = firstProbe
	}
	pause := min(longest, t.probe)
	t.probe = min(2*t.probe, longest)
	return pause
}
