package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// paths are the places that golocal writes to. Elsewhere it writes only what people
// drop on its page: into the inbox (see config.inboxFolder).
type paths struct {
	Config string // file
	Data   string // folder: the index
	Models string // folder: model store in Ollama's layout
	Cache  string // folder: compiled parser, safe to delete
	Run    string // folder: run file, sockets
}

// findPaths follows GOLOCAL_HOME and GOLOCAL_MODELS, else the platform's own
// folders (XDG on Linux).
func findPaths() (paths, error) {
	var p paths
	if home := os.Getenv("GOLOCAL_HOME"); home != "" {
		home, err := filepath.Abs(home)
		if err != nil {
			return p, fmt.Errorf("GOLOCAL_HOME: %w", err)
		}
		p = paths{
			Config: filepath.Join(home, "config.yaml"),
			Data:   filepath.Join(home, "index"),
			Models: filepath.Join(home, "models"),
			Cache:  filepath.Join(home, "cache"),
			Run:    filepath.Join(home, "run"),
		}
	} else {
		config, err := os.UserConfigDir()
		if err != nil {
			return p, fmt.Errorf("find the config folder: %w; set GOLOCAL_HOME to a folder of your choice", err)
		}
		cache, err := os.UserCacheDir()
		if err != nil {
			return p, fmt.Errorf("find the cache folder: %w; set GOLOCAL_HOME to a folder of your choice", err)
		}
		data, state, err := dataDirs(config)
		if err != nil {
			return p, err
		}
		p = paths{
			Config: filepath.Join(config, "golocal", "config.yaml"),
			Data:   filepath.Join(data, "golocal", "index"),
			Models: filepath.Join(data, "golocal", "models"),
			Cache:  filepath.Join(cache, "golocal"),
			Run:    filepath.Join(state, "golocal"),
		}
	}
	if m := os.Getenv("GOLOCAL_MODELS"); m != "" {
		m, err := filepath.Abs(m)
		if err != nil {
			return p, fmt.Errorf("GOLOCAL_MODELS: %w", err)
		}
		p.Models = m
	}
	return p, nil
}

func dataDirs(config string) (data, state string, err error) {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return config, config, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", "", fmt.Errorf("find the home folder: %w; set GOLOCAL_HOME to a folder of your choice", err)
	}
	data, state = os.Getenv("XDG_DATA_HOME"), os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(data) {
		data = filepath.Join(home, ".local", "share")
	}
	if !filepath.IsAbs(state) {
		state = filepath.Join(home, ".local", "state")
	}
	return data, state, nil
}

// make creates the folders, private to the user.
func (p paths) make() error {
	for _, dir := range []string{filepath.Dir(p.Config), p.Data, p.Models, p.Cache, p.Run} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make golocal's folder: %w", err)
		}
	}
	return nil
}

// parserCache is where compiled PDF code is kept.
func (p paths) parserCache() string { return filepath.Join(p.Cache, "pdf") }

// own lists the folders that must never be indexed.
func (p paths) own() []string {
	return []string{filepath.Dir(p.Config), p.Data, p.Models, p.Cache, p.Run}
}

// socket is where the daemon listens for the command line. A Unix socket's
// path holds about 100 bytes, so a deep home moves it to a private folder
// under the temporary one.
func (p paths) socket() string {
	path := filepath.Join(p.Run, "golocal.sock")
	if len(path) <= 100 {
		return path
	}
	sum := sha256.Sum256([]byte(p.Run))
	return filepath.Join(os.TempDir(), fmt.Sprintf("golocal-%d", os.Getuid()), hex.EncodeToString(sum[:8])+".sock")
}
