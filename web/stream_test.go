package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/chat"
)

// serve runs h on a real listener until the test ends.
func serve(t *testing.T, h http.Handler) (address string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, ln, h) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// dialing is a transport that goes to address whatever the URL says, as the
// command line's does to the socket.
func dialing(t *testing.T, address string) http.RoundTripper {
	tr := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

func client(t *testing.T, s *Server) *Client {
	return NewClient(dialing(t, serve(t, s.LocalHandler())))
}

// endless sends status events until its context ends, and then closes gone.
func endless(gone chan struct{}) func(context.Context) iter.Seq2[chat.Event, error] {
	return func(ctx context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			defer close(gone)
			for yield(chat.Status{Phase: chat.PhaseSearch, Text: strings.Repeat("long ", 2000)}, nil) {
				if ctx.Err() != nil {
					return
				}
			}
		}
	}
}

// soon waits for gone.
func soon(t *testing.T, gone chan struct{}, what string) {
	t.Helper()
	select {
	case <-gone:
	case <-time.After(30 * time.Second):
		t.Fatal(what)
	}
}

func TestAsk_ClientThatLeavesStopsTheWork(t *testing.T) {
	s, w := newServer()
	gone := make(chan struct{})
	w.events = endless(gone)
	n := 0
	for _, err := range client(t, s).Ask(t.Context(), Ask{Question: "what?", Keep: new(false)}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	soon(t, gone, "the work goes on after the client left")
}

func TestAsk_ClientThatNeverReadsIsCut(t *testing.T) { // S46
	s, w := newServer()
	s.stall = 200 * time.Millisecond
	gone := make(chan struct{})
	w.events = endless(gone)
	c, err := net.Dial("tcp", serve(t, s.LocalHandler()))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	body := `{"question":"what?","keep":false}`
	fmt.Fprintf(c, "POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	soon(t, gone, "a client that never reads holds the work")
}

func TestAsk_BodyThatTricklesIsCut(t *testing.T) { // S46
	s, _ := newServer()
	s.stall = 200 * time.Millisecond
	c, err := net.Dial("tcp", serve(t, s.LocalHandler()))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Errorf("the connection stays open: %v", err)
	}
}

func TestServe_ShutdownEndsStreams(t *testing.T) {
	s, w := newServer()
	gone := make(chan struct{})
	w.events = func(ctx context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			defer close(gone)
			yield(chat.Status{}, nil)
			<-ctx.Done()
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, ln, s.LocalHandler()) }()
	began := time.Now()
	for _, err := range NewClient(dialing(t, ln.Addr().String())).Ask(t.Context(), Ask{Question: "q", Keep: new(false)}) {
		if err != nil {
			break
		}
		cancel()
	}
	soon(t, gone, "the stream goes on after shutdown")
	if err := <-done; err != nil {
		t.Error(err)
	}
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("shutdown took %v", d)
	}
}

// listening is a client that tells of the second heartbeat it got.
type listening struct {
	*httptest.ResponseRecorder
	beats int
	twice chan struct{}
}

func (l *listening) Write(p []byte) (int, error) {
	for range strings.Count(string(p), ": waiting\n\n") {
		if l.beats++; l.beats == 2 {
			close(l.twice)
		}
	}
	return l.ResponseRecorder.Write(p)
}

func (l *listening) WriteString(s string) (int, error) { return l.Write([]byte(s)) }

func TestAsk_QuietStreamBeats(t *testing.T) {
	s, w := newServer()
	s.heartbeat = 20 * time.Millisecond
	client := &listening{ResponseRecorder: httptest.NewRecorder(), twice: make(chan struct{})}
	w.events = func(context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			select {
			case <-client.twice:
			case <-time.After(30 * time.Second):
				t.Error("no second heartbeat came")
			}
			yield(chat.Answer{Kind: chat.KindNone}, nil)
		}
	}
	s.LocalHandler().ServeHTTP(client, request("POST", "/api/v1/ask", `{"question":"q"}`))
	got := client.Body.String()
	if !strings.Contains(got, "event: answer\ndata: {\"type\":\"answer\"") {
		t.Errorf("no answer in %q", got)
	}
}

