//go:build unix && !linux

package child

import "golang.org/x/sys/unix"

// sealDescriptors keeps what this process inherited from its own parent, such
// as a shell's open files, from reaching the processes it starts. Files that
// Go opens are never passed on.
func sealDescriptors() {
	for fd := 3; fd < 1024; fd++ {
		unix.CloseOnExec(fd)
	}
}
