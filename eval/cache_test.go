package eval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fill takes an entry, puts n bytes into it, dates it, and releases it.
func fill(t *testing.T, c Cache, key string, n int, used time.Time) string {
	t.Helper()
	e, err := c.Take(t.Context(), key, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(e.Dir, "data"), make([]byte, n), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(e.Dir, used, used); err != nil {
		t.Fatal(err)
	}
	if err := e.Release(); err != nil {
		t.Fatal(err)
	}
	return e.Dir
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestCache_ForgetsTheLongestUnused(t *testing.T) {
	c := Cache{Dir: filepath.Join(t.TempDir(), "eval"), Limit: 250}
	now := time.Now()
	old := fill(t, c, "old", 100, now.Add(-3*time.Hour))
	middle := fill(t, c, "middle", 100, now.Add(-2*time.Hour))
	young := fill(t, c, "young", 100, now.Add(-time.Hour))
	foreign := filepath.Join(c.Dir, "holiday pictures")
	if err := os.Mkdir(foreign, 0o700); err != nil {
		t.Fatal(err)
	}
	e, err := c.Take(t.Context(), "old", nil) // used again
	if err != nil || e.Fresh {
		t.Fatalf("%+v, %v", e, err)
	}
	if err := c.Prune(); err != nil {
		t.Fatal(err)
	}
	if !exists(old) || exists(middle) || !exists(young) {
		t.Errorf("after pruning: old %v, middle %v, young %v; want the middle one gone", exists(old), exists(middle), exists(young))
	}
	freed, err := c.Clear()
	if err != nil || freed != 100 || !exists(old) || exists(young) || !exists(foreign) {
		t.Errorf("cleared %d, %v: old (in use) %v, young %v, not the cache's %v", freed, err, exists(old), exists(young), exists(foreign))
	}
	if err := e.Release(); err != nil {
		t.Fatal(err)
	}
	if freed, err := c.Clear(); err != nil || freed != 100 || exists(old) {
		t.Errorf("cleared %d, %v, old %v", freed, err, exists(old))
	}
	if e, err = c.Take(t.Context(), "old", nil); err != nil || !e.Fresh {
		t.Errorf("taken after it was cleared: %+v, %v", e, err)
	}
	e.Release()
	if _, err := (Cache{Dir: filepath.Join(t.TempDir(), "none")}).Clear(); err != nil {
		t.Errorf("clearing nothing: %v", err)
	}
}

func TestCache_OneAtATime(t *testing.T) {
	c := Cache{Dir: t.TempDir(), Limit: 1}
	first, err := c.Take(t.Context(), "set", nil)
	if err != nil {
		t.Fatal(err)
	}
	waits := make(chan struct{})
	got := make(chan error, 1)
	go func() {
		second, err := c.Take(t.Context(), "set", func(string) { close(waits) })
		if err == nil {
			err = second.Release()
		}
		got <- err
	}()
	<-waits
	select {
	case err := <-got:
		t.Fatalf("the second came in while the first was there: %v", err)
	default:
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	if err := <-got; err != nil {
		t.Error(err)
	}
	held, err := c.Take(t.Context(), "set", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Take(ctx, "set", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting was ended: %v", err)
	}
}

func TestCache_WaitsNoLongerThanItSays(t *testing.T) {
	c := Cache{Dir: t.TempDir(), Limit: 1, Patience: 300 * time.Millisecond}
	first, err := c.Take(t.Context(), "set", nil)
	if err != nil {
		t.Fatal(err)
	}
	me := fmt.Sprintf("process %d", os.Getpid())
	told := ""
	_, err = c.Take(t.Context(), "set", func(holder string) { told = holder })
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), me) || !strings.Contains(err.Error(), "--cache") {
		t.Errorf("waiting too long: %v", err)
	}
	if told != me {
		t.Errorf("the holder is %q, want %q", told, me)
	}
	if err := os.Remove(first.owner); err != nil { // taken a moment ago, and not named yet
		t.Fatal(err)
	}
	if _, err := c.Take(t.Context(), "set", func(holder string) { told = holder }); !errors.Is(err, ErrInUse) || told != "" {
		t.Errorf("of somebody without a name: %q, %v", told, err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := c.Take(t.Context(), "set", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(c.Dir, "*"+ownerSuffix)); err != nil || len(left) > 0 {
		t.Errorf("%v %v is left", left, err)
	}
}

func TestKey_TellsPartsApart(t *testing.T) {
	if Key("ab", "c") == Key("a", "bc") || Key("a") == Key("a", "") {
		t.Error("keys of different parts are equal")
	}
}
