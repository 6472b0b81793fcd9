package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"golocal/index"
	"golocal/web"
)

// session is a command's way to golocal: the running daemon, or one inside
// this process for as long as the command runs.
type session struct {
	*web.Client
	app   *app // nil with a daemon
	close func() error
}

// patience is how long a command waits for another one to let the index go.
const patience = 10 * time.Second

// connect finds the daemon by its socket, else opens the index in this process
// and serves itself.
func (c *cli) connect(ctx context.Context) (*session, error) {
	var a *app
	for began := time.Now(); a == nil; {
		if s, err := c.daemon(ctx); s != nil || err != nil {
			return s, err
		}
		var err error
		a, err = openApp(ctx, c, true)
		if err == nil {
			break
		}
		if !errors.Is(err, index.ErrLocked) || time.Since(began) > patience {
			return nil, err
		}
		select { // another command has the index, or a daemon is just starting
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	ln := newPipeListener()
	done := make(chan error, 1)
	go func() { done <- a.run(ctx, ln, false) }()
	return &session{
		Client: web.NewClient(transportTo(ln.dial)),
		app:    a,
		close: func() error {
			cancel()
			return errors.Join(<-done, a.close())
		},
	}, nil
}

// daemon is a session with the running daemon, nil when there is none.
func (c *cli) daemon(ctx context.Context) (*session, error) {
	path := c.paths.socket()
	dial := func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	}
	probe, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := dial(probe)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return nil, nil // never started, or ended without tidying up
	}
	if err != nil {
		return nil, exitStatus{exitNoDaemon, fmt.Sprintf("golocal: the daemon's socket %s does not answer: %v; if no golocal runs, remove that file", path, err)}
	}
	conn.Close()
	transport := transportTo(dial)
	return &session{
		Client: web.NewClient(transport),
		close:  func() error { transport.CloseIdleConnections(); return nil },
	}, nil
}

// listenLocal opens the socket for the command line, for this user only.
func listenLocal(path string) (net.Listener, error) {
	if err := privateDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove the old socket: %w", err)
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for the command line: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		ln.Close()
		return nil, fmt.Errorf("make the socket private: %w", err)
	}
	return ln, nil
}

// privateDir makes dir for this user alone and refuses one that others made or
// may enter: under the shared temporary folder anybody could have.
func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the socket's folder: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("look at the socket's folder: %w", err)
	}
	if !info.IsDir() || runtime.GOOS != "windows" && (info.Mode().Perm()&0o077 != 0 || !ownedByUser(info)) {
		return fmt.Errorf("%s is not private to you; remove it, or set GOLOCAL_HOME to a shorter path", dir)
	}
	return nil
}

// readLimited reads at most n bytes and refuses more.
func readLimited(r io.Reader, n int64) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, n+1))
	if err != nil {
		return "", err
	}
	if int64(len(b)) > n {
		return "", fmt.Errorf("more than %s", bytesText(n))
	}
	return string(b), nil
}
