package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPaths_HomeHoldsEverything(t *testing.T) {
	home := t.TempDir()
	t.Setenv("GOLOCAL_HOME", home)
	t.Setenv("GOLOCAL_MODELS", "")
	p, err := findPaths()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range append(p.own(), p.Config, p.socket()) {
		if !strings.HasPrefix(dir, home) {
			t.Errorf("%s lies outside GOLOCAL_HOME", dir)
		}
	}
	shared := t.TempDir()
	t.Setenv("GOLOCAL_MODELS", shared)
	if p, err = findPaths(); err != nil || p.Models != shared {
		t.Errorf("models at %s (%v), want GOLOCAL_MODELS %s", p.Models, err, shared)
	}
}

func TestPaths_MadePrivate(t *testing.T) {
	t.Setenv("GOLOCAL_HOME", filepath.Join(t.TempDir(), "home"))
	p, err := findPaths()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.make(); err != nil {
		t.Fatal(err)
	}
	for _, dir := range p.own() {
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v", dir, info.Mode().Perm())
		}
	}
}

func TestPaths_DeepHomeStillHasASocket(t *testing.T) {
	deep := filepath.Join(t.TempDir(), strings.Repeat("deep/", 30))
	t.Setenv("GOLOCAL_HOME", deep)
	p, err := findPaths()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.socket()); n > 100 {
		t.Errorf("socket path has %d bytes", n)
	}
	other := p
	other.Run += "2"
	if p.socket() == other.socket() {
		t.Error("two homes share a socket")
	}
	ln, err := listenLocal(p.socket())
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
}
