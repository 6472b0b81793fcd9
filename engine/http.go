package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"

	"github.com/ollama/ollama/api"

	"golocal/engine/runner"
)

// Longest bodies of requests, bytes.
const (
	maxBody  = 1 << 20
	maxTexts = 64 << 20 // embed, chat, generate
)

// Handler returns the API. It has no authentication of its own: whoever serves
// it decides who can reach it.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /api/version":         s.version,
		"GET /api/tags":            s.tags,
		"GET /api/ps":              s.ps,
		"POST /api/show":           s.show,
		"POST /api/embed":          s.embed,
		"POST /api/chat":           s.chat,
		"POST /api/generate":       s.generate,
		"POST /api/create":         s.create,
		"POST /api/pull":           s.pull,
		"DELETE /api/delete":       s.delete,
		"HEAD /api/blobs/{digest}": s.headBlob,
		"POST /api/blobs/{digest}": s.putBlob,
		"GET /{$}":                 hello,
		"/":                        func(http.ResponseWriter, *http.Request) error { return errUnknownRoute },
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := h(w, r); err != nil {
				s.fail(w, r, err)
			}
		})
	}
	return mux
}

func hello(w http.ResponseWriter, _ *http.Request) error {
	_, _ = io.WriteString(w, "golocal engine is running")
	return nil
}

// statusError is an error with the HTTP status that Ollama gives it.
type statusError struct {
	status int
	text   string
}

func (e *statusError) Error() string { return e.text }

func badRequest(format string, args ...any) error {
	return &statusError{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

func notFound(name string) error {
	return &statusError{http.StatusNotFound, fmt.Sprintf("model '%s' not found", name)}
}

var errUnknownRoute = &statusError{http.StatusNotFound, "the built-in engine has no such route"}

// statusCanceled is what nginx and Ollama log for a client that went away.
const statusCanceled = 499

// statusOf maps an error to a status.
func statusOf(err error) int {
	var status *statusError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &status):
		return status.status
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, runner.ErrTooLong), errors.Is(err, errBadDigest):
		return http.StatusBadRequest
	case errors.Is(err, context.Canceled):
		return statusCanceled
	case errors.Is(err, errClosed):
		return http.StatusServiceUnavailable
	case errors.Is(err, fs.ErrNotExist):
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}

// textOf is what the client reads. Ollama's clients look for some texts.
func textOf(err error) string {
	if errors.Is(err, runner.ErrTooLong) {
		return runner.ErrTooLong.Error()
	}
	return err.Error()
}

// fail answers with the error, or ends a stream with it.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status >= 500 {
		s.log.Warn("request failed", "route", r.Pattern, "err", err)
	}
	if st, ok := w.(*stream); ok && st.begun {
		_ = st.line(map[string]string{"error": textOf(err)}) // the client is gone, or reads it
		return
	}
	writeJSON(w, status, map[string]string{"error": textOf(err)})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // an error means that the client is gone
}

// decode reads a bounded JSON body.
func decode(w http.ResponseWriter, r *http.Request, limit int64, into any) error {
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit)).Decode(into)
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF):
		return badRequest("missing request body")
	case errors.As(err, &large):
		return err
	}
	return badRequest("%v", err)
}

// stream writes one JSON value per line. Until the first one the status is open.
type stream struct {
	http.ResponseWriter
	begun bool
}

func (st *stream) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if !st.begun {
		st.begun = true
		st.Header().Set("Content-Type", "application/x-ndjson")
		st.WriteHeader(http.StatusOK)
	}
	if _, err := st.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("write to client: %w: %w", context.Canceled, err)
	}
	return http.NewResponseController(st.ResponseWriter).Flush()
}

// progress runs work that reports its steps: as lines of a stream, or only the
// last of them when the client wants none.
func (s *Server) progress(w http.ResponseWriter, r *http.Request, streamed *bool, work func(report func(api.ProgressResponse) error) error) error {
	if streamed != nil && !*streamed {
		var last api.ProgressResponse
		if err := work(func(p api.ProgressResponse) error { last = p; return nil }); err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, last)
		return nil
	}
	st := &stream{ResponseWriter: w}
	if err := work(func(p api.ProgressResponse) error { return st.line(p) }); err != nil {
		s.fail(st, r, err)
	}
	return nil
}
