package index

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golocal"
)

// child runs this test binary as another process that uses an index.
func child(mode string) error {
	dir := os.Getenv("GOLOCAL_INDEX_DIR")
	switch mode {
	case "write": // until killed
		x, err := Open(dir, Options{})
		if err != nil {
			return err
		}
		fmt.Println("open")
		var wg sync.WaitGroup
		var turn sync.RWMutex // a space takes over while no vectors are made for the one before
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
			for {
				if err := moveOn(x, r, &turn); err != nil {
					fmt.Println(err)
					os.Exit(1)
				}
			}
		})
		for writer := range 2 {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(writer)))
				for {
					turn.RLock()
					err := writeVersion(x, fmt.Sprintf("w%d/f%d.md", writer, r.IntN(40)), r.IntN(1_000_000), r.IntN(8) == 0)
					turn.RUnlock()
					if err != nil {
						fmt.Println(err)
						os.Exit(1)
					}
				}
			})
		}
		wg.Wait()
	case "hold":
		x, err := Open(dir, Options{})
		if err != nil {
			return err
		}
		defer x.Close()
		fmt.Println("open")
		_, _ = os.Stdin.Read(make([]byte, 1))
	case "nobody": // the superuser may write anywhere: be someone else
		if os.Geteuid() == 0 {
			if err := dropPrivileges(); err != nil {
				return err
			}
		}
		_, err := Open(dir, Options{})
		fmt.Println(errors.Is(err, ErrReadOnly), errors.Is(err, ErrLocked), errors.Is(err, ErrDamaged), err)
	}
	return nil
}

// writeVersion puts version n of a file, whose passages all name it, or removes it.
func writeVersion(x *Index, path string, n int, remove bool) error {
	ctx := context.Background()
	if remove {
		return x.Remove(ctx, golocal.Ref{Root: 1, Path: path})
	}
	d, chunks := document(1, path, version(path, n)...)
	d.Title = strconv.Itoa(n)
	vecs := vectors(chunks)
	if s, _ := x.Space(); s != testSpace {
		for i, c := range chunks {
			vecs[i] = in(s, c.Input).Values
		}
	}
	return x.Put(ctx, d, chunks, vecs)
}

// moveOn takes a random step of a change to another space.
func moveOn(x *Index, r *rand.Rand, turn *sync.RWMutex) error {
	ctx := context.Background()
	b, ok := x.Building()
	switch n := r.IntN(20); {
	case !ok || n == 0:
		turn.Lock()
		defer turn.Unlock()
		return x.Use(ctx, []golocal.Space{testSpace, otherSpace}[r.IntN(2)])
	case n == 1:
		turn.Lock()
		defer turn.Unlock()
		return b.Finish(ctx)
	case n == 2:
		_, err := x.Purge(ctx, 0)
		return err
	}
	waiting, err := b.Missing(ctx, 1+r.IntN(20))
	if err != nil {
		return err
	}
	var sums []golocal.Sum
	var made [][]float32
	for _, c := range waiting {
		sums, made = append(sums, c.Sum), append(made, in(b.Space(), c.Input).Values)
	}
	return b.Attach(ctx, sums, made)
}

func version(path string, n int) []string {
	passages := make([]string, 1+n%9)
	for i := range passages {
		passages[i] = fmt.Sprintf("passage %d of %s version %d %s", i, path, n, strings.Repeat("word ", n%300))
	}
	return passages
}

func command(t testing.TB, mode, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c := exec.Command(self)
	c.Env = append(os.Environ(), "GOLOCAL_INDEX_CHILD="+mode, "GOLOCAL_INDEX_DIR="+dir)
	return c
}

