package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestClient_Backup(t *testing.T) {
	s, _ := newServer()
	var out bytes.Buffer
	n, err := NewClient(handlerTransport{s.LocalHandler()}).Backup(t.Context(), &out)
	if err != nil || out.String() != "the whole index" || n != 15 {
		t.Errorf("%d bytes %q, %v", n, out.String(), err)
	}
	out.Reset()
	if n, err := NewClient(handlerTransport{s.LocalHandler()}).BackupChats(t.Context(), &out); err != nil || out.String() != "all chats" || n != 9 {
		t.Errorf("chats: %d bytes %q, %v", n, out.String(), err)
	}
	cut := NewClient(handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "half")
	})})
	if _, err := cut.Backup(t.Context(), io.Discard); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "backup") {
		t.Errorf("a backup cut short: %v", err)
	}
}

// handlerTransport answers requests by a handler, in this process.
type handlerTransport struct{ http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	if res.Header.Get("Content-Length") == "100" {
		res.ContentLength = 100
	}
	return res, nil
}
