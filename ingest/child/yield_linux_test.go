package child

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestParser_Nice looks at every thread of a parser process: niceness belongs to
// threads on Linux.
func TestParser_Nice(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	own := niceness(t, os.Getpid())
	for _, nice := range []bool{false, true} {
		c := New(Options{Command: []string{self, "parse"}, Cache: t.TempDir(), Nice: nice})
		p, err := c.start()
		if err != nil {
			t.Fatal(err)
		}
		want := own[0]
		if nice {
			want = 10
		}
		for _, n := range niceness(t, p.cmd.Process.Pid) {
			if n != want {
				t.Errorf("nice %t: a thread has niceness %d, want %d", nice, n, want)
			}
		}
		p.stop()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

// niceness is that of each thread of a process.
func niceness(t *testing.T, pid int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/stat")
	if err != nil || len(stats) == 0 {
		t.Fatalf("threads of %d: %v", pid, err)
	}
	var all []int
	for _, f := range stats {
		data, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
		n, err := strconv.Atoi(fields[16]) // field 19 of proc_pid_stat(5)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}
