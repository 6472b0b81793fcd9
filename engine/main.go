package engine

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"golocal/engine/runner"
)

// ErrUsage says that the command line was wrong; the text around it says how.
var ErrUsage = errors.New("usage: golocal engine --socket PATH --store DIR [--read-only DIR] [--offline] [--keep-alive 5m] [--registry URL] [--threads N] [--verbose]")

// Main runs the hidden command "golocal engine" with the arguments that follow
// its name: the server until its standard input ends, or with a first argument
// "runner" one model's child. Errors of usage wrap ErrUsage.
func Main(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "runner" {
		return runner.Main(ctx, args[1:])
	}
	o, socket, err := parseFlags(args)
	if err != nil {
		return err
	}
	slog.SetDefault(o.Log) // Ollama's packages log there
	// A pipe is the parent's; a terminal or /dev/null says nothing about it.
	if st, err := os.Stdin.Stat(); err == nil && st.Mode()&os.ModeCharDevice == 0 {
		o.Parent = os.Stdin
	}
	return Serve(ctx, socket, o)
}

func parseFlags(args []string) (o Options, socket string, err error) {
	f := flag.NewFlagSet("golocal engine", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&socket, "socket", "", "")
	f.StringVar(&o.Store, "store", "", "")
	f.StringVar(&o.ReadOnly, "read-only", "", "")
	f.BoolVar(&o.Offline, "offline", false, "")
	f.DurationVar(&o.KeepAlive, "keep-alive", 0, "")
	f.StringVar(&o.Registry, "registry", "", "")
	f.IntVar(&o.Threads, "threads", 0, "")
	verbose := f.Bool("verbose", false, "")
	switch err := f.Parse(args); {
	case err != nil:
		return o, "", fmt.Errorf("%w: %w", err, ErrUsage)
	case f.NArg() > 0:
		return o, "", fmt.Errorf("unexpected argument %q: %w", f.Arg(0), ErrUsage)
	case socket == "" || o.Store == "":
		return o, "", fmt.Errorf("--socket and --store are needed: %w", ErrUsage)
	}
	level := slog.LevelInfo
	if *verbose {
		level = slog.LevelDebug
	}
	o.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	o.Dir = filepath.Dir(socket)
	return o, socket, nil
}
