package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"golocal"
)

// filled returns a folder of n small files in folders of 100.
func filled(b *testing.B, n int) string {
	dir, err := filepath.EvalSymlinks(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		sub := filepath.Join(dir, fmt.Sprint(i/1000), fmt.Sprint(i/100))
		if i%100 == 0 {
			if err := os.MkdirAll(sub, 0o755); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("%d.md", i)), nil, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// BenchmarkSave measures from the end of a save to Next, the quiet time of
// 300 ms included, in a folder of 10,000 files.
func BenchmarkSave(b *testing.B) {
	dir, shelf := filled(b, 10000), newShelf()
	w := New(Options{Catalogue: shelf})
	if err := w.Add(golocal.Root{ID: 1, Path: dir}); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	for range 10000 {
		c, err := w.Queue().Next(ctx)
		if err != nil {
			b.Fatal(err)
		}
		if err := shelf.apply(w, c); err != nil {
			b.Fatal(err)
		}
		w.Queue().Done(c, nil)
	}
	var took []time.Duration
	for b.Loop() {
		if err := os.WriteFile(filepath.Join(dir, "5", "55", "5555.md"), []byte(fmt.Sprint(len(took))), 0o644); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		c, err := w.Queue().Next(ctx)
		if err != nil || c.Ref.Path != "5/55/5555.md" {
			b.Fatal(c, err)
		}
		took = append(took, time.Since(start))
		w.Queue().Done(c, nil)
	}
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
}

// BenchmarkUnchanged measures a comparison of 50,000 unchanged files, and the
// memory that it and 501 watched folders need.
func BenchmarkUnchanged(b *testing.B) {
	const n = 50000
	dir, shelf := filled(b, n), newShelf()
	for i := range n {
		p := fmt.Sprintf("%d/%d/%d.md", i/1000, i/100, i)
		fi, err := os.Stat(filepath.Join(dir, p))
		if err != nil {
			b.Fatal(err)
		}
		ref := golocal.Ref{Root: 1, Path: p}
		shelf.docs[ref] = golocal.Document{
			Ref: ref, Modified: fi.ModTime(), Indexed: time.Now().Add(time.Hour), State: golocal.StateReady, Sum: golocal.Sum{1},
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		w := New(Options{Catalogue: shelf})
		if err := w.Add(golocal.Root{ID: 1, Path: dir}); err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		ended := make(chan error)
		go func() { ended <- w.Run(ctx) }()
		if err := w.Settle(ctx); err != nil {
			b.Fatal(err)
		}
		if got := w.Queue().Len(); got != 0 {
			b.Fatalf("%d changes for unchanged files", got)
		}
		b.StopTimer()
		runtime.ReadMemStats(&after)
		cancel()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "heap-MB")
}
