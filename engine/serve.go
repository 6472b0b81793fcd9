package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const (
	maxSocketPath = 103 // bytes; sun_path of macOS less its zero, unix(4)
	stopGrace     = 3 * time.Second
)

// errParentGone is why Serve ended: its parent did.
var errParentGone = errors.New("the parent process is gone")

// Serve answers on a Unix socket of mode 0600 in a folder of mode 0700 until ctx
// ends or o.Parent does. Both are a proper end: the error is nil.
func Serve(ctx context.Context, socket string, o Options) error {
	s, err := New(o)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, socket)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if o.Parent != nil {
		// A read from a parent that lives cannot be interrupted, so nobody waits
		// for this goroutine; it ends with the process.
		go func() {
			_, _ = io.Copy(io.Discard, o.Parent)
			stop(errParentGone)
		}()
	}
	srv := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	s.log.Info("engine listens", "socket", socket, "store", o.Store)

	select {
	case err = <-ended: // the listener broke
	case <-ctx.Done():
		s.log.Info("engine stops", "reason", context.Cause(ctx))
		grace, cancel := context.WithTimeout(context.Background(), stopGrace)
		err = srv.Shutdown(grace)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			err = srv.Close()
		}
		<-ended
	}
	return errors.Join(err, s.Close())
}

// listen makes the socket. A dead engine's socket is replaced; a live one's and
// any other file are not.
func listen(ctx context.Context, socket string) (net.Listener, error) {
	fail := func(err error) (net.Listener, error) { return nil, fmt.Errorf("listen on %s: %w", socket, err) }
	if len(socket) > maxSocketPath {
		return fail(fmt.Errorf("the path has %d bytes; %d are the most for a socket", len(socket), maxSocketPath))
	}
	dir := filepath.Dir(socket)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(err)
	}
	st, err := os.Stat(dir)
	if err != nil {
		return fail(err)
	}
	if runtime.GOOS != "windows" && st.Mode().Perm()&0o077 != 0 {
		return fail(fmt.Errorf("folder %s is open to others (mode %04o); it must be 0700", dir, st.Mode().Perm()))
	}
	switch st, err := os.Lstat(socket); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fail(err)
	case st.Mode()&(fs.ModeSocket|fs.ModeIrregular) == 0: // Windows calls a socket irregular
		return fail(errors.New("a file that is no socket is in the way"))
	default:
		conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", socket)
		if err == nil {
			_ = conn.Close()
			return fail(errors.New("another engine answers there"))
		}
		if err := os.Remove(socket); err != nil {
			return fail(err)
		}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", socket)
	if err != nil {
		return fail(errors.Unwrap(err))
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return fail(errors.Join(err, l.Close()))
	}
	return l, nil
}