// TestH02_KillWhileWriting kills a process with two busy writers, and a third
// that changes spaces, at a random moment, again and again, on one folder. (chromem-go's own files could not be
// opened after 38 of 40 kills.)
func TestH02_KillWhileWriting(t *testing.T) {
	kills := 8
	if os.Getenv("GOLOCAL_LONG") != "" {
		kills = 200
	} else if os.Getenv("CI") == "true" && !raced {
		kills = 50
	}
	dir := filepath.Join(t.TempDir(), "data")
	x, _ := ready(t, Options{}, dir)
	must(t, x.Close())
	written, left := 0, map[int64]int{}
	for range kills {
		c := command(t, "write", dir)
		var complaint bytes.Buffer
		c.Stderr = &complaint
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		lines := bufio.NewScanner(out)
		if !lines.Scan() || lines.Text() != "open" {
			t.Fatalf("writer: %s %s", lines.Text(), complaint.String())
		}
		time.Sleep(time.Duration(10+rand.IntN(120)) * time.Millisecond)
		must(t, c.Process.Kill())
		if lines.Scan() {
			t.Fatalf("writer: %s", lines.Text())
		}
		_ = c.Wait() // killed

		x, err := Open(dir, Options{})
		must(t, err)
		for d, err := range x.Documents(context.Background(), 0) {
			must(t, err)
			n, err := strconv.Atoi(d.Title)
			must(t, err)
			chunks, err := x.Chunks(context.Background(), d.ID)
			must(t, err)
			want := version(d.Ref.Path, n)
			if len(chunks) != len(want) {
				t.Fatalf("%s has %d chunks of version %d, which has %d", d.Ref.Path, len(chunks), n, len(want))
			}
			for i, c := range chunks {
				if c.Text != want[i] {
					t.Fatalf("%s holds %q, want %q", d.Ref.Path, c.Text, want[i])
				}
				stored, err := x.Vectors(context.Background(), []golocal.Sum{c.Sum})
				must(t, err)
				now, _ := x.Space()
				if v := stored[c.Sum]; v != nil && !slices.Equal(v, in(now, c.Input).Values) {
					t.Fatalf("%s: chunk %d has a vector of another model than %s", d.Ref.Path, i, now.Model)
				}
			}
			written++
			left[x.space()]++
		}
		sound(t, x)
		must(t, x.Close())
		if t.Failed() {
			t.FailNow()
		}
	}
	if written == 0 || kills >= 50 && len(left) < 2 {
		t.Errorf("%d documents were written, in %d spaces", written, len(left))
	}
}

// TestIndex_StopsAtEveryStep has the n-th statement of the work fail, n = 1, 2, …
// until none does: each time the index is as before or after.
func TestIndex_StopsAtEveryStep(t *testing.T) {
	stop := errors.New("stop")
	dir := filepath.Join(t.TempDir(), "data")
	left := 0
	o := Options{fault: func(string) error {
		if left--; left == 0 {
			return stop
		}
		return nil
	}}
	x, root := ready(t, o, dir)
	for n := 1; ; n++ {
		put(t, x, root.ID, "a.md", "one two", "three four", "five six")
		put(t, x, root.ID, "b.md", "seven eight")
		left = n
		d, chunks := document(root.ID, "a.md", "one two", "changed", "five six", "added")
		err := x.Put(t.Context(), d, chunks, vectors(chunks))
		want := "three four"
		if err == nil {
			want = "changed"
			if err = x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "b.md"}); err == nil {
				_, err = x.Purge(t.Context(), 0)
			}
			if err == nil {
				err = x.keepUp(newLogKeeper())
			}
		}
		done := left > 0
		if done != (err == nil) || err != nil && !errors.Is(err, stop) {
			t.Fatalf("step %d: %v", n, err)
		}
		left = 0
		if n%10 == 0 {
			must(t, x.Close())
			x = open(t, o, dir)
		}
		if got := match(t, x, "changed three", golocal.Scope{}); len(got) != 1 || got[0] != want {
			t.Fatalf("step %d: %q, want %q", n, got, want)
		}
		if n%4 == 0 && !raced || n%16 == 0 || done || os.Getenv("GOLOCAL_LONG") != "" {
			sound(t, x)
		}
		if t.Failed() {
			t.Fatalf("step %d", n)
		}
		if done {
			if n < 40 {
				t.Fatalf("only %d steps seen", n)
			}
			return
		}
	}
}

