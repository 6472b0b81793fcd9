package web

import (
	"net/http"
	"testing"
)

func TestWhy_TakesAPathOrADocumentWhoseNameIsNoText(t *testing.T) {
	s, w := newServer()
	h := s.Handler(addr)
	for _, c := range []struct {
		query, asked string
		status       int
	}{
		{"path=/home/me/a.md", "/home/me/a.md", http.StatusOK},
		{"path=/home/me/caf%E9.md", "/home/me/caf\xe9.md", http.StatusOK},
		{"document=7", "/home/me/caf\xe9.md", http.StatusOK},
		{"document=8", "", http.StatusNotFound},
		{"document=none", "", http.StatusBadRequest},
		{"document=-7", "", http.StatusBadRequest},
		{"path=a.md", "", http.StatusBadRequest},
		{"", "", http.StatusBadRequest},
	} {
		w.asked = ""
		got := answer(h, request("GET", "/api/v1/why?"+c.query, ""))
		if got.Code != c.status || w.asked != c.asked {
			t.Errorf("%s: %d, asked %q, not %d, %q", c.query, got.Code, w.asked, c.status, c.asked)
		}
	}
}
