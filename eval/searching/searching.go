// Package searching measures what a person waits for a search in a terminal: the
// whole process, from its start to its end, with the question's embedding.
package searching

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golocal/eval/speed"
)

// Settings say what is measured; Usual makes them.
type Settings struct {
	Program string // golocal's file
	Dir     string // an empty folder, with a short path, for all that is made
	Models  string // folder of golocal's models, all-MiniLM among them
	Files   int    // that are searched, of one passage each
	Daemon  int    // searches while a daemon runs
	Alone   int    // searches without one
}

// Usual is what the figures in ARCHITECTURE.md were measured with: about four
// minutes on two processors, most of it for indexing.
func Usual(program, dir, models string) Settings {
	return Settings{Program: program, Dir: dir, Models: models, Files: 10_000, Daemon: 60, Alone: 15}
}

// The words that notes are made of.
var (
	people = []string{"The gardener", "Our neighbour", "A teacher", "The captain", "My aunt", "The baker", "An engineer", "The nurse", "A farmer", "The librarian"}
	deeds  = []string{"repaired", "painted", "sold", "forgot", "described", "measured", "borrowed", "cleaned", "photographed", "replaced"}
	things = []string{"the bicycle", "a wooden boat", "the old bridge", "an apple tree", "the kitchen window", "a brass telescope", "the village clock", "a woollen coat", "the garden wall", "a silver spoon"}
	places = []string{"near the harbour", "behind the mill", "on the hill", "at the market", "by the river", "in the valley", "beside the church", "under the arches", "along the canal", "at the station"}
	times  = []string{"in early spring", "after the storm", "before the feast", "during the strike", "on a Sunday", "last winter", "at dawn", "in the dry summer", "after the harvest", "one evening"}
)

// note is the text of the i-th file: three sentences, and a number of its own.
func note(r *rand.Rand, i int) string {
	var t strings.Builder
	for n := range 3 {
		pick := func(from []string) string { return from[r.IntN(len(from))] }
		fmt.Fprintf(&t, "%s %s %s %s %s", pick(people), pick(deeds), pick(things), pick(places), pick(times))
		if n == 0 {
			fmt.Fprintf(&t, ", entry %d", 100_000+i)
		}
		t.WriteString(".\n")
	}
	return t.String()
}

// question asks for what a note could say.
func question(r *rand.Rand) string {
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	return fmt.Sprintf("who %s %s %s?", pick(deeds), pick(things), pick(places))
}

type run struct {
	Settings
	home   string
	random *rand.Rand
}

// Run measures. done is told what is under way.
func Run(ctx context.Context, s Settings, done func(what string)) ([]speed.Figure, error) {
	b := &run{Settings: s, home: filepath.Join(s.Dir, "home"), random: rand.New(rand.NewPCG(11, 29))}
	files := filepath.Join(s.Dir, "files")
	for i := range s.Files {
		dir := filepath.Join(files, fmt.Sprint(i/100))
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte(note(b.random, i)), 0o644)); err != nil {
			return nil, err
		}
	}
	if err := os.Mkdir(b.home, 0o700); err != nil {
		return nil, err
	}
	done(fmt.Sprintf("indexing %d files", s.Files))
	for _, args := range [][]string{{"add", files}, {"sync"}} {
		if _, err := b.golocal(ctx, args...); err != nil {
			return nil, err
		}
	}
	done("searching without a daemon")
	alone, err := b.median(ctx, s.Alone)
	if err != nil {
		return nil, err
	}
	done("searching with a daemon")
	stop, err := b.serve(ctx)
	if err != nil {
		return nil, err
	}
	with, err := b.median(ctx, s.Daemon)
	if err = errors.Join(err, stop()); err != nil {
		return nil, err
	}
	what := fmt.Sprintf("search in %d passages, whole process, median, ", s.Files)
	return []speed.Figure{
		{Key: "search_daemon_ms", What: what + "daemon running", Unit: "ms", First: with, Value: &with, Bar: 60, AtMost: true},
		{Key: "search_alone_ms", What: what + "no daemon", Unit: "ms", First: alone, Value: &alone, Bar: 1000, AtMost: true},
	}, nil
}

// median is of n searches, in milliseconds. The first one, which is not counted,
// loads the model where a daemon keeps it.
func (b *run) median(ctx context.Context, n int) (float64, error) {
	var took []float64
	for i := range n + 1 {
		q := question(b.random)
		began := time.Now()
		out, err := b.golocal(ctx, "search", "--json", q)
		if err != nil {
			return 0, err
		}
		if i > 0 {
			took = append(took, float64(time.Since(began))/float64(time.Millisecond))
		}
		var found struct {
			Note string            `json:"note"`
			Hits []json.RawMessage `json:"hits"`
		}
		if err := json.Unmarshal(out, &found); err != nil {
			return 0, fmt.Errorf("read what golocal search printed: %w", err)
		}
		if len(found.Hits) == 0 || found.Note != "" {
			return 0, fmt.Errorf("search %q: %d hits, %q: not what is to be measured", q, len(found.Hits), found.Note)
		}
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

func (b *run) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, b.Program, args...)
	cmd.Env = append(os.Environ(), "GOLOCAL_HOME="+b.home, "GOLOCAL_MODELS="+b.Models, "GOLOCAL_OLLAMA=none", "GOLOCAL_OFFLINE=true", "GOLOCAL_LISTEN=127.0.0.1:0",
		"GOLOCAL_EMBEDDING_MODEL=all-minilm")
	return cmd
}

func (b *run) golocal(ctx context.Context, args ...string) ([]byte, error) {
	cmd := b.command(ctx, args...)
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("golocal %s: %w: %s", args[0], err, log.Bytes())
	}
	return out, nil
}

// serve starts a daemon and waits until it answers; stop ends it.
func (b *run) serve(ctx context.Context) (stop func() error, err error) {
	cmd := b.command(ctx, "serve")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start golocal: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop = func() error {
		if err := interrupt(cmd.Process); err != nil {
			return fmt.Errorf("stop golocal: %w", err)
		}
		select {
		case err := <-ended:
			return err
		case <-time.After(30 * time.Second):
			return errors.Join(errors.New("golocal did not end within 30 s"), cmd.Process.Kill(), <-ended)
		}
	}
	socket := filepath.Join(b.home, "run", "golocal.sock")
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(socket); err == nil {
			_, err := b.golocal(ctx, "sync") // what it compares at its start is done then
			if err != nil {
				return nil, errors.Join(err, stop())
			}
			return stop, nil
		}
		select {
		case err := <-ended:
			return nil, fmt.Errorf("golocal ended: %w: %s", errors.Join(errors.New("too early"), err), log.Bytes())
		default:
		}
		if time.Since(began) > time.Minute || ctx.Err() != nil {
			return nil, errors.Join(errors.New("golocal did not start within a minute"), stop())
		}
	}
}
