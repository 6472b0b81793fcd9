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
	s, a, err := c.daemonOrApp(ctx, true)
	if s != nil || err != nil {
		return s, err
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

// daemonOrApp is a session with the running daemon, or the index opened in this
// process; with reading, one that cannot be written is enough.
func (c *cli) daemonOrApp(ctx context.Context, reading bool) (*session, *app, error) {
	for began := time.Now(); ; {
		s, err := c.daemon(ctx)
		if err != nil {
			return nil, nil, err
		}
		if s != nil {
			if _, err := s.Downloads(ctx); !hungUp(err) {
				return s, nil, nil
			}
			// It was killed just now, and its socket is still held by a child that
			// it was starting.
			_ = s.close()
		}
		a, err := openApp(ctx, c, reading)
		if err == nil {
			return nil, a, nil
		}
		if !errors.Is(err, index.ErrLocked) || time.Since(began) > patience {
			return nil, nil, err
		}
		select { // another command has the index, or a daemon is just starting
		case <-ctx.Done():
			return nil, nil, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// hungUp tells whether err says that nobody is at the other end of a connection.
func hungUp(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
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
