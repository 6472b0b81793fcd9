//go:build !windows

package main

import "testing"

func TestUserDir(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"below home":      {"XDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n", "/home/a/Dokumente"},
		"absolute":        {"  XDG_DOCUMENTS_DIR=\"/data/docs/\"\n", "/data/docs"},
		"another":         {"XDG_MUSIC_DIR=\"$HOME/Music\"\n", ""},
		"a comment":       {"# XDG_DOCUMENTS_DIR=\"$HOME/Old\"\n", ""},
		"switched off":    {"XDG_DOCUMENTS_DIR=\"$HOME/\"\n", ""},
		"the last counts": {"XDG_DOCUMENTS_DIR=\"$HOME/A\"\nXDG_DOCUMENTS_DIR=\"$HOME/B\"", "/home/a/B"},
		"quoted":          {`XDG_DOCUMENTS_DIR="$HOME/my \"papers\""`, `/home/a/my "papers"`},
		"not absolute":    {"XDG_DOCUMENTS_DIR=\"docs\"\n", ""},
		"nothing":         {"", ""},
	} {
		if got := userDir(c.text, "XDG_DOCUMENTS_DIR", "/home/a"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
