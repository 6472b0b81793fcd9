package ingest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestAccount_Order(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{limit: 100}
		var mu sync.Mutex
		var order []string
		enter := func(name string, n int64, stay time.Duration) {
			go func() {
				s, err := a.enter(t.Context(), 1, n)
				if err != nil {
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				time.Sleep(stay)
				s.leave()
			}()
			synctest.Wait()
		}
		enter("sixty", 60, time.Second)
		enter("forty", 40, 2*time.Second)
		enter("ninety", 90, time.Second)
		enter("twenty", 20, time.Second)    // fits after a second, but ninety came first
		enter("too much", 500, time.Second) // only alone
		time.Sleep(10 * time.Second)
		synctest.Wait()
		want := []string{"sixty", "forty", "ninety", "twenty", "too much"}
		if len(order) != len(want) {
			t.Fatalf("%q", order)
		}
		for i, w := range want {
			if order[i] != w {
				t.Fatalf("%q, want %q", order, want)
			}
		}
		if a.used != 0 || len(a.queue) != 0 {
			t.Errorf("%d bytes and %d waiting are left", a.used, len(a.queue))
		}
	})
}

func TestAccount_Cancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{limit: 100}
		first, err := a.enter(t.Context(), 1, 100)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		errs, reason := make(chan error, 1), errors.New("enough")
		go func() {
			_, err := a.enter(ctx, 1, 70)
			errs <- err
		}()
		synctest.Wait()
		var second *share
		go func() { second, _ = a.enter(t.Context(), 1, 40) }()
		synctest.Wait()
		first.set(60) // its text is smaller than it was: still no room for 70, and 40 waits its turn
		synctest.Wait()
		if second != nil || a.try(1, 1) != nil {
			t.Fatal("somebody was let in before his turn")
		}
		cancel(reason)
		if err := <-errs; err != reason {
			t.Errorf("%v", err)
		}
		synctest.Wait()
		if second == nil || a.used != 100 {
			t.Errorf("who waited behind is not let in: %d used", a.used)
		}
		first.leave()
		first.leave()
		if third := a.try(1, 60); third == nil || a.used != 100 {
			t.Errorf("%d used", a.used)
		}
	})
}

// A root on a server that does not answer may hold all that there is for long.
func TestR31_BlockedRootLeavesRoomForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{limit: 100}
		blocked, err := a.enter(t.Context(), 1, 100)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var waits sync.WaitGroup
		waits.Go(func() {
			if _, err := a.enter(ctx, 1, 10); err == nil {
				t.Error("another file of the blocked root was let in")
			}
		})
		synctest.Wait()
		for range 3 { // one after the other, each while the other root is blocked
			s, err := a.enter(t.Context(), 2, 50)
			if err != nil {
				t.Fatal(err)
			}
			s.set(20)
			s.leave()
		}
		cancel()
		waits.Wait()
		blocked.leave()
		if a.used != 0 || len(a.files) != 0 || len(a.queue) != 0 {
			t.Errorf("%d bytes, %v files and %d waiting are left", a.used, a.files, len(a.queue))
		}
	})
}
