package runnertest

import (
	"os"
	"testing"
)

// TestContract_Suite runs against the fake always, against the engine of the
// program GOLOCAL_TEST_ENGINE and against the Ollama GOLOCAL_TEST_OLLAMA when
// those are set; these two take their models from GOLOCAL_TEST_STORE.
func TestContract_Suite(t *testing.T) {
	t.Run("fake", func(t *testing.T) { Suite(t, Fake(), "") })
	for name, start := range Given(t) {
		t.Run(name, func(t *testing.T) { Suite(t, start, os.Getenv("GOLOCAL_TEST_STORE")) })
	}
}
