//go:build e2e

package e2e

import (
	"os"
	"strings"
	"testing"

	"golocal/eval/speed"
)

// The figures of watching, in small: all are there, and what golocal embeds and
// writes does not depend on how busy the machine is.
func TestBenchWatch_Short(t *testing.T) {
	t.Parallel()
	h := &home{t: t, env: append(os.Environ(), "GOLOCAL_HOME="+t.TempDir())}
	r := decode[speed.Report](t, h.run("bench", "watch", "--short", "--json").want(t, 0))
	if len(r.Figures) < 13 {
		t.Errorf("%d figures", len(r.Figures))
	}
	for _, f := range r.Figures {
		switch counted := strings.HasSuffix(f.Key, "_embeddings") || strings.HasSuffix(f.Key, "_written"); {
		case f.Value == nil:
			t.Errorf("%s is missing: %s", f.Key, f.Why)
		case counted && !f.Holds():
			t.Errorf("%s: %s is %g, at most %g is right", f.Key, f.What, *f.Value, f.Bar)
		}
	}
}