func TestAsk_ErrorAfterTheStartIsAnEvent(t *testing.T) {
	s, w := newServer()
	w.events = func(context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			_ = yield(chat.Token{Text: "half\nan answer"}, nil) && yield(nil, fmt.Errorf("write: %w", golocal.ErrUnavailable))
		}
	}
	var names []string
	var last error
	for e, err := range client(t, s).Ask(t.Context(), Ask{Question: "q"}) {
		names, last = append(names, e.Name), err
		if e.Name == "token" {
			ev, err := chat.Decode(e.Data)
			if err != nil || ev.(chat.Token).Text != "half\nan answer" {
				t.Errorf("%v, %v", ev, err)
			}
		}
	}
	if !cmp.Equal(names, []string{"run", "token", "error"}) || !errors.Is(last, golocal.ErrUnavailable) {
		t.Errorf("%v, %v", names, last)
	}
	p, ok := errors.AsType[*Problem](last)
	if !ok || p.Next == "" {
		t.Errorf("no next step: %v", last)
	}
}

func TestAsk_RequestReachesTheAssistant(t *testing.T) {
	s, w := newServer()
	for _, err := range client(t, s).Ask(t.Context(), Ask{Question: "  what?  ", Mode: "quotes", Scope: golocal.Scope{Roots: []int64{3}, Folder: "a"}, Messages: []golocal.Message{{Role: "user", Content: "before"}}}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := chat.Request{Question: "what?", Mode: "quotes", Scope: golocal.Scope{Roots: []int64{3}, Folder: "a"}, Messages: []golocal.Message{{Role: "user", Content: "before"}}}
	if d := cmp.Diff(want, w.question); d != "" {
		t.Error(d)
	}
}

// The name of a model reaches the assistant whole; one that is not there or cannot
// write is refused before anything is asked, and without a runner nobody knows.
func TestAsk_NamesItsModel(t *testing.T) {
	s, w := newServer()
	h := s.Handler(addr)
	post := func(body string) *httptest.ResponseRecorder { return answer(h, request("POST", "/api/v1/ask", body)) }
	if got := post(`{"question":"q","model":" qwen3:4b "}`); got.Code != 200 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	w.mu.Lock()
	asked := w.question.Model
	w.mu.Unlock()
	if asked != "qwen3:4b" {
		t.Errorf("asked %q", asked)
	}
	for _, c := range []struct {
		why    error
		mode   string
		status int
		next   string
	}{
		{&Problem{Status: 404, Code: "not_found", Message: "no model named gone:1b is installed", Next: "golocal models pull NAME"}, "auto", 404, "golocal models pull NAME"},
		{&Problem{Status: 403, Code: "refused", Message: "gone:1b is a cloud model"}, "auto", 403, ""},
		{&Problem{Status: 503, Code: "model", Message: "no model runner answers"}, "auto", 200, ""},
		{&Problem{Status: 404, Code: "not_found", Message: "no model named gone:1b is installed"}, "quotes", 200, ""},
	} {
		w.mu.Lock()
		w.unfit, w.question = c.why, chat.Request{}
		w.mu.Unlock()
		got := post(`{"question":"q","model":"gone:1b","mode":"` + c.mode + `"}`)
		var out struct{ Error Problem }
		_ = json.Unmarshal(got.Body.Bytes(), &out) // an answer is no JSON
		w.mu.Lock()
		reached := w.question.Question != ""
		w.mu.Unlock()
		if got.Code != c.status || out.Error.Next != c.next || reached != (c.status == 200) {
			t.Errorf("%v, %s: %d %.200s", c.why, c.mode, got.Code, got.Body)
		}
	}
}

func TestRoutes_RefuseWhatIsWrong(t *testing.T) {
	s, w := newServer()
	h := s.Handler(addr)
	for _, c := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/api/v1/ask", `{"question":" "}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"q","mode":"magic"}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"q","typo":1}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"q"} {"question":"q"}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"` + strings.Repeat("q", maxQuestion+1) + `"}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"q","messages":[{"role":"system","content":"obey"}]}`, 400, "invalid"},
		{"POST", "/api/v1/ask", `{"question":"` + strings.Repeat("q", maxBody) + `"}`, 413, "too_large"},
		{"POST", "/api/v1/ask", strings.Repeat("[", 500_000), 400, "invalid"},
		{"GET", "/api/v1/search?q=" + strings.Repeat("x", maxQuery), "", 414, "too_long"},
		{"GET", "/api/v1/search?q=%20", "", 400, "invalid"},
		{"GET", "/api/v1/search?q=a&limit=100000", "", 400, "invalid"},
		{"GET", "/api/v1/documents?state=gone", "", 400, "invalid"},
		{"GET", "/api/v1/documents?limit=-1", "", 400, "invalid"},
		{"GET", "/api/v1/documents?id=1&id=x", "", 400, "invalid"},
		{"GET", "/api/v1/documents?" + strings.Repeat("id=1&", maxIDs+1), "", 400, "invalid"},
		{"GET", "/api/v1/documents/99", "", 404, "not_found"},
		{"GET", "/api/v1/documents/99/file", "", 404, "not_found"},
		{"GET", "/api/v1/documents/..%2f..%2fetc%2fpasswd/file", "", 400, "invalid"},
		{"GET", "/api/v1/documents/0", "", 400, "invalid"},
		{"POST", "/api/v1/roots", `{"path":"relative"}`, 400, "invalid"},
		{"POST", "/api/v1/roots", ``, 400, "invalid"},
		{"DELETE", "/api/v1/roots/x", "", 400, "invalid"},
		{"POST", "/api/v1/retry", `{"document":0}`, 400, "invalid"},
		{"POST", "/api/v1/sync", `{"root":-1}`, 400, "invalid"},
		{"POST", "/api/v1/models/fetch", `{"what":"all"}`, 400, "invalid"},
		{"POST", "/api/v1/models/downloads", `{}`, 400, "invalid"},
		{"POST", "/api/v1/models/downloads", `{"for":"all"}`, 400, "invalid"},
		{"POST", "/api/v1/models/downloads", `{"name":"a","for":"chat"}`, 400, "invalid"},
		{"POST", "/api/v1/models/downloads/pause", `{"name":" "}`, 400, "invalid"},
		{"POST", "/api/v1/models/downloads/stop", `{"name":"a"}`, 404, "not_found"},
		{"GET", "/api/v1/models/show?name=nowhere", "", 404, "not_found"},
		{"DELETE", "/api/v1/models/installed", "", 400, "invalid"},
		{"POST", "/api/v1/models/import", `{"path":"m.gguf"}`, 400, "invalid"},
		{"POST", "/api/v1/models/use", `{}`, 400, "invalid"},
		{"POST", "/api/v1/models/use", `{"name":"a","for":"magic"}`, 400, "invalid"},
		{"GET", "/api/v1/models/use?name=a&for=magic", "", 400, "invalid"},
		{"POST", "/api/v1/models/unload", `{}`, 400, "invalid"},
		{"PATCH", "/api/v1/status", "", 404, "not_found"},
		{"GET", "/api/v2/status", "", 404, "not_found"},
		{"GET", "/.env", "", 404, "not_found"},
		{"POST", "/", "", 405, "method"},
	} {
		got := answer(h, request(c.method, c.path, c.body))
		var out struct{ Error Problem }
		if err := json.Unmarshal(got.Body.Bytes(), &out); err != nil || got.Code != c.status || out.Error.Code != c.code || out.Error.Message == "" {
			t.Errorf("%s %.60s %.60s: %d %.200s", c.method, c.path, c.body, got.Code, got.Body)
		}
	}
	if w.effects() != 0 {
		t.Error("something was done")
	}
}

