package index

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"golocal"
)

const gb = 1_000_000_000

func TestLimits(t *testing.T) {
	at := func(chunks, dims int) Stats { // 100,000 of 768: 307 MB of vectors, 700 MB of file
		return Stats{Chunks: chunks, Vectors: chunks, Model: "old", Dims: dims, MemoryBytes: int64(chunks) * int64(4*dims+28), DiskBytes: int64(chunks) * 7000, PostingBytes: int64(chunks) * 600}
	}
	with := func(s Stats, f func(*Stats)) Stats { f(&s); return s }
	for name, c := range map[string]struct {
		s      Stats
		m      Machine
		chunks int
		short  string
		advice string // a part of it; "" is none
	}{
		"all is well":          {at(100_000, 768), Machine{Memory: 8 * gb, Disk: 100 * gb}, 1_935_483, "memory", ""},
		"disk is shorter":      {at(100_000, 768), Machine{Memory: 64 * gb, Disk: 7 * gb}, 750_000, "disk", ""},
		"nothing is known":     {at(100_000, 768), Machine{}, -1, "", ""},
		"only disk is known":   {at(100_000, 768), Machine{Disk: 7 * gb}, 750_000, "disk", ""},
		"empty":                {Stats{}, Machine{Memory: gb, Disk: 3 * gb}, 750_000, "disk", ""},
		"few passages":         {with(at(10, 768), func(s *Stats) { s.DiskBytes = 1e6 }), Machine{Memory: 3904 * 4000, Disk: 100 * gb}, 3000, "memory", ""},
		"no model":             {with(at(5000, 0), func(s *Stats) { s.Vectors, s.MemoryBytes = 0, 0 }), Machine{Memory: gb, Disk: 7 * gb}, 750_000, "disk", ""},
		"before memory is out": {at(100_000, 768), Machine{Memory: 170_000_000, Disk: 100 * gb}, 41_129, "memory", "71 % of what there is for them: set memory: small"},
		"just not yet":         {at(100_000, 768), Machine{Memory: 190_000_000, Disk: 100 * gb}, 45_967, "memory", ""},
		"small already":        {at(100_000, 768), Machine{Memory: 170_000_000, Disk: 100 * gb, Small: true}, 41_129, "memory", "use a model with shorter vectors"},
		"loading":              {with(at(100_000, 768), func(s *Stats) { s.Loading, s.MemoryBytes = true, 0 }), Machine{Memory: 490_400_000, Disk: 100 * gb}, 19_211, "memory", "the vectors take 390 MB"},
		"loading, memory gone": {with(at(100_000, 768), func(s *Stats) { s.Loading, s.MemoryBytes = true, 0 }), Machine{Memory: 100_000_000, Disk: 100 * gb}, 0, "memory", "100 % of what there is"},
		"disk soon full":       {at(100_000, 768), Machine{Memory: 8 * gb, Disk: 800_000_000}, 85_714, "disk", "800 MB of disk are free and changing the embedding model takes up to 420 MB"},
		"disk soon full, words": {with(at(100_000, 8), func(s *Stats) { s.DiskBytes = 200_000_000 }), Machine{Memory: 8 * gb, Disk: 200_000_000}, 75_000, "disk",
			"200 MB of disk are free and tidying up the postings takes up to 127 MB"},
		"almost nothing, disk full": {at(10, 768), Machine{Memory: 8 * gb, Disk: 100_000_000}, 11_480, "disk", "100 MB of disk are free"},
		"new model, no disk": {with(at(100_000, 384), func(s *Stats) { s.Building = &BuildingStats{Model: "new", Dims: 4096, Vectors: 50_000} }), Machine{Memory: 80 * gb, Disk: 900_000_000}, 96_428, "disk",
			"the index for new needs 942 MB more of disk and 900 MB are free: free some, or go back: golocal models use old"},
		"new model, half of it is there": {with(at(100_000, 384), func(s *Stats) { s.Building = &BuildingStats{Model: "new", Dims: 4096, Vectors: 60_000} }), Machine{Memory: 80 * gb, Disk: 900_000_000}, 96_428, "disk", ""},
		"new model, no memory": {with(at(100_000, 384), func(s *Stats) { s.Building = &BuildingStats{Model: "new", Dims: 4096, Vectors: 60_000} }), Machine{Memory: gb, Disk: 90 * gb}, 479_539, "memory",
			"the vectors of new need 2.1 GB of memory beside those that answer until they are there, and 1.0 GB are free: close other programs, set memory: small"},
		"new model, no memory, small already": {with(at(100_000, 384), func(s *Stats) {
			s.MemoryBytes, s.Building = 0, &BuildingStats{Model: "new", Dims: 16384, Vectors: 100_000}
		}), Machine{Memory: gb, Disk: 90 * gb, Small: true}, 1_674_107, "memory",
			"1.0 GB are free: close other programs, or go back: golocal models use old"},
		"new model, fits in its small form": {with(at(100_000, 384), func(s *Stats) { s.Building = &BuildingStats{Model: "new", Dims: 4096, Vectors: 60_000} }), Machine{Memory: gb, Disk: 90 * gb, Small: true}, 479_539, "memory", ""},
		"slow words":                        {with(at(100_000, 768), func(s *Stats) { s.WordsMillis = 312.4 }), Machine{Memory: 8 * gb, Disk: 100 * gb}, 1_935_483, "memory", "searches by words take 312 ms"},
		"more than measured":                {at(300_000, 768), Machine{Memory: 80 * gb, Disk: 1000 * gb}, 19_354_838, "memory", "300,000 passages are more"},
	} {
		got := c.s.Limits(c.m)
		if got.Chunks != c.chunks || got.Short != c.short || (got.Advice == "") != (c.advice == "") || !strings.Contains(got.Advice, c.advice) || strings.Contains(got.Advice, "\n") {
			t.Errorf("%s: %+v, want %d, %s, %q", name, got, c.chunks, c.short, c.advice)
		}
	}
}

