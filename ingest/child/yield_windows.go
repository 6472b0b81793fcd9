package child

import "golang.org/x/sys/windows"

// yieldToOthers lets other programs go first. A system that refuses leaves it as
// it is.
func yieldToOthers() {
	_ = windows.SetPriorityClass(windows.CurrentProcess(), windows.BELOW_NORMAL_PRIORITY_CLASS)
}
