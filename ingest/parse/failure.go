package parse

import (
	"errors"

	"golocal"
	"golocal/internal/remark"
)

// Failure says why a file has no text to search. Its message is one line for
// the user.
type Failure struct {
	State  golocal.State // StateFailed, StateUnsupported, StateNoText or StateSkipped
	Reason string
	Why    golocal.Remark // Reason
	Type   string         // the document's type, where it was recognised
	Pages  int            // of a paged document without text

	Crashed bool // the parser panicked, took too long or died, which no file should bring about
}

// Error returns the reason.
func (f *Failure) Error() string { return f.Reason }

// Remark is the reason in every language.
func (f *Failure) Remark() golocal.Remark { return f.Why }

// Because is the Failure of a document of type kind, "" where it is not known, that a
// remark explains (see internal/remark).
func Because(state golocal.State, kind string, code remark.Code, values ...any) *Failure {
	f := &Failure{State: state, Type: kind}
	f.because(code, values...)
	return f
}

// because gives another reason.
func (f *Failure) because(code remark.Code, values ...any) {
	f.Why = remark.New(code, values...)
	f.Reason = remark.Say("en", f.Why)
}

// Failed is the Failure of a document of type kind, "" where it is not known.
func Failed(kind string, code remark.Code, values ...any) *Failure {
	return Because(golocal.StateFailed, kind, code, values...)
}

// Crash is the Failure of a document at which its parser panicked, took too long
// or died.
func Crash(kind string, code remark.Code, values ...any) *Failure {
	f := Failed(kind, code, values...)
	f.Crashed = true
	return f
}

// Broken is the Failure of a document whose bytes are not what its type says.
func Broken(kind string, err error) *Failure {
	if errors.Is(err, errBomb) {
		return &Failure{State: golocal.StateFailed, Type: kind, Reason: errBomb.Reason, Why: errBomb.Why}
	}
	return Failed(kind, remark.Broken, err)
}

// Unsupported is the Failure of a file that no parser takes.
func Unsupported(code remark.Code, values ...any) *Failure {
	return Because(golocal.StateUnsupported, "", code, values...)
}

// NoText is the Failure of a document that holds nothing to search.
func NoText(kind string, pages int) *Failure {
	f := Because(golocal.StateNoText, kind, remark.NoText)
	f.Pages = pages
	return f
}

// Megabytes writes a number of bytes for people.
func Megabytes(n int64) string {
	return remark.Size("en", n)
}