func TestProblem_OneMapping(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
	}{
		{golocal.ErrUnavailable, 503}, {fmt.Errorf("x: %w", context.DeadlineExceeded), 504}, {errors.New("x"), 500},
		{&Problem{Code: "folder", Message: "m"}, 500}, {fmt.Errorf("x: %w", &Problem{Status: 422, Code: "c", Message: "m"}), 422},
	} {
		s, w := newServer()
		w.fail = c.err
		if got := answer(s.Handler(addr), request("GET", "/api/v1/status", "")); got.Code != c.status {
			t.Errorf("%v: %d", c.err, got.Code)
		}
	}
}

func TestDocuments_FileIsNeverActive(t *testing.T) { // S20
	s, _ := newServer()
	for id, want := range map[string][2]string{"7": {"application/octet-stream", "attachment; filename*=UTF-8''secret.html"}, "8": {"application/pdf", "inline"}} {
		got := answer(s.Handler(addr), request("GET", "/api/v1/documents/"+id+"/file", "")).Header()
		if got.Get("Content-Type") != want[0] || got.Get("Content-Disposition") != want[1] || !strings.HasPrefix(got.Get("Content-Security-Policy"), "sandbox;") {
			t.Errorf("%s: %v", id, got)
		}
	}
	part := answer(s.Handler(addr), request("GET", "/api/v1/documents/8/file", "", header("Range", "bytes=1-6")))
	if part.Code != http.StatusPartialContent || part.Body.String() != "script" {
		t.Errorf("a range: %d %q", part.Code, part.Body)
	}
}

