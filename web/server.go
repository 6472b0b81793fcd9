// Package web serves golocal's page and its JSON interface: to browsers over
// loopback behind a guard (exact Host, cross-origin check, token, strict
// headers), and to the command line over a private socket without one.
package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"golocal"
)

// Searcher finds the n passages that fit a query best, or that are most like a
// passage; one that is not there is [fs.ErrNotExist], and so is an unknown saved
// scope.
type Searcher interface {
	Retrieve(ctx context.Context, query string, scope golocal.Scope, n int) (golocal.Found, error)
	Like(ctx context.Context, chunk int64, scope golocal.Scope, n int) (golocal.Found, error)
}

// Library reads what is known of the files. A missing document is
// [fs.ErrNotExist].
type Library interface {
	// Documents lists documents without Text and Sections, ordered by root and path.
	Documents(ctx context.Context, f Filter) (Page, error)
	// Document gives one document whole, with its chunks in order.
	Document(ctx context.Context, id int64) (golocal.Document, []golocal.Chunk, error)
	// Open opens the file itself, as it is on disk now.
	Open(ctx context.Context, id int64) (File, error)
}

// Folders changes the set of watched folders. Add answers [fs.ErrExist] for a
// folder that is watched already, Set and Remove [fs.ErrNotExist] for an unknown
// id. Errors of kind [*Problem] reach the user as they are.
type Folders interface {
	Add(ctx context.Context, path string, rules golocal.Rules) (golocal.Root, error)
	Set(ctx context.Context, id int64, change RootChange) (golocal.Root, error)
	Remove(ctx context.Context, id int64) error
}

// RootChange is what changes of a root; nil leaves it as it is.
type RootChange struct {
	Rules  *golocal.Rules `json:"rules,omitempty"`
	Paused *bool          `json:"paused,omitempty"`
}

// Daemon tells how the work stands and steers it.
type Daemon interface {
	Status(ctx context.Context) (Status, error)
	// Sync compares a root (0 is every root) with the disk and ends when the
	// index equals it; the last Progress has the State "settled". Confirm lets
	// deletions through that were held because most of a root had vanished.
	Sync(ctx context.Context, root int64, confirm bool) iter.Seq2[Progress, error]
	// Retry reads one document again although its file has not changed.
	Retry(ctx context.Context, document int64) error
}

// File is an opened document.
type File struct {
	Content  io.ReadSeekCloser
	Modified time.Time
}

// Options are what a Server works with; every field but Token, Version and Log
// is needed.
type Options struct {
	Runner    Runner
	Onlooker  Onlooker
	Searcher  Searcher
	Library   Library
	Folders   Folders
	Daemon    Daemon
	Explainer Explainer
	Fetcher   Fetcher
	Keeper    Keeper

	Downloader Downloader
	Shelf      Shelf
	Chooser    Chooser
	Tracer     Tracer
	Scopes     Scopes
	Tagger     Tagger
	Surveyor   Surveyor
	Chronicler Chronicler
	Suggester  Suggester
	Launcher   Launcher
	Inbox      Inbox

	Evaluator   Evaluator
	Evaluations Evaluations

	Conversations Conversations
	Archivist     Archivist

	// Known makes a Problem of an error that only the program around can tell the
	// meaning of, and hands back any other. It is called for every error that a
	// request ends with; nil hands all back.
	Known func(error) error

	Token   string       // of the browser; empty makes a new one, so that open pages must sign in again
	Version string       // of the program, shown on the page
	Log     *slog.Logger // nil discards
}

// Server holds the routes and the secrets of the page.
type Server struct {
	o     Options
	log   *slog.Logger
	token string
	sum   [sha256.Size]byte // of token

	mu    sync.Mutex
	codes [][sha256.Size]byte // sums of codes that nobody has used, oldest first
	spent []spent             // codes that were used just now, oldest first

	heartbeat time.Duration // between comments on a quiet stream
	stall     time.Duration // longest a client may leave a write unread
	off       weakness      // defences that a test has switched off
}

// weakness names defences; tests switch them off to prove that the attack they
// stop is really tried. It is never set outside tests.
type weakness struct{ host, token, crossOrigin, contentType, noCORS bool }

// maxCodes bounds the unused codes that are remembered.
const maxCodes = 16

// New makes a Server.
func New(o Options) *Server {
	if o.Token == "" {
		o.Token = rand.Text()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Server{
		o:         o,
		log:       o.Log,
		token:     o.Token,
		sum:       sha256.Sum256([]byte(o.Token)),
		heartbeat: 15 * time.Second,
		stall:     30 * time.Second,
	}
}

// Token is what data routes of the loopback listener want as
// "Authorization: Bearer TOKEN".
func (s *Server) Token() string { return s.token }

// Code makes a code that a page exchanges for the token, once. The page is
// opened as http://127.0.0.1:PORT/#code=CODE: a fragment is not sent to servers
// and so stands in no log and no Referer. The newest 16 unused codes are valid.
func (s *Server) Code() string {
	code := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes = append(s.codes, sha256.Sum256([]byte(code)))
	if len(s.codes) > maxCodes {
		s.codes = s.codes[1:]
	}
	return code
}

// spent is a code that was used, and the claim it was used with, as sums.
type spent struct {
	code, claim [sha256.Size]byte
	until       time.Time // from then on it is used up for good
}

// reclaimable is how long a code may be exchanged again by who gave its claim: a
// tab that is reloaded before the answer has come asks once more.
const reclaimable = 30 * time.Second

// redeem uses up a code. Who used it may do so again for a short while, which is
// proved by the claim given then: a secret of the tab's own, empty where it has none.
func (s *Server) redeem(code, claim string) bool {
	sum, mine := sha256.Sum256([]byte(code)), sha256.Sum256([]byte(claim))
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spent = slices.DeleteFunc(s.spent, func(u spent) bool { return !now.Before(u.until) })
	for i := range s.codes {
		if subtle.ConstantTimeCompare(s.codes[i][:], sum[:]) == 1 {
			s.codes = append(s.codes[:i], s.codes[i+1:]...)
			if claim != "" {
				s.spent = append(s.spent, spent{code: sum, claim: mine, until: now.Add(reclaimable)})
			}
			return true
		}
	}
	for _, u := range s.spent {
		if subtle.ConstantTimeCompare(u.code[:], sum[:])&subtle.ConstantTimeCompare(u.claim[:], mine[:]) == 1 {
			return true
		}
	}
	return false
}

// Handler serves the page and the interface to browsers. addr is the address
// of the loopback listener, "127.0.0.1:7654"; requests that name another host
// or port are refused on every route, the page and its files included.
func (s *Server) Handler(addr string) http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		if r.access == private {
			continue
		}
		mux.Handle(r.pattern, s.serve(r, true))
	}
	mux.Handle("/", s.page())
	mux.Handle("/api/", s.serve(route{access: guarded, handle: s.noRoute}, true))
	var h http.Handler = bounded(mux)
	h = s.crossOrigin(h)
	h = s.hosts(addr, h)
	return s.secured(h)
}

// LocalHandler serves the interface without the guard, for a Unix socket that
// only its owner may open (mode 0600) and for use within the process. It also
// has POST /api/v1/code, which makes a new code for the page.
func (s *Server) LocalHandler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r, false))
	}
	mux.Handle("/", s.serve(route{handle: s.noRoute}, false))
	return s.secured(bounded(mux))
}
