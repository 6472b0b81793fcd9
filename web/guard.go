package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"mime"
	"net"
	"net/http"
	"strings"
)

// Policy is the page's Content-Security-Policy: everything from the daemon
// itself, nothing inline, no frames, no forms that submit.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Limits of a request, bytes.
const (
	maxBody     = 1 << 20 // of a file that is added see max-file-mb of the config
	maxQuery    = 8 << 10 // of the address
	maxQuestion = 8 << 10
)

// secured puts the security headers on every response, refusals and missing
// pages included. A worker obeys the policy of its own response, so scripts
// carry it too. No header ever allows another origin to read (CORS).
func (s *Server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if s.off.noCORS {
			h.Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		}
		next.ServeHTTP(w, r)
	})
}

// hosts refuses requests whose Host is not one of the listener's own names
// with its own port. It stops DNS rebinding, where a foreign name resolves to
// 127.0.0.1 and the browser takes the daemon for that site (CVE-2024-28224 and
// its kin); CrossOriginProtection does not.
func (s *Server) hosts(addr string, next http.Handler) http.Handler {
	_, port, err := net.SplitHostPort(addr)
	allowed := map[string]bool{}
	if err == nil {
		for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
			allowed[net.JoinHostPort(name, port)] = true
			if port == "80" {
				allowed[strings.TrimSuffix(net.JoinHostPort(name, port), ":80")] = true
			}
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A request line with a whole address would outrank the Host header; browsers never send one.
		if (!allowed[r.Host] || r.URL.Host != "") && !s.off.host {
			s.refuse(w, r, &Problem{Status: http.StatusForbidden, Code: "host",
				Message: "this address is not golocal's", Next: "open the address that golocal up printed"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// crossOrigin refuses requests with effects that another site sends.
func (s *Server) crossOrigin(next http.Handler) http.Handler {
	if s.off.crossOrigin {
		return next
	}
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, &Problem{Status: http.StatusForbidden, Code: "cross_origin", Message: "another site sent this request"})
	}))
	return p.Handler(next)
}

// bounded limits the size of an address; serve limits that of a body.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.RawQuery) > maxQuery || len(r.URL.Path) > maxQuery {
			write(w, &Problem{Status: http.StatusRequestURITooLong, Code: "too_long", Message: "the address is longer than 8 KB", Next: "send less"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// authorized tells whether the request carries the token in the one way that
// is allowed: a single Authorization header with the Bearer scheme.
func (s *Server) authorized(r *http.Request) bool {
	if s.off.token {
		return true
	}
	values := r.Header.Values("Authorization")
	if len(values) != 1 {
		return false
	}
	token, ok := strings.CutPrefix(values[0], "Bearer ")
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], s.sum[:]) == 1 && ok
}

// jsonBody tells whether the request says that its body is JSON. A page of
// another site cannot send that type without asking first.
func (s *Server) jsonBody(r *http.Request) bool {
	if s.off.contentType {
		return true
	}
	t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && t == "application/json"
}
