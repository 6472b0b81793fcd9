package models

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// systemMemory is this machine's memory in bytes; 0 when it cannot be told.
func systemMemory() int64 {
	// MEMORYSTATUSEX of the Windows API.
	var status struct {
		length, load uint32
		total        uint64
		_            [6]uint64
	}
	status.length = uint32(unsafe.Sizeof(status))
	call := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if ok, _, _ := call.Call(uintptr(unsafe.Pointer(&status))); ok == 0 {
		return 0
	}
	return int64(status.total)
}
