package ingest

import (
	"errors"
	"fmt"
	"io/fs"

	"golocal"
)

// Failure says why a file has no text to search. Its message is one line for
// the user.
type Failure struct {
	State  golocal.State // StateFailed, StateUnsupported, StateNoText or StateSkipped
	Reason string
	Type   string // the document's type, where it was recognised
	Pages  int    // of a paged document without text
}

// Error returns the reason.
func (f *Failure) Error() string { return f.Reason }

// The reasons that several steps give.
const (
	reasonEncrypted = "needs a password"
	reasonUnstable  = "changes while it is read"
	reasonDenied    = "no permission to read it"
	reasonNoText    = "holds no text"
)

func failed(kind, format string, args ...any) *Failure {
	return &Failure{State: golocal.StateFailed, Type: kind, Reason: fmt.Sprintf(format, args...)}
}

func broken(kind string, err error) *Failure {
	return failed(kind, "broken: %v", err)
}

func unsupported(format string, args ...any) *Failure {
	return &Failure{State: golocal.StateUnsupported, Reason: fmt.Sprintf(format, args...)}
}

func noText(kind string, pages int) *Failure {
	return &Failure{State: golocal.StateNoText, Type: kind, Pages: pages, Reason: reasonNoText}
}

// reading turns an error of opening or reading a file into a Failure. A file
// that is gone is none: the caller removes it.
func reading(err error) *Failure {
	var reason interface{ Reason() string }
	switch {
	case errors.Is(err, fs.ErrPermission):
		return failed("", reasonDenied)
	case errors.As(err, &reason):
		return &Failure{State: golocal.StateSkipped, Reason: reason.Reason()}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is known to whoever shows the reason
	}
	return failed("", "could not be read: %v", err)
}
