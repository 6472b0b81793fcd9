package web

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"strconv"
	"time"
)

// numbered is an element of a stream that has a place in it, for who comes back.
type numbered interface{ Position() int }

// stream writes a sequence as server-sent events (HTML standard, section 9.2):
// one event per element, a comment when the sequence is quiet, and an event
// "error" with a Problem if it ends in one. It returns when the sequence has
// ended; a client that leaves or stops reading cancels it.
func stream[T any](s *Server, w http.ResponseWriter, r *http.Request, name func(T) string, run func(context.Context) iter.Seq2[T, error]) {
	ctx, cancel := context.WithCancel(r.Context())
	type step struct {
		v   T
		err error
	}
	steps := make(chan step)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(steps)
		for v, err := range run(ctx) {
			select {
			case steps <- step{v, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	defer func() { cancel(); <-done }()

	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	rc := http.NewResponseController(w)
	put := func(format string, args ...any) bool {
		rc.SetWriteDeadline(time.Now().Add(s.stall)) // a client that never reads must not hold the work
		if _, err := fmt.Fprintf(w, format, args...); err != nil {
			return false
		}
		return rc.Flush() == nil
	}
	if !put(": open\n\n") {
		return
	}
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			if !put(": waiting\n\n") {
				return
			}
		case st, ok := <-steps:
			if !ok {
				return
			}
			kind, value := "error", any(st.v)
			if st.err != nil {
				p := s.problem(st.err)
				if p.Status >= 500 {
					s.log.WarnContext(ctx, "stream failed", "route", r.Pattern, "code", p.Code)
				}
				value = p
			} else {
				kind = name(st.v)
			}
			data, err := json.Marshal(value)
			if err != nil {
				kind, data = "error", []byte(`{"code":"internal","message":"an event has no JSON form"}`)
			}
			id := ""
			if n, ok := any(st.v).(numbered); ok && st.err == nil {
				id = "id: " + strconv.Itoa(n.Position()) + "\n"
			}
			if !put("%sevent: %s\ndata: %s\n\n", id, kind, data) {
				return
			}
		}
	}
}
