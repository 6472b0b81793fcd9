//go:build e2e

package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestUsage_ExitCodesAndLines(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"search", "--limt", "3", "x"}, 2, "--limt"},
		{[]string{"search", "--limit", "0", "x"}, 2, "--limit 0"},
		{[]string{"ask", "--generate", "--quotes", "x"}, 2, "--quotes"},
		{[]string{"nonsense"}, 2, "nonsense"},
		{[]string{"rm"}, 2, "golocal rm"},
		{[]string{"rm", t.TempDir()}, 2, "not a watched folder"},
		{[]string{"add", "/no/such/folder"}, 1, "/no/such/folder"},
		{[]string{"add", "/proc"}, 1, "/proc"},
		{[]string{"text", "/no/such/file"}, 1, "/no/such/file"},
		{[]string{"ask", "anything at all?"}, 3, "golocal add"},
		{[]string{"open"}, 5, "golocal up"},
		{[]string{"version"}, 0, ""},
		{[]string{"--help"}, 0, ""},
	} {
		r := h.run(c.args...)
		if r.code != c.code || !strings.Contains(r.err, c.want) {
			t.Errorf("golocal %v: exit %d, want %d naming %q\n%s%s", c.args, r.code, c.code, c.want, r.out, r.err)
		}
	}

	write(t, filepath.Join(h.dir, "config.yaml"), "offline: false\nembeding-model: x\n")
	r := h.run("status")
	if r.code != 2 || !strings.Contains(r.err, "line 2") || !strings.Contains(r.err, "embeding-model") {
		t.Errorf("wrong config key: exit %d\n%s", r.code, r.err)
	}
}

func TestUsage_OwnDataIsNeverIndexed(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	if r := h.run("add", h.dir); r.code != 1 {
		t.Errorf("golocal's own folder was added: exit %d\n%s%s", r.code, r.out, r.err)
	}
}
