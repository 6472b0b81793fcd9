package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/ingest/child"
	"golocal/ingest/chunk"
	"golocal/ingest/parse"
)

func (c *cli) textCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "text FILE",
		Short: "Print what is read from a file: its text; with --json also its sections and places",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, err := c.extract(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if c.asJSON {
				return c.t.json(doc)
			}
			c.printText(doc)
			if doc.State != golocal.StateReady {
				return exitStatus{exitNothing, fmt.Sprintf("golocal: %s: %s: %s", printable(args[0]), doc.State, doc.Reason)}
			}
			return nil
		},
	}
}

func (c *cli) chunksCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "chunks FILE",
		Short: "Print the passages that a file is cut into",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			doc, err := c.extract(ctx, args[0])
			if err != nil {
				return err
			}
			if doc.State != golocal.StateReady {
				return exitStatus{exitNothing, fmt.Sprintf("golocal: %s: %s: %s", printable(args[0]), doc.State, doc.Reason)}
			}
			chunks := chunk.Cut(doc, c.counter(ctx), chunk.Default)
			if c.asJSON {
				if chunks == nil {
					chunks = []golocal.Chunk{}
				}
				return c.t.json(chunks)
			}
			for _, k := range chunks {
				c.t.printf("%s\n%s\n\n", faint.Render(fmt.Sprintf("passage %d%s, bytes %d to %d, %d tokens",
					k.Ordinal+1, placeText(k.Place), k.Span.Start, k.Span.End, k.Tokens)), printable(k.Text))
			}
			return nil
		},
	}
}

// extract reads a file as the index would, in a parser child, without the
// index.
func (c *cli) extract(ctx context.Context, path string) (golocal.Document, error) {
	info, err := os.Stat(path)
	if err != nil {
		return golocal.Document{}, fmt.Errorf("read %s: %w", printable(path), err)
	}
	if !info.Mode().IsRegular() {
		return golocal.Document{}, fmt.Errorf("read %s: not a regular file", printable(path))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return golocal.Document{}, fmt.Errorf("read %s: %w", printable(path), err)
	}
	parser, err := c.parser()
	if err != nil {
		return golocal.Document{}, err
	}
	defer parser.Close()
	doc, err := parser.Parse(ctx, filepath.Base(path), data)
	doc.Ref.Path = filepath.Base(path)
	doc.Size, doc.Modified, doc.State = info.Size(), info.ModTime(), golocal.StateReady
	if f, ok := errors.AsType[*parse.Failure](err); ok {
		doc.State, doc.Reason, doc.Type, doc.Pages = f.State, f.Reason, f.Type, f.Pages
		return doc, nil
	}
	if err != nil {
		return doc, fmt.Errorf("read %s: %w", printable(path), err)
	}
	return doc, nil
}

// parser returns a parser that reads as the index's does, in child processes.
func (c *cli) parser() (*child.Parser, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program's file: %w", err)
	}
	return child.New(child.Options{Command: []string{exe, "parse"}, Cache: c.paths.parserCache(), Aids: c.aids(), Log: c.log}), nil
}
