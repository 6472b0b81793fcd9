package watching

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what a process and its children have used so far, from proc(5).
type usage struct {
	processor time.Duration
	written   int64 // bytes that were sent to the disk
	peak      int64 // bytes of memory of the process alone, at most so far
}

// used adds up the process pid and its descendants; ok is false where the
// system does not tell.
func used(pid int) (u usage, ok bool) {
	u.peak, ok = field(fmt.Sprintf("/proc/%d/status", pid), "VmHWM:")
	if !ok {
		return u, false
	}
	u.peak <<= 10
	for _, p := range family(pid) {
		// A child may have ended since it was listed.
		written, _ := field(fmt.Sprintf("/proc/%d/io", p), "write_bytes:")
		u.written += written
		u.processor += ticks(p)
	}
	return u, true
}

// field returns the number after name in a file of lines.
func field(path, name string) (int64, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), name); ok {
			n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n, err == nil
		}
	}
	return 0, false
}

// ticks is the processor time of a process; the kernel counts it in hundredths
// of a second (sysconf(3), _SC_CLK_TCK).
func ticks(pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	var sum int64
	for _, f := range fields[11:13] { // utime and stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0
		}
		sum += n
	}
	return time.Duration(sum) * 10 * time.Millisecond
}

// family lists a process and its descendants.
func family(pid int) []int {
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", all[i]))
		for _, l := range lists {
			data, err := os.ReadFile(l)
			if err != nil {
				continue
			}
			for _, f := range strings.Fields(string(data)) {
				if child, err := strconv.Atoi(f); err == nil {
					all = append(all, child)
				}
			}
		}
	}
	return all
}
