package web

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// maxFolders bounds the suggestions of one completion.
const maxFolders = 50

// expand replaces a leading ~ by the home folder.
func expand(path string) string {
	if path != "~" && !strings.HasPrefix(path, "~/") && !strings.HasPrefix(path, `~\`) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return home + path[1:]
}

func absolute(path string) bool { return filepath.IsAbs(path) }

// folders lists the folders whose path begins as path does, sorted, any case:
// what a shell would offer. Hidden ones come only when a dot was typed. A path
// that ends in a separator lists what is below it; "" is the home folder.
// Folders that cannot be read give nothing: the user sees no suggestion.
func folders(path string) []string {
	if path == "" {
		path = "~/"
	}
	path = expand(path)
	found := []string{}
	if !absolute(path) {
		return found
	}
	dir, start := filepath.Split(path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return found
	}
	for _, e := range entries {
		name := e.Name()
		if len(name) < len(start) || !strings.EqualFold(name[:len(start)], start) {
			continue
		}
		if strings.HasPrefix(name, ".") && !strings.HasPrefix(start, ".") {
			continue
		}
		full := filepath.Join(dir, name)
		if !e.IsDir() {
			// Links to folders are offered; adding decides about them.
			if e.Type()&os.ModeSymlink == 0 {
				continue
			}
			if i, err := os.Stat(full); err != nil || !i.IsDir() {
				continue
			}
		}
		found = append(found, full)
	}
	sort.Slice(found, func(i, j int) bool { return strings.ToLower(found[i]) < strings.ToLower(found[j]) })
	if len(found) > maxFolders {
		found = found[:maxFolders]
	}
	return found
}
