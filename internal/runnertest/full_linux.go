package runnertest

import (
	"strings"
	"testing"

	"golocal/internal/smalldisk"
)

// pullFull: on a full disk nothing of a model is seen, and with room it comes.
func pullFull(t *testing.T, start Start) {
	t.Run("disk full", func(t *testing.T) {
		// The engine leaves 64 MiB to others; with the rest a model has room.
		disk, ok := smalldisk.Mount(t, 80<<20)
		if !ok {
			return
		}
		p := newPulling(t, start(t, disk.Dir))
		disk.Fill(t, p.size/2)
		_, err := p.pull(t.Context())
		if err == nil || !strings.Contains(err.Error(), "no space left on device") && !strings.Contains(err.Error(), "the disk is too full") {
			t.Errorf("pull to a full disk: %v", err)
		}
		p.absent(t)
		disk.Clear(t)
		if _, err := p.pull(t.Context()); err != nil {
			t.Fatalf("pull with room: %v", err)
		}
		p.present(t)
	})
}

// room is how many bytes the folder's disk takes; nil for no folder.
func room(dir string) func() int64 {
	if dir == "" {
		return nil
	}
	return smalldisk.Disk{Dir: dir}.Free
}
