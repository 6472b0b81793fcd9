package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/remark"
)

// Unavailable says why no model answers now and what the user can do.
// errors.Is(err, golocal.ErrUnavailable) is true for it: work that needs no
// model goes on, search by keywords for one.
type Unavailable struct {
	Reason string // one line: what is wrong
	Next   string // one line: what to do; may be empty
	Err    error  // the cause; may be nil
	// Why is Reason and Then is Next, as far as they can be said in other languages.
	Why, Then golocal.Remark
}

// unavailable makes both from what can be said in all languages; then may be "".
func unavailable(err error, why golocal.Remark, then remark.Code) *Unavailable {
	u := &Unavailable{Reason: remark.Say("en", why), Err: err, Why: why}
	if then != "" {
		u.advise(then)
	}
	return u
}

// advise sets what to do.
func (u *Unavailable) advise(then remark.Code) {
	u.Then = remark.New(then)
	u.Next = remark.Say("en", u.Then)
}

// Remark is the error in all languages.
func (u *Unavailable) Remark() golocal.Remark {
	if u.Why.Code == "" || u.Then.Code == "" {
		return u.Why
	}
	return remark.New(remark.WithNext, u.Why, u.Then)
}

func (u *Unavailable) Error() string {
	if u.Next == "" {
		return u.Reason
	}
	return u.Reason + "; " + u.Next
}

func (u *Unavailable) Unwrap() error { return u.Err }

// Is makes every Unavailable a golocal.ErrUnavailable.
func (u *Unavailable) Is(target error) bool { return target == golocal.ErrUnavailable }

var (
	// ErrNoModel says that the runner answers and holds no model for the job:
	// Ensure can fetch one.
	ErrNoModel = errors.New("no model")
	// ErrModelChanged says that the embedding model's weights are not those of
	// Space any more. Refresh takes the new ones up; vectors of the old ones
	// must not be compared with theirs.
	ErrModelChanged = errors.New("the embedding model has changed")
	// ErrTooLong says that a prompt does not fit into the model's window.
	ErrTooLong = errors.New("too long for the model")
	// ErrIncomplete says that a reply broke off; what came before it is no
	// whole answer.
	ErrIncomplete = errors.New("the answer is incomplete")
	// ErrOffline says that a download was refused because Options.Offline is set.
	ErrOffline = errors.New("downloads are switched off")
	// ErrName says that a download was asked for by what is no model's name.
	ErrName = errors.New("no model's name")
	// ErrRefused says that a model or an address would take the user's text
	// off this machine.
	ErrRefused = errors.New("refused")
	// ErrBadVectors says that a runner's embeddings are not what was asked
	// for: a wrong number, length or order, or values that are no vector.
	ErrBadVectors = errors.New("the runner's vectors are wrong")
)

// TextsError reports texts that could not be embedded while the others of the
// same call could: the vectors of the failed ones are nil.
type TextsError struct {
	Texts map[int]error // by index into the texts of the call
}

func (e *TextsError) Error() string {
	first := slices.Min(slices.Collect(maps.Keys(e.Texts)))
	if len(e.Texts) == 1 {
		return fmt.Sprintf("embed text %d: %v", first, e.Texts[first])
	}
	return fmt.Sprintf("embed %d texts: the first, %d: %v", len(e.Texts), first, e.Texts[first])
}

// Failed returns the error of each text that failed, by its index. Rooms that
// cannot name this type find it with errors.As and an interface of this method.
func (e *TextsError) Failed() map[int]error { return e.Texts }

// status returns the HTTP status and the message of a runner's refusal; 0
// when err is none.
func status(err error) (int, string) {
	if s, ok := errors.AsType[api.StatusError](err); ok {
		return s.StatusCode, s.ErrorMessage
	}
	if s, ok := errors.AsType[api.AuthorizationError](err); ok {
		return s.StatusCode, s.Status
	}
	return 0, ""
}

// tooLong recognises the runner's answer to an input that exceeds its context.
func tooLong(err error) bool {
	code, message := status(err)
	if code != http.StatusBadRequest && code != http.StatusInternalServerError {
		return false
	}
	message = strings.ToLower(message)
	return strings.Contains(message, "exceed") && strings.Contains(message, "context") ||
		strings.Contains(message, "input is too large") || strings.Contains(message, "too long")
}

// outOfMemory recognises a runner that cannot load a model.
func outOfMemory(err error) bool {
	message := strings.ToLower(err.Error())
	return strings.Contains(message, "requires more system memory") || strings.Contains(message, "out of memory") ||
		strings.Contains(message, "more memory")
}

// broken recognises an error of the connection rather than of the request.
func broken(err error) bool {
	if code, _ := status(err); code != 0 {
		return false
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "server closed")
}
