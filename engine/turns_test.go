package engine

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// journal notes who began, in order.
type journal struct {
	mu    sync.Mutex
	names []string
}

func (j *journal) note(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.names = append(j.names, name)
}

func (j *journal) read() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.names)
}

// at runs one computation of a lane that arrives after a delay and takes work
// long, and notes when it began.
func at(t *turns, begun *journal, name string, l lane, delay, work time.Duration) {
	go func() {
		time.Sleep(delay)
		done, err := t.take(context.Background(), l)
		if err != nil {
			begun.note(name + ": " + err.Error())
			return
		}
		begun.note(name)
		time.Sleep(work)
		done()
	}()
}

func TestTurns_QueryThenChatThenIndex(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tu := newTurns()
		var begun journal
		at(tu, &begun, "index 1", laneIndex, 0, 100*time.Millisecond)
		at(tu, &begun, "index 2", laneIndex, 1*time.Millisecond, 100*time.Millisecond)
		at(tu, &begun, "chat 1", laneChat, 2*time.Millisecond, 100*time.Millisecond)
		at(tu, &begun, "chat 2", laneChat, 3*time.Millisecond, 100*time.Millisecond)
		at(tu, &begun, "query", laneQuery, 4*time.Millisecond, time.Millisecond)
		time.Sleep(time.Second)
		if want := []string{"index 1", "query", "chat 1", "chat 2", "index 2"}; !slices.Equal(begun.read(), want) {
			t.Errorf("order %v, want %v", begun.read(), want)
		}
	})
}

// A chat of a minute does not keep a query waiting, but it does keep indexing.
func TestTurns_QueryComputesBesideALongChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tu := newTurns()
		chat, err := tu.take(t.Context(), laneChat)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		first, err := tu.take(t.Context(), laneQuery)
		if err != nil || time.Since(began) != queryPatience {
			t.Fatalf("query waited %v, %v", time.Since(began), err)
		}
		// A second query waits for the first, not for the chat.
		var second time.Duration
		go func() {
			done, err := tu.take(t.Context(), laneQuery)
			if err != nil {
				t.Error(err)
				return
			}
			second = time.Since(began)
			done()
		}()
		var index time.Duration
		go func() {
			done, err := tu.take(t.Context(), laneIndex)
			if err != nil {
				t.Error(err)
				return
			}
			index = time.Since(began)
			done()
		}()
		time.Sleep(time.Second)
		first()
		synctest.Wait()
		if want := queryPatience + time.Second; second != want {
			t.Errorf("second query waited %v, want %v", second, want)
		}
		time.Sleep(time.Minute)
		if index != 0 {
			t.Error("indexing computed beside a chat")
		}
		chat()
		synctest.Wait()
		if index == 0 {
			t.Error("indexing never came")
		}
	})
}

// While a query still computes beside it, the end of a chat lets nobody else in.
func TestTurns_NobodyJoinsAQueryLeftByItsChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tu := newTurns()
		chat, _ := tu.take(t.Context(), laneChat)
		query, err := tu.take(t.Context(), laneQuery)
		if err != nil {
			t.Fatal(err)
		}
		chat()
		var begun journal
		at(tu, &begun, "index", laneIndex, 0, 0)
		synctest.Wait()
		if len(begun.read()) != 0 {
			t.Error("indexing joined the query")
		}
		query()
		synctest.Wait()
		if len(begun.read()) != 1 {
			t.Error("indexing never came")
		}
	})
}

func TestTurns_IndexDoesNotLetAQueryBeside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tu := newTurns()
		index, _ := tu.take(t.Context(), laneIndex)
		var begun journal
		at(tu, &begun, "query", laneQuery, 0, 0)
		time.Sleep(10 * queryPatience)
		if len(begun.read()) != 0 {
			t.Error("a query computed beside indexing")
		}
		index()
		synctest.Wait()
		if len(begun.read()) != 1 {
			t.Error("the query never came")
		}
	})
}

func TestTurns_LeavingTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tu := newTurns()
		held, _ := tu.take(t.Context(), laneIndex)
		gone := errors.New("gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		var err error
		go func() { _, err = tu.take(ctx, laneChat) }()
		synctest.Wait()
		cancel(gone)
		synctest.Wait()
		if !errors.Is(err, gone) {
			t.Errorf("take: %v", err)
		}
		if _, err := tu.take(ctx, laneChat); !errors.Is(err, gone) {
			t.Errorf("take with a done context: %v", err)
		}
		held()
		done, err := tu.take(t.Context(), laneIndex)
		if err != nil {
			t.Fatal(err)
		}
		done()
	})
}

func TestLaneOf(t *testing.T) {
	for header, want := range map[string]lane{"query": laneQuery, "chat": laneChat, "index": laneIndex, "": laneIndex, "urgent": laneIndex} {
		if got := laneOf(header, laneIndex); got != want {
			t.Errorf("laneOf(%q) = %d", header, got)
		}
	}
}
