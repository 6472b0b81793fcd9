package searching

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestNote_IsOneOfItsOwn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for i := range 1000 {
		text := note(r, i)
		if seen[text] || strings.Count(text, ".\n") != 3 {
			t.Fatalf("note %d: %q", i, text)
		}
		seen[text] = true
	}
	if q := question(r); !strings.HasPrefix(q, "who ") || !strings.HasSuffix(q, "?") {
		t.Errorf("question %q", q)
	}
}
