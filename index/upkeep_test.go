package index

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

// byHand is an index whose upkeep the test does.
var byHand = Options{fault: func(string) error { return nil }}

// segments is how many the postings have.
func segments(t testing.TB, x *Index) (n int) {
	t.Helper()
	must(t, x.db.readers.QueryRow(`SELECT count(DISTINCT segid) FROM posting_idx`).Scan(&n))
	return n
}

// logBytes is the size of the log's file.
func logBytes(t testing.TB, x *Index) int64 {
	t.Helper()
	info, err := os.Stat(x.db.path + "-wal")
	must(t, err)
	return info.Size()
}

// passages are n of about 400 bytes each.
func passages(n int, of string) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("passage %d of %s %s", i, of, strings.Repeat(of+" ", 400/(len(of)+1))))
	}
	return out
}

// manyWords are passages of a hundred words each, none of which comes again.
func manyWords(from, to int) (out []string) {
	for ; from < to; from += 100 {
		var b strings.Builder
		for i := range 100 {
			fmt.Fprintf(&b, "w%x ", (from+i)*7919)
		}
		out = append(out, b.String())
	}
	return out
}

func TestPut_WritesOneSegment(t *testing.T) {
	x, root := ready(t, byHand)
	for i := range 7 { // at 8 of a size FTS5 merges them
		before := segments(t, x)
		put(t, x, root.ID, fmt.Sprintf("%d.md", i), manyWords(i*4000, (i+1)*4000)...)
		if n := segments(t, x) - before; n != 1 {
			t.Errorf("document %d made %d segments", i, n)
		}
	}
	before := segments(t, x)
	put(t, x, root.ID, "3.md", append(manyWords(12_000, 16_000), "other")...)
	if n := segments(t, x) - before; n != 1 {
		t.Errorf("a change made %d segments", n)
	}
	before = segments(t, x)
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "3.md"}))
	if n := segments(t, x); n > before {
		t.Errorf("removing made %d segments", n-before)
	}
	sound(t, x)
}

func TestUpkeep_MergesPostings(t *testing.T) {
	for name, o := range map[string]Options{"in the background": {}, "by hand": byHand} {
		x, root := ready(t, o)
		for i := range 60 {
			put(t, x, root.ID, fmt.Sprintf("%d.md", i%50), passages(5, fmt.Sprintf("word%d", i))...)
		}
		if o.fault != nil {
			must(t, x.keepUp(newLogKeeper()))
		}
		// Three of a size stay: of one put, of 4, of 16.
		for deadline := time.Now().Add(time.Minute); segments(t, x) > 3*3; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: %d segments are left", name, segments(t, x))
			}
		}
		if got := match(t, x, "word55", golocal.Scope{}); len(got) != 5 {
			t.Errorf("%s: %d passages are found", name, len(got))
		}
		if got := match(t, x, "word3", golocal.Scope{}); len(got) != 0 {
			t.Errorf("%s: %q is found after it was replaced", name, got)
		}
		sound(t, x)
	}
}

// TestUpkeep_EmptiesTheLogAtRest looks at the log some seconds after a write, and
// sees to it that nothing is written from then on.
func TestUpkeep_EmptiesTheLogAtRest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) {
		x, root := ready(t, Options{}, dir)
		defer x.Close()
		put(t, x, root.ID, "a.md", passages(30, "rest")...)
		if logBytes(t, x) == 0 {
			t.Fatal("there is no log to begin with")
		}
		time.Sleep(settled + time.Second)
		synctest.Wait()
		if n := logBytes(t, x); n != 0 {
			t.Errorf("the log has %d bytes", n)
		}
		written := func() (out string) {
			for _, n := range names(t, dir) {
				info, err := os.Stat(filepath.Join(dir, n))
				must(t, err)
				out += fmt.Sprintln(n, info.Size(), info.ModTime())
			}
			return out
		}
		before := written()
		time.Sleep(time.Hour)
		synctest.Wait()
		if now := written(); now != before {
			t.Errorf("at rest something was written:\n%s%s", before, now)
		}
	})
}

// TestUpkeep_LogStaysShort writes without a pause while there is always some
// search that uses the log.
func TestUpkeep_LogStaysShort(t *testing.T) {
	x, root := ready(t, byHand)
	const long = 128 // pages
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				err := x.db.view(context.Background(), func(r *sql.Tx) error {
					var n int
					err := r.QueryRow(`SELECT count(*) FROM document`).Scan(&n)
					time.Sleep(3 * time.Millisecond)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	var longest atomic.Int64
	wg.Go(func() {
		log := &logKeeper{step: long / 4, limit: long}
		for ctx.Err() == nil {
			if err := x.keepUp(log); err != nil {
				t.Error(err)
			}
			n, _, err := x.db.logged(ctx)
			if err == nil && int64(n) > longest.Load() {
				longest.Store(int64(n))
			}
		}
	})
	total := 0
	for i := 0; total < 60*long; i++ {
		was, _, err := x.db.logged(t.Context())
		must(t, err)
		put(t, x, root.ID, fmt.Sprintf("%d.md", i%7), passages(10, fmt.Sprintf("word%d", i))...)
		if now, _, err := x.db.logged(t.Context()); err == nil && now > was {
			total += now - was
		}
	}
	stop()
	wg.Wait()
	if n := longest.Load(); n > 10*long {
		t.Errorf("the log got %d pages long, %d were written", n, total)
	}
	sound(t, x)
}

// TestUpkeep_OneSearchForALongTime has a search use the log all along: writes and
// other searches go on, and the log gets short when it is over.
func TestUpkeep_OneSearchForALongTime(t *testing.T) {
	x, root := ready(t, byHand)
	put(t, x, root.ID, "a.md", "one")
	log := &logKeeper{step: 16, limit: 64}
	length := func() int {
		n, _, err := x.db.logged(t.Context())
		must(t, err)
		return n
	}
	must(t, x.db.view(t.Context(), func(r *sql.Tx) error {
		count := func() (n int) {
			must(t, r.QueryRow(`SELECT count(*) FROM document`).Scan(&n))
			return n
		}
		count()
		for i := 0; length() < 4*64; i++ {
			put(t, x, root.ID, fmt.Sprintf("more/%d.md", i), passages(10, fmt.Sprintf("word%d", i))...)
			must(t, x.keepUp(log))
		}
		if n := count(); n != 1 {
			t.Errorf("a search that began before sees %d documents", n)
		}
		if got := match(t, x, "word1", golocal.Scope{}); len(got) != 10 {
			t.Errorf("a new search finds %d passages", len(got))
		}
		if again, err := x.emptyLog(); !again || err != nil {
			t.Errorf("the log is emptied below a search: %v, %v", again, err)
		}
		return nil
	}))
	put(t, x, root.ID, "last.md", passages(30, "last")...)
	for i := 0; length() >= 64 && i < 20; i++ {
		must(t, x.keepUp(log))
		put(t, x, root.ID, "last.md", passages(10, fmt.Sprintf("last%d", i))...)
	}
	if n := length(); n >= 64 {
		t.Errorf("the log still has %d pages", n)
	}
	if again, err := x.emptyLog(); again || err != nil || logBytes(t, x) != 0 {
		t.Errorf("the log has %d bytes: %v, %v", logBytes(t, x), again, err)
	}
	sound(t, x)
}
