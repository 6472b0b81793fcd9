package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

// passages makes n chunks of a document; no two documents share one.
func passages(doc byte, n int) []golocal.Chunk {
	chunks := make([]golocal.Chunk, n)
	for i := range chunks {
		chunks[i] = golocal.Chunk{Input: fmt.Sprintf("%d/%d", doc, i), Sum: golocal.Sum{doc, byte(i), byte(i >> 8)}}
	}
	return chunks
}

// TestLane_Fair has a large document first and small ones after it: each is done
// after as many calls as it has passages, at most, while the large one gets on.
func TestLane_Fair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := &embedder{delay: time.Second}
		l := newLane(model)
		began := time.Now()
		var mu sync.Mutex
		ended := map[byte]time.Duration{}
		var all sync.WaitGroup
		embed := func(doc byte, n int) {
			all.Go(func() {
				if _, err := l.embed(t.Context(), passages(doc, n), nil); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				ended[doc] = time.Since(began)
			})
			synctest.Wait()
		}
		embed(0, 1000)
		for doc := byte(1); doc <= 20; doc++ {
			embed(doc, 3)
		}
		all.Wait()
		for doc := byte(1); doc <= 20; doc++ {
			if ended[doc] > 4*time.Second {
				t.Errorf("document %d of 3 passages is done after %v", doc, ended[doc])
			}
		}
		if calls := time.Duration(model.calls) * time.Second; ended[0] != calls || calls > 35*time.Second {
			t.Errorf("1,060 passages took %d calls and %v", model.calls, ended[0])
		}
	})
}

// TestLane_AllGetOn has more documents than fit into a batch: each is served in
// its turn.
func TestLane_AllGetOn(t *testing.T) {
	l := newLane(&embedder{})
	for doc := range byte(batchSize + 8) {
		l.join(passages(doc, 10))
	}
	served := map[byte]int{}
	for range 5 {
		batch := l.take()
		if len(batch) != batchSize {
			t.Fatalf("a batch of %d", len(batch))
		}
		for _, j := range batch {
			served[j.sum[0]]++
		}
	}
	for doc := range byte(batchSize + 8) {
		if n := served[doc]; n != 4 {
			t.Errorf("document %d was served %d times in 5 batches, want 4", doc, n)
		}
	}
}

// TestLane_ShortestFirst fills what is left of a batch with the documents that
// are soonest done.
func TestLane_ShortestFirst(t *testing.T) {
	l := newLane(&embedder{})
	l.join(passages(1, 100))
	l.join(passages(2, 5))
	l.join(passages(3, 20))
	var got []int
	for _, j := range l.take() {
		got = append(got, int(j.sum[0]))
	}
	slices.Sort(got)
	count := map[int]int{}
	for _, doc := range got {
		count[doc]++
	}
	if count[2] != 5 || count[3] != 20 || count[1] != batchSize-25 {
		t.Errorf("served %v", count)
	}
}

// TestLane_SharedPassage is wanted by a large document and a small one: the small
// one does not wait for the large one's turn.
func TestLane_SharedPassage(t *testing.T) {
	l := newLane(&embedder{})
	large := passages(1, 500)
	l.join(large)
	small, _ := l.join(large[499:])
	seen := 0
	for _, j := range l.take() {
		if j == small[0] {
			seen++
		}
	}
	if seen != 1 {
		t.Errorf("the shared passage is %d times in the first batch", seen)
	}
	left := 1
	for batch := l.take(); len(batch) > 0; batch = l.take() {
		for _, j := range batch {
			if j == small[0] {
				t.Fatal("the shared passage was sent twice")
			}
		}
		left++
	}
	if left > 16 {
		t.Errorf("%d batches for 500 passages", left)
	}
}

// TestLane_CancelledAndFailing mixes documents that leave, an embedder that
// fails, and others that go on.
func TestLane_CancelledAndFailing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := &embedder{delay: time.Second}
		l := newLane(model)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := l.embed(ctx, passages(1, 300), nil); !errors.Is(err, context.Canceled) {
				t.Errorf("the cancelled one: %v", err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			v, err := l.embed(t.Context(), passages(2, 40), nil)
			if err != nil || slices.ContainsFunc(v, func(v []float32) bool { return v == nil }) {
				t.Errorf("the other one: %v", err)
			}
		})
		time.Sleep(1500 * time.Millisecond)
		cancel()
		all.Wait()
		if model.calls > 5 {
			t.Errorf("%d calls: passages of the cancelled document were sent", model.calls)
		}
		model.fault = fmt.Errorf("ask: %w", golocal.ErrUnavailable)
		if _, err := l.embed(t.Context(), passages(3, 100), nil); !errors.Is(err, golocal.ErrUnavailable) {
			t.Errorf("%v", err)
		}
		if len(l.jobs) != 0 || len(l.groups) != 0 {
			t.Errorf("%d jobs and %d groups are left behind", len(l.jobs), len(l.groups))
		}
	})
}
