//go:build cgo

package runner

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"
)

// endGrace is how long the child waits for a cancelled forward pass before it
// ends in the middle of it.
const endGrace = 300 * time.Millisecond

// Supported reports whether this build can run models: it needs cgo.
func Supported() bool { return true }

// Main is the child: it loads the model named by the flags --model FILE --ctx N
// --threads N, says so on standard output, and answers the calls that come on
// standard input until that ends. Standard output belongs to the protocol:
// nothing else in the process may write to it. The caller must end the process
// when Main returns.
func Main(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("runner", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says it
	file := flags.String("model", "", "GGUF file")
	numCtx := flags.Int("ctx", 0, "context length in tokens, 0 for the model's own")
	threads := flags.Int("threads", 1, "compute threads")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" || flags.NArg() > 0 {
		return errors.New("usage: runner --model FILE [--ctx N] [--threads N]; golocal starts it by itself")
	}
	in, out := os.Stdin, newLine(os.Stdout)
	os.Stdout = os.Stderr // a stray print must not break the protocol
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	isolate()

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	calls := make(chan call)
	go func() { // cannot be joined while the input is open; the process ends with Main
		defer close(calls)
		stop(receive(in, calls))
	}()

	l, err := load(ctx, *file, *numCtx, *threads)
	if err != nil {
		return errors.Join(err, out.write(reply{Fault: faultOf(err)}))
	}
	if err := out.write(reply{Info: &l.info}); err != nil {
		return fmt.Errorf("answer the parent: %w", err)
	}
	l.gear.report = func(u Usage) { _ = out.write(reply{Usage: &u}) } // an error means that the parent is gone
	newDesk(l, out).serve(ctx, calls)
	return nil
}

// receive passes the parent's calls on until the input ends, and says why it did.
func receive(r io.Reader, calls chan<- call) error {
	dec := json.NewDecoder(r)
	for {
		var c call
		if err := dec.Decode(&c); err != nil {
			return fmt.Errorf("the parent ended: %w", err)
		}
		calls <- c
	}
}

// isolate keeps foreign libraries out of the process, and makes it, rather than
// the daemon that holds the index, the one to go when memory runs out.
func isolate() {
	// Otherwise ggml loads an installed Ollama's libraries, of any version, from
	// ../lib/ollama beside the executable.
	os.Setenv("OLLAMA_LIBRARY_PATH", "")
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("500"), 0o644) // Linux only
}

// desk takes calls and answers them, each in its own goroutine, one of which
// computes at a time.
type desk struct {
	out       *line
	gear      *gear
	embedding bool
	embedder  embedder
	completer completer
	turn      chan struct{} // the compute token: whoever put a value in computes

	mu      sync.Mutex
	cancels map[uint64]context.CancelFunc
}

func newDesk(l *loaded, out *line) *desk {
	d := &desk{out: out, gear: &l.gear, embedding: l.info.Embedding, turn: make(chan struct{}, 1), cancels: map[uint64]context.CancelFunc{}}
	d.embedder = embedder{vocab: l.vocab, net: l, numCtx: l.info.NumCtx, turn: d.turn}
	d.completer = completer{vocab: l.vocab, slot: slot{net: l}, numCtx: l.info.NumCtx}
	return d
}

// serve answers calls until they end. It leaves a forward pass behind that does
// not end soon after.
func (d *desk) serve(ctx context.Context, calls <-chan call) {
	var wg sync.WaitGroup
	for c := range calls {
		if c.Threads > 0 {
			d.gear.want.Store(int64(c.Threads))
			continue
		}
		if c.Cancel {
			d.mu.Lock()
			if cancel := d.cancels[c.ID]; cancel != nil { // nil: it has just finished
				cancel()
			}
			d.mu.Unlock()
			continue
		}
		callCtx, cancel := context.WithCancel(ctx)
		d.mu.Lock()
		d.cancels[c.ID] = cancel
		d.mu.Unlock()
		wg.Go(func() {
			defer func() {
				d.mu.Lock()
				delete(d.cancels, c.ID)
				d.mu.Unlock()
				cancel()
			}()
			if err := d.answer(callCtx, c); err != nil && ctx.Err() == nil { // else nobody waits for it
				_ = d.out.write(reply{ID: c.ID, Fault: faultOf(err)}) // an error means that the parent is gone
			}
		})
	}
	ended := make(chan struct{})
	go func() { wg.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(endGrace):
	}
}

func (d *desk) answer(ctx context.Context, c call) error {
	switch {
	case c.Embed != nil && !d.embedding:
		return errors.New("this model does not support embeddings")
	case c.Embed != nil:
		res, err := d.embedder.embed(ctx, *c.Embed)
		if err != nil {
			return err
		}
		return d.out.write(reply{ID: c.ID, Embed: &res})
	case c.Complete != nil && d.embedding:
		return errors.New("this model makes embeddings only")
	case c.Complete != nil:
		select {
		case d.turn <- struct{}{}:
			defer func() { <-d.turn }()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		return d.completer.complete(ctx, *c.Complete, func(ev CompletionEvent) error {
			return d.out.write(reply{ID: c.ID, Event: &ev})
		})
	default:
		return errors.New("an empty call")
	}
}
