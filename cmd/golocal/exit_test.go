package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"golocal/index"
)

func TestExitCode(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		code int
		line string
	}{
		{"done", context.Background(), nil, 0, ""},
		{"error", context.Background(), errors.New("disk on fire"), 1, "golocal: disk on fire"},
		{"usage", context.Background(), usagef("no such flag"), 2, "golocal: no such flag"},
		{"nothing found", context.Background(), exitStatus{exitNothing, ""}, 3, ""},
		{"joined with a close", context.Background(), errors.Join(exitStatus{exitNothing, ""}, nil), 3, ""},
		{"locked", context.Background(), fmt.Errorf("open index: %w", index.ErrLocked), 11, "golocal: open index: another golocal has it open"},
		{"over the wire", context.Background(), fmt.Errorf("sync: %w", refusal(fmt.Errorf("put a.md: %w", index.ErrFull))), 14, "golocal: sync: put a.md: the disk is full; free some space, work goes on by itself"},
		{"no room for a folder", context.Background(), &fs.PathError{Op: "mkdir", Path: "/data", Err: syscall.ENOSPC}, 14, "golocal: mkdir /data: no space left on device"},
		{"read-only", context.Background(), refusal(index.ErrReadOnly), 15, "golocal: " + index.ErrReadOnly.Error()},
		{"interrupted", ended, context.Canceled, 130, "golocal: interrupted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if code, line := exitCode(c.ctx, c.err); code != c.code || line != c.line {
				t.Errorf("exitCode = %d, %q; want %d, %q", code, line, c.code, c.line)
			}
		})
	}
}
