//go:build unix

package child

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// limitProcess bounds what this process can do to the machine: memory that is
// written to (Linux counts it under RLIMIT_DATA since 4.7), core dumps, size of
// the files it may write.
func limitProcess(memory int64) error {
	// A core limit of 1 keeps dumps away from pipes too, where Linux heeds no
	// smaller one (core(5)). Files: PDFium's compiled code takes 21 MB,
	// LibreOffice's temporary ones about what it reads.
	limits := map[int]uint64{unix.RLIMIT_CORE: 1, unix.RLIMIT_FSIZE: 512 << 20}
	if runtime.GOOS == "linux" && !raced {
		limits[unix.RLIMIT_DATA] = uint64(memory)*3/2 + 128<<20 // Go takes memory in pieces of 64 MiB, used or not, and dies where it gets none
	}
	for which, n := range limits {
		if err := lower(which, n); err != nil {
			return err
		}
	}
	return nil
}

// limitSeconds lets the process use so many more seconds of processor time; it
// is killed by SIGXCPU after them.
func limitSeconds(n int) error {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return err
	}
	spent := time.Duration(used.Utime.Nano()+used.Stime.Nano()) / time.Second
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Max, uint64(int(spent)+2*n)) // parsing and collecting garbage, side by side
	return unix.Setrlimit(unix.RLIMIT_CPU, &limit)
}

func lower(which int, n uint64) error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(which, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Cur, n)
	return unix.Setrlimit(which, &limit)
}
