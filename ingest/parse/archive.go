package parse

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"golocal/internal/remark"
)

// Limits of an archive, in inflated bytes: what its directory claims is not
// believed.
const (
	maxPart    = 64 << 20
	maxArchive = 200 << 20
	maxEntries = 10_000
)

// archive is a zip file whose reading stops at the limits.
type archive struct {
	files map[string]*zip.File
	part  int64 // bytes that one part may hold
	left  int64 // bytes that may still be inflated
}

var errBomb = Failed("", remark.TooMuchUnpacked, maxPart>>20, maxArchive>>20)

// openArchive reads the directory of a zip file. Of entries with the same name
// the first counts.
func openArchive(data []byte) (*archive, error) {
	// The directory's own count may be any number, and a reader allocates for
	// every entry it finds: so count what begins an entry (APPNOTE 4.3.12).
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > maxEntries {
		return nil, Failed("", remark.TooManyEntries, n, maxEntries)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if overlap(r.File) {
		return nil, Failed("", remark.BrokenBomb)
	}
	a := &archive{files: make(map[string]*zip.File, len(r.File)), part: maxPart, left: maxArchive}
	for _, f := range r.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// overlap tells whether two entries share bytes: so a small archive unpacks to
// any size (Fifield, A better zip bomb, WOOT 2019).
func overlap(files []*zip.File) bool {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		if at, err := f.DataOffset(); err == nil && f.CompressedSize64 > 0 { // a broken one is said when it is read
			spans = append(spans, span{at, at + int64(min(f.CompressedSize64, 1<<62-1))})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return true
		}
	}
	return false
}

// open returns a part of the archive; io.EOF's place is taken by errBomb where
// a limit is reached.
func (a *archive) open(name string) (io.ReadCloser, error) { return a.openUpTo(name, a.part) }

// openUpTo is open for parts that are never held in memory as a whole.
func (a *archive) openUpTo(name string, most int64) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	if f.Flags&1 != 0 {
		return nil, Failed("", remark.Encrypted)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &partReader{a: a, part: most, ReadCloser: r}, nil
}

// read returns a whole part, of at most so many bytes.
func (a *archive) read(name string, most int64) ([]byte, error) {
	r, err := a.openUpTo(name, min(most, a.part))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(min(a.files[name].UncompressedSize64, 1<<20)))
	if _, err := b.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b.Bytes(), nil
}

// packed tells of a part that is packed tighter than what people write: their
// sheets shrink to a tenth or a fiftieth. A part that claims another size than
// it has is not read in any case.
func (a *archive) packed(name string) bool {
	f := a.files[name]
	return f != nil && f.UncompressedSize64 > 200*f.CompressedSize64
}

// partReader counts what is inflated.
type partReader struct {
	io.ReadCloser
	a    *archive
	part int64
}

func (r *partReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.part <= 0 || r.a.left <= 0 {
		// A part that ends exactly at the limit is whole.
		if n, err := r.ReadCloser.Read(p[:1]); n == 0 && err != nil {
			return 0, err
		}
		return 0, errBomb
	}
	n, err := r.ReadCloser.Read(p[:min(int64(len(p)), r.part, r.a.left)])
	r.part -= int64(n)
	r.a.left -= int64(n)
	return n, err
}
