package headroom

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestMemory(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	info := file("meminfo", "MemTotal:       100 kB\nMemFree:        10 kB\nMemAvailable:   42 kB\n")
	if got := meminfo(info); got != 42<<10 {
		t.Errorf("meminfo: %d", got)
	}
	stat := file("stat", "anon 5\ninactive_file 300\n")
	used := file("current", "800\n")
	for limit, want := range map[string]uint64{"1000\n": 500, "max\n": 0, "9223372036854771712\n": 0, "400\n": 1, "": 0} {
		if got := groupLeft(file("max", limit), used, stat, "inactive_file"); got != want {
			t.Errorf("limit %q leaves %d, want %d", limit, got, want)
		}
	}
	if got := groupLeft(filepath.Join(dir, "none"), used, stat, "inactive_file"); got != 0 {
		t.Errorf("no control group leaves %d", got)
	}
	for want, limits := range map[uint64][]uint64{0: {0, 0}, 3: {5, 0, 3}} {
		if got := smallest(limits...); got != want {
			t.Errorf("smallest %v = %d", limits, got)
		}
	}
	if Memory() == 0 {
		t.Error("this machine's memory is unknown")
	}
}

func TestGroupsOf(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cgroup")
	if err := os.WriteFile(file, []byte("4:cpu,memory:/a/b\n3:pids:/x\n0::/user.slice/golocal.service\nbroken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	two, one := groupsOf(file)
	if want := []string{"/", "/user.slice/golocal.service", "/user.slice"}; !slices.Equal(two, want) {
		t.Errorf("version 2: %q, want %q", two, want)
	}
	if want := []string{"/", "/a/b", "/a"}; !slices.Equal(one, want) {
		t.Errorf("version 1: %q, want %q", one, want)
	}
	if two, one = groupsOf(filepath.Join(t.TempDir(), "none")); len(two) != 1 || len(one) != 1 {
		t.Errorf("without the file: %q, %q", two, one)
	}
}

func TestDisk(t *testing.T) {
	if free, ok := Disk(t.TempDir()); !ok || free == 0 {
		t.Errorf("%d, %v", free, ok)
	}
	if _, ok := Disk(filepath.Join(t.TempDir(), "none")); ok {
		t.Error("a folder that is not there has room")
	}
}
