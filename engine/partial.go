package engine

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A blob on its way lies in a file with holes, and beside it a record of which
// of its bytes are whole. The record never names more than what was flushed to
// the disk, and changes whole or not at all: after any crash what it says is
// true. A file without a record counts as empty.

const (
	partialSuffix = "-partial"
	recordSuffix  = ".json" // of the partial file's record
	nextSuffix    = ".new"  // of the record while it is written, by the one who holds the download's lock
)

// span is the bytes from From up to, not including, To.
type span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// record is the content of a record file.
type record struct {
	Size  int64  `json:"size"`  // of the blob
	Whole []span `json:"whole"` // in order, apart from each other
}

// partial returns how many bytes of a blob an earlier pull left.
func (s *store) partial(l layer) (n int64) {
	path, err := s.blob(l.Digest)
	if err != nil {
		return 0
	}
	for _, w := range readRecord(path+partialSuffix, l.Size) {
		n += w.To - w.From
	}
	return n
}

// readRecord returns the whole spans of the partial file at path, none when the
// record does not fit the file or the blob's size.
func readRecord(path string, size int64) []span {
	st, err := os.Stat(path)
	if err != nil {
		return nil
	}
	b, err := readSmall(path + recordSuffix)
	if err != nil {
		return nil
	}
	var r record
	if json.Unmarshal(b, &r) != nil || r.Size != size {
		return nil
	}
	var end int64
	for i, w := range r.Whole {
		if w.From < end || w.From == end && i > 0 || w.To <= w.From {
			return nil
		}
		end = w.To
	}
	if end > size || end > st.Size() {
		return nil
	}
	return r.Whole
}

// writeRecord flushes the file and then records the spans, which were written
// before the call.
func writeRecord(f *os.File, size int64, whole []span) error {
	if err := f.Sync(); err != nil {
		return err
	}
	b, err := json.Marshal(record{size, whole})
	if err != nil {
		return err
	}
	path := f.Name() + recordSuffix
	next, err := os.OpenFile(path+nextSuffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err = next.Write(b); err == nil {
		err = next.Sync()
	}
	if err = errors.Join(err, next.Close()); err != nil {
		return err
	}
	if err := os.Rename(next.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// dropRecord makes the partial file at path count as empty.
func dropRecord(path string) error {
	var errs []error
	for _, p := range []string{path + recordSuffix, path + recordSuffix + nextSuffix} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// part is a piece of a blob that one connection fetches in order.
type part struct {
	span
	done int64 // bytes of it that are written
}

// pieces returns the parts of a blob of which some spans are whole: one for each of
// these, and the rest in pieces of most bytes at most, all in order.
func pieces(size, most int64, whole []span) (parts []*part) {
	var at int64
	rest := func(to int64) {
		for at < to {
			next := min(at+most, to)
			parts = append(parts, &part{span: span{at, next}})
			at = next
		}
	}
	for _, w := range whole {
		rest(w.From)
		parts = append(parts, &part{span: w, done: w.To - w.From})
		at = w.To
	}
	rest(size)
	return parts
}

// whole returns the spans that parts have written, joined where they meet.
func whole(parts []*part) (spans []span) {
	for _, p := range slices.SortedFunc(slices.Values(parts), func(a, b *part) int { return cmp.Compare(a.From, b.From) }) {
		s := span{p.From, p.From + p.done}
		switch {
		case p.done == 0:
		case len(spans) > 0 && spans[len(spans)-1].To == s.From:
			spans[len(spans)-1].To = s.To
		default:
			spans = append(spans, s)
		}
	}
	return spans
}
