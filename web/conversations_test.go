package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal/chat"
	"golocal/chat/history"
)

func TestConversations_ThroughTheClient(t *testing.T) {
	s, w := newServer()
	c := client(t, s)
	ctx := t.Context()
	q := history.Query{Text: "a b&c", Limit: 3, After: "0-1-x"}
	if p, err := c.Conversations(ctx, q); err != nil || len(p.Conversations) != 1 || w.listed != q {
		t.Errorf("%+v %v, asked %+v", p, err, w.listed)
	}
	if o, err := c.Conversation(ctx, "7"); err != nil || len(o.Turns) != 2 || o.Turns[0].Answer.Said() != "the secret word is xylophone" {
		t.Errorf("%+v %v", o, err)
	}
	if _, err := c.Conversation(ctx, "../roots"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if o, err := c.ChangeConversation(ctx, "7", history.Change{Title: new("  A  new\tone ")}); err != nil || o.Title != "A new one" {
		t.Errorf("%+v %v", o, err)
	}
	if n, err := c.RemoveConversations(ctx, "7", "8"); err != nil || n != 2 {
		t.Error(n, err)
	}
	if n, err := c.RemoveConversations(ctx); err != nil || n != 9 {
		t.Error(n, err)
	}
	var b bytes.Buffer
	if err := c.ExportConversation(ctx, "7", "md", &b); err != nil || !strings.Contains(b.String(), "> the secret word is xylophone[^1]") {
		t.Errorf("%s %v", b.String(), err)
	}
	b.Reset()
	var out history.Whole
	if err := c.ExportConversation(ctx, "7", "json", &b); err != nil || json.Unmarshal(b.Bytes(), &out) != nil || len(out.Turns) != 2 {
		t.Errorf("%s %v", b.String(), err)
	}
}

func TestConversations_RefuseWhatIsWrong(t *testing.T) {
	s, w := newServer()
	h := s.Handler(addr)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/v1/conversations?after=wrong", "", 400},
		{"GET", "/api/v1/conversations?limit=0", "", 400},
		{"GET", "/api/v1/conversations/8", "", 404},
		{"GET", "/api/v1/conversations/7/export?format=pdf", "", 400},
		{"GET", "/api/v1/conversations/7/export?turn=nowhere", "", 404},
		{"PATCH", "/api/v1/conversations/7", `{"title":"  "}`, 400},
		{"PATCH", "/api/v1/conversations/7", `{"titel":"x"}`, 400},
		{"DELETE", "/api/v1/conversations", `{}`, 400},
		{"DELETE", "/api/v1/conversations", `{"ids":["7"],"all":true}`, 400},
		{"GET", "/api/v1/runs/r1?after=-1", "", 400},
		{"GET", "/api/v1/runs/nowhere", "", 404},
		{"DELETE", "/api/v1/runs/nowhere", "", 404},
		{"POST", "/api/v1/ask", `{"question":"q","keep":false,"conversation":"7"}`, 400},
	} {
		if got := answer(h, request(c.method, c.path, c.body)); got.Code != c.status {
			t.Errorf("%s %s %s: %d %.200s", c.method, c.path, c.body, got.Code, got.Body)
		}
	}
	if got := answer(h, request("DELETE", "/api/v1/conversations", `{"all":true}`, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") })); got.Code != 415 {
		t.Errorf("another type of body: %d", got.Code)
	}
	if w.effects() != 0 {
		t.Error("something was done")
	}
}

// TestRun_OutlivesItsReader leaves an answer, comes back to it by the number of the
// last event, and stops it.
func TestRun_OutlivesItsReader(t *testing.T) {
	s, w := newServer()
	gone := make(chan struct{})
	more := make(chan struct{})
	w.events = func(ctx context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			defer close(gone)
			if !yield(chat.Token{Text: "one "}, nil) {
				return
			}
			<-more
			if !yield(chat.Token{Text: "two "}, nil) {
				return
			}
			<-ctx.Done()
			yield(nil, ctx.Err())
		}
	}
	c := client(t, s)
	var run string
	for e, err := range c.Ask(t.Context(), Ask{Question: "what?"}) {
		if err != nil {
			t.Fatal(err)
		}
		event, err := chat.Decode(e.Data)
		if err != nil {
			t.Fatal(err)
		}
		if b, ok := event.(chat.Begun); ok {
			run = b.Run
		}
		if e.Name == "token" {
			break
		}
	}
	close(more)
	if l, err := c.Running(t.Context()); err != nil || len(l) != 1 || l[0].Run != run || l[0].Question != "what?" {
		t.Fatalf("%+v %v", l, err)
	}
	for e, err := range c.FollowRun(t.Context(), run, 2) {
		if err != nil || e.Name != "token" || !strings.Contains(string(e.Data), `"two "`) {
			t.Errorf("%s %s %v", e.Name, e.Data, err)
		}
		break
	}
	if err := c.StopRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	soon(t, gone, "the work goes on after it was stopped")
	var names []string
	var last error
	for e, err := range c.FollowRun(t.Context(), run, 0) {
		names, last = append(names, e.Name), err
	}
	var p *Problem
	if !cmp.Equal(names, []string{"run", "token", "error"}) || !errors.As(last, &p) || p.Code != "stopped" {
		t.Errorf("%v %v", names, last)
	}
	got := answer(s.LocalHandler(), request("GET", "/api/v1/runs/r1", "", header("Last-Event-ID", "2")))
	if !strings.Contains(got.Body.String(), "id: 3\nevent: token\n") || strings.Contains(got.Body.String(), "id: 2\n") {
		t.Errorf("%s", got.Body)
	}
}
