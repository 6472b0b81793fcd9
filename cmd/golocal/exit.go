package main

import (
	"context"
	"errors"
	"fmt"

	"golocal/engine"
)

// Exit codes, as the README lists them.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitNothing     = 3  // nothing found, or the files do not answer
	exitPartly      = 4  // done, but some files could not be read
	exitNoDaemon    = 5  // the daemon is needed and does not answer
	exitNoModel     = 6  // no model runner, or the model is missing
	exitLocked      = 11 // another golocal has the index
	exitDamaged     = 12 // the index file is damaged
	exitNewer       = 13 // the index was written by a newer golocal
	exitFull        = 14 // the disk is full
	exitReadOnly    = 15 // the index cannot be written
	exitInterrupted = 130
)

// exitStatus is an outcome that is no error in itself: a code and, at most, one
// line about it.
type exitStatus struct {
	code int
	line string
}

func (e exitStatus) Error() string { return e.line }

// exitCode maps err to the process's exit code and the line for the user, ""
// for none. It is the one place that does.
func exitCode(ctx context.Context, err error) (int, string) {
	var status exitStatus
	var usage usageError
	switch {
	case err == nil:
		return exitOK, ""
	case errors.As(err, &status):
		return status.code, status.line
	case errors.As(err, &usage):
		return exitUsage, "golocal: " + err.Error()
	case ctx.Err() != nil:
		return exitInterrupted, "golocal: interrupted"
	case errors.Is(err, engine.ErrUsage):
		return exitUsage, "golocal: " + err.Error()
	}
	if code, ok := refusalExit(err); ok {
		return code, fmt.Sprintf("golocal: %v", err)
	}
	return exitError, fmt.Sprintf("golocal: %v", err)
}
