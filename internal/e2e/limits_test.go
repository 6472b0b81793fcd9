//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// limited starts golocal in a user namespace of its own, where a limit of the
// kernel is set before.
func (p *pipeline) limited(limit string, value int) {
	p.Helper()
	script := fmt.Sprintf(`echo %d >/proc/sys/user/%s && exec "$0" serve`, value, limit)
	p.start("unshare", "-Ur", "sh", "-c", script, binary(p.T))
}

// reason is what the user is told of the folder.
func (p *pipeline) reason() string { return p.status().Roots[0].Reason }

// Fewer watches than folders: the rest is polled, and the index equals the
// folder all the same.
func TestR14_WatchLimit(t *testing.T) {
	for _, limit := range []struct {
		name  string
		value int
		says  []string
	}{
		{"max_inotify_watches", 8, []string{"cannot be watched", "sudo sysctl fs.inotify.max_user_watches="}},
		{"max_inotify_instances", 0, []string{"cannot be watched", "sudo sysctl fs.inotify.max_user_instances="}},
	} {
		t.Run(limit.name, func(t *testing.T) {
			rounds, operations := 1, 100
			if os.Getenv("GOLOCAL_LONG") != "" {
				rounds, operations = 10, 500
			}
			p := newPipeline(t, "GOLOCAL_QUIET=50ms", "GOLOCAL_MAX_WAIT=1s")
			s := newStorm(t, 77, p.dir, p.away)
			s.commit(4)
			s.fill()
			for i := range 10 {
				write(t, filepath.Join(p.dir, fmt.Sprintf("more/%d/a.md", i)), s.text())
			}
			p.limited(limit.name, limit.value)
			p.settle("the start", nil)
			for range rounds {
				for range operations {
					s.do()
				}
				s.check(p)
			}
			for _, part := range limit.says {
				if r := p.reason(); !strings.Contains(r, part) {
					t.Errorf("%q is not said: %q", part, r)
				}
			}
			if n := strings.Count(p.server.log.String(), "the rest is polled"); n != 1 {
				t.Errorf("said %d times, want once:\n%s", n, p.server.log)
			}
		})
	}
}

// More happens than the kernel's queue of events holds, because golocal is
// stopped meanwhile: nothing of it is missed.
func TestR15_QueueLimit(t *testing.T) {
	rounds := 1
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 10
	}
	var most int
	if _, err := fmt.Sscan(read(t, "/proc/sys/fs/inotify/max_queued_events"), &most); err != nil {
		t.Fatal(err)
	}
	p := newPipeline(t, "GOLOCAL_QUIET=50ms", "GOLOCAL_MAX_WAIT=1s", "GOLOCAL_LOG_LEVEL=info")
	s := newStorm(t, 78, p.dir, p.away)
	s.commit(4)
	s.fill()
	p.start()
	p.settle("the start", nil)
	for round := range rounds {
		p.server.cmd.Process.Signal(syscall.SIGSTOP)
		for i := 0; i <= most/2; i++ { // two events each at the least
			path := filepath.Join(p.dir, fmt.Sprint("flood", i%300))
			if i%2 == 0 {
				s.save(path)
			} else {
				os.Remove(path)
				s.do()
			}
			if i%50 == 0 {
				s.do()
			}
		}
		p.server.cmd.Process.Signal(syscall.SIGCONT)
		s.check(p)
		if n := strings.Count(p.server.log.String(), "events were lost"); n < round+1 {
			t.Fatalf("events were lost %d times in %d rounds, so this test shows nothing:\n%s", n, round+1, p.server.log)
		}
	}
}

// Many files at once.
func TestR15_Burst(t *testing.T) {
	n := 3000
	if os.Getenv("GOLOCAL_LONG") != "" {
		n = 50000
	}
	p := newPipeline(t)
	p.start()
	for i := range n {
		write(t, filepath.Join(p.dir, fmt.Sprintf("%d/%d.md", i%50, i)), fmt.Sprintf("Note %d speaks of word%dx.\n", i, i))
	}
	p.settle("the burst", nil)
	if got := p.runner.embedded(); 100*got > 105*n {
		t.Errorf("%d passages embedded for %d files", got, n)
	}
	if err := os.RemoveAll(p.dir + "/7"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(p.dir+"/8", p.dir+"/moved"); err != nil {
		t.Fatal(err)
	}
	p.settle("a deletion and a move in it", nil)
	if got := p.runner.embedded(); 100*got > 105*n {
		t.Errorf("%d passages embedded for %d files after a move", got, n)
	}
}

// One file is written as fast as it can be: it is embedded at most once per
// interval, and others are not kept waiting.
func TestR15_TouchStorm(t *testing.T) {
	last, quiet := 4*time.Second, 100*time.Millisecond
	if os.Getenv("GOLOCAL_LONG") != "" {
		last = time.Minute
	}
	p := newPipeline(t, fmt.Sprint("GOLOCAL_QUIET=", quiet), "GOLOCAL_MAX_WAIT=1s")
	p.start()
	p.sync()
	path := filepath.Join(p.dir, "hot.md")
	writes := 0
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	end, other := time.Now().Add(last), false
	for ; time.Now().Before(end); writes++ {
		if _, err := f.WriteAt(fmt.Appendf(nil, "Reading %09d of the meter.\n", writes), 0); err != nil {
			t.Fatal(err)
		}
		if !other && time.Until(end) < last/2 {
			other = true
			write(t, filepath.Join(p.dir, "calm.md"), "The calm word is zanzibarquux.\n")
		}
		time.Sleep(50 * time.Microsecond)
	}
	calm := strings.Contains(texts(p, []string{"zanzibarquux"}), "zanzibarquux")
	p.settle("the storm", nil)
	got := p.runner.embedded()
	t.Logf("%d writes in %v, %d passages embedded", writes, last, got)
	if most := int(last/quiet) + 3; got > most {
		t.Errorf("%d passages embedded in %v of writing, want one per quiet period of %v at most", got, last, quiet)
	}
	if !calm {
		t.Error("another file was not searchable while one was written all the time")
	}
}
