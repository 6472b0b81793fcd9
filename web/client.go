package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golocal"
)

// Client calls the interface of a daemon: the command line's way in.
type Client struct {
	http *http.Client
	base string
}

// NewClient makes a Client over a transport that leads to a LocalHandler: one
// that dials the daemon's Unix socket, or one within the process. Errors that
// the daemon reports are of kind [*Problem].
func NewClient(rt http.RoundTripper) *Client {
	return &Client{
		http: &http.Client{Transport: rt, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		base: "http://golocal",
	}
}

// ServerEvent is one event of a stream: an answer's (its Data is read by
// chat.Decode) or a sync's ("progress" and "done", a Progress).
type ServerEvent struct {
	Name string
	Data json.RawMessage
}

// Status tells how the daemon's work stands.
func (c *Client) Status(ctx context.Context) (Status, error) {
	st, err := get[Status](ctx, c, "/api/v1/status", nil)
	restore(st.Roots)
	return st, err
}

// Models tells which models run where.
func (c *Client) Models(ctx context.Context) (Models, error) {
	return get[Models](ctx, c, "/api/v1/models", nil)
}

// Roots lists the watched folders.
func (c *Client) Roots(ctx context.Context) ([]RootStatus, error) {
	l, err := get[rootList](ctx, c, "/api/v1/roots", nil)
	restore(l.Roots)
	return l.Roots, err
}

// restore gives roots the paths that JSON cannot carry.
func restore(roots []RootStatus) {
	for i := range roots {
		if r := &roots[i]; len(r.Bytes) > 0 {
			r.Path = string(r.Bytes)
		}
	}
}

// AddRoot begins to watch a folder, with rules of its own. The error is
// [fs.ErrExist] by errors.Is when it is watched already.
func (c *Client) AddRoot(ctx context.Context, path string, rules golocal.Rules) (golocal.Root, error) {
	in := struct {
		Path  string        `json:"path"`
		Bytes []byte        `json:"path_bytes,omitempty"`
		Rules golocal.Rules `json:"rules,omitzero"`
	}{Path: path, Rules: rules}
	if !utf8.ValidString(path) {
		in.Bytes = []byte(path)
	}
	return c.root(ctx, http.MethodPost, "/api/v1/roots", in)
}

// SetRoot changes a watched folder's rules, or pauses or resumes it.
func (c *Client) SetRoot(ctx context.Context, id int64, change RootChange) (golocal.Root, error) {
	return c.root(ctx, http.MethodPatch, "/api/v1/roots/"+strconv.FormatInt(id, 10), change)
}

func (c *Client) root(ctx context.Context, method, path string, in any) (golocal.Root, error) {
	var out rootAnswer
	err := c.call(ctx, method, path, in, &out)
	if len(out.Root.Bytes) > 0 {
		out.Root.Path = string(out.Root.Bytes)
	}
	return out.Root, err
}

// RemoveRoot stops watching a folder and forgets what was read in it. The
// files stay.
func (c *Client) RemoveRoot(ctx context.Context, id int64) error {
	return c.call(ctx, http.MethodDelete, "/api/v1/roots/"+strconv.FormatInt(id, 10), nil, nil)
}

// Documents lists documents.
func (c *Client) Documents(ctx context.Context, f Filter) (Page, error) {
	q := url.Values{}
	for _, id := range f.IDs {
		q.Add("id", strconv.FormatInt(id, 10))
	}
	if f.Root > 0 {
		q.Set("root", strconv.FormatInt(f.Root, 10))
	}
	if f.State != "" {
		q.Set("state", string(f.State))
	}
	if f.Query != "" {
		q.Set("q", f.Query)
	}
	if f.Limit > 0 {
		q.Set("limit", strconv.Itoa(f.Limit))
	}
	if f.Offset > 0 {
		q.Set("offset", strconv.Itoa(f.Offset))
	}
	return get[Page](ctx, c, "/api/v1/documents", q)
}

// Document gives one document with its text and chunks.
func (c *Client) Document(ctx context.Context, id int64) (Content, error) {
	return get[Content](ctx, c, "/api/v1/documents/"+strconv.FormatInt(id, 10), nil)
}

// Search finds passages. Of scope's terms, tags and authors are used.
func (c *Client) Search(ctx context.Context, query string, scope golocal.Scope, n int) (golocal.Found, error) {
	q := url.Values{"q": {query}}
	scopeQuery(q, scope)
	if n > 0 {
		q.Set("limit", strconv.Itoa(n))
	}
	return get[golocal.Found](ctx, c, "/api/v1/search", q)
}

// Ask asks a question. The stream ends after the event "answer", or with an
// error; leaving the loop stops the work behind it.
func (c *Client) Ask(ctx context.Context, a Ask) iter.Seq2[ServerEvent, error] {
	return c.events(ctx, "/api/v1/ask", a)
}

// Sync waits until the index equals the disk; root 0 is every root. Confirm
// lets deletions through that were held because most of a root had vanished.
// The stream's events are "progress" and, as the last, "done".
func (c *Client) Sync(ctx context.Context, root int64, confirm bool) iter.Seq2[Progress, error] {
	return func(yield func(Progress, error) bool) {
		for e, err := range c.events(ctx, "/api/v1/sync", map[string]any{"root": root, "confirm": confirm}) {
			var p Progress
			if err == nil {
				err = json.Unmarshal(e.Data, &p)
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// Retry reads one document again.
func (c *Client) Retry(ctx context.Context, document int64) error {
	return c.call(ctx, http.MethodPost, "/api/v1/retry", map[string]int64{"document": document}, nil)
}

// Code asks for a new code for the page.
func (c *Client) Code(ctx context.Context) (string, error) {
	var out struct {
		Code string `json:"code"`
	}
	err := c.call(ctx, http.MethodPost, "/api/v1/code", struct{}{}, &out)
	return out.Code, err
}

func get[T any](ctx context.Context, c *Client, path string, q url.Values) (T, error) {
	var out T
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	err := c.call(ctx, http.MethodGet, path, nil, &out)
	return out, err
}

// do sends a request and turns refusals into errors. The caller closes the body.
func (c *Client) do(ctx context.Context, method, path string, in any) (*http.Response, error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("call the daemon: %w", err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, fmt.Errorf("call the daemon: %w", err)
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("call the daemon: %w", err)
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer res.Body.Close()
	var out struct {
		Error Problem `json:"error"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, maxBody)).Decode(&out); err != nil || out.Error.Message == "" {
		return nil, fmt.Errorf("call the daemon: it answered %s", res.Status)
	}
	out.Error.Status = res.StatusCode
	return nil, &out.Error
}

func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	res, err := c.do(ctx, method, path, in)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return fmt.Errorf("read the daemon's answer: %w", err)
	}
	return nil
}

func (c *Client) events(ctx context.Context, path string, in any) iter.Seq2[ServerEvent, error] {
	return c.eventsOf(ctx, http.MethodPost, path, in)
}

func (c *Client) eventsOf(ctx context.Context, method, path string, in any) iter.Seq2[ServerEvent, error] {
	return func(yield func(ServerEvent, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		res, err := c.do(ctx, method, path, in)
		if err != nil {
			yield(ServerEvent{}, err)
			return
		}
		defer res.Body.Close()
		for e, err := range readEvents(res.Body) {
			if err == nil && e.Name == "error" {
				p := &Problem{}
				if json.Unmarshal(e.Data, p) != nil {
					p.Message = "the daemon reported an error that cannot be read"
				}
				err = p
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// maxEvent bounds one event of a stream, bytes.
const maxEvent = 64 << 20

// readEvents reads server-sent events as this package writes them and as the
// HTML standard allows: comments, fields with or without a space, CRLF, data
// over several lines. An event that the stream's end cuts off is dropped.
func readEvents(r io.Reader) iter.Seq2[ServerEvent, error] {
	return func(yield func(ServerEvent, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 64<<10), maxEvent)
		name := ""
		var data []byte
		started := false
		for lines.Scan() {
			line := strings.TrimSuffix(lines.Text(), "\r")
			if line == "" {
				if started && !yield(ServerEvent{Name: name, Data: data}, nil) {
					return
				}
				name, data, started = "", nil, false
				continue
			}
			field, value, _ := strings.Cut(line, ":")
			value = strings.TrimPrefix(value, " ")
			switch field {
			case "event":
				name = value
			case "data":
				if started {
					data = append(data, '\n')
				}
				data, started = append(data, value...), true
			}
		}
		if err := lines.Err(); err != nil {
			yield(ServerEvent{}, fmt.Errorf("read the daemon's stream: %w", err))
		}
	}
}
