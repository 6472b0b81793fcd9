//go:build e2e

package e2e

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/internal/fakeollama"
	"golocal/web"
)

// client calls the daemon of a home over its socket.
func (h *home) client() *web.Client {
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", filepath.Join(h.dir, "run", "golocal.sock"))
	}}
	h.t.Cleanup(transport.CloseIdleConnections)
	return web.NewClient(transport)
}

// shortHome is a home whose path is short enough for a socket.
func shortHome(t *testing.T, extra ...string) *home {
	t.Helper()
	h := newHome(t, extra...)
	dir, err := os.MkdirTemp("", "gl")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	h.dir = dir
	h.env = append(h.env, "GOLOCAL_HOME="+dir)
	return h
}

// talked has a home's daemon keep a conversation of two questions.
func talked(t *testing.T, h *home) string {
	t.Helper()
	h.run("chat", "--quotes", "How many paid vacation days do I get?").want(t, 0)
	h.run("chat", "--quotes", "--continue", "And the days between Christmas and New Year?").want(t, 0)
	list := decode[[]history.Conversation](t, h.run("chats", "--json").want(t, 0))
	if len(list) != 1 || list[0].Turns != 2 || list[0].Title != "How many paid vacation days do I get" {
		t.Fatalf("%+v", list)
	}
	return list[0].ID
}

func TestChats_AreKeptSearchedAndWrittenOut(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	first := h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	id := talked(t, h)
	first.stop()
	h.serve("serve")

	w := decode[history.Whole](t, h.run("chats", "show", id, "--json").want(t, 0))
	if len(w.Turns) != 2 || w.Turns[1].Parent != w.Turns[0].ID || w.Turns[0].State != history.Done || !strings.Contains(w.Turns[0].Answer.Said(), "27 paid vacation days") {
		t.Fatalf("after a restart: %+v", w)
	}
	if !strings.Contains(w.Turns[1].Standalone, "vacation days") {
		t.Errorf("the second question was searched as %q", w.Turns[1].Standalone)
	}
	h.run("ask", "--quotes", "What does a new badge cost?").want(t, 0)
	h.run("ask", "--quotes", "--keep", "Who changes the toner?").want(t, 0)
	h.run("chat", "--quotes", "--no-history", "What does a new badge cost?").want(t, 0)
	if list := decode[[]history.Conversation](t, h.run("chats", "--json").want(t, 0)); len(list) != 2 {
		t.Errorf("%d conversations, want 2: an ask without --keep is forgotten", len(list))
	}
	if found := decode[[]history.Conversation](t, h.run("chats", "toner", "chan", "--json").want(t, 0)); len(found) != 1 || found[0].ID == id || len(found[0].Hits) != 1 || len(found[0].Hits[0].Marks) == 0 {
		t.Errorf("searched: %+v", found)
	}
	h.run("chats", "xylophone").want(t, 3)
	md := h.run("chats", "export", id).want(t, 0).out
	if !strings.Contains(md, "## How many paid vacation days do I get?") || !strings.Contains(md, "time-off.md, line 3: “") || !strings.Contains(md, "still there (checked ") {
		t.Errorf("%s", md)
	}
	h.run("chats", "rename", id, "Days", "off").want(t, 0)
	h.run("chats", "pin", id).want(t, 0)
	if list := decode[[]history.Conversation](t, h.run("chats", "--json").want(t, 0)); list[0].ID != id || list[0].Title != "Days off" || !list[0].Pinned {
		t.Errorf("%+v", list)
	}
	h.run("chats", "show", "nowhere").want(t, 1)
	h.run("chats", "rm").want(t, 2)
	if st := decode[web.Status](t, h.run("status", "--json").want(t, 0)); !st.History.On || st.History.Conversations != 2 || st.History.Bytes == 0 {
		t.Errorf("%+v", st.History)
	}
}

// TestChats_AnOldAnswerSaysWhatHasChanged edits, moves and deletes the cited file.
func TestChats_AnOldAnswerSaysWhatHasChanged(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	h.run("chat", "--quotes", "How many paid vacation days do I get?").want(t, 0)
	id := decode[[]history.Conversation](t, h.run("chats", "--json").want(t, 0))[0].ID
	cited := func() golocal.Citation {
		w := decode[history.Whole](t, h.run("chats", "show", id, "--json").want(t, 0))
		return w.Turns[0].Answer.Quotes[0].Citation
	}
	was := cited()
	if was.State != golocal.Current || was.Now != nil || was.Checked.IsZero() {
		t.Fatalf("before: %+v", was)
	}
	path := filepath.Join(dir, "time-off.md")
	text := read(t, path)
	write(t, path, "A line before.\n\n"+strings.Replace(text, "27 paid", "33 paid", 1))
	c := cited() // at once: the file is read before it is shown
	if c.State != golocal.Changed {
		t.Errorf("edited: %+v", c)
	}
	// Where it stands now is looked for only so long, which a loaded machine may exceed.
	within(t, timeLimit, "the new place is found", func() bool { c = cited(); return c.Now != nil })
	if c.State != golocal.Changed || c.Quote != was.Quote || !strings.Contains(c.Now.Quote, "33 paid vacation days") || c.Now.Place.Line != was.Place.Line+2 {
		t.Errorf("edited: %+v %+v", c, c.Now)
	}
	if out := h.run("chats", "show", id).want(t, 0).out; !strings.Contains(out, "27 paid") || !strings.Contains(out, "changed since, now: ") || !strings.Contains(out, "33 paid") {
		t.Errorf("%s", out)
	}
	write(t, path, text)
	if c := cited(); c.State != golocal.Current {
		t.Errorf("as it was: %+v", c)
	}
	to := filepath.Join(dir, "old", "leave.md")
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, to); err != nil {
		t.Fatal(err)
	}
	within(t, timeLimit, "a renamed file is found again", func() bool {
		c := cited()
		return c.State == golocal.Moved && c.Now != nil && c.Now.Path == to && c.Quote == was.Quote
	})
	if err := os.Remove(to); err != nil {
		t.Fatal(err)
	}
	within(t, timeLimit, "a deleted file is gone", func() bool { return cited().State == golocal.Gone })
}

