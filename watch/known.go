package watch

import (
	"bytes"
	"os"
	"slices"

	"golocal"
)

// known is what the catalogue says of the files that are compared: few bytes for
// each, because it holds all of them, and no pointers, which the garbage collector
// would have to follow.
type known struct {
	paths   []byte // one after the other
	records []record
	reasons []string // of skips: few different ones
	numbers map[string]uint32
}

// record is what the catalogue knows of a file, in brief.
type record struct {
	size     int64
	modified int64  // Unix nanoseconds
	indexed  int64  // Unix nanoseconds
	at       int    // of the path in paths
	length   uint32 // of the path
	reason   uint32 // of a skip, in reasons
	skipped  bool
	read     bool
	met      bool // the comparison came to the file
}

// add takes in a document.
func (k *known) add(d golocal.Document) {
	r := record{
		size: d.Size, modified: d.Modified.UnixNano(), indexed: d.Indexed.UnixNano(), at: len(k.paths), length: uint32(len(d.Ref.Path)),
		skipped: d.State == golocal.StateSkipped, read: d.Sum != golocal.Sum{},
	}
	if r.skipped {
		r.reason = k.number(d.Reason)
	}
	if d.State == golocal.StateUnstable {
		r.size = -1 // whatever it is now, it is worth reading again
	}
	k.paths = append(k.paths, d.Ref.Path...)
	k.records = append(k.records, r)
}

// number is where reason lies in reasons.
func (k *known) number(reason string) uint32 {
	n, ok := k.numbers[reason]
	if !ok {
		if k.numbers == nil {
			k.numbers = make(map[string]uint32)
		}
		n = uint32(len(k.reasons))
		k.numbers[reason] = n
		k.reasons = append(k.reasons, reason)
	}
	return n
}

func (k *known) path(r *record) []byte { return k.paths[r.at : r.at+int(r.length)] }

// sort puts the documents into the order that find needs. A catalogue mostly has
// them in it.
func (k *known) sort() {
	byPath := func(a, b record) int { return bytes.Compare(k.path(&a), k.path(&b)) }
	if !slices.IsSortedFunc(k.records, byPath) {
		slices.SortFunc(k.records, byPath)
	}
}

// find returns the document at path, nil if there is none.
func (k *known) find(path string) *record {
	i, ok := slices.BinarySearchFunc(k.records, path, func(r record, path string) int {
		switch p := k.path(&r); {
		case string(p) < path: // no copies
			return -1
		case string(p) > path:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return &k.records[i]
}

// unmet yields the paths of the documents that the comparison did not come to.
func (k *known) unmet(yield func(path string) bool) {
	for i := range k.records {
		if r := &k.records[i]; !r.met && !yield(string(k.path(r))) {
			return
		}
	}
}

const (
	racy    = int64(2e9) // a file as young as the last look may have changed after it; git's "racy" rule
	rounded = int64(2e6) // stores may round times
)

// stale tells whether the file must be read again: another size or time, a
// change so close to the last look that the times cannot tell, attributes
// changed since, or a rule that does not skip it any more.
func (r *record) stale(fi os.FileInfo, now int64) bool {
	if r.skipped && !r.read || r.size != fi.Size() {
		return true
	}
	modified := fi.ModTime().UnixNano()
	if abs(modified-r.modified) > rounded || abs(modified-r.indexed) <= racy {
		return true
	}
	changed := statusChanged(fi)
	if changed.IsZero() {
		return false
	}
	// A time in the future is a clock set wrong; it must not count for ever.
	at := changed.UnixNano()
	return at >= r.indexed-racy && at <= now+racy
}

func abs(n int64) int64 { return max(n, -n) }
