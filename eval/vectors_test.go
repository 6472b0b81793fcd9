package eval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golocal"
)

// counting embeds by letters and counts its calls; it fails from the broken-th
// call on, 0 never.
type counting struct {
	mu     sync.Mutex
	calls  int
	broken int
}

var errBroken = errors.New("the runner is gone")

func (c *counting) embed(_ context.Context, text string) ([]float32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls++; c.broken > 0 && c.calls >= c.broken {
		return nil, errBroken
	}
	return []float32{float32(len(text)), .5, -1}, nil
}

func vectors(t *testing.T, path string) *Vectors {
	t.Helper()
	v, err := OpenVectors(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func TestVectors_GoOnWhereARunBroke(t *testing.T) {
	path := filepath.Join(t.TempDir(), "questions")
	space := golocal.Space{Model: "m", Digest: "d", Dims: 3}
	texts := []string{"one", "three", "seven", "eleven", "twenty"}
	first := &counting{broken: 4}
	v := vectors(t, path)
	var err error
	for _, text := range texts {
		if _, err = v.Embed(t.Context(), space, text, first.embed); err != nil {
			break
		}
	}
	if !errors.Is(err, errBroken) || v.Len() != 3 {
		t.Fatalf("%d kept, %v", v.Len(), err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	second := &counting{}
	v = vectors(t, path)
	for range 2 {
		for _, text := range texts {
			got, err := v.Embed(t.Context(), space, text, second.embed)
			if err != nil || !slices.Equal(got, []float32{float32(len(text)), .5, -1}) {
				t.Errorf("%s: %v, %v", text, got, err)
			}
			got[0] = 99 // must not reach what is kept
		}
	}
	if second.calls != 2 {
		t.Errorf("%d embedded after the first three were kept, want 2", second.calls)
	}
	other := space
	other.QueryPrefix = "query: "
	if _, err := v.Embed(t.Context(), other, "one", second.embed); err != nil || second.calls != 3 {
		t.Errorf("another space: %d calls, %v", second.calls, err)
	}
}

func TestVectors_DropWhatIsNotWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "questions")
	space := golocal.Space{Model: "m"}
	v := vectors(t, path)
	c := &counting{}
	for _, text := range []string{"one", "three", "seven"} {
		if _, err := v.Embed(t.Context(), space, text, c.embed); err != nil {
			t.Fatal(err)
		}
	}
	v.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	record := len(whole) / 3
	flipped := slices.Clone(whole)
	flipped[record+50] ^= 1
	long := slices.Clone(whole)
	copy(long[record+32:], []byte{255, 255, 255, 255})
	for _, k := range []struct {
		name string
		data []byte
		kept int
	}{
		{"whole", whole, 3}, {"empty", nil, 0}, {"cut in a record", whole[:2*record+7], 2}, {"cut in the head", whole[:record+10], 1},
		{"flipped bit", flipped, 1}, {"absurd length", long, 1}, {"another kind of file", []byte("not vectors at all, but long enough to be looked at as a head"), 0},
	} {
		if err := os.WriteFile(path, k.data, 0o600); err != nil {
			t.Fatal(err)
		}
		v := vectors(t, path)
		if v.Len() != k.kept {
			t.Errorf("%s: %d kept, want %d", k.name, v.Len(), k.kept)
		}
		c := &counting{}
		if _, err := v.Embed(t.Context(), space, "new", c.embed); err != nil {
			t.Fatal(err)
		}
		v.Close()
		if v := vectors(t, path); v.Len() != k.kept+1 {
			t.Errorf("%s: %d kept after another was added, want %d", k.name, v.Len(), k.kept+1)
		}
	}
}

func TestVectors_FromManyGoroutines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "questions")
	v := vectors(t, path)
	c := &counting{}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 50 {
				if _, err := v.Embed(t.Context(), golocal.Space{}, fmt.Sprint("text ", (n+i)%50), c.embed); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	v.Close()
	if v := vectors(t, path); v.Len() != 50 {
		t.Errorf("%d kept, want 50", v.Len())
	}
}
