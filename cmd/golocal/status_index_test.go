package main

import (
	"slices"
	"testing"

	"golocal"
	"golocal/index"
	"golocal/web"
)

func TestIndexText(t *testing.T) {
	full := indexStatus(index.Stats{
		Documents: map[golocal.State]int{golocal.StateReady: 6000, golocal.StateFailed: 571}, Chunks: 100_000, Vectors: 100_000, Dims: 768,
		TextBytes: 100_000_000, VectorBytes: 307_200_000, PostingBytes: 54_000_000, DiskBytes: 640_000_000, MemoryBytes: 310_000_000,
	}, index.Machine{Memory: 8_000_000_000, Disk: 1_000_000_000_000})
	for name, c := range map[string]struct {
		i    web.Index
		want []string
	}{
		"full": {full, []string{"100000 passages of 6571 files: 640 MB on disk (text 100 MB, vectors 307 MB, words 54 MB), 310 MB of memory",
			"room for about 1.9 million passages more here, then memory runs short"}},
		"unknown room": {web.Index{Chunks: 1, Documents: 1}, []string{"1 passage of 1 file: 0 B on disk (text 0 B, vectors 0 B, words 0 B), 0 B of memory"}},
	} {
		if got := indexText(c.i); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0 passages", 1: "1 passage", 99: "99 passages", 123: "120 passages", 45_678: "45,000 passages", 999_999: "990,000 passages", 1_900_000: "1.9 million passages", 12_345_678: "12 million passages", 1 << 60: "99 million passages"} {
		if got := roughly(n, "passage"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
