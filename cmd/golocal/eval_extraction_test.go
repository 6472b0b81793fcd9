package main

import (
	"strings"
	"testing"

	"golocal/eval/extraction"
)

func TestPrintExtraction(t *testing.T) {
	one, half := 1.0, .5
	var out strings.Builder
	c := &cli{t: terminal{out: &out}}
	c.printExtraction(extraction.Report{
		Files: 4, Seconds: 2.4, References: []string{"pdftotext", "mutool"}, Deaths: 3, ChildPeak: 120e6, Growth: 5e6,
		Notes: []string{"pandoc is not installed"},
		Kinds: []extraction.Kind{
			{Format: "pdf", Files: 3, Read: 2, Failed: 1, References: 2, Median: &one, Mean: &one, Good: &half},
			{Format: "xlsx", Files: 1, Empty: 1},
		},
		Crashes: []extraction.Verdict{{Path: "bad\x1b.pdf", State: "failed", Reason: "crashes the parser"}},
		Worst:   []extraction.Verdict{{Path: "low.pdf", F1: .25, Recall: .2, Precision: 1. / 3, Tokens: 30, Expected: 50, Reference: "mutool", State: "ready"}},
		Speed:   &extraction.Speed{Files: 2, Pages: 30, PagesPerSecond: 90, Reference: 100, Start: .003},
	})
	want := []string{
		"4 files in 2 s, against pdftotext, mutool",
		"type  files  read  no text  failed  references  median F1  mean F1  F1 ≥ .95",
		"pdf       3     2                1           2      1.000    1.000    50.0 %",
		"xlsx      1              1",
		"3 crashes or hangs, 0 silently empty; memory: parser 120 MB at most, this process 5.0 MB more than at its start",
		"pandoc is not installed",
		"30 pages of 2 PDFs: 90.0 pages/s, pdftotext 100.0: 0.90 times (starting pdftotext takes 3 ms a file, which is in its figure)",
		"Crashed",
		`bad\x1b.pdf`,
		"  no reference",
		"  failed: crashes the parser",
		"Worst",
		"low.pdf",
		"  F1 0.250, recall 0.200, precision 0.333, 30 words for 50 (mutool)",
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		if line = strings.TrimRight(line, " \n"); line != "" {
			got = append(got, line)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("printed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
