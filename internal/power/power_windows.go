package power

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var systemPowerStatus = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemPowerStatus")

// Now calls GetSystemPowerStatus of kernel32.
func Now() State {
	var s struct { // SYSTEM_POWER_STATUS
		ACLineStatus, BatteryFlag, BatteryLifePercent, SystemStatusFlag byte
		BatteryLifeTime, BatteryFullLifeTime                            uint32
	}
	if ok, _, _ := systemPowerStatus.Call(uintptr(unsafe.Pointer(&s))); ok == 0 || s.ACLineStatus != 0 {
		return State{}
	}
	if s.BatteryLifePercent > 100 { // 255: unknown
		return State{Battery: true}
	}
	return State{Battery: true, Percent: int(s.BatteryLifePercent)}
}
