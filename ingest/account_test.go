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
				s, err := a.enter(t.Context(), n)
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
		first, err := a.enter(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		errs, reason := make(chan error, 1), errors.New("enough")
		go func() {
			_, err := a.enter(ctx, 70)
			errs <- err
		}()
		synctest.Wait()
		var second *share
		go func() { second, _ = a.enter(t.Context(), 40) }()
		synctest.Wait()
		first.set(60) // its text is smaller than it was: still no room for 70, and 40 waits its turn
		synctest.Wait()
		if second != nil || a.try(1) != nil {
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
		if third := a.try(60); third == nil || a.used != 100 {
			t.Errorf("%d used", a.used)
		}
	})
}
