package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"golocal/eval"
	"golocal/ingest/chunk"
)

// cli is what every command works with.
type cli struct {
	t       terminal
	paths   paths
	config  config
	log     *slog.Logger
	asJSON  bool
	quiet   bool
	offline bool
	ollama  string
	unkept  bool        // --no-history
	limit   chunk.Limit // sizes of passages; zero is the default
	// questions keeps the vectors of an evaluation's questions; nil keeps none
	questions *eval.Vectors
}

// run is the program: it parses args, runs one command and gives the exit
// code. ctx ends on a signal.
func run(ctx context.Context, args []string, t terminal) int {
	c := &cli{t: t}
	root := c.command()
	root.SetArgs(args)
	root.SetIn(t.in)
	root.SetOut(t.out)
	root.SetErr(t.err)
	err := root.ExecuteContext(ctx)
	code, line := exitCode(ctx, err)
	if line != "" {
		t.notef("%s\n", line)
	}
	return code
}

func (c *cli) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "golocal [COMMAND | FOLDER…]",
		Short: "Ask questions about your private files, on the machine where they lie",
		Long: `golocal watches folders, keeps an index of their files, and answers questions
with passages and sentences that it has checked against the files on disk.
Nothing leaves the machine.

Exit codes: 0 done, 1 error, 2 usage, 3 nothing found, 4 done but some files
could not be read, 5 the daemon does not answer, 6 no model, 11 to 15 the index
is locked, damaged, of a newer version, without disk space, or read-only,
130 interrupted.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			for _, a := range args {
				if info, err := os.Stat(a); err != nil || !info.IsDir() {
					return usagef("%q is neither a command nor a folder%s; see: golocal --help", a, suggestion(cmd, a))
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return c.up(cmd.Context(), args, true)
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return c.setUp(cmd)
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if strings.HasPrefix(err.Error(), "unknown shorthand flag") { // a word to leave out, perhaps
			return usagef("%w; see: %s --help, and put -- before words that begin with -", err, cmd.CommandPath())
		}
		return usagef("%w; see: %s --help", err, cmd.CommandPath())
	})
	f := root.PersistentFlags()
	f.BoolVar(&c.asJSON, "json", false, "print JSON (reading commands)")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "no progress")
	f.BoolVar(&c.offline, "offline", false, "fetch nothing, not even a missing model")
	f.StringVar(&c.ollama, "ollama", "", `where Ollama answers; "none" uses the built-in engine`)
	f.BoolVar(&c.unkept, "no-history", false, "keep no conversation")
	root.AddCommand(
		c.upCommand(), c.serveCommand(), c.openCommand(),
		c.addCommand(), c.rmCommand(), c.lsCommand(), c.pauseFoldersCommand(), c.resumeFoldersCommand(),
		c.statusCommand(), c.syncCommand(), c.checkCommand(), c.repairCommand(), c.backupCommand(), c.restoreCommand(),
		c.searchCommand(), c.askCommand(), c.chatCommand(), c.chatsCommand(), c.whyCommand(), c.dupsCommand(), c.scopeCommand(),
		c.textCommand(), c.chunksCommand(),
		c.modelsCommand(), c.doctorCommand(), c.evalCommand(), c.benchCommand(), c.versionCommand(),
		c.engineCommand(), c.parseCommand(),
	)
	for _, cmd := range root.Commands() {
		wrapArgs(cmd)
	}
	return root
}

// suggestion names the command that a mistyped one is near to.
func suggestion(root *cobra.Command, typed string) string {
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(typed); len(near) > 0 {
		return "; did you mean " + near[0] + "?"
	}
	return ""
}

// wrapArgs makes wrong arguments usage errors, in all commands below cmd.
func wrapArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usagef("%s: %w; see: %s --help", cmd.CommandPath(), err, cmd.CommandPath())
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgs(sub)
	}
}

// setUp reads the config and makes the folders, before any command but the
// hidden ones.
func (c *cli) setUp(cmd *cobra.Command) error {
	if cmd.Hidden || cmd.Name() == "version" || cmd.Name() == "help" {
		return nil
	}
	var err error
	if c.paths, err = findPaths(); err != nil {
		return err
	}
	if c.config, err = loadConfig(c.paths.Config); err != nil {
		return err
	}
	if c.offline {
		c.config.Offline = true
	}
	if c.ollama != "" {
		c.config.Ollama = c.ollama
	}
	if c.unkept {
		c.config.History = "off"
	}
	level := slog.LevelError // a command says what matters itself
	if cmd.Name() == "up" || cmd.Name() == "serve" || cmd == cmd.Root() {
		level = slog.LevelWarn
	}
	for _, set := range []string{c.config.LogLevel, os.Getenv("GOLOCAL_LOG")} {
		if set == "" {
			continue
		}
		if level, err = parseLevel(set); err != nil {
			return usageError{err}
		}
	}
	c.log = slog.New(slog.NewTextHandler(c.t.err, &slog.HandlerOptions{Level: level}))
	return c.paths.make()
}

// progress is the command's progress display; nil with --quiet.
func (c *cli) progress() *progress {
	if c.quiet {
		return nil
	}
	return newProgress(c.t)
}

// question joins args, or reads standard input for "-" or when something is
// piped in.
func (c *cli) question(args []string) (string, error) {
	q := strings.Join(args, " ")
	piped := false
	if f, ok := c.t.in.(*os.File); ok {
		if info, err := f.Stat(); err == nil {
			piped = info.Mode()&os.ModeNamedPipe != 0
		}
	}
	if q == "-" || piped && q == "" {
		text, err := readLimited(c.t.in, 8<<10)
		if err != nil {
			return "", fmt.Errorf("read the question from standard input: %w", err)
		}
		q = strings.TrimSpace(text)
	}
	if strings.TrimSpace(q) == "" {
		return "", usageError{errors.New(`no question; for example: golocal ask "when does the lease end?"`)}
	}
	return q, nil
}
