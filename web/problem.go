package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/chat/runs"
	"golocal/internal/remark"
)

// Problem is an error as users see it: what is wrong and what to do next.
type Problem struct {
	Status  int            `json:"-"`    // of HTTP; 0 in an answer read by Client before the status is known
	Code    string         `json:"code"` // stable, for programs
	Message string         `json:"message"`
	Next    string         `json:"next,omitempty"`  // the step that helps, as an imperative
	Remark  golocal.Remark `json:"remark,omitzero"` // Message, where it can be said in other languages
}

// Error gives the message and the next step.
func (p *Problem) Error() string {
	if p.Next == "" {
		return p.Message
	}
	return p.Message + "; " + p.Next
}

// Is makes a Problem that came over the wire answer errors.Is like the error
// that caused it.
func (p *Problem) Is(target error) bool {
	switch target {
	case golocal.ErrUnavailable:
		return p.Code == "no_runner"
	case fs.ErrNotExist:
		return p.Code == "not_found"
	case fs.ErrExist:
		return p.Code == "exists"
	}
	return false
}

// problem is the one mapping from errors to what users see.
func problem(err error) *Problem {
	p := mapped(err)
	if said := remark.By(err); p.Remark.Code == "" && said.Code != "" {
		q := *p
		q.Remark = said
		return &q
	}
	return p
}

func mapped(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		if p.Status == 0 {
			q := *p
			q.Status = http.StatusInternalServerError
			return &q
		}
		return p
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &Problem{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Message: "the request is larger than 1 MB", Next: "send less"}
	}
	switch {
	case errors.Is(err, runs.ErrBusy):
		return &Problem{Status: http.StatusTooManyRequests, Code: "busy", Message: err.Error()}
	case errors.Is(err, runs.ErrClosing):
		return &Problem{Status: http.StatusServiceUnavailable, Code: "stopping", Message: err.Error(), Next: "start it again: golocal up"}
	case errors.Is(err, runs.ErrStopped):
		return &Problem{Status: 499, Code: "stopped", Message: err.Error()}
	case errors.Is(err, history.ErrFull):
		return &Problem{Status: http.StatusInsufficientStorage, Code: "disk_full", Message: err.Error(), Next: "make room on the disk, then try again"}
	case errors.Is(err, chat.ErrRequest):
		return invalid(err.Error())
	case errors.Is(err, golocal.ErrUnavailable):
		return &Problem{Status: http.StatusServiceUnavailable, Code: "no_runner", Message: err.Error(), Next: "run golocal doctor, or start Ollama; search and quotes work without it"}
	case errors.Is(err, fs.ErrNotExist):
		return &Problem{Status: http.StatusNotFound, Code: "not_found", Message: err.Error()}
	case errors.Is(err, fs.ErrExist):
		return &Problem{Status: http.StatusConflict, Code: "exists", Message: err.Error()}
	case errors.Is(err, fs.ErrPermission):
		return &Problem{Status: http.StatusForbidden, Code: "permission", Message: err.Error(), Next: "let your user read it, then try again"}
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Status: http.StatusGatewayTimeout, Code: "timeout", Message: err.Error(), Next: "try again"}
	case errors.Is(err, context.Canceled):
		return &Problem{Status: 499, Code: "cancelled", Message: "stopped"}
	}
	return &Problem{Status: http.StatusInternalServerError, Code: "internal", Message: err.Error(), Next: "golocal doctor tells more"}
}

// problem is what users see of an error, the program's own kinds included.
func (s *Server) problem(err error) *Problem {
	if s.o.Known != nil {
		err = s.o.Known(err)
	}
	return problem(err)
}

// refuse answers with err's problem and logs it without the address's query.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problem(err)
	if p.Status >= 500 {
		s.log.WarnContext(r.Context(), "request failed", "method", r.Method, "route", r.Pattern, "code", p.Code)
	}
	write(w, p)
}

func write(w http.ResponseWriter, p *Problem) {
	send(w, p.Status, struct {
		Error *Problem `json:"error"`
	}{p})
}

// send writes v as JSON.
func send(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // a value of ours that has no JSON form, NaN for example
		status, body = http.StatusInternalServerError, []byte(`{"error":{"code":"internal","message":"the result has no JSON form"}}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(body, '\n'))
}
