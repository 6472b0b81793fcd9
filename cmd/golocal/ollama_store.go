package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// ollamaStores lists where a local Ollama may keep its models, the likeliest
// first: where OLLAMA_MODELS says, else the user's folder, and on Linux that of
// the service which Ollama's installer sets up.
func ollamaStores(configured, home, system string) []string {
	if dir := strings.Trim(strings.TrimSpace(configured), `"'`); dir != "" { // as Ollama reads its environment
		return []string{dir}
	}
	var dirs []string
	if home != "" {
		dirs = append(dirs, filepath.Join(home, ".ollama", "models"))
	}
	if system == "linux" {
		dirs = append(dirs, "/usr/share/ollama/.ollama/models")
	}
	return dirs
}

// firstStore returns the first of the folders that is there, or "". It is never
// own, golocal's store, by whatever path. One that this user may not look into
// counts as there, so that the user hears of it.
func firstStore(own string, dirs []string) string {
	ours, ownErr := os.Stat(own)
	for _, dir := range dirs {
		st, err := os.Stat(dir)
		switch {
		case errors.Is(err, fs.ErrPermission):
			return dir
		case err != nil || !st.IsDir():
		case ownErr == nil && os.SameFile(ours, st):
			return ""
		default:
			return dir
		}
	}
	return ""
}

// ollamaStore is the folder of Ollama's own models on this machine, "" when
// there is none.
func (c *cli) ollamaStore() string {
	home, _ := os.UserHomeDir() // without one there is no folder in it
	return firstStore(c.paths.Models, ollamaStores(os.Getenv("OLLAMA_MODELS"), home, runtime.GOOS))
}
