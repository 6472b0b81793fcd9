package parse

import (
	"errors"
	"fmt"

	"golocal"
)

// Failure says why a file has no text to search. Its message is one line for
// the user.
type Failure struct {
	State  golocal.State // StateFailed, StateUnsupported, StateNoText or StateSkipped
	Reason string
	Type   string // the document's type, where it was recognised
	Pages  int    // of a paged document without text

	Crashed bool // the parser panicked, took too long or died, which no file should bring about
}

// Error returns the reason.
func (f *Failure) Error() string { return f.Reason }

// Reasons that several steps give.
const (
	ReasonEncrypted = "needs a password"
	ReasonDenied    = "no permission to read it"
	reasonNoText    = "holds no text"
)

// Failed is the Failure of a document of type kind, "" where it is not known.
func Failed(kind, format string, args ...any) *Failure {
	return &Failure{State: golocal.StateFailed, Type: kind, Reason: fmt.Sprintf(format, args...)}
}

// Crash is the Failure of a document at which its parser panicked, took too long
// or died.
func Crash(kind, format string, args ...any) *Failure {
	f := Failed(kind, format, args...)
	f.Crashed = true
	return f
}

// Broken is the Failure of a document whose bytes are not what its type says.
func Broken(kind string, err error) *Failure {
	if errors.Is(err, errBomb) {
		return Failed(kind, "%s", errBomb.Reason)
	}
	return Failed(kind, "broken: %v", err)
}

// Unsupported is the Failure of a file that no parser takes.
func Unsupported(format string, args ...any) *Failure {
	return &Failure{State: golocal.StateUnsupported, Reason: fmt.Sprintf(format, args...)}
}

// NoText is the Failure of a document that holds nothing to search.
func NoText(kind string, pages int) *Failure {
	return &Failure{State: golocal.StateNoText, Type: kind, Pages: pages, Reason: reasonNoText}
}

// Megabytes writes a number of bytes for people.
func Megabytes(n int64) string {
	if n < 10e6 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%d MB", n/1e6)
}
