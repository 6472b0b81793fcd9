package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golocal"
)

// Downloader owns the downloads of models: they go on when whoever asked for
// them leaves. Names of models that are not being downloaded are [fs.ErrNotExist].
type Downloader interface {
	// Follow gives all downloads now, after each change, and twice a second
	// while one runs, until ctx ends.
	Follow(ctx context.Context) iter.Seq2[[]Download, error]
	// Start begins, or goes on with, the download of a model by its name, or
	// where that is "" of golocal's choice for a job, "embedding" or "chat".
	Start(ctx context.Context, name, what string) (Download, error)
	// Steer carries out an Order and gives the download afterwards.
	Steer(ctx context.Context, name string, o Order) (Download, error)
}

// Order is what can be done to a download.
type Order string

// The orders.
const (
	Pause  Order = "pause"  // stop, and keep what has come
	Resume Order = "resume" // go on there
	Cancel Order = "cancel" // stop, and forget it
)

// Download is a model on its way to this machine.
type Download struct {
	Name       string           `json:"name"`
	For        string           `json:"for,omitempty"` // the job that golocal chose it for; empty when it was asked for by name
	State      string           `json:"state"`         // "waiting", "running", "paused", "failed", "done" or, after Cancel, "cancelled"
	Text       string           `json:"text,omitempty"`
	TextRemark golocal.Remark   `json:"text_remark,omitzero"`
	Notes      []string         `json:"notes,omitempty"`            // lines about this attempt: what is fetched, from where, how large
	Remarks    []golocal.Remark `json:"remarks,omitempty"`          // Notes, one by one
	Reason     string           `json:"reason,omitempty"`           // why it failed, or waits for another try
	Remark     golocal.Remark   `json:"remark,omitzero"`            // Reason
	Done       int64            `json:"done"`                       // bytes
	Total      int64            `json:"total"`                      // bytes; 0 when unknown
	Rate       float64          `json:"bytes_per_second,omitempty"` // over the last ten seconds
	ETA        float64          `json:"eta_seconds,omitempty"`      // 0 when it cannot be told
	Changed    time.Time        `json:"changed,omitzero"`           // when the state last changed
}

// Active tells whether the download goes on by itself.
func (d Download) Active() bool { return d.State == "waiting" || d.State == "running" }

// downloadList is the answer of GET /api/v1/models/downloads and the event of
// its stream.
type downloadList struct {
	Downloads []Download `json:"downloads"`
}

func (s *Server) downloads(w http.ResponseWriter, r *http.Request) error {
	for list, err := range s.o.Downloader.Follow(r.Context()) {
		if err != nil {
			return err
		}
		send(w, http.StatusOK, listed(list))
		return nil
	}
	return context.Cause(r.Context())
}

func listed(list []Download) downloadList {
	if list == nil {
		list = []Download{}
	}
	return downloadList{list}
}

// followDownloads streams all downloads, or one until it goes on no more by
// itself.
func (s *Server) followDownloads(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("name")
	last := func(l downloadList) bool {
		return name != "" && (len(l.Downloads) == 0 || !l.Downloads[0].Active())
	}
	event := func(l downloadList) string {
		if last(l) {
			return "done"
		}
		return "progress"
	}
	stream(s, w, r, event, func(ctx context.Context) iter.Seq2[downloadList, error] {
		return func(yield func(downloadList, error) bool) {
			for list, err := range s.o.Downloader.Follow(ctx) {
				if name != "" {
					list = only(list, name)
				}
				if l := listed(list); !yield(l, err) || err != nil || last(l) {
					return
				}
			}
		}
	})
	return nil
}

func only(list []Download, name string) []Download {
	for _, d := range list {
		if sameName(d.Name, name) {
			return []Download{d}
		}
	}
	return nil
}

// sameName compares models' names as their runners do: any case, and no tag is
// ":latest".
func sameName(a, b string) bool {
	whole := func(n string) string {
		n = strings.ToLower(n)
		if !strings.Contains(n[strings.LastIndexByte(n, '/')+1:], ":") {
			n += ":latest"
		}
		return n
	}
	return whole(a) == whole(b)
}

func (s *Server) startDownload(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name string `json:"name"`
		For  string `json:"for"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	in.Name = strings.TrimSpace(in.Name)
	switch {
	case in.Name == "" && in.For == "":
		return invalid("name: no model is named")
	case in.Name != "" && in.For != "":
		return invalid("for: only without a name")
	case in.For != "":
		if err := checkJob(in.For); err != nil {
			return err
		}
	}
	d, err := s.o.Downloader.Start(r.Context(), in.Name, in.For)
	if err != nil {
		return err
	}
	send(w, http.StatusCreated, d)
	return nil
}

// steer is the route of one order.
func (s *Server) steer(o Order) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		name, err := modelName(w, r)
		if err != nil {
			return err
		}
		d, err := s.o.Downloader.Steer(r.Context(), name, o)
		if err != nil {
			return err
		}
		send(w, http.StatusOK, d)
		return nil
	}
}

// modelName reads a body that names a model and nothing else.
func modelName(w http.ResponseWriter, r *http.Request) (string, error) {
	var in struct {
		Name string `json:"name"`
	}
	if err := decode(w, r, &in); err != nil {
		return "", err
	}
	if in.Name = strings.TrimSpace(in.Name); in.Name == "" {
		return "", invalid("name: no model is named")
	}
	return in.Name, nil
}

func checkJob(what string) error {
	if what != "embedding" && what != "chat" {
		return invalid("for: not embedding or chat")
	}
	return nil
}

// Downloads lists the downloads, oldest first; finished ones for ten minutes.
func (c *Client) Downloads(ctx context.Context) ([]Download, error) {
	l, err := get[downloadList](ctx, c, "/api/v1/models/downloads", nil)
	return l.Downloads, err
}

// StartDownload begins the download of a model by its name, or where that is
// "" of golocal's choice for a job, "embedding" or "chat".
func (c *Client) StartDownload(ctx context.Context, name, what string) (Download, error) {
	var d Download
	in := map[string]string{"name": name}
	if name == "" {
		in = map[string]string{"for": what}
	}
	err := c.call(ctx, http.MethodPost, "/api/v1/models/downloads", in, &d)
	return d, err
}

// SteerDownload pauses, resumes or cancels a download.
func (c *Client) SteerDownload(ctx context.Context, name string, o Order) (Download, error) {
	var d Download
	err := c.call(ctx, http.MethodPost, "/api/v1/models/downloads/"+string(o), map[string]string{"name": name}, &d)
	return d, err
}

// FollowDownload gives a download again and again until it goes on no more by
// itself; the last one tells how it ended. The error is [fs.ErrNotExist] when
// there is none of that name, or no more.
func (c *Client) FollowDownload(ctx context.Context, name string) iter.Seq2[Download, error] {
	return func(yield func(Download, error) bool) {
		for e, err := range c.eventsOf(ctx, http.MethodGet, "/api/v1/models/downloads/events?"+url.Values{"name": {name}}.Encode(), nil) {
			var l downloadList
			if err == nil {
				err = json.Unmarshal(e.Data, &l)
			}
			if err == nil && len(l.Downloads) == 0 {
				err = fmt.Errorf("model %s is not being downloaded: %w", name, fs.ErrNotExist)
			}
			if err != nil {
				yield(Download{}, err)
				return
			}
			if !yield(l.Downloads[0], nil) {
				return
			}
		}
	}
}
