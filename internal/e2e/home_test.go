//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// home is a golocal of its own: an empty GOLOCAL_HOME, the shared models, no
// Ollama.
type home struct {
	t   *testing.T
	dir string
	env []string
}

func newHome(t *testing.T, extra ...string) *home {
	t.Helper()
	dir := t.TempDir()
	env := []string{"GOLOCAL_HOME=" + dir, "GOLOCAL_MODELS=" + modelsDir(t), "GOLOCAL_OLLAMA=none"}
	return &home{t: t, dir: dir, env: append(append(os.Environ(), env...), extra...)}
}

// modelsDir is the model store that ./check filled.
func modelsDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GOLOCAL_MODELS")
	if dir == "" {
		t.Fatal("GOLOCAL_MODELS names no model store; run ./check, or bin/golocal models pull with GOLOCAL_MODELS set")
	}
	return dir
}

func binary(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../bin/golocal")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: build it first, as ./check does", err)
	}
	return path
}

// result is how a command ended.
type result struct {
	out, err string
	code     int
}

// run runs golocal to its end; ten minutes are for a machine with much else to do.
func (h *home) run(args ...string) result { return h.runIn(".", args...) }

func (h *home) runIn(dir string, args ...string) result {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 10*time.Minute)
	defer cancel()
	return h.wait(exec.CommandContext(ctx, binary(h.t), args...), dir)
}

func (h *home) wait(cmd *exec.Cmd, dir string) result {
	h.t.Helper()
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, h.env, &out, &errs
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok || ok && exit.ExitCode() < 0 {
		h.t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out.String(), errs.String())
	}
	return result{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// want fails the test unless the command ended with code.
func (r result) want(t *testing.T, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", r.code, code, r.out, r.err)
	}
	return r
}

// decode reads the command's JSON.
func decode[T any](t *testing.T, r result) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(r.out), &v); err != nil {
		t.Fatalf("no JSON: %v\n%s", err, r.out)
	}
	return v
}

// indexFile is the file of a home's index.
func (h *home) indexFile() string { return filepath.Join(h.dir, "index", "index.db") }

// overwrite changes bytes of the index's file.
func (h *home) overwrite(at int64, data []byte) {
	h.t.Helper()
	f, err := os.OpenFile(h.indexFile(), os.O_RDWR, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(data, at); err != nil {
		h.t.Fatal(err)
	}
}

// runKilled runs golocal and ends it with SIGKILL after a while.
func (h *home) runKilled(after time.Duration, args ...string) {
	h.t.Helper()
	cmd := exec.Command(binary(h.t), args...)
	cmd.Env = h.env
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	_ = cmd.Wait() // killed, or done before
}

// server is a running golocal serve.
type server struct {
	cmd  *exec.Cmd
	page string // address with the code
	log  *lockedBuffer
	done chan struct{}
}

var pageLine = regexp.MustCompile(`page: (http://\S+)`)

// serve starts golocal in the background and waits for its address.
func (h *home) serve(args ...string) *server {
	h.t.Helper()
	return h.serveBy(append([]string{binary(h.t)}, args...)...)
}

// serveBy is serve through another program, such as unshare.
func (h *home) serveBy(args ...string) *server {
	h.t.Helper()
	s := &server{cmd: exec.Command(args[0], args[1:]...), log: &lockedBuffer{}, done: make(chan struct{})}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	s.cmd.Env, s.cmd.Stderr = h.env, s.log
	if err := s.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	found := make(chan string, 1)
	go func() {
		defer close(s.done)
		lines := bufio.NewScanner(io.TeeReader(out, s.log))
		for lines.Scan() {
			if m := pageLine.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case found <- m[1]:
				default:
				}
			}
		}
		s.cmd.Wait()
	}()
	h.t.Cleanup(s.stop)
	select {
	case s.page = <-found:
	case <-s.done:
		h.t.Fatalf("golocal %v ended:\n%s", args, s.log)
	case <-time.After(5 * time.Minute):
		h.t.Fatalf("golocal %v printed no address:\n%s", args, s.log)
	}
	return s
}

func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.done:
	case <-time.After(10 * time.Second):
		s.kill()
	}
}

func (s *server) kill() {
	s.cmd.Process.Kill()
	<-s.done
}

// lockedBuffer is a buffer that two goroutines may write.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// folder writes files, by path, into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// within polls until ok is true.
func within(t *testing.T, limit time.Duration, what string, ok func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !ok() {
		if time.Since(began) > limit {
			t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return time.Since(began)
}

// handbook is a small made-up collection, with answers that only it has.
func handbook() map[string]string {
	return map[string]string{
		"time-off.md": "# Time off\n\nEverybody gets **27 paid vacation days** a year, and the days between Christmas and New Year on top.\n\n" +
			"## Carrying days over\n\nUp to five unused days move to the next year. They lapse on 31 March.\n\n" +
			"## Sick leave\n\nTell your team before ten in the morning. A doctor's note is needed from the fourth day on.\n",
		"expenses.md": "# Expenses\n\nMeals on a journey are paid up to 46 euros a day. Receipts go to the accounts desk within 30 days.\n\n" +
			"## Trains and flights\n\nTrains are booked in second class. Flights under 600 kilometres are not paid.\n",
		"office/printer.txt": "The printer on the second floor is called Gutenberg.\nIts toner is changed by the facility team on the first Monday of a month.\n",
		"office/keys.md":     "# Keys and access\n\nA lost badge is reported to the front desk at once. A new badge costs 15 euros.\n\nThe server room opens with the code that the front desk keeps.\n",
		"code/interest.go":   "package interest\n\n// Compound gives the capital after years of compound interest at rate.\nfunc Compound(capital, rate float64, years int) float64 {\n\tfor range years {\n\t\tcapital *= 1 + rate\n\t}\n\treturn capital\n}\n",
		"news.html": "<!doctype html><html><head><title>Canteen news</title><style>p{color:red}</style></head><body><h1>Canteen</h1>" +
			"<p>From Monday on the canteen serves a vegetarian lasagne for 6.80 euros.</p><script>alert('never indexed')</script></body></html>",
	}
}

// lines counts the lines of s.
func lines(s string) int { return strings.Count(s, "\n") }

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
