//go:build e2e

package e2e

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"golocal"
	"golocal/internal/fakeollama"
	"golocal/web"
)

// pipeline is the built binary at work on one folder, with a runner that
// counts.
type pipeline struct {
	*testing.T
	home   *home
	dir    string // the folder
	away   string // beside it
	runner *runner
	server *server
	client *web.Client
	drop   func() // of client's connections
}

// newPipeline makes a folder and a home, beside other tests; nothing runs yet.
// Env is for golocal.
func newPipeline(t *testing.T, env ...string) *pipeline {
	t.Helper()
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := &pipeline{T: t, dir: filepath.Join(dir, "root"), away: filepath.Join(dir, "away"), runner: newRunner(t)}
	for _, d := range []string{p.dir, p.away} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	own, err := os.MkdirTemp("", "gl") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(own) })
	env = append([]string{"GOLOCAL_HOME=" + own, "GOLOCAL_MODELS=" + filepath.Join(own, "models"), "GOLOCAL_OLLAMA=" + p.runner.address,
		"GOLOCAL_LISTEN=127.0.0.1:0", "GOLOCAL_OFFLINE=true"}, env...)
	p.home = &home{t: t, dir: own, env: append(os.Environ(), env...)}
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", filepath.Join(own, "run", "golocal.sock"))
	}}
	p.drop = transport.CloseIdleConnections
	t.Cleanup(p.drop)
	p.client = web.NewClient(transport)
	return p
}

// start starts the daemon and has it watch the folder.
func (p *pipeline) start(command ...string) {
	p.Helper()
	if len(command) == 0 {
		command = []string{binary(p.T), "serve"}
	}
	p.drop()
	p.server = p.home.serveBy(command...)
	if _, err := p.client.AddRoot(p.Context(), p.dir, golocal.Rules{}); err != nil && !isExist(err) {
		p.Fatalf("add %s: %v\n%s", p.dir, err, p.server.log)
	}
}

func isExist(err error) bool {
	problem, ok := errors.AsType[*web.Problem](err)
	return errors.Is(err, os.ErrExist) || ok && problem.Status == http.StatusConflict
}

// patience is for machines with much else to do; no test that passes needs it.
const patience = 2 * time.Minute

// sync waits until what was written is searchable, as golocal sync does.
func (p *pipeline) sync() {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.Context(), 2*patience)
	defer cancel()
	for _, err := range p.client.Sync(ctx, 0, true) {
		if err != nil {
			p.Fatalf("sync: %v\n%s", err, p.server.log)
		}
	}
}

func (p *pipeline) status() web.Status {
	p.Helper()
	st, err := p.client.Status(p.Context())
	if err != nil {
		p.Fatalf("status: %v\n%s", err, p.server.log)
	}
	return st
}

// idle tells whether nothing waits or is worked on.
func (p *pipeline) idle() bool {
	st := p.status()
	return st.Queue.Waiting == 0 && st.Queue.Working == 0 && len(st.Roots) > 0 && st.Roots[0].State == web.Settled
}

// settle waits until the index equals the folder by what the system reports
// alone, but for files that may is true for.
func (p *pipeline) settle(after string, may func(rel string) bool) {
	p.Helper()
	var diff string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if !p.idle() {
			continue
		}
		if diff = p.differs(may); diff == "" {
			return
		}
		if p.held() {
			p.Logf("after %s a deletion is held", after)
			return
		}
	}
	p.Fatalf("after %s the index is not the folder:\n%s%+v\n%s", after, diff, p.status(), p.server.log)
}

// held tells whether a deletion of most of the folder waits for a person's word.
func (p *pipeline) held() bool { return strings.Contains(p.status().Roots[0].Reason, "vanished") }

// equal fails unless the index equals the folder now.
func (p *pipeline) equal(after string) {
	p.Helper()
	if diff := p.differs(nil); diff != "" {
		p.Fatalf("after %s the index is not the folder:\n%s%+v\n%s", after, diff, p.status(), p.server.log)
	}
}

