package engine

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// availableMemory returns how many bytes a new process may take without
// swapping: the kernel's own estimate (proc_meminfo(5), MemAvailable), or what
// the control group leaves, if that is less. 0 is unknown.
func availableMemory() uint64 {
	return smallest(
		meminfo("/proc/meminfo"),
		groupLeft("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat", "inactive_file"),
		groupLeft("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes",
			"/sys/fs/cgroup/memory/memory.stat", "total_inactive_file"),
	)
}

func meminfo(path string) uint64 { return field(path, "MemAvailable:") << 10 }

// groupLeft is the limit of a control group less what it uses; cached files
// that can be dropped count as free. 0 is no limit.
func groupLeft(limitFile, usedFile, statFile, cached string) uint64 {
	limit, ok := number(limitFile)
	if !ok || limit >= 1<<60 { // "max", or the v1 way to say it
		return 0
	}
	used, ok := number(usedFile)
	if !ok {
		return 0
	}
	used -= min(used, field(statFile, cached))
	return max(1, limit-min(limit, used))
}

func number(path string) (uint64, bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64)
	return n, err == nil
}

// field returns the number behind a name at the start of a line.
func field(path, name string) uint64 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) >= 2 && words[0] == name {
			n, _ := strconv.ParseUint(words[1], 10, 64)
			return n
		}
	}
	return 0
}
