package watch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

func TestQueue_RushGoesAheadAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(10*time.Second, time.Minute)
		urgent := golocal.Change{Ref: golocal.Ref{Root: 1, Path: "urgent.md"}, Op: golocal.Upsert}
		other := golocal.Change{Ref: golocal.Ref{Root: 1, Path: "other.md"}, Op: golocal.Upsert}
		q.Add(other)
		q.Add(urgent)
		began := time.Now()
		done := make(chan error, 1)
		rush := func(ctx context.Context) { go func() { done <- q.Rush(ctx, urgent) }() }
		next := func() golocal.Change {
			t.Helper()
			c, err := q.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		rush(t.Context())
		c := next()
		if c != urgent || time.Since(began) > 0 {
			t.Errorf("%v after %v", c, time.Since(began))
		}
		synctest.Wait()
		select {
		case err := <-done:
			t.Errorf("returned before the work was done: %v", err)
		default:
		}
		q.Done(c, nil)
		if err := <-done; err != nil {
			t.Error(err)
		}

		// While a worker has it, it has to be worked on once more.
		q.Add(urgent)
		time.Sleep(10 * time.Second)
		var has golocal.Change
		for has != urgent {
			has = next()
			if has == other {
				q.Done(has, nil)
			}
		}
		rush(t.Context())
		synctest.Wait()
		q.Done(has, nil)
		synctest.Wait()
		select {
		case err := <-done:
			t.Errorf("what the worker had was enough: %v", err)
		default:
		}
		q.Done(next(), nil)
		if err := <-done; err != nil {
			t.Error(err)
		}

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		rush(ctx)
		if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("nobody works: %v", err)
		}
		q.pause(1, true)
		rush(t.Context())
		if err := <-done; !errors.Is(err, ErrPaused) {
			t.Errorf("paused: %v", err)
		}
	})
}
