//go:build e2e

package e2e

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// tries is how often work on the file at rel failed so far, by what golocal keeps
// for its next start.
func (p *pipeline) tries(rel string) int {
	p.Helper()
	data, err := os.ReadFile(filepath.Join(p.home.dir, "run", "tries"))
	if os.IsNotExist(err) {
		return 0
	}
	var kept []struct {
		Path  []byte
		Tries int
	}
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if err != nil {
		p.Fatal(err)
	}
	for _, k := range kept {
		if string(k.Path) == rel {
			return k.Tries
		}
	}
	return 0
}

func (p *pipeline) state(rel string) (state string) {
	p.Helper()
	db := p.open()
	defer db.Close()
	if err := db.QueryRowContext(p.Context(), `SELECT state FROM document WHERE path = ?`, []byte(rel)).Scan(&state); err != nil && !errors.Is(err, sql.ErrNoRows) {
		p.Fatal(err)
	}
	return state
}

// A file that changes whenever it is read, of which no event tells because it is
// written to by another name: kills and restarts between do not make its tries new
// ones, it stays "unstable", and it is read when it rests and somebody asks.
func TestR19_TriesSurviveRestarts(t *testing.T) {
	p := newPipeline(t, "GOLOCAL_QUIET=50ms")
	outside := filepath.Join(p.away, "outside.md")
	write(t, outside, strings.Repeat("The ledger is written all the time. ", 250_000)) // 9 MB: longer to read than a write takes
	name := ""
	link := func(as string) {
		t.Helper()
		if name != "" {
			if err := os.Remove(filepath.Join(p.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Link(outside, filepath.Join(p.dir, as)); err != nil {
			t.Fatal(err)
		}
		name = as
	}
	link("ledger.md")
	f, err := os.OpenFile(outside, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, stop := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	defer writer.Wait()
	defer stop()
	writer.Go(func() {
		for ctx.Err() == nil {
			if _, err := f.WriteAt([]byte("The"), 0); err != nil {
				t.Error(err)
				return
			}
			time.Sleep(100 * time.Microsecond)
		}
	})
	tried, survived := 0, 0
	for round := 0; survived < 3; round++ {
		p.start()
		within(t, patience, "another try of the file fails", func() bool { return p.tries(name) != tried || p.state(name) == "ready" })
		switch now, state := p.tries(name), p.state(name); {
		case round == 20:
			t.Fatalf("the file is %q, %d tries are kept after %d\n%s", state, now, tried, p.server.log)
		case state != "unstable" || now <= tried: // a loaded machine let nobody write while it was read: another file
			tried, survived = 0, 0
			link(fmt.Sprintf("ledger%d.md", round))
		default:
			tried = now
			survived++
		}
		p.server.kill()
	}
	stop()
	writer.Wait()
	p.start()
	p.sync()
	if got, left := p.state(name), p.tries(name); got != "ready" {
		t.Errorf("at rest the file is %q, %d tries", got, left)
	}
	within(t, patience, "the tries are forgotten", func() bool { return p.tries(name) == 0 })
}