func TestPace(t *testing.T) {
	var p pace
	for i := range 7 {
		p.took(time.Now().Add(-time.Duration(i) * time.Hour))
	}
	if p.millis() != 0 {
		t.Error("seven tell already")
	}
	for range 40 {
		p.took(time.Now().Add(-time.Minute))
	}
	if ms := p.millis(); ms < 60_000 || ms > 120_000 {
		t.Errorf("%v ms", ms)
	}
}

// TestStats_PostingsWithoutReadingThem compares the pages that FTS5 lists with
// what lies in its table, while segments are written, merged and deleted from.
func TestStats_PostingsWithoutReadingThem(t *testing.T) {
	x, root := ready(t, Options{})
	check := func(when string) {
		t.Helper()
		x.write.Lock() // all of one moment, and of none in the middle of a merge
		defer x.write.release()
		for more := true; more; {
			var err error
			more, err = x.join(t.Context(), joinStep)
			must(t, err)
		}
		s, err := x.Stats(t.Context())
		must(t, err)
		var pages, bytes int64
		must(t, x.db.readers.QueryRowContext(t.Context(), `SELECT count(*), coalesce(sum(length(block)), 0) FROM posting_data WHERE id > 10`).Scan(&pages, &bytes))
		listed, err := postingPages(t.Context(), x.db.readers)
		must(t, err)
		// Doclists that go over pages have pages of their own to skip them.
		if listed > pages || listed < pages*9/10 {
			t.Errorf("%s: %d pages listed of %d", when, listed, pages)
		}
		if s.PostingBytes < bytes || s.PostingBytes > 2*bytes+3*4050 {
			t.Errorf("%s: %d bytes, they are %d", when, s.PostingBytes, bytes)
		}
	}
	check("empty")
	for i := range 60 {
		var words []string
		for k := range 400 {
			words = append(words, fmt.Sprintf("word%c%d common", 'a'+i%20, i*k))
		}
		put(t, x, root.ID, fmt.Sprint(i), strings.Join(words, " "), "another")
		if i%20 == 1 {
			check(fmt.Sprint("after ", i))
		}
	}
	for i := range 30 {
		must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: fmt.Sprint(i)}))
	}
	check("after removals")
	_, err := x.Purge(t.Context(), 0)
	must(t, err)
	check("after the merge")
}

func FuzzSegmentPages(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 0xff, 0, 0, 1, 1, 1, 5, 0, 1, 1, 1, 9, 0, 0, 2, 1, 1})
	f.Add([]byte{0, 0, 0, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := segmentPages(b); n < 0 || err != nil && n != 0 {
			t.Fatal(n, err)
		}
	})
}

// countsRight compares what Stats tells with counting row by row.
func countsRight(t testing.TB, x *Index) {
	t.Helper()
	s, err := x.Stats(t.Context())
	must(t, err)
	var chunks, vectors, text, missing int
	var bytes int64
	must(t, x.db.view(t.Context(), func(q *sql.Tx) error {
		if err := q.QueryRow(`SELECT count(*), count(DISTINCT vector), count(*) - count(vector) FROM chunk`).Scan(&chunks, &vectors, &missing); err != nil {
			return err
		}
		if err := q.QueryRow(`SELECT coalesce(sum(length(data)), 0) FROM text`).Scan(&text); err != nil {
			return err
		}
		return q.QueryRow(`SELECT coalesce(sum(length(data)), 0) FROM vector`).Scan(&bytes)
	}))
	if s.Chunks != chunks || s.Vectors != vectors || s.Missing != missing || int(s.TextBytes) != text || s.VectorBytes != bytes {
		t.Errorf("Stats: %d chunks, %d vectors, %d missing, %d bytes of text, %d of vectors; want %d, %d, %d, %d, %d", s.Chunks, s.Vectors, s.Missing, s.TextBytes, s.VectorBytes, chunks, vectors, missing, text, bytes)
	}
}
