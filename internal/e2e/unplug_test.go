//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golocal/web"
)

// A disk can be unplugged while it is watched: nothing of golocal's keeps it
// busy, what was indexed is kept, and when it is back nothing is embedded again.
func TestR17_Unmount(t *testing.T) {
	p := newPipeline(t, "GOLOCAL_QUIET=50ms")
	disk := filepath.Join(p.away, "disk")
	for i := range 40 {
		write(t, filepath.Join(disk, fmt.Sprintf("d%d/%d.md", i%3, i)), fmt.Sprintf("On the disk lies diskquux%dx.\n", i))
	}
	p.start("unshare", "-Urm", "sh", "-c", `mount --bind "$1" "$2" && exec "$0" serve`, binary(t), disk, p.dir)
	inside := func(args ...string) {
		t.Helper()
		args = append([]string{"-t", fmt.Sprint(p.server.cmd.Process.Pid), "-U", "-m", "--preserve-credentials"}, args...)
		if out, err := exec.Command("nsenter", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	finds := func(i int) bool {
		word := fmt.Sprintf("diskquux%dx", i)
		return strings.Contains(texts(p, []string{word}), word)
	}
	p.sync()
	if n := p.status().Index.Documents; n != 40 || !finds(7) {
		t.Fatalf("%d documents are indexed", n)
	}
	before := p.runner.embedded()
	for round := range 2 {
		within(t, patience, "nothing is at work", p.idle)
		inside("umount", p.dir)
		within(t, patience, "the folder is missing", func() bool { return p.status().Roots[0].State == web.Missing })
		if n := p.status().Index.Documents; n < 40 || !finds(7) {
			t.Errorf("%d documents are left without the disk", n)
		}
		write(t, filepath.Join(disk, fmt.Sprintf("new%d.md", round)), fmt.Sprintf("Written elsewhere: elsewhere%dx.\n", round))
		inside("mount", "--bind", disk, p.dir)
		within(t, patience, "what was written elsewhere is found", func() bool {
			word := fmt.Sprintf("elsewhere%dx", round)
			return strings.Contains(texts(p, []string{word}), word)
		})
		if err := os.Remove(filepath.Join(disk, fmt.Sprintf("d1/%d.md", 1+3*round))); err != nil {
			t.Fatal(err)
		}
		within(t, patience, "a deletion is seen again", func() bool { return !finds(1 + 3*round) })
		write(t, filepath.Join(disk, fmt.Sprintf("more%d.md", round)), fmt.Sprintf("Watched again: again%dx.\n", round))
	}
	within(t, patience, "nothing is at work", p.idle)
	if got := p.runner.embedded() - before; got > 4 {
		t.Errorf("%d passages embedded for 4 new files", got)
	}
}
