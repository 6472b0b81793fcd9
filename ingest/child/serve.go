package child

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"golocal"
	"golocal/ingest/parse"
)

// Main is the parser process, the hidden command "golocal parse": it sets its
// own limits and answers requests from stdin on stdout until stdin ends.
// Flags: --cache DIR for compiled PDF code, --memory BYTES, --seconds of
// processor time for each file.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	flags := flag.NewFlagSet("parse", flag.ContinueOnError)
	cache := flags.String("cache", "", "folder for compiled code")
	memory := flags.Int64("memory", 1<<30, "bytes of memory")
	seconds := flags.Int("seconds", 60, "seconds of processor time for a file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	formats := &parse.Formats{Cache: *cache, Memory: *memory, Time: time.Duration(*seconds) * time.Second * 3 / 4}
	defer formats.Close()
	return serve(ctx, formats, serveLimits{memory: *memory, seconds: *seconds}, stdin, stdout)
}

// reader reads a file; parse.Formats does, and tests have their own.
type reader interface {
	Parse(ctx context.Context, name string, data []byte) (golocal.Document, error)
}

type serveLimits struct {
	memory  int64
	seconds int
}

func serve(ctx context.Context, parser reader, limits serveLimits, stdin io.Reader, stdout io.Writer) error {
	debug.SetMaxStack(256 << 20)
	debug.SetMemoryLimit(limits.memory * 6 / 10)
	if err := limitProcess(limits.memory); err != nil {
		return fmt.Errorf("limit the parser process: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		watchMemory(ctx, limits.memory)
	}()
	defer func() { cancel(); <-watched }()

	in, out := bufio.NewReaderSize(stdin, 64<<10), bufio.NewWriterSize(stdout, 64<<10)
	if err := errors.Join(writeFrame(out, reply{}), out.Flush()); err != nil { // ready
		return err
	}
	for ctx.Err() == nil {
		name, data, err := readRequest(in, 1<<31)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a request: %w", err)
		}
		if err := limitSeconds(limits.seconds); err != nil {
			return fmt.Errorf("limit the parser process: %w", err)
		}
		answer := answerTo(ctx, parser, name, data)
		if err := errors.Join(writeFrame(out, answer), out.Flush()); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	return ctx.Err()
}

// answerTo runs a parser and turns whatever happens into a reply.
func answerTo(ctx context.Context, parser reader, name string, data []byte) (answer reply) {
	defer func() {
		if r := recover(); r != nil {
			answer = reply{Failure: parse.Crash("", "broken: the parser stopped at it")}
		}
	}()
	doc, err := parser.Parse(ctx, name, data)
	var failure *parse.Failure
	switch {
	case errors.As(err, &failure):
		return reply{Failure: failure}
	case err != nil:
		return reply{Error: err.Error()}
	case len(doc.Text) > parse.MaxText:
		return reply{Failure: parse.Failed(doc.Type, "too large: it holds %s of text, and up to %s are read", parse.Megabytes(int64(len(doc.Text))), parse.Megabytes(parse.MaxText))}
	}
	return reply{Document: &doc}
}

// watchMemory ends the process when it uses more memory than it may. It is the
// only limit where the system has none that fits: an address-space limit is no
// use, because WebAssembly memory and Go's heap reserve far more than they use.
func watchMemory(ctx context.Context, most int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		metrics.Read(samples)
		if used := int64(samples[0].Value.Uint64() - samples[1].Value.Uint64()); used > most {
			fmt.Fprintf(os.Stderr, "out of memory: %d bytes used, %d allowed\n", used, most)
			os.Exit(3)
		}
	}
}
