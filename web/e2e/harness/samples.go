package main

import (
	"os"
	"path/filepath"

	"golocal/internal/sample"
)

// writeSamples makes a folder with a file of each format.
func writeSamples(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range sample.Folder() {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