func TestOpen_SecondProcessIsToldWhoHoldsIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	c := command(t, "hold", dir)
	in, err := c.StdinPipe()
	must(t, err)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	if lines := bufio.NewScanner(out); !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("holder: %s", lines.Text())
	}
	_, err = Open(dir, Options{})
	if !errors.Is(err, ErrLocked) || errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", c.Process.Pid)) {
		t.Errorf("second Open: %v", err)
	}
	must(t, in.Close())
	must(t, c.Wait())
	x := open(t, Options{}, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("second Open in one process: %v", err)
	}
	must(t, x.Close())
}

func TestOpen_Private(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no modes there: the folder's access list holds
	}
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o755))
	must(t, open(t, Options{}, dir).Close())
	must(t, os.Chmod(dir, 0o755))
	must(t, os.Chmod(filepath.Join(dir, fileName), 0o644))
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "secret")
	seen := 0
	for _, name := range append(names(t, dir), ".") {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		want := os.FileMode(0o600)
		if info.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
		seen++
	}
	if seen < 5 {
		t.Errorf("only %d files seen", seen)
	}
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestOpen_ReadOnlyFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	for _, what := range []string{"empty", "filled"} {
		parent := t.TempDir()
		for p := parent; p != filepath.Clean(os.TempDir()) && len(p) > 4; p = filepath.Dir(p) {
			_ = os.Chmod(p, 0o755) // so that another user gets this far
		}
		dir := filepath.Join(parent, "data")
		if what == "filled" {
			must(t, open(t, Options{}, dir).Close())
		} else {
			must(t, os.Mkdir(dir, 0o755))
		}
		must(t, os.Chmod(dir, 0o555))
		out, err := command(t, "nobody", dir).CombinedOutput()
		must(t, os.Chmod(dir, 0o700))
		if err != nil || !strings.HasPrefix(string(out), "true false false ") || !strings.Contains(string(out), "permission") {
			t.Errorf("%s: %s %v", what, out, err)
		}
	}
}

// TestIndex_FullDisk has SQLite refuse to grow the file, as a full disk does.
func TestIndex_FullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "kept words")
	var pages int
	x.write.Lock()
	err := x.db.writer.QueryRowContext(t.Context(), `PRAGMA page_count`).Scan(&pages)
	x.write.release()
	must(t, err)
	limit := func(n int) {
		_, err := raw(t, x, fmt.Sprintf(`PRAGMA max_page_count = %d`, n))
		must(t, err)
	}
	limit(pages + 2)
	d, chunks := document(root.ID, "big.md", strings.Repeat("large ", 50_000))
	err = x.Put(t.Context(), d, chunks, vectors(chunks))
	if !errors.Is(err, ErrFull) || errors.Is(err, ErrDamaged) {
		t.Fatalf("Put on a full disk: %v", err)
	}
	if got := match(t, x, "kept large", golocal.Scope{}); len(got) != 1 || got[0] != "kept words" {
		t.Errorf("after a full disk: %q", got)
	}
	if got := nearest(t, x, chunks[0].Input, 5, golocal.Scope{}); len(got) != 1 {
		t.Errorf("memory is ahead of the file: %d", len(got))
	}
	limit(1 << 30)
	must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
	sound(t, x)
	if !errors.Is(explain(fmt.Errorf("write: %w", syscall.ENOSPC)), ErrFull) {
		t.Error("ENOSPC is not ErrFull")
	}
}

func TestOpen_NewerVersion(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x := open(t, Options{}, dir)
	_, err := raw(t, x, `PRAGMA user_version = 99`)
	must(t, err)
	must(t, x.Close())
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrNewer) || errors.Is(err, ErrDamaged) {
		t.Errorf("Open = %v", err)
	}
}
