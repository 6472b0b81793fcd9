package main

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// documents is the folder that the user's documents lie in, wherever it was moved
// to.
func documents(home string) string {
	if dir, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0); err == nil {
		return dir
	}
	return filepath.Join(home, "Documents")
}
