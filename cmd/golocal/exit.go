package main

import (
	"context"
	"errors"
	"fmt"
)

// Exit codes, as the README lists them.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitNothing     = 3 // nothing found, or the files do not answer
	exitPartly      = 4 // done, but some files could not be read
	exitNoDaemon    = 5 // the daemon is needed and does not answer
	exitNoModel     = 6 // no model runner, or the model is missing
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
	}
	return exitError, fmt.Sprintf("golocal: %v", err)
}
