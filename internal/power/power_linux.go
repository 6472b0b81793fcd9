package power

import (
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// Now looks at the kernel's list of supplies.
func Now() State { return supplies(os.DirFS("/sys/class/power_supply")) }

// supplies reads power_supply of sysfs (Documentation/ABI/testing/sysfs-class-power
// of the kernel): one folder per supply, one attribute per file.
func supplies(dir fs.FS) State {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return State{}
	}
	attribute := func(supply, name string) string {
		data, err := fs.ReadFile(dir, path.Join(supply, name))
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(data))
	}
	var s State
	for _, e := range entries {
		if attribute(e.Name(), "scope") == "Device" {
			continue // of a mouse or a keyboard
		}
		switch attribute(e.Name(), "type") {
		case "Mains", "USB", "Wireless":
			if attribute(e.Name(), "online") == "1" {
				return State{}
			}
		case "Battery":
			if attribute(e.Name(), "status") != "Discharging" {
				continue
			}
			left, _ := strconv.Atoi(attribute(e.Name(), "capacity"))
			if !s.Battery || left > s.Percent { // the fullest of several counts: the machine can go on with it
				s = State{Battery: true, Percent: left}
			}
		}
	}
	return s
}
