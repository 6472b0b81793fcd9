package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurn_AChangeMeetsNoWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turn := newTurn()
		model, finished := 1, 0
		work := func(ctx context.Context) error {
			began := model
			select {
			case <-time.After(10 * time.Second):
			case <-ctx.Done():
				time.Sleep(time.Second) // it takes a moment to stop
				if model != began {
					t.Error("the model changed under the work")
				}
				return ctx.Err()
			}
			if model != began {
				t.Error("the model changed under the work")
			}
			finished++
			return nil
		}
		done := make(chan error)
		go func() { done <- turn.run(t.Context(), work) }()
		time.Sleep(5 * time.Second)
		began := time.Now()
		for range 2 {
			if err := turn.change(func() error { model++; return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("a change waits %v for work that it could cut off", took)
		}
		if err := <-done; err != nil || finished != 1 {
			t.Errorf("cut-off work: %v, finished %d times", err, finished)
		}

		ctx, cancel := context.WithCancel(t.Context())
		go func() { done <- turn.run(ctx, work) }()
		time.Sleep(time.Second)
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled work: %v", err)
		}
		broken := errors.New("broken")
		if err := turn.run(t.Context(), func(context.Context) error { return broken }); err != broken {
			t.Error(err)
		}
	})
}
