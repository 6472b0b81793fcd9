//go:build unix

package child

import "golang.org/x/sys/unix"

// hold returns room for a file of n bytes, and what gives it back to the system.
// It is no part of Go's heap: the collector would grow with it, and keep it.
func hold(n int64) ([]byte, func(), error) {
	if n < 64<<10 {
		return make([]byte, n), func() {}, nil
	}
	data, err := unix.Mmap(-1, 0, int(n), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	return data, func() { _ = unix.Munmap(data) }, err
}
