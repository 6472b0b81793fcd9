package child

import (
	"math"

	"golang.org/x/sys/unix"
)

// sealDescriptors keeps what this process inherited from its own parent, such
// as a shell's open files, from reaching the processes it starts. Files that
// Go opens are never passed on.
func sealDescriptors() {
	_ = unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC) // Linux 5.11; older ones go without
}