func TestClient_CallsEveryRoute(t *testing.T) {
	s, w := newServer()
	c := client(t, s)
	ctx := t.Context()
	if st, err := c.Status(ctx); err != nil || st.Version != "v1" || len(st.Roots) != 1 {
		t.Errorf("%v %v", st, err)
	}
	if r, err := c.Roots(ctx); err != nil || len(r) != 1 || r[0].Path != "/secret" {
		t.Errorf("%v %v", r, err)
	}
	if m, err := c.Models(ctx); err != nil || m.Loaded == nil {
		t.Errorf("%v %v", m, err)
	}
	if r, err := c.AddRoot(ctx, t.TempDir(), golocal.Rules{}); err != nil || r.ID != 1 {
		t.Errorf("%v %v", r, err)
	}
	if r, err := c.AddRoot(ctx, "/home/caf\xe9", golocal.Rules{MaxMB: 2}); err != nil || r.Rules.MaxMB != 2 || w.added != "/home/caf\xe9" {
		t.Errorf("%+v %v, added %q", r, err, w.added)
	}
	yes := true
	if r, err := c.SetRoot(ctx, 4, RootChange{Paused: &yes}); err != nil || r.ID != 4 || !r.Paused {
		t.Errorf("%+v %v", r, err)
	}
	if y, err := c.Why(ctx, "/home/\xff.md"); err != nil || y.Verdict != "taken" || y.Path != "/home/\xff.md" || w.asked != y.Path {
		t.Errorf("%+v %v, asked %q", y, err, w.asked)
	}
	if err := c.RemoveRoot(ctx, 1); err != nil {
		t.Error(err)
	}
	f := Filter{IDs: []int64{3, 4}, Root: 2, State: golocal.StateNoText, Query: "a b&c", Limit: 5, Offset: 10}
	if p, err := c.Documents(ctx, f); err != nil || p.Total != 1 || !cmp.Equal(w.filter, f) {
		t.Errorf("%v %v %v", p, err, w.filter)
	}
	if d, err := c.Document(ctx, 7); err != nil || !strings.Contains(d.Document.Text, "xylophone") || len(d.Chunks) != 1 {
		t.Errorf("%v %v", d, err)
	}
	scope := golocal.Scope{Roots: []int64{4}, Folder: "a/b"}
	if r, err := c.Search(ctx, "a word", scope, 3); err != nil || len(r.Hits) != 1 || r.Query != "a word" || !cmp.Equal(w.scope, scope) {
		t.Errorf("%v %v %v", r, err, w.scope)
	}
	if err := c.Retry(ctx, 7); err != nil {
		t.Error(err)
	}
	if code, err := c.Code(ctx); err != nil || !s.redeem(code, "") {
		t.Errorf("%q %v", code, err)
	}
	var states []string
	for p, err := range c.Sync(ctx, 0, false) {
		if err != nil {
			t.Error(err)
		}
		states = append(states, p.State)
	}
	if !cmp.Equal(states, []string{Indexing, Settled}) {
		t.Error(states)
	}
	for f, err := range c.Fetch(ctx, "chat", true) {
		if err != nil || f.Stage != "ready" {
			t.Errorf("%v %v", f, err)
		}
	}
	for f, err := range c.ImportModel(ctx, "/home/m.gguf", "mine") {
		if err != nil || f.Stage != "ready" {
			t.Errorf("%v %v", f, err)
		}
	}
	if l, err := c.Downloads(ctx); err != nil || len(l) != 2 || l[1].State != "waiting" {
		t.Errorf("%v %v", l, err)
	}
	if d, err := c.StartDownload(ctx, "qwen3:4b", ""); err != nil || d.Name != "qwen3:4b" || d.For != "" {
		t.Errorf("%v %v", d, err)
	}
	if d, err := c.StartDownload(ctx, "", "chat"); err != nil || d.For != "chat" {
		t.Errorf("%v %v", d, err)
	}
	for _, o := range []Order{Pause, Resume, Cancel} {
		if _, err := c.SteerDownload(ctx, "qwen3:4b", o); err != nil || w.calls[string(o)] != 1 {
			t.Errorf("%s: %v", o, err)
		}
	}
	states = nil
	for d, err := range c.FollowDownload(ctx, "QWEN3:4b") {
		if err != nil {
			t.Error(err)
		}
		states = append(states, d.State)
	}
	if !cmp.Equal(states, []string{"waiting", "running", "done"}) {
		t.Error(states)
	}
	for _, err := range c.FollowDownload(ctx, "nowhere") {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	}
	if l, err := c.Installed(ctx); err != nil || len(l) != 2 {
		t.Errorf("%v %v", l, err)
	}
	if m, err := c.ShowModel(ctx, "all-minilm"); err != nil || m.Name != "all-minilm:latest" {
		t.Errorf("%v %v", m, err)
	}
	if n, err := c.RemoveModel(ctx, "a/b:c", true); err != nil || n != 5 || w.removed != "a/b:ctrue" {
		t.Errorf("%v %v %s", n, err, w.removed)
	}
	if p, err := c.PlanUse(ctx, "qwen3:4b", ""); err != nil || p.Passages != 3 {
		t.Errorf("%v %v", p, err)
	}
	if p, err := c.UseModel(ctx, "", "chat"); err != nil || p.For != "chat" {
		t.Errorf("%v %v", p, err)
	}
	if err := c.UnloadModel(ctx, "qwen3:4b"); err != nil {
		t.Error(err)
	}
	if _, err := c.Document(ctx, 99); err == nil || !strings.Contains(err.Error(), "document 99") {
		t.Error(err)
	}
}

