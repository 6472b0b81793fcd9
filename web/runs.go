package web

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"golocal/chat/runs"
)

// Runner begins and stops answers, which go on when who asked leaves. An unknown
// run is [fs.ErrNotExist].
type Runner interface {
	Start(ctx context.Context, q runs.Question) (runs.Running, error)
	// Stop returns when the work has ended and what there was is kept.
	Stop(ctx context.Context, run string) error
}

// Onlooker watches answers being made. An unknown run is [fs.ErrNotExist].
type Onlooker interface {
	Running() []runs.Running
	// Follow gives what a run said after an event and goes on until it ends.
	Follow(run string, after int) (func(context.Context) iter.Seq2[runs.Step, error], error)
}

type runList struct {
	Runs []runs.Running `json:"runs"`
}

func (s *Server) running(w http.ResponseWriter, _ *http.Request) error {
	send(w, http.StatusOK, runList{s.o.Onlooker.Running()})
	return nil
}

func (s *Server) followRun(w http.ResponseWriter, r *http.Request) error {
	after, err := number(r, "after", 0, 0, 1<<31)
	if err != nil {
		return err
	}
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		if after, err = strconv.ParseInt(last, 10, 32); err != nil || after < 0 {
			return invalid("Last-Event-ID: not a number")
		}
	}
	return s.follow(w, r, r.PathValue("run"), int(after))
}

// follow writes the events of a run.
func (s *Server) follow(w http.ResponseWriter, r *http.Request, run string, after int) error {
	events, err := s.o.Onlooker.Follow(run, after)
	if err != nil {
		return err
	}
	stream(s, w, r, func(e runs.Step) string { return e.Name }, events)
	return nil
}

func (s *Server) stopRun(w http.ResponseWriter, r *http.Request) error {
	if err := s.o.Runner.Stop(r.Context(), r.PathValue("run")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// Running lists the answers being made.
func (c *Client) Running(ctx context.Context) ([]runs.Running, error) {
	l, err := get[runList](ctx, c, "/api/v1/runs", nil)
	return l.Runs, err
}

// FollowRun gives what a run said after an event, 0 being all, and goes on until
// it ends. Leaving the loop stops nothing.
func (c *Client) FollowRun(ctx context.Context, run string, after int) iter.Seq2[ServerEvent, error] {
	return c.eventsOf(ctx, http.MethodGet, "/api/v1/runs/"+url.PathEscape(run)+"?after="+strconv.Itoa(after), nil)
}

// StopRun stops an answer that is being made, and returns when it has stopped.
func (c *Client) StopRun(ctx context.Context, run string) error {
	return c.call(ctx, http.MethodDelete, "/api/v1/runs/"+url.PathEscape(run), nil, nil)
}
