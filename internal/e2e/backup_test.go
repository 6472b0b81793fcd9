//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBackup_WithChats takes conversations to another home, and only when told to.
func TestBackup_WithChats(t *testing.T) {
	t.Parallel()
	h, other := newHome(t), newHome(t)
	dir, to := folder(t, handbook()), t.TempDir()
	h.run("ask", "--keep", "--folder", dir, "How many paid vacation days do I get?").want(t, 0)
	bare, both := filepath.Join(to, "bare"), filepath.Join(to, "both")
	h.run("backup", bare).want(t, 0)
	if _, err := os.Stat(bare + ".chats"); err == nil {
		t.Error("conversations were copied unasked")
	}
	h.run("backup", "--with-chats", both).want(t, 0)
	if strings.Contains(read(t, both), "SQLite format 3\x00") && strings.Contains(read(t, both), "How many paid vacation days") {
		t.Error("the copy of the index holds a question")
	}
	other.run("restore", "--with-chats", bare).want(t, 1) // there are none
	other.run("restore", "--with-chats", both).want(t, 0)
	if r := other.run("chats").want(t, 0); !strings.Contains(r.out, "paid vacation days") {
		t.Errorf("not restored:\n%s%s", r.out, r.err)
	}
	if r := other.run("restore", "--with-chats", both).want(t, 1); !strings.Contains(r.err, "there are conversations already") {
		t.Errorf("over conversations: %s", r.err)
	}
	h.run("--no-history", "backup", "--with-chats", filepath.Join(to, "x")).want(t, 1)
	if left, _ := filepath.Glob(filepath.Join(to, "x*")); len(left) > 0 {
		t.Errorf("half a backup: %q", left)
	}
}
