package headroom

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Memory returns how many bytes a process may take without swapping:
// the kernel's own estimate (proc_meminfo(5), MemAvailable), or what this
// process's control group and those above it leave, if that is less. 0 is
// unknown.
func Memory() uint64 {
	left := []uint64{meminfo("/proc/meminfo")}
	two, one := groupsOf("/proc/self/cgroup")
	for _, g := range two {
		dir := filepath.Join("/sys/fs/cgroup", g)
		left = append(left, groupLeft(filepath.Join(dir, "memory.max"), filepath.Join(dir, "memory.current"), filepath.Join(dir, "memory.stat"), "inactive_file"))
	}
	for _, g := range one {
		dir := filepath.Join("/sys/fs/cgroup/memory", g)
		left = append(left, groupLeft(filepath.Join(dir, "memory.limit_in_bytes"), filepath.Join(dir, "memory.usage_in_bytes"), filepath.Join(dir, "memory.stat"), "total_inactive_file"))
	}
	return smallest(left...)
}

// groupsOf returns the control groups of version 2 and, for memory, of version
// 1 that a file in the form of /proc/self/cgroup (cgroups(7)) names, each with
// those above it. Inside a container the file may name what cannot be seen
// there, so the topmost is always among them.
func groupsOf(file string) (two, one []string) {
	two, one = []string{"/"}, []string{"/"}
	b, err := os.ReadFile(file)
	if err != nil {
		return two, one
	}
	for line := range strings.Lines(string(b)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		for g := filepath.Clean("/" + parts[2]); g != "/"; g = filepath.Dir(g) {
			switch {
			case parts[0] == "0":
				two = append(two, g)
			case slices.Contains(strings.Split(parts[1], ","), "memory"):
				one = append(one, g)
			}
		}
	}
	return two, one
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

// smallest returns the smallest of the limits that are known, not zero; zero if
// none is.
func smallest(limits ...uint64) uint64 {
	known := slices.DeleteFunc(limits, func(l uint64) bool { return l == 0 })
	if len(known) == 0 {
		return 0
	}
	return slices.Min(known)
}
