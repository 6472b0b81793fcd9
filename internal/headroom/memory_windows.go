package headroom

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var globalMemoryStatusEx = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")

// memoryStatus is MEMORYSTATUSEX of the Windows API.
type memoryStatus struct {
	length, load                                             uint32
	totalPhys, availPhys, totalPage, availPage, totalVirtual uint64
	availVirtual, availExtended                              uint64
}

// Memory returns the free physical memory in bytes. 0 is unknown.
func Memory() uint64 {
	var m memoryStatus
	m.length = uint32(unsafe.Sizeof(m))
	if ok, _, _ := globalMemoryStatusEx.Call(uintptr(unsafe.Pointer(&m))); ok == 0 {
		return 0
	}
	return m.availPhys
}
