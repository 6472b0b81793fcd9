//go:build unix

package parse

import "golang.org/x/sys/unix"

// reserve returns n bytes of address space, zero, that cost memory only where
// they are touched; nil where the system has none.
func reserve(n uint64) []byte {
	b, err := unix.Mmap(-1, 0, int(n), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}

func release(b []byte) {
	if b != nil {
		unix.Munmap(b)
	}
}
