package models

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// child is the engine's process. It ends when its standard input closes, so
// also when this process is killed.
type child struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	socket string
	folder string // made for the socket alone; "" when it lies in the state folder
	done   chan struct{}

	mu   sync.Mutex // guards the fields below
	last string     // line of its standard error
	err  error      // of Wait
}

// sockets numbers this process's engines, for a new socket at each restart.
var sockets atomic.Int64

// longestSocket is what every system's sockaddr_un can hold, less some room.
const longestSocket = 100

// socketPath names a new socket in state, or in a new private folder when the
// path would be too long for a socket.
func socketPath(state string) (path, folder string, err error) {
	path, err = filepath.Abs(filepath.Join(state, fmt.Sprintf("engine-%d-%d.sock", os.Getpid(), sockets.Add(1))))
	if err != nil || len(path) <= longestSocket {
		return path, "", err
	}
	if folder, err = os.MkdirTemp("", "golocal-"); err != nil { // 0700
		return "", "", err
	}
	return filepath.Join(folder, "engine.sock"), folder, nil
}

// sweepSockets removes sockets that killed processes left in state.
func sweepSockets(state string) {
	old, err := filepath.Glob(filepath.Join(state, "engine-*.sock"))
	if err != nil {
		return
	}
	for _, path := range old {
		conn, err := net.DialTimeout("unix", path, 200*time.Millisecond)
		if err == nil {
			conn.Close()
			continue
		}
		os.Remove(path) // one that stays does no harm
	}
}

// startChild starts the engine; theirs is Ollama's store for it, or "".
func startChild(o Options, theirs, socket, folder string, log *slog.Logger) (*child, error) {
	args := []string{"engine", "--socket", socket, "--store", o.Store}
	if theirs != "" {
		args = append(args, "--read-only", theirs)
	}
	if o.Offline {
		args = append(args, "--offline")
	}
	cmd := exec.Command(o.Executable, args...)
	cmd.SysProcAttr = ownGroup() // an interrupt in the terminal is ours to handle
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: cmd, stdin: stdin, socket: socket, folder: folder, done: make(chan struct{})}
	if err := cmd.Start(); err != nil {
		c.clean()
		return nil, err
	}
	// Joined by close, through done.
	go func() {
		defer close(c.done)
		c.follow(stderr, log)
		err := cmd.Wait()
		c.mu.Lock()
		defer c.mu.Unlock()
		c.err = cmp.Or(err, errors.New("it ended by itself"))
	}()
	return c, nil
}

// follow passes the child's standard error to the log and keeps its last line.
func (c *child) follow(stderr io.Reader, log *slog.Logger) {
	r := bufio.NewReaderSize(stderr, 4096)
	for {
		raw, _, err := r.ReadLine() // a longer line comes in parts
		if line := strings.TrimSpace(strings.ToValidUTF8(string(raw), "")); line != "" {
			c.mu.Lock()
			c.last = line
			c.mu.Unlock()
			log.Debug("engine says", "line", line)
		}
		if err != nil {
			return
		}
	}
}

func (c *child) ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// reason says why the child ended.
func (c *child) reason() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil || c.last == "" {
		return cmp.Or(c.err, errors.New("it is still running"))
	}
	return fmt.Errorf("%w: %s", c.err, c.last)
}

// close asks the child to end, ends it after five seconds, and waits for it.
func (c *child) close() error {
	defer c.clean()
	if c.ended() {
		return nil
	}
	c.stdin.Close() // fails only when the child is gone already
	select {
	case <-c.done:
		return nil
	case <-time.After(5 * time.Second):
	}
	if err := c.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end the engine: %w", err)
	}
	<-c.done
	return nil
}

func (c *child) clean() {
	os.Remove(c.socket) // the engine removes it when it can
	if c.folder != "" {
		os.RemoveAll(c.folder)
	}
}

// engineVersion asks a new engine who it is.
func (m *Models) engineVersion(ctx context.Context, h *http.Client, at address, said any) error {
	ctx, cancel := context.WithTimeout(ctx, m.t.probe)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.base.JoinPath("/api/version").String(), nil)
	if err != nil {
		return err
	}
	resp, err := h.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", resp.Status)
	}
	return json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(said)
}
