package runnertest

import "testing"

// TestContract_Pull runs against the fake always, and against the engine and
// the Ollama that are given, each with an empty store.
func TestContract_Pull(t *testing.T) {
	t.Run("fake", func(t *testing.T) { Pull(t, Fake()) })
	for name, start := range Given(t) {
		t.Run(name, func(t *testing.T) { Pull(t, start) })
	}
}
