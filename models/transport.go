package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/ollama/ollama/api"
)

// lane is the priority of a request. The engine reads it from the header
// X-Golocal-Lane; Ollama ignores that.
type lane string

const (
	laneQuery lane = "query" // a person waits for a search
	laneChat  lane = "chat"  // a person waits for an answer
	laneIndex lane = "index" // nobody waits
)

// Bounds on what a runner may send back (S39): a runner is trusted with the
// questions but not with golocal's memory.
const (
	maxLine  = 1 << 20   // one line of a stream
	maxReply = 64 << 20  // one reply that is not a stream; a vocabulary of 256k tokens is about 10 MB
	maxChat  = 16 << 20  // one streamed answer with its JSON around every token
	maxPull  = 256 << 20 // the progress lines of one download
)

type (
	laneKey  struct{}
	faultKey struct{}
)

func withLane(ctx context.Context, l lane) context.Context {
	return context.WithValue(ctx, laneKey{}, l)
}

// fault remembers what went wrong while a body was read: Ollama's client
// takes a stream that breaks for one that ends.
type fault struct {
	line, total int64 // bounds, bytes; line 0 for replies that are not streams
	err         error
}

func withFault(ctx context.Context, f *fault) context.Context {
	return context.WithValue(ctx, faultKey{}, f)
}

var (
	errRedirect = errors.New("the runner redirects to another address; golocal does not follow")
	errTooMuch  = errors.New("the reply is larger than any honest one")
)

// newClient returns Ollama's client over a transport that dials only a,
// without proxy, redirects, cookies or compression.
func newClient(a address) (*api.Client, *http.Client) {
	dialer := &net.Dialer{Timeout: 2 * time.Second}
	base := &http.Transport{
		Proxy: nil, // HTTP_PROXY must not see questions (S37)
		DialContext: func(ctx context.Context, _, _ string) (conn net.Conn, err error) {
			for _, addr := range a.dial {
				if conn, err = dialer.DialContext(ctx, a.network, addr); err == nil {
					return conn, nil
				}
			}
			return nil, err
		},
		DisableCompression:     true, // no bomb can unfold
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    5 * time.Second,
	}
	client := &http.Client{
		Transport: guard{base},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errRedirect
		},
	}
	return api.NewClient(a.base, client), client
}

// guard sets the lane of a request and bounds the body of its reply.
type guard struct{ base http.RoundTripper }

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport.
func (g guard) CloseIdleConnections() {
	if c, ok := g.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip sends r in its lane and bounds the reply.
func (g guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if l, ok := r.Context().Value(laneKey{}).(lane); ok {
		r = r.Clone(r.Context())
		r.Header.Set("X-Golocal-Lane", string(l))
	}
	resp, err := g.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	f, ok := r.Context().Value(faultKey{}).(*fault)
	if !ok {
		f = &fault{total: maxReply}
	}
	if resp.StatusCode >= 500 && resp.ContentLength == 0 {
		f.err = fmt.Errorf("the runner answered %s", resp.Status)
	}
	resp.Body = &bounded{body: resp.Body, fault: f, left: f.total}
	return resp, nil
}

// bounded reads a body up to the bounds of its fault and keeps the error that
// ended it.
type bounded struct {
	body  io.ReadCloser
	fault *fault
	left  int64
	line  int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	b.left -= int64(n)
	if b.fault.line > 0 {
		for _, c := range p[:n] {
			if b.line++; c == '\n' {
				b.line = 0
			}
			if b.line > b.fault.line {
				b.fault.err = errTooMuch
				return 0, errTooMuch
			}
		}
	}
	if b.left < 0 {
		b.fault.err = errTooMuch
		return 0, errTooMuch
	}
	if err != nil && err != io.EOF {
		b.fault.err = err
	}
	return n, err
}

func (b *bounded) Close() error { return b.body.Close() }
