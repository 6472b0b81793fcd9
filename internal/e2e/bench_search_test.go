//go:build e2e

package e2e

import (
	"testing"

	"golocal/eval/speed"
)

// The figures of searching, over few files: both are there, and every search found
// passages by words and by meaning, or it would have ended with an error.
func TestBenchSearch_Few(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	r := decode[speed.Report](t, h.run("bench", "search", "--files", "60", "--json").want(t, 0))
	if len(r.Figures) != 2 {
		t.Fatalf("%d figures", len(r.Figures))
	}
	for _, f := range r.Figures {
		if f.Value == nil || *f.Value <= 0 {
			t.Errorf("%s: %v, %s", f.Key, f.Value, f.Why)
		}
	}
}
