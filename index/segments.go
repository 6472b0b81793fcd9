package index

import (
	"context"
	"encoding/binary"
	"errors"
)

// errSegments says that the list of segments is not of the form that is known.
var errSegments = errors.New("the list of the postings' segments cannot be read")

// postingPages is how many pages the postings have: SQLite's FTS5 keeps a list
// of its segments, so the postings themselves need not be read. In the middle of
// a merge up to a fifth is not listed.
func postingPages(ctx context.Context, q rower) (int64, error) {
	var list []byte
	if err := q.QueryRowContext(ctx, `SELECT block FROM posting_data WHERE id = 10`).Scan(&list); err != nil {
		return 0, err
	}
	return segmentPages(list)
}

// segmentPages adds up the pages of a list of segments as fts5_index.c,
// fts5StructureDecode, reads it: a cookie of 4 bytes, the mark of version 2 if
// there may be tombstones, then numbers in SQLite's varint: levels, segments and
// a counter; for each level its merges and segments; for each segment its id,
// first and last page, and in version 2 two origins, its pages of tombstones and
// two counts of entries.
func segmentPages(list []byte) (int64, error) {
	if len(list) < 7 {
		return 0, errSegments
	}
	list = list[4:]
	two := len(list) >= 4 && binary.BigEndian.Uint32(list) == 0xFF000001
	if two {
		list = list[4:]
	}
	failed := false
	next := func() int64 {
		v, n := varint(list)
		if n == 0 {
			failed = true
			return 0
		}
		list = list[n:]
		return int64(v)
	}
	levels, _, _ := next(), next(), next()
	var pages int64
	for ; levels > 0 && !failed; levels-- {
		next()
		for segments := next(); segments > 0 && !failed; segments-- {
			next()
			first, last := next(), next()
			if last > 0 {
				pages += last - first + 1
			}
			if two {
				next()
				next()
				pages += next()
				next()
				next()
			}
		}
	}
	if failed || pages < 0 {
		return 0, errSegments
	}
	return pages, nil
}

// varint reads a number of 1 to 9 bytes (https://www.sqlite.org/fileformat.html);
// n is 0 where b ends before it.
func varint(b []byte) (v uint64, n int) {
	for i := range min(len(b), 9) {
		if i == 8 {
			return v<<8 | uint64(b[i]), 9
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
