//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"strings"
)

// documents is the folder that the user's documents lie in: what the desktop says
// (xdg-user-dirs, "Dokumente" where it speaks German), else Documents.
func documents(home string) string {
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		config = filepath.Join(home, ".config")
	}
	if text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs")); err == nil {
		if dir := userDir(string(text), "XDG_DOCUMENTS_DIR", home); dir != "" {
			return dir
		}
	}
	return filepath.Join(home, "Documents")
}

// userDir reads a folder out of a user-dirs.dirs file (user-dirs.dirs(5)): lines
// of NAME="$HOME/rel" or NAME="/absolute", and # before comments; "" is none, which
// home itself stands for.
func userDir(text, name, home string) string {
	dir := ""
	for line := range strings.Lines(text) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"=")
		if !ok {
			continue
		}
		value = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`))
		if rest, ok := strings.CutPrefix(value, "$HOME"); ok {
			value = home + rest
		}
		if dir = filepath.Clean(value); !filepath.IsAbs(dir) || dir == filepath.Clean(home) {
			dir = ""
		}
	}
	return dir
}
