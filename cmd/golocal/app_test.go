package main

import (
	"context"
	"testing"

	"golocal/internal/fakeollama"
)

// A command may be over before what serves it has begun: that is no error.
func TestApp_StoppedBeforeItBegan(t *testing.T) {
	newcomer(t, fakeollama.Options{})
	a := opened(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.run(ctx, newPipeListener(), false); err != nil {
		t.Errorf("run: %v", err)
	}
}
