package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golocal/ingest/child"
)

func TestAids(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	program := func(dir, name, script string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	empty, both, broken := t.TempDir(), t.TempDir(), t.TempDir()
	tesseract, office := program(both, "tesseract", `[ "$1" = --list-langs ] && printf 'List of available languages (2):\neng\nosd\n'`), program(both, "soffice", "")
	program(broken, "tesseract", "exit 1")
	on, german := defaultConfig(), defaultConfig()
	on.OCR, german.OCR, german.OCRLanguages = true, true, "eng+deu"
	for _, c := range []struct {
		name, path string
		config     config
		aids       child.Aids
		ocr, says  string // of the finding
		office     string
	}{
		{"off", both, defaultConfig(), child.Aids{Office: office}, "ok", "off;", office},
		{"on", both, on, child.Aids{Tesseract: tesseract, Languages: "eng", Office: office}, "ok", tesseract + ", eng", office},
		{"not installed", empty, on, child.Aids{}, "warning", "not installed", "no LibreOffice"},
		{"language missing", both, german, child.Aids{Tesseract: tesseract, Languages: "eng+deu", Office: office}, "error", "language deu", office},
		{"does not run", broken, on, child.Aids{Tesseract: filepath.Join(broken, "tesseract"), Languages: "eng"}, "error", "does not run", "no LibreOffice"},
	} {
		if runtime.GOOS == "darwin" && c.aids.Office == "" {
			continue // LibreOffice may be among the applications
		}
		t.Setenv("PATH", c.path)
		cli := &cli{config: c.config}
		if got := cli.aids(); got != c.aids {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.aids)
		}
		found := cli.examineAids(t.Context())
		if len(found) != 2 || found[0].Level != c.ocr || !strings.Contains(found[0].Says, c.says) || !strings.Contains(found[1].Says, c.office) {
			t.Errorf("%s: %+v", c.name, found)
		}
	}
}
