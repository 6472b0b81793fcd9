package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExamineCopies(t *testing.T) {
	c := &cli{paths: paths{Data: t.TempDir()}}
	if got := c.examineCopies(); len(got) != 0 {
		t.Errorf("without copies: %+v", got)
	}
	for _, name := range []string{"index.db", "index.db.before-restore", "index.db.damaged", "index.db.version-3"} {
		if err := os.WriteFile(filepath.Join(c.paths.Data, name), make([]byte, 5000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := c.examineCopies()
	for i, want := range []struct{ level, says, next string }{
		{"ok", "index.db.before-restore (5.0 kB): the index before a restore; it goes on ", "golocal restore " + filepath.Join(c.paths.Data, "index.db.before-restore")},
		{"warning", "index.db.damaged (5.0 kB): the index before a repair; ", "golocal check"},
		{"ok", "index.db.version-3 (5.0 kB): the index before an upgrade; ", ""},
	} {
		if len(got) != 3 || got[i].Level != want.level || !strings.Contains(got[i].Says, want.says) || !strings.Contains(got[i].Next, want.next) {
			t.Fatalf("%+v, want %+v", got, want)
		}
	}
}
