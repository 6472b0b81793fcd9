package engine

import (
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"

	"golocal/internal/smalldisk"
)

// A disk that fills up in the middle is one clear error; what came stays, and
// the next pull goes on when there is room.
func TestDownload_FullDisk(t *testing.T) {
	for name, size := range map[string]int64{"in parts": testPart, "in one stream": 0} {
		t.Run(name, func(t *testing.T) {
			disk, ok := smalldisk.Mount(t, diskSpare+4<<20)
			if !ok {
				return
			}
			g := newRegistry(t, tinyConfig, 2<<20)
			h := newHarness(t, func(o *Options) { o.Store = disk.Dir })
			h.client = g.Client()
			filled := false
			p := g.inParts(t, h, nil)
			p.partSize = size
			p.report = func(r api.ProgressResponse) error {
				if r.Digest == g.weights && !filled {
					disk.Fill(t, 1<<20)
					filled = true
				}
				return nil
			}
			err := p.pull(t.Context(), names.ParseName("tiny"))
			if err == nil || !strings.Contains(err.Error(), "the disk is too full") || !strings.Contains(err.Error(), "more are needed in "+disk.Dir) {
				t.Fatalf("%v", err)
			}
			if n := strings.Count(err.Error(), "disk"); n != 1+strings.Count(disk.Dir, "disk") || strings.Contains(err.Error(), "\n") {
				t.Errorf("it is told more than once: %v", err)
			}
			if kept := g.kept(h); kept < 256<<10 {
				t.Errorf("%d bytes are kept", kept)
			}
			g.truthful(t, h)
			if _, err := h.entry("tiny"); err == nil {
				t.Error("half a model is listed")
			}
			// Without room it is refused before anything is asked for.
			fresh := newRegistry(t, tinyConfig, g.padding)
			if err := fresh.pullNow(t, h, quietly); err == nil || !strings.Contains(err.Error(), "the disk is too full") {
				t.Errorf("%v", err)
			}
			if n := len(fresh.asked()); n > 0 {
				t.Errorf("%d requests without room", n)
			}
			disk.Clear(t)
			g.rest(t, h, size)
		})
	}
}