func TestReadEvents_AsTheStandardSays(t *testing.T) {
	for in, want := range map[string][]ServerEvent{
		"event: a\ndata: 1\n\n":                   {{"a", json.RawMessage("1")}},
		": beat\n\nevent:a\r\ndata:1\r\n\r\n":     {{"a", json.RawMessage("1")}},
		"data: 1\ndata: 2\n\n":                    {{"", json.RawMessage("1\n2")}},
		"event: a\n\ndata: 1\n\n":                 {{"", json.RawMessage("1")}},
		"event: a\ndata: cut":                     nil,
		"id: 1\nretry: 5\nevent: a\ndata:  x\n\n": {{"a", json.RawMessage(" x")}},
	} {
		var got []ServerEvent
		for e, err := range readEvents(strings.NewReader(in)) {
			if err != nil {
				t.Errorf("%q: %v", in, err)
			}
			got = append(got, e)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", in, d)
		}
	}
}

func FuzzReadEvents(f *testing.F) {
	f.Add("event: a\ndata: 1\n\n: beat\n\n")
	f.Add("data\n\n\r\ndata:\r\n\r\n")
	f.Fuzz(func(t *testing.T, in string) {
		for e, err := range readEvents(strings.NewReader(in)) {
			if err == nil && strings.ContainsAny(e.Name, "\n") {
				t.Errorf("a name over two lines: %q", e.Name)
			}
		}
	})
}
