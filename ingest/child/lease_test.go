package child

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// taker takes a lease and says when it has it.
func taker(t *testing.T, l *lanes, size int64) (release func()) {
	t.Helper()
	got := make(chan func(), 1)
	go func() {
		release, err := l.take(t.Context(), size)
		if err == nil {
			got <- release
		}
	}()
	synctest.Wait()
	select {
	case release := <-got:
		return release
	default:
		return nil
	}
}

func TestLanes_LargeLeaveOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(3)
		first, second := taker(t, l, largeFile), taker(t, l, largeFile)
		if first == nil || second == nil {
			t.Fatal("two large files don't get two of three processes")
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		left := make(chan error)
		go func() {
			_, err := l.take(ctx, 100*largeFile)
			left <- err
		}()
		synctest.Wait()
		small := taker(t, l, largeFile-1)
		if small == nil {
			t.Fatal("a small file gets no process")
		}
		reason := errors.New("enough")
		cancel(reason)
		if err := <-left; err != reason {
			t.Errorf("a third large file: %v, want it to wait", err)
		}
		small()
		first()
		if third := taker(t, l, largeFile); third == nil {
			t.Error("a process is free, a large file waits")
		} else {
			third()
		}
		second()
		if len(l.all)+len(l.large)+len(l.slow) != 0 {
			t.Errorf("%d, %d, %d are left", len(l.all), len(l.large), len(l.slow))
		}
	})
}

func TestLanes_SlowMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(1)
		slow := taker(t, l, 1)
		time.Sleep(slowParse - time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), time.Microsecond)
		if _, err := l.take(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("two processes where one is allowed: %v", err)
		}
		cancel()
		time.Sleep(2 * time.Millisecond)
		next := taker(t, l, 1)
		if next == nil {
			t.Fatal("a slow file keeps the only process")
		}
		time.Sleep(2 * slowParse) // the next is slow too: there is one such place
		ctx, cancel = context.WithTimeout(t.Context(), time.Microsecond)
		defer cancel()
		if _, err := l.take(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("two slow files and a third: %v", err)
		}
		slow()
		synctest.Wait()
		if third := taker(t, l, 1); third == nil {
			t.Error("the place of the slow is free again, and a slow file keeps the only process")
		} else {
			third()
		}
		next()
		if len(l.all)+len(l.large)+len(l.slow) != 0 {
			t.Errorf("%d, %d, %d are left", len(l.all), len(l.large), len(l.slow))
		}
	})
}
