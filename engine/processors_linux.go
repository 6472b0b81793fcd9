package engine

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// tick is the unit of time in /proc: USER_HZ is 100 on every architecture that
// Go runs on.
const tick = time.Second / 100

// sampleProcessors reads the processors that this process may use from
// /proc/stat. In a container that shows the whole machine; what a quota takes
// away shows in the runner's own usage.
func sampleProcessors() (sample, bool) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return sample{}, false
	}
	ours := func(int) bool { return true }
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err == nil {
		ours = set.IsSet
	}
	// Programs that were made nice give way to us, unless we are nice as well.
	priority, err := unix.Getpriority(unix.PRIO_PROCESS, 0) // 20 minus the nice value: getpriority(2), C library differences
	s, ok := parseStat(string(text), ours, err != nil || priority < 20)
	s.at = time.Now()
	return s, ok
}

// parseStat reads /proc/stat (proc_stat(5)) for the processors that are ours.
func parseStat(text string, ours func(cpu int) bool, nice bool) (s sample, ok bool) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		number, isCPU := strings.CutPrefix(words[0], "cpu")
		switch {
		case words[0] == "procs_running":
			s.running, _ = strconv.Atoi(words[1])
		case isCPU && number != "":
			cpu, err := strconv.Atoi(number)
			if err != nil || !ours(cpu) {
				continue
			}
			s.cores++
			// user nice system idle iowait irq softirq steal; what follows is counted in the first two
			for i, w := range words[1:min(len(words), 9)] {
				if i == 3 || i == 4 || i == 1 && !nice {
					continue
				}
				n, err := strconv.ParseInt(w, 10, 64)
				if err != nil {
					return sample{}, false
				}
				s.busy += time.Duration(n) * tick
			}
		}
	}
	return s, s.cores > 0
}

// processTime is the processor time that a process and its threads have spent.
func processTime(pid int) (time.Duration, bool) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, false
	}
	return parseProcessStat(text)
}

// parseProcessStat adds utime and stime of /proc/PID/stat (proc_pid_stat(5)).
// The second field, the program's name, may hold blanks and brackets.
func parseProcessStat(text []byte) (time.Duration, bool) {
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) < 13 {
		return 0, false
	}
	user, err := strconv.ParseInt(string(fields[11]), 10, 64)
	if err != nil {
		return 0, false
	}
	system, err := strconv.ParseInt(string(fields[12]), 10, 64)
	if err != nil {
		return 0, false
	}
	return time.Duration(user+system) * tick, true
}
