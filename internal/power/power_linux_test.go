package power

import (
	"testing"
	"testing/fstest"
)

func TestSupplies(t *testing.T) {
	supply := func(name string, attributes ...string) fstest.MapFS {
		m := fstest.MapFS{}
		for i := 0; i < len(attributes); i += 2 {
			m[name+"/"+attributes[i]] = &fstest.MapFile{Data: []byte(attributes[i+1] + "\n")}
		}
		return m
	}
	battery := func(name, status, capacity string) fstest.MapFS {
		return supply(name, "type", "Battery", "status", status, "capacity", capacity)
	}
	for _, c := range []struct {
		name string
		of   []fstest.MapFS
		want State
	}{
		{"a desktop", nil, State{}},
		{"unplugged", []fstest.MapFS{supply("AC", "type", "Mains", "online", "0"), battery("BAT0", "Discharging", "63")}, State{true, 63}},
		{"plugged in", []fstest.MapFS{supply("AC", "type", "Mains", "online", "1"), battery("BAT0", "Charging", "63")}, State{}},
		{"too weak a charger", []fstest.MapFS{supply("usb", "type", "USB", "online", "1"), battery("BAT0", "Discharging", "63")}, State{}},
		{"full", []fstest.MapFS{battery("BAT0", "Full", "100")}, State{}},
		{"two batteries, one of them empty", []fstest.MapFS{battery("BAT0", "Discharging", "5"), battery("BAT1", "Discharging", "70")}, State{true, 70}},
		{"a mouse's battery", []fstest.MapFS{supply("hid-mouse", "type", "Battery", "status", "Discharging", "capacity", "10", "scope", "Device")}, State{}},
		{"no capacity told", []fstest.MapFS{supply("BAT0", "type", "Battery", "status", "Discharging")}, State{Battery: true}},
	} {
		all := fstest.MapFS{}
		for _, m := range c.of {
			for name, f := range m {
				all[name] = f
			}
		}
		if got := supplies(all); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
