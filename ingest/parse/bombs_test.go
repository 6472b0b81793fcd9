package parse

import (
	"strings"
	"testing"

	"golocal/internal/sample"
)

// TestOverlap makes an entry of a zip file point into another.
func TestOverlap(t *testing.T) {
	for _, b := range sample.ZipBombs() {
		a, err := openArchive(b.Data)
		if overlaps := err != nil && strings.Contains(err.Error(), "lie in one another"); overlaps != (b.Name == "overlapping.epub") {
			t.Errorf("%s: %v, %v", b.Name, a != nil, err)
		}
	}
	if _, err := openArchive(sample.Zip(map[string]string{"a": "x", "b": "", "c": "y"})); err != nil {
		t.Error(err)
	}
}

func TestNested(t *testing.T) {
	for text, want := range map[string]bool{
		"> a\n>> b\n":                             false,
		strings.Repeat("> ", 150) + "x":           false,
		"x\n" + strings.Repeat(">", 300) + " x\n": true,
		strings.Repeat("- ", 300) + "x":           true,
		strings.Repeat("-", 300):                  false,
		strings.Repeat("* * *", 10):               false,
		strings.Repeat("| - ", 400):               false,
	} {
		if got := nested(text); got != want {
			t.Errorf("nested(%.20q…) = %v", text, got)
		}
	}
}
