package extraction

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestMemoryWatch_SeesItsChildren(t *testing.T) {
	dir := t.TempDir()
	ready := filepath.Join(dir, "ready")
	for _, c := range []struct {
		argument string
		sees     bool
	}{{"-c", true}, {"parse", false}} {
		cmd := exec.Command("/bin/sh", "-c", "echo >"+ready+"; read line")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 1000 {
			if _, err := os.Stat(ready); err == nil {
				break
			}
			w := watchMemory("nobody")
			w.end() // as good as a pause
		}
		w := watchMemory(c.argument)
		child, growth := w.end()
		in.Close()
		if err := cmd.Wait(); err == nil {
			t.Log("the shell saw its input end without a complaint")
		}
		if (child > 100<<10) != c.sees || child > 100<<20 || growth < 0 {
			t.Errorf("children with %s: %d bytes, this process %d", c.argument, child, growth)
		}
		os.Remove(ready)
	}
}
