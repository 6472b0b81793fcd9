//go:build e2e && linux

package e2e

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/smalldisk"
	"golocal/web"
)

// TestRefusal_FiveWays meets the five ways in which an index can refuse: each has
// a message and an exit code of its own, and a next step that helps.
func TestRefusal_FiveWays(t *testing.T) {
	t.Parallel()
	dir := folder(t, handbook())
	said := map[string]string{}
	refused := func(what string, code int, r result, pieces ...string) {
		t.Helper()
		if r.code != code {
			t.Fatalf("%s: exit code %d, want %d\n%s%s", what, r.code, code, r.out, r.err)
		}
		contains(t, what, r.err, pieces)
		said[what] = r.err
	}

	h := newHome(t)
	h.run("add", dir).want(t, 0)
	s := h.serve("serve")
	refused("locked", 11, h.run("check"), fmt.Sprintf("another golocal has it open (process %d)", s.cmd.Process.Pid), "stop it first")
	h.run("search", "vacation").want(t, 0) // through that one
	s.stop()
	h.run("check").want(t, 0)

	whole := []byte(read(t, h.indexFile()))
	h.overwrite(0, make([]byte, 8192))
	for _, args := range [][]string{{"search", "vacation"}, {"status"}, {"check"}, {"serve"}} {
		refused("damaged", 12, h.run(args...), "damaged", "golocal repair", "your own files are not touched")
	}
	if err := os.WriteFile(h.indexFile(), whole, 0o600); err != nil {
		t.Fatal(err)
	}

	h.overwrite(63, []byte{99})
	before := read(t, h.indexFile())
	for _, args := range [][]string{{"search", "vacation"}, {"sync"}, {"check", "--deep"}, {"repair"}} {
		refused("newer", 13, h.run(args...), "newer golocal", "start that version")
	}
	if read(t, h.indexFile()) != before {
		t.Error("the index of a newer golocal was written to")
	}
	if err := os.WriteFile(h.indexFile(), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("search", "vacation").want(t, 0)

	texts := slices.Collect(maps.Values(said))
	slices.Sort(texts)
	if len(slices.Compact(texts)) != 3 {
		t.Errorf("they say the same: %q", texts)
	}
}

// small is a home whose index lies on a small disk of its own.
func small(t *testing.T, size int64) (*home, smalldisk.Disk, bool) {
	t.Helper()
	disk, ok := smalldisk.Mount(t, size)
	if !ok {
		return nil, disk, false
	}
	h := newHome(t)
	h.dir = filepath.Join(disk.Dir, "home")
	h.env = append(h.env, "GOLOCAL_HOME="+h.dir)
	return h, disk, true
}

// TestRefusal_FullDisk fills the disk before the first write and while a daemon
// indexes. The daemon goes on by itself once there is room.
func TestRefusal_FullDisk(t *testing.T) {
	t.Parallel()
	h, disk, ok := small(t, 24<<20)
	if !ok {
		return
	}
	dir := folder(t, handbook())
	disk.Fill(t, 0)
	contains(t, "the first write", h.run("add", dir).want(t, 14).err, []string{"space"})
	disk.Clear(t)
	h.run("add", dir).want(t, 0)

	large := strings.Repeat("The zebrafish swims in the upper lake. ", 60_000)
	disk.Fill(t, 1<<20)
	write(t, filepath.Join(dir, "zebra.md"), "# Zebrafish\n\n"+large)
	contains(t, "in the middle", h.run("sync").want(t, 14).err, []string{"disk is full", "free some space"})
	h.run("search", "--no-sync", "vacation").want(t, 0)

	s := h.serve("serve")
	within(t, timeLimit, "the daemon meets the full disk", func() bool { return h.run("sync").code == 14 })
	select {
	case <-s.done:
		t.Fatalf("the daemon ended: %s", s.log)
	default:
	}
	if r := h.run("search", "vacation").want(t, 0); !strings.Contains(r.out, "27 paid vacation days") {
		t.Errorf("while the disk is full: %s", r.out)
	}
	trouble := func() *web.Trouble { return decode[web.Status](t, h.run("status", "--json").want(t, 0)).Index.Trouble }
	if w := trouble(); w == nil || w.Code != "disk_full" {
		t.Errorf("the status of a full disk: %+v", w)
	}
	disk.Clear(t)
	within(t, timeLimit, "the file is indexed once there is room", func() bool {
		return strings.Contains(h.run("search", "--limit", "1", "zebrafish").out, "zebra.md")
	})
	if w := trouble(); w != nil {
		t.Errorf("the status once there is room: %+v", w)
	}
	s.stop()
	h.run("check", "--deep").want(t, 0)
}

// TestRefusal_ReadOnlyDisk has a data folder that nobody can write: what only
// reads goes on and says so, the rest is refused.
func TestRefusal_ReadOnlyDisk(t *testing.T) {
	t.Parallel()
	h, disk, ok := small(t, 64<<20)
	if !ok {
		return
	}
	dir := folder(t, handbook())
	h.run("add", dir).want(t, 0)
	write(t, filepath.Join(dir, "late.md"), "# Late\n\nThe zebrafish came too late.\n")
	disk.ReadOnly(t, true)
	for _, args := range [][]string{{"search", "vacation"}, {"ask", "How many paid vacation days do I get?"}, {"status"}, {"ls"}, {"check", "--deep"}} {
		r := h.run(args...).want(t, 0)
		contains(t, args[0], r.err, []string{"cannot be written", "give this user write permission"})
	}
	if r := h.run("search", "vacation"); !strings.Contains(r.out, "27 paid vacation days") {
		t.Errorf("search: %s", r.out)
	}
	for _, args := range [][]string{{"sync"}, {"add", t.TempDir()}, {"rm", dir}, {"serve"}, {"repair"}} {
		contains(t, args[0], h.run(args...).want(t, 15).err, []string{"cannot be written", "permission"})
	}
	disk.ReadOnly(t, false)
	h.run("search", "zebrafish").want(t, 0)
	docs := decode[[]golocal.Document](t, h.run("status", "--files", "--json").want(t, 0))
	if len(docs) != len(handbook())+1 {
		t.Errorf("%d files, with the disk writable again", len(docs))
	}
}
