package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
)

func TestChildTrouble(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Wall: 700 * time.Millisecond, Memory: 300 << 20})
	for _, test := range []struct{ name, reason string }{
		{"hang", "takes longer than 700ms to read"},
		{"die", "crashes the parser"},
		{"panic", "broken: the parser stopped at it"},
		{"lie", "broken: sections overlap or lie outside of the text"},
		{"refuse", "needs a password"},
	} {
		began := time.Now()
		_, err := c.Parse(context.Background(), test.name, nil)
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != test.reason || failure.State != golocal.StateFailed {
			t.Errorf("%s: %v, want %q", test.name, err, test.reason)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
		doc, err := c.Parse(context.Background(), "good", []byte("words"))
		if err != nil || doc.Text != "read good words" {
			t.Errorf("the file after %s: %q, %v", test.name, doc.Text, err)
		}
	}
}

func TestChildMemory(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Memory: 300 << 20})
	for _, name := range []string{"eat", "deep"} {
		_, err := c.Parse(context.Background(), name, nil)
		var failure *Failure
		if !errors.As(err, &failure) || !strings.Contains(failure.Reason, "memory") && !strings.Contains(failure.Reason, "crashes") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChildSecondChance(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := child(t, "parse-trouble", ChildOptions{})
	if doc, err := c.Parse(context.Background(), "once", []byte(mark)); err != nil || !strings.HasPrefix(doc.Text, "read once") {
		t.Errorf("a file whose first process died: %q, %v", doc.Text, err)
	}
}

func TestChildIsReplaced(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Docs: 3, Procs: 1})
	pids := map[string]int{}
	for range 7 {
		doc, err := c.Parse(context.Background(), "good", nil)
		if err != nil {
			t.Fatal(err)
		}
		pids[doc.Title]++
	}
	if len(pids) != 3 {
		t.Errorf("7 files in processes of 3 took %d processes", len(pids))
	}
	for _, n := range pids {
		if n > 3 {
			t.Errorf("one process read %d files", n)
		}
	}
}

func TestChildProcs(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Procs: 2})
	var mu sync.Mutex
	pids := map[string]bool{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			doc, err := c.Parse(context.Background(), "good", nil)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			pids[doc.Title] = true
			mu.Unlock()
		})
	}
	all.Wait()
	if len(pids) > 2 {
		t.Errorf("%d processes where 2 are allowed", len(pids))
	}
}

func TestChildCancelled(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Procs: 1})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	var failure *Failure
	if _, err := c.Parse(ctx, "hang", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a cancelled file is not a failed file: %v", err)
	}
	if _, err := c.Parse(context.Background(), "good", nil); err != nil {
		t.Error(err)
	}
	c.Close()
	if _, err := c.Parse(context.Background(), "good", nil); err == nil {
		t.Error("a closed parser parses")
	}
}

func TestChildEndsWhenIdle(t *testing.T) {
	c := child(t, "parse-trouble", ChildOptions{Idle: 20 * time.Millisecond})
	first, err := c.Parse(context.Background(), "good", nil)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	second, err := c.Parse(context.Background(), "good", nil)
	if err != nil {
		t.Fatal(err)
	}
	if first.Title == second.Title {
		t.Error("an idle process was kept")
	}
}

func TestChildCannotStart(t *testing.T) {
	c := NewChild(ChildOptions{Command: []string{filepath.Join(t.TempDir(), "missing")}})
	defer c.Close()
	var failure *Failure
	if _, err := c.Parse(context.Background(), "good", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a parser that cannot start must not condemn the file: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c = NewChild(ChildOptions{Command: []string{self, "-test.run=^$"}}) // a program that is no parser
	defer c.Close()
	if _, err := c.Parse(context.Background(), "good", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a program that is no parser: %v", err)
	}
}

// TestChildReal runs the real parsers in the real process under its real limits.
func TestChildReal(t *testing.T) {
	c := child(t, "parse", ChildOptions{Cache: cacheDir(t)})
	long := make([][]drawn, 60)
	for i := range long {
		long[i] = column(700, strings.Repeat(string(rune('a'+i%26)), 1+i/26)+" words on this page", "and some more of them")
	}
	for _, f := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.pdf", makePDF([][]drawn{column(700, "Words in a PDF")}, "", "", nil, ""), "Words in a PDF"},
		{"long.pdf", makePDF(long, "", "", nil, ""), "words on this page"},
		{"a.docx", makeDOCX(t, para("", "Words in a DOCX"), nil), "Words in a DOCX"},
		{"a.md", []byte("# Words"), "# Words"},
		{"large.txt", []byte(strings.Repeat("A line of text that is long enough.\n", 1<<15)), "A line of text"},
	} {
		doc, err := c.Parse(context.Background(), f.name, f.data)
		if err != nil || !strings.Contains(doc.Text, f.want) {
			t.Errorf("%s: %q, %v", f.name, shorten(doc.Text, 100), err)
		}
	}
	if runtime.GOOS != "linux" {
		return
	}
	for _, p := range c.idle {
		fds, err := os.ReadDir("/proc/" + itoa(p.cmd.Process.Pid) + "/fd")
		if err != nil {
			t.Fatal(err)
		}
		for _, fd := range fds {
			to, _ := os.Readlink("/proc/" + itoa(p.cmd.Process.Pid) + "/fd/" + fd.Name())
			if !strings.HasPrefix(to, "pipe:") && !strings.HasPrefix(to, "anon_inode:") && !strings.Contains(to, "cgroup") && !strings.HasPrefix(to, "/sys/") {
				t.Errorf("the process holds %s as %s", to, fd.Name())
			}
		}
		env, _ := os.ReadFile("/proc/" + itoa(p.cmd.Process.Pid) + "/environ")
		if strings.Contains(string(env), "HOME=") {
			t.Error("the process was given the environment")
		}
	}
}

func itoa(n int) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}
