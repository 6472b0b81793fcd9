//go:build unix

package parse

import "golang.org/x/sys/unix"

// reserve returns n bytes of address space that cost nothing and may not be
// touched; nil where the system has none.
func reserve(n uint64) []byte {
	b, err := unix.Mmap(-1, 0, int(n), unix.PROT_NONE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}

// use makes the bytes of a reservation behind the first used ones zero memory; a
// limit of the process may not let it.
func use(b []byte, used int) bool {
	if len(b) == used {
		return true
	}
	return unix.Mprotect(b[used:], unix.PROT_READ|unix.PROT_WRITE) == nil
}

func release(b []byte) {
	if b != nil {
		unix.Munmap(b)
	}
}
