package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/remark"
)

func (f *world) Inbox(context.Context) (InboxState, error) {
	return InboxState{Folder: "/home/Inbox", Name: "Inbox", Most: 9}, f.did("inbox")
}

func (f *world) Inspect(_ context.Context, files []Arriving) ([]Inspected, error) {
	var list []Inspected
	for _, a := range files {
		i := Inspected{Path: a.Path}
		if string(a.Head) == "no" {
			i.Problem = RefusedFile(a.Path, remark.AsIs("no"), false)
		}
		list = append(list, i)
	}
	return list, f.did("inspect")
}

func (f *world) Put(_ context.Context, a Arriving, content io.Reader) (Arrived, error) {
	err := f.did("put")
	if strings.HasPrefix(a.Path, "refused") {
		return Arrived{}, RefusedFile(a.Path, remark.AsIs("it is no document"), false)
	}
	text, readErr := io.ReadAll(content)
	if readErr != nil {
		return Arrived{}, readErr
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.arrived, f.content = a, len(text)
	return Arrived{Path: a.Path, Root: golocal.Root{ID: 1}, New: true}, err
}

func uploading(path string, body io.Reader) *http.Request {
	r := request("POST", "/api/v1/inbox?path="+path, "")
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Body = io.NopCloser(body)
	return r
}

func TestInbox_TakesMoreThanOtherRoutes(t *testing.T) {
	s, w := newServer()
	h := s.Handler(addr)
	size := 3 * maxBody
	r := uploading("a%2Fb.md&modified=1600000000123", io.LimitReader(zeros{}, int64(size)))
	r.ContentLength = int64(size)
	if got := answer(h, r); got.Code != 200 || !strings.Contains(got.Body.String(), `"new":true`) {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if w.arrived.Path != "a/b.md" || w.arrived.Size != int64(size) || !w.arrived.Modified.Equal(time.UnixMilli(1600000000123)) || w.content != size {
		t.Errorf("%+v with %d bytes", w.arrived, w.content)
	}
	large := request("POST", "/api/v1/retry", `{"document":`+strings.Repeat("7", maxBody)+`}`)
	if got := answer(h, large); got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("another route takes %d bytes: %d", large.ContentLength, got.Code)
	}
}

func TestInbox_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		request *http.Request
		status  int
		says    string
	}{
		"JSON":              {request("POST", "/api/v1/inbox?path=a.md", "{}"), 415, "octet-stream"},
		"a file":            {uploading("a.md", strings.NewReader("x")), 200, "a.md"},
		"no path":           {uploading("", strings.NewReader("x")), 400, "path"},
		"a date of no kind": {uploading("a.md&modified=yesterday", strings.NewReader("x")), 400, "modified"},
		"no document":       {uploading("refused.mp3", strings.NewReader("x")), 422, "it is no document"},
		"too many to check": {request("POST", "/api/v1/inbox/check", `{"files":[`+strings.Repeat(`{"path":"a","size":1},`, maxInspected)+`{"path":"a","size":1}]}`), 400, "200"},
		"a check of a kind": {request("POST", "/api/v1/inbox/check", `{"files":[{"path":"a","size":2,"head":"bm8="},{"path":"b","size":2}]}`), 200, `{"files":[{"path":"a","problem":{"code":"file_refused","message":"a: no","remark":{"code":"note.as_is","values":["no"]}}},{"path":"b"}]}`},
		"a check of none":   {request("POST", "/api/v1/inbox/check", `{}`), 200, `{"files":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newServer()
			got := answer(s.Handler(addr), c.request)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.says) {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		})
	}
	s, w := newServer()
	for _, kind := range []string{"", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"} { // what a page of another site may send unasked
		r := uploading("a.md", strings.NewReader("x"))
		r.Header.Set("Content-Type", kind)
		if got := answer(s.Handler(addr), r); got.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %d", kind, got.Code)
		}
	}
	if w.effects() != 0 {
		t.Error("something was added")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Over a real connection: who sends a file that is refused hears why, although
// nobody wants the rest of it.
func TestInbox_RefusalIsHeardByWhoStillSends(t *testing.T) {
	s, _ := newServer()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- Serve(ctx, ln, s.Handler(ln.Addr().String())) }()
	defer func() { cancel(); <-done }()
	size := int64(8 << 20)
	r, err := http.NewRequest("POST", fmt.Sprintf("http://%s/api/v1/inbox?path=refused.bin", ln.Addr()), io.LimitReader(zeros{}, size))
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = size
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Header.Set("Authorization", "Bearer T")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	var body bytes.Buffer
	io.Copy(&body, got.Body)
	var e struct{ Error Problem }
	if err := json.Unmarshal(body.Bytes(), &e); err != nil || got.StatusCode != 422 || e.Error.Code != "file_refused" {
		t.Errorf("%d %s %v", got.StatusCode, body.String(), err)
	}
}
