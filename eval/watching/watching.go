// Package watching measures how golocal follows folders: the program itself, on
// made folders, with a scripted runner that takes a fixed time for each batch
// of embeddings and counts them.
package watching

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"golocal/eval/speed"
	"golocal/internal/fakeollama"
)

// Settings say how much is measured; Usual and Short make them.
type Settings struct {
	Program string // golocal's file
	Dir     string // an empty folder for all that is made

	Many    int           // files of the largest folder
	Saved   int           // files of the folder that is saved in
	Saves   int           // saves that are measured
	Renames int           // renames of a folder that are measured
	Vault   int           // files of the git history
	Changed int           // of them, between two commits
	Moved   int           // files of the tree that is moved
	Storm   time.Duration // how long one file is written without pause
	Rest    time.Duration // how long golocal is watched doing nothing
}

// Usual is what the figures in ARCHITECTURE.md were measured with: about 25
// minutes.
func Usual(program, dir string) Settings {
	return Settings{Program: program, Dir: dir, Many: 50_000, Saved: 10_000, Saves: 100, Renames: 10, Vault: 6_500, Changed: 400, Moved: 5_000,
		Storm: time.Minute, Rest: 5 * time.Minute}
}

// Short is the same in small: under a minute.
func Short(program, dir string) Settings {
	return Settings{Program: program, Dir: dir, Many: 1_500, Saved: 300, Saves: 10, Renames: 3, Vault: 300, Changed: 40, Moved: 300,
		Storm: 3 * time.Second, Rest: 5 * time.Second}
}

const (
	batchTime = 5 * time.Millisecond   // of the runner, where the pipeline is measured
	textTime  = 30 * time.Millisecond  // where one save is: about all-MiniLM's for a passage on two processors
	quiet     = 300 * time.Millisecond // golocal's own default
)

// opening begins every made text.
const opening = "The note"

// bench is a run.
type bench struct {
	Settings
	random  *rand.Rand
	runner  *fakeollama.Server
	address string
	done    func(what string)
	figures []speed.Figure

	passages atomic.Int64 // of files, embedded so far
}

// Run measures everything. done is told what is under way.
func Run(ctx context.Context, s Settings, done func(what string)) (_ []speed.Figure, err error) {
	b := &bench{Settings: s, random: rand.New(rand.NewPCG(7, 19)), done: done}
	b.runner = fakeollama.New(fakeollama.Options{Embedded: b.count})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: b.runner}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	defer func() {
		err = errors.Join(err, server.Close())
		if ended := <-failed; !errors.Is(ended, http.ErrServerClosed) {
			err = errors.Join(err, ended)
		}
	}()
	b.address = "http://" + ln.Addr().String()
	for _, part := range []func(context.Context) error{b.saves, b.vault, b.many} {
		if err := part(ctx); err != nil {
			return b.figures, err
		}
	}
	return b.figures, nil
}

// add adds a figure that should be at most bar.
func (b *bench) add(key, what, unit string, value, bar float64) {
	b.figures = append(b.figures, speed.Figure{Key: key, What: what, Unit: unit, First: value, Value: &value, Bar: bar, AtMost: true})
}

// lack adds one that could not be measured.
func (b *bench) lack(key, what, unit string, bar float64, why string) {
	b.figures = append(b.figures, speed.Figure{Key: key, What: what, Unit: unit, Bar: bar, AtMost: true, Why: why})
}

func (b *bench) delay(each time.Duration) {
	b.runner.Set(func(now *fakeollama.Behaviour) { now.EmbedDelay = int(each.Milliseconds()) })
}

// count counts the passages of files that are embedded: all of them begin so.
func (b *bench) count(lane string, texts []string) {
	for _, t := range texts {
		if lane == "index" && strings.HasPrefix(t, opening) {
			b.passages.Add(1)
		}
	}
}

// embedded is how many passages of files were embedded so far.
func (b *bench) embedded() float64 { return float64(b.passages.Load()) }

// home makes a folder for golocal's own data, with a short path: a socket lies
// in it.
func (b *bench) home(name string) (string, error) {
	home := filepath.Join(b.Dir, name)
	return home, os.Mkdir(home, 0o700)
}

// note is the made text of a small file: one passage, with a word of its own.
func (b *bench) note(word string) string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s %s is one of many.\n", opening, word)
	for i := range 36 {
		fmt.Fprintf(&t, "w%x", b.random.Uint32()%20_000)
		if i%12 == 11 {
			t.WriteString(".\n")
		} else {
			t.WriteByte(' ')
		}
	}
	return t.String()
}

// write makes the file at the slashed path rel below dir.
func (b *bench) write(dir, rel, text string) error {
	path := filepath.Join(dir, filepath.FromSlash(rel))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// fill makes n notes in folders of 100 and returns their words by path.
func (b *bench) fill(dir, kind string, n int) (map[string]string, error) {
	words := make(map[string]string, n)
	for i := range n {
		rel := fmt.Sprintf("%s%d/%d.md", kind, i/100, i)
		words[rel] = fmt.Sprintf("%s%dq", kind, i)
		if err := b.write(dir, rel, b.note(words[rel])); err != nil {
			return nil, err
		}
	}
	return words, nil
}