// differs compares the folder with the index, file by file.
func (p *pipeline) differs(may func(rel string) bool) string {
	p.Helper()
	want, got := walk(p.T, p.dir), p.indexed()
	var b strings.Builder
	for rel, w := range want {
		switch g, ok := got[rel]; {
		case !ok:
			fmt.Fprintf(&b, "missing %q\n", rel)
		case g != w && (may == nil || !may(rel)):
			fmt.Fprintf(&b, "old %q: %v, want %v\n", rel, g, w)
		}
	}
	for rel := range got {
		if _, ok := want[rel]; !ok {
			fmt.Fprintf(&b, "ghost %q\n", rel)
		}
	}
	return b.String()
}

// open opens the index's file for reading.
func (p *pipeline) open() *sql.DB {
	p.Helper()
	u := url.URL{Scheme: "file", Path: filepath.Join(p.home.dir, "index", "index.db"), RawQuery: "mode=ro&_pragma=busy_timeout(10000)"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		p.Fatal(err)
	}
	return db
}

// indexed is what the index's file says of the folder's files: read by SQL,
// because names may hold any bytes and JSON may not.
func (p *pipeline) indexed() map[string]entry {
	p.Helper()
	db := p.open()
	defer db.Close()
	rows, err := db.QueryContext(p.Context(), `SELECT path, sum, state, reason FROM document`)
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	got := map[string]entry{}
	for rows.Next() {
		var path, sum []byte
		var state, reason string
		if err := rows.Scan(&path, &sum, &state, &reason); err != nil {
			p.Fatal(err)
		}
		switch {
		case state == string(golocal.StateFailed) && strings.Contains(reason, "permission denied"):
			got[string(path)] = entry{fate: "denied"}
		case state == string(golocal.StateSkipped):
			got[string(path)] = entry{fate: "skipped"}
		default:
			got[string(path)] = entry{fate: "read", sum: fmt.Sprintf("%x", sum)}
		}
	}
	if err := rows.Err(); err != nil {
		p.Fatal(err)
	}
	return got
}

// found searches for words and returns the texts of the hits.
func (p *pipeline) found(words ...string) []golocal.Hit {
	p.Helper()
	f, err := p.client.Search(p.Context(), strings.Join(words, " "), golocal.Scope{}, 200)
	if err != nil {
		p.Fatalf("search %v: %v\n%s", words, err, p.server.log)
	}
	return f.Hits
}

// canaries go around every batch, so that a runner that mixes up the order is
// found out.
var canaries = []string{"The harbour master counted four ships before dawn.", "x = 2*y + 1"}

// runner is a scripted Ollama that remembers what it embedded.
type runner struct {
	*fakeollama.Server
	address string

	mu     sync.Mutex
	inputs map[string]int // how often each passage was embedded
	void   map[string]int // how often for nothing, because golocal ended before it was stored
	total  int
}

func newRunner(t *testing.T) *runner {
	t.Helper()
	r := &runner{inputs: map[string]int{}, void: map[string]int{}}
	r.Server = fakeollama.New(fakeollama.Options{Embedded: r.remember})
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	r.address = s.URL
	return r
}

func (r *runner) remember(lane string, texts []string) {
	if lane != "index" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, in := range texts {
		if !slices.Contains(canaries, in) {
			r.inputs[in]++
			r.total++
		}
	}
}

// ended notes what was embedded and is not stored, now that golocal has ended.
func (p *pipeline) ended() {
	p.Helper()
	db := p.open()
	defer db.Close()
	rows, err := db.QueryContext(p.Context(), `SELECT sum FROM vector`)
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	stored := map[golocal.Sum]bool{}
	for rows.Next() {
		var sum []byte
		if err := rows.Scan(&sum); err != nil {
			p.Fatal(err)
		}
		stored[golocal.Sum(sum)] = true
	}
	if err := rows.Err(); err != nil {
		p.Fatal(err)
	}
	p.runner.mu.Lock()
	defer p.runner.mu.Unlock()
	for in, n := range p.runner.inputs {
		if !stored[sha256.Sum256([]byte(in))] {
			p.runner.void[in] = n
		}
	}
}

// embedded is how many passages were embedded so far.
func (r *runner) embedded() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.total
}
