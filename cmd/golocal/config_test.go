package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestConfig_NamesTheLineAtFault(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // parts of the error; none: no error
	}{
		{"empty", "", nil},
		{"comment", "# nothing\n", nil},
		{"good", "quiet: 1s\nmax-wait: 9s\n", nil},
		{"unknown key", "quiet: 1s\n\nchat_model: x\n", []string{"line 3", `"chat_model"`, "chat-model"}},
		{"prompts", "embedding-prompts:\n  mine:1b: {query: \"q: \", passage: \"p: \"}\n", nil},
		{"unknown key below", "embedding-prompts:\n  mine:\n    query: q\n    document: d\n", []string{"line 4", `"document"`, "query, passage"}},
		{"prompts of a wrong type", "embedding-prompts:\n  mine: q\n", []string{"line 2", "mine: q"}},
		{"wrong type", "offline: true\nmax-file-mb: many\n", []string{"line 2", "max-file-mb: many"}},
		{"no yaml", "quiet: [1s\n", []string{"line"}},
		{"rescan too short", "rescan: 1s\n", []string{"rescan", "1m"}},
		{"level", "log-level: loud\n", []string{"log-level", "loud", "debug"}},
		{"context too small", "max-context: 512\n", []string{"max-context", "512", "2048"}},
		{"layers below -1", "num-gpu: -2\n", []string{"num-gpu", "-1"}},
		{"ocr", "ocr: on\nocr-languages: eng+chi_sim+script/Latin\n", nil},
		{"ocr neither on nor off", "ocr: maybe\n", []string{"line 1", "ocr: maybe"}},
		{"ocr languages", "ocr-languages: eng, deu\n", []string{"ocr-languages", `"eng, deu"`, "eng+deu"}},
		{"ocr languages that are a flag", "ocr-languages: --help\n", []string{"ocr-languages"}},
		{"inbox", "inbox: ~/Files\n", nil},
		{"no inbox", "inbox: off\n", nil},
		{"inbox from nowhere", "inbox: Files\n", []string{"inbox", `"Files"`, "whole path"}},
		{"memory", "memory: small\n", nil},
		{"memory of no kind", "memory: tiny\n", []string{"memory", `"tiny"`, "full", "small"}},
		{"evidence and support", "evidence: .55\nsupport: 1\n", nil},
		{"evidence of none", "evidence: 0\n", []string{"evidence", "0 and at most 1"}},
		{"evidence in percent", "evidence: 40\n", []string{"evidence", "40"}},
		{"support below zero", "support: -.1\n", []string{"support", "-0.1"}},
		{"long quiet alone", "quiet: 10s\n", nil},
		{"max-wait below quiet", "quiet: 10s\nmax-wait: 9s\n", []string{"max-wait", "quiet"}},
		{"quiet below zero", "quiet: -1s\n", []string{"quiet"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := loadConfig(path)
			if (err != nil) != (c.want != nil) {
				t.Fatalf("loadConfig: %v", err)
			}
			if err == nil {
				return
			}
			if _, ok := errors.AsType[usageError](err); !ok {
				t.Errorf("%v is no usage error, so the exit code is not 2", err)
			}
			for _, part := range append(c.want, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not say %q", err, part)
				}
			}
		})
	}
}

func TestConfig_MaxWaitFollowsQuiet(t *testing.T) {
	for _, c := range []struct {
		name, file, quiet, maxWait string
		want                       time.Duration // 0 is an error
	}{
		{name: "neither", want: 5 * time.Second},
		{name: "short quiet", file: "quiet: 1s\n", want: 5 * time.Second},
		{name: "long quiet", file: "quiet: 10s\n", want: 10 * time.Second},
		{name: "long quiet by environment", quiet: "10s", want: 10 * time.Second},
		{name: "both by environment", quiet: "10s", maxWait: "20s", want: 20 * time.Second},
		{name: "both, from two places", file: "max-wait: 15s\n", quiet: "10s", want: 15 * time.Second},
		{name: "below quiet", file: "max-wait: 9s\n", quiet: "10s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("GOLOCAL_QUIET", c.quiet)
			t.Setenv("GOLOCAL_MAX_WAIT", c.maxWait)
			got, err := loadConfig(path)
			if c.want == 0 {
				if err == nil || !strings.Contains(err.Error(), "GOLOCAL_QUIET") || !strings.Contains(err.Error(), "max-wait (9s)") {
					t.Errorf("error %v", err)
				}
				return
			}
			if err != nil || got.MaxWait != c.want {
				t.Errorf("max-wait %v, want %v; %v", got.MaxWait, c.want, err)
			}
		})
	}
}

func TestConfig_Reads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte("quiet: 150ms\nollama: none\noffline: true\nembedding-prompts:\n  a: {query: 'q: '}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if p := c.prompts()["a"]; len(c.prompts()) != 1 || p.Query != "q: " || p.Document != "" {
		t.Errorf("prompts %+v", c.prompts())
	}
	if c.Quiet != 150*time.Millisecond || c.Ollama != "none" || !c.Offline || c.Listen != "127.0.0.1:7654" {
		t.Errorf("read %+v", c)
	}
}
