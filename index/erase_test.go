package index

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

// TestErase searches the files for the bytes of what was deleted.
func TestErase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	x, root := ready(t, Options{Now: func() time.Time { return clock }}, dir)
	other, err := x.AddRoot(t.Context(), "/home/me/sentinelfolder")
	must(t, err)
	// Many neighbours, so that pages split and cells move.
	filler := func(from, to int) {
		for i := from; i < to; i++ {
			put(t, x, root.ID, fmt.Sprintf("keep/%04d.md", i*7919%1000), fmt.Sprintf("ordinary text number %d with %s", i, strings.Repeat("filler ", i%400)), "second part")
		}
	}
	secret := func(r golocal.Root, i int) golocal.Document {
		d, chunks := document(r.ID, fmt.Sprintf("keep/sentinelpath%d.md", i), fmt.Sprintf("sentinelword%d %s", i, strings.Repeat("hush ", i*37%900)), fmt.Sprintf("more about sentinelword%d", i))
		d.Title, d.Reason = "Sentineltitle", "sentinelreason"
		chunks[0].Heading = []string{"sentinelheading"}
		must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
		return d
	}
	filler(0, 60)
	var docs []golocal.Document
	for i := range 25 {
		docs = append(docs, secret(root, i))
		secret(other, i+100)
		filler(60+2*i, 62+2*i)
	}
	sentinels := [][]byte{[]byte("entinel"), encode(vector("more about sentinelword3")), encode(vector("more about sentinelword103"))}
	count := func(of []byte) (n int) {
		for _, name := range names(t, dir) {
			data, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			n += strings.Count(string(data), string(of))
		}
		return n
	}
	for _, s := range sentinels {
		if count(s) == 0 {
			t.Fatalf("%.20q is not in the files to begin with", s)
		}
	}
	for i, d := range docs {
		if i%2 == 0 { // overwritten rather than removed
			put(t, x, root.ID, d.Ref.Path, "harmless")
		}
		must(t, x.Remove(t.Context(), d.Ref))
	}
	if _, err := x.Purge(t.Context(), 10*time.Minute); err != nil {
		t.Fatal(err)
	}
	if count(sentinels[1]) == 0 {
		t.Error("a vector that a rename would need is gone at once")
	}
	must(t, x.RemoveRoot(t.Context(), other.ID))
	clock = clock.Add(11 * time.Minute)
	if _, err := x.Purge(t.Context(), 10*time.Minute); err != nil {
		t.Fatal(err)
	}
	for _, s := range sentinels {
		if n := count(s); n != 0 {
			t.Errorf("%.20q is in the files %d times", s, n)
		}
	}
	sound(t, x)
	before := names(t, dir)
	info := func() (out []time.Time) {
		for _, n := range before {
			i, err := os.Stat(filepath.Join(dir, n))
			must(t, err)
			out = append(out, i.ModTime())
		}
		return out
	}
	quiet := info()
	if n, err := x.Purge(t.Context(), 0); n != 0 || err != nil {
		t.Errorf("Purge of nothing = %d, %v", n, err)
	}
	if !slices.EqualFunc(quiet, info(), time.Time.Equal) {
		t.Error("a purge with nothing to do writes")
	}
}

// TestClearGap has only the middle of b-tree pages cleared.
func TestClearGap(t *testing.T) {
	leaf := func() []byte {
		p := []byte(strings.Repeat("x", 512))
		copy(p, []byte{13, 0, 0, 0, 2, 1, 0, 0}) // 2 cells, the first at 256
		return p
	}
	p := leaf()
	if !clearGap(p, false) || strings.Count(string(p), "\x00") < 256-12 || p[11] != 'x' || p[256] != 'x' || p[12] != 0 || p[255] != 0 {
		t.Errorf("leaf: %q", p)
	}
	if clearGap(p, false) {
		t.Error("a cleared page is dirty")
	}
	for name, change := range map[string]func([]byte){
		"overflow page":  func(p []byte) { p[0] = 0 },
		"unknown type":   func(p []byte) { p[0] = 7 },
		"cells too low":  func(p []byte) { p[5], p[6] = 0, 4 },
		"cells too high": func(p []byte) { p[5] = 255 },
	} {
		p := leaf()
		change(p)
		before := slices.Clone(p)
		if clearGap(p, false) || !slices.Equal(p, before) {
			t.Errorf("%s was changed", name)
		}
	}
}