// TestChats_AnswerFromTheFileAsItIsNow edits a file and asks at once, before the
// quiet time after which a change is read.
func TestChats_AnswerFromTheFileAsItIsNow(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	h.run("add", dir).want(t, 0)
	write(t, filepath.Join(h.dir, "config.yaml"), "quiet: 30s\nmax-wait: 60s\n")
	h.serve("serve")
	path := filepath.Join(dir, "time-off.md")
	text := read(t, path)
	for _, days := range []string{"33", "34", "35"} {
		write(t, path, strings.Replace(text, "27 paid", days+" paid", 1))
		// A busy machine may take longer than the moment that an answer waits.
		within(t, timeLimit, "the answer has the new text", func() bool {
			out := h.run("ask", "--quotes", "How many paid vacation days do I get?").want(t, 0).out
			return strings.Contains(out, days+" paid vacation days")
		})
	}
}

func TestChats_DeletedBytesAreNowhere(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, map[string]string{"a.md": "# Zanzibarquux\n\nThe Zanzibarquux lies behind the Flimflamwort.\n"})
	h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	h.run("chat", "--quotes", "Where does the Zanzibarquux of Brabbelheim lie?") // answered or refused: it is kept
	h.run("rm", dir).want(t, 0)                                                  // what the index holds is another matter
	if holding(t, h.dir, "Brabbelheim") == 0 || holding(t, h.dir, "Flimflamwort") == 0 {
		t.Fatal("the words are nowhere, so this test sees nothing")
	}
	h.run("chats", "rm", "--all").want(t, 0)
	for _, word := range []string{"Brabbelheim", "brabbelheim", "Flimflamwort", "flimflamwort", "Zanzibarquux"} {
		if n := holding(t, h.dir, word); n > 0 {
			t.Errorf("%d files still hold %q", n, word)
		}
	}
	h.run("chats").want(t, 0)
}

// TestChats_RunsBelongToTheDaemon leaves an answer that a model writes without end,
// comes back to it, stops it, and kills the daemon during another.
func TestChats_RunsBelongToTheDaemon(t *testing.T) {
	t.Parallel()
	fake := fakeollama.New(fakeollama.Options{})
	fake.Set(func(b *fakeollama.Behaviour) { b.Chat, b.WordDelay = "endless", 20 })
	runner := httptest.NewServer(fake)
	defer runner.Close()
	h := shortHome(t, "GOLOCAL_OLLAMA="+runner.URL)
	dir := folder(t, handbook())
	daemon := h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	c := h.client()
	// leave asks and goes when the model has begun to write.
	leave := func() chat.Begun {
		t.Helper()
		var begun chat.Begun
		for e, err := range c.Ask(t.Context(), web.Ask{Question: "How many paid vacation days do I get?", Mode: "generate"}) {
			if err != nil {
				t.Fatal(err)
			}
			event, err := chat.Decode(e.Data)
			if err != nil {
				t.Fatal(err)
			}
			if b, ok := event.(chat.Begun); ok {
				begun = b
			}
			if e.Name == "token" {
				return begun
			}
		}
		t.Fatal("the model wrote nothing")
		return begun
	}
	begun := leave()
	if l, err := c.Running(t.Context()); err != nil || len(l) != 1 || l[0].Run != begun.Run || l[0].Conversation != begun.Conversation {
		t.Fatalf("%+v %v", l, err)
	}
	var names []string
	for e, err := range c.FollowRun(t.Context(), begun.Run, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if names = append(names, e.Name); len(names) > 8 {
			break
		}
	}
	if all := strings.Join(names, " "); !strings.HasPrefix(all, "run status") || !strings.Contains(all, "quotes") || !strings.Contains(all, "token") {
		t.Errorf("re-attached: %s", all)
	}
	before := fake.Counts().ChatsCancelled
	if err := c.StopRun(t.Context(), begun.Run); err != nil {
		t.Fatal(err)
	}
	within(t, timeLimit, "the model stops", func() bool { return fake.Counts().ChatsCancelled > before })
	w, err := c.Conversation(t.Context(), begun.Conversation)
	if err != nil || w.Turns[0].State != history.Stopped || w.Turns[0].Answer == nil || w.Turns[0].Answer.Said() == "" {
		t.Errorf("%+v %v", w.Turns, err)
	}

	killed := leave()
	daemon.kill()
	h.serve("serve")
	w, err = h.client().Conversation(t.Context(), killed.Conversation)
	if err != nil || len(w.Turns) != 1 || w.Turns[0].State != history.Stopped {
		t.Errorf("after a kill: %+v %v", w.Turns, err)
	}
}
