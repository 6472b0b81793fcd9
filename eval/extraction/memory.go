package extraction

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// status returns a figure of /proc/PID/status in bytes, 0 where there is none.
// VmHWM is the most memory that a process ever held, counted from its own exec;
// rusage's ru_maxrss would begin with the parent's.
func status(pid, field string) int64 {
	text, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	return statusField(string(text), field)
}

func statusField(text, field string) int64 {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, field+":"); ok {
			var n int64
			var unit string
			if _, err := fmt.Sscan(rest, &n, &unit); err == nil && unit == "kB" {
				return n << 10
			}
			if _, err := fmt.Sscan(rest, &n); err == nil {
				return n
			}
		}
	}
	return 0
}

// memoryWatch samples the memory of this process's children until stopped.
type memoryWatch struct {
	before int64 // bytes that this process held at the start
	peak   int64 // bytes, the most that a child held
	argument,
	self string
	stop chan struct{}
	done chan struct{}
}

// watchMemory begins to watch those children whose first argument is argument.
// Where there is no /proc, all figures stay 0.
func watchMemory(argument string) *memoryWatch {
	w := &memoryWatch{before: status("self", "VmRSS"), argument: argument, self: strconv.Itoa(os.Getpid()), stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			w.sample()
			select {
			case <-w.stop:
				w.sample()
				return
			case <-tick.C:
			}
		}
	}()
	return w
}

// end returns the most bytes that one child held, and by how many this process
// grew at most.
func (w *memoryWatch) end() (child, growth int64) {
	close(w.stop)
	<-w.done
	return w.peak, max(status("self", "VmHWM")-w.before, 0)
}

func (w *memoryWatch) sample() {
	processes, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	for _, p := range processes {
		pid := p.Name()
		if pid[0] < '0' || pid[0] > '9' {
			continue
		}
		text, err := os.ReadFile("/proc/" + pid + "/status")
		if err != nil || strconv.FormatInt(statusField(string(text), "PPid"), 10) != w.self {
			continue
		}
		held := statusField(string(text), "VmHWM")
		if held <= w.peak {
			continue
		}
		// Between fork and exec a child is its parent still.
		if command, err := os.ReadFile("/proc/" + pid + "/cmdline"); err == nil {
			if words := bytes.Split(command, []byte{0}); len(words) > 1 && string(words[1]) == w.argument {
				w.peak = held
			}
		}
	}
}
