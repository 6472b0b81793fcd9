//go:build e2e

package e2e

import (
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrivate_FilesAreTheUsersOwn runs with the most open umask there is.
func TestPrivate_FilesAreTheUsersOwn(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	cmd := exec.CommandContext(t.Context(), "sh", "-c", `umask 000; "$0" ask --folder "$1" "What does a new badge cost?"`, binary(t), dir)
	h.wait(cmd, ".").want(t, 0)
	h.serve("up", "--no-open") // sockets and the token too
	seen := 0
	err := filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == h.dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		seen++
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s has mode %v", strings.TrimPrefix(path, h.dir), mode)
		}
		return nil
	})
	if err != nil || seen < 5 {
		t.Fatalf("%d files seen, %v", seen, err)
	}
}

// TestPrivate_LogsHoldNoContent reads everything that is logged at info level
// while files are indexed and asked about.
func TestPrivate_LogsHoldNoContent(t *testing.T) {
	t.Parallel()
	h := newHome(t, "GOLOCAL_LOG=info")
	files := handbook()
	files["quokkapaper.md"] = "# Marmalizing\n\nThe zebrafish marmalizes at dusk.\n"
	files["broken.docx"] = "PK\x03\x04 zebrafish"
	dir := folder(t, files)
	s := h.serve("up", "--no-open", dir)
	h.run("sync")
	h.run("ask", "When does the wombatfish marmalize?")
	h.run("search", "wombatfish zebrafish")
	s.stop()
	log := s.log.String()
	if !strings.Contains(log, "level=INFO") {
		t.Fatalf("nothing was logged at info level, so this test sees nothing:\n%s", log)
	}
	for line := range strings.Lines(log) {
		for _, word := range []string{"zebrafish", "marmaliz", "Marmaliz", "wombatfish"} {
			if strings.Contains(line, word) {
				t.Errorf("%q is in the log: %s", word, line)
			}
		}
	}
}
