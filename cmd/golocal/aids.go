package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"golocal/ingest/child"
)

// aids finds the programs that help parsers. tesseract is used only when the
// user turns OCR on: it takes seconds a page, and its words may be wrong.
func (c *cli) aids() child.Aids {
	aids := child.Aids{Office: officeProgram()}
	if c.config.OCR {
		if path, err := exec.LookPath("tesseract"); err == nil {
			aids.Tesseract, aids.Languages = path, c.config.OCRLanguages
		}
	}
	return aids
}

// officeProgram is the path of LibreOffice, "" where it is not installed. Its
// installers on macOS and Windows do not put it on the PATH.
func officeProgram() string {
	names := []string{"soffice", "libreoffice"}
	switch runtime.GOOS {
	case "darwin":
		names = append(names, "/Applications/LibreOffice.app/Contents/MacOS/soffice")
	case "windows":
		names = append(names, `C:\Program Files\LibreOffice\program\soffice.exe`)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// examineAids tells which of these programs are there.
func (c *cli) examineAids(ctx context.Context) []finding {
	var out []finding
	aids := c.aids()
	switch {
	case !c.config.OCR:
		out = append(out, finding{"ok", "ocr", "off; images and scanned pages have no text", ""})
	case aids.Tesseract == "":
		out = append(out, finding{"warning", "ocr", "on, but tesseract is not installed; images and scanned pages have no text", "install it (Debian, Ubuntu: tesseract-ocr; macOS with Homebrew: tesseract)"})
	default:
		out = append(out, examineTesseract(ctx, aids))
	}
	if aids.Office == "" {
		return append(out, finding{"ok", "office", "no LibreOffice; .doc, .xls and .ppt files from before 2007 are not read", ""})
	}
	return append(out, finding{"ok", "office", aids.Office + " reads files from before 2007", ""})
}

// examineTesseract tells whether it knows the languages that the config names.
func examineTesseract(ctx context.Context, aids child.Aids) finding {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	said, err := exec.CommandContext(ctx, aids.Tesseract, "--list-langs").CombinedOutput()
	if err != nil {
		return finding{"error", "ocr", fmt.Sprintf("%s does not run: %v", aids.Tesseract, err), "install it anew"}
	}
	known := strings.Fields(string(said))
	for language := range strings.SplitSeq(aids.Languages, "+") {
		if !slices.Contains(known, language) {
			return finding{"error", "ocr", fmt.Sprintf("tesseract does not have the language %s", language), "install its data (Debian: tesseract-ocr-" + language + "), or change ocr-languages in the config"}
		}
	}
	return finding{"ok", "ocr", aids.Tesseract + ", " + aids.Languages, ""}
}
