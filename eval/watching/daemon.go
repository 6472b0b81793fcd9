package watching

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golocal"
	"golocal/web"
)

// daemon is golocal at work on one folder, in a home of its own.
type daemon struct {
	*web.Client
	root      golocal.Root
	cmd       *exec.Cmd
	log       strings.Builder
	transport *http.Transport
	ended     chan error
}

// start starts golocal in the home at home and has it watch the folder at dir.
func (b *bench) start(ctx context.Context, home, dir string) (*daemon, error) {
	d := &daemon{ended: make(chan error, 1)}
	d.cmd = exec.Command(b.Program, "serve")
	d.cmd.Env = append(os.Environ(), "GOLOCAL_HOME="+home, "GOLOCAL_MODELS="+filepath.Join(home, "models"), "GOLOCAL_OLLAMA="+b.address,
		"GOLOCAL_OFFLINE=true", "GOLOCAL_LISTEN=127.0.0.1:0")
	d.cmd.Stderr = &d.log
	if err := d.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start golocal: %w", err)
	}
	go func() { d.ended <- d.cmd.Wait() }()
	socket := filepath.Join(home, "run", "golocal.sock")
	d.transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, "unix", socket)
	}}
	d.Client = web.NewClient(d.transport)
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		_, err := d.Roots(ctx)
		if err == nil {
			break
		}
		select {
		case end := <-d.ended:
			return nil, fmt.Errorf("golocal ended: %w: %s", errors.Join(errors.New("too early"), end), d.log.String())
		default:
		}
		if time.Since(began) > time.Minute || ctx.Err() != nil {
			return nil, errors.Join(fmt.Errorf("golocal does not answer: %w: %s", err, d.log.String()), d.stop())
		}
	}
	root, err := d.AddRoot(ctx, dir, golocal.Rules{})
	if err != nil {
		roots, lerr := d.Roots(ctx)
		if lerr != nil || len(roots) != 1 {
			return nil, errors.Join(err, lerr, d.stop())
		}
		root = roots[0].Root // it was added before
	}
	d.root = root
	return d, nil
}

// stop ends the daemon.
func (d *daemon) stop() error {
	d.transport.CloseIdleConnections()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop golocal: %w", err)
	}
	select {
	case err := <-d.ended:
		return err
	case <-time.After(30 * time.Second):
		return errors.Join(errors.New("golocal did not end within 30 s"), d.cmd.Process.Kill(), <-d.ended)
	}
}

// compared returns when a comparison of the folder that began now, and all that
// it found, is done.
func (d *daemon) compared(ctx context.Context) error {
	for _, err := range d.Sync(ctx, d.root.ID, false) {
		if err != nil {
			return err
		}
	}
	return nil
}

// idle tells whether nothing waits or is worked on.
func (d *daemon) idle(ctx context.Context) (bool, web.Status, error) {
	st, err := d.Status(ctx)
	return err == nil && st.Queue.Waiting+st.Queue.Working == 0 && st.Index.Missing == 0 && len(st.Roots) == 1 && st.Roots[0].State == web.Settled, st, err
}

// settled waits until documents documents are indexed and nothing is left to do.
func (d *daemon) settled(ctx context.Context, documents int, told func(done int)) error {
	for {
		ok, st, err := d.idle(ctx)
		if err != nil {
			return err
		}
		if ok && st.Index.Documents == documents {
			return nil
		}
		told(st.Index.Documents)
		if err := wait(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
}

// at returns the path of the first file in which word is found, "" for none.
func (d *daemon) at(ctx context.Context, word string) (string, error) {
	found, err := d.Search(ctx, word, golocal.Scope{}, 5)
	if err != nil {
		return "", err
	}
	for _, hit := range found.Hits {
		if strings.Contains(hit.Chunk.Text, word) {
			return hit.Doc.Ref.Path, nil
		}
	}
	return "", nil
}

// until waits until each word is found in the file that want names.
func (d *daemon) until(ctx context.Context, want map[string]string) error {
	limit, cancel := context.WithTimeoutCause(ctx, 5*time.Minute, errors.New("it is not found within five minutes"))
	defer cancel()
	for word, path := range want {
		for {
			got, err := d.at(ctx, word)
			if err != nil {
				return err
			}
			if got == path {
				break
			}
			if err := wait(limit, 5*time.Millisecond); err != nil {
				return fmt.Errorf("%s of %s: %w", word, path, err)
			}
		}
	}
	return nil
}

// moved waits until at least files documents have to in their path, and none has
// from.
func (d *daemon) moved(ctx context.Context, from, to string, files int) error {
	for {
		old, err := d.Documents(ctx, web.Filter{Root: d.root.ID, Query: from, Limit: 1})
		if err != nil {
			return err
		}
		now, err := d.Documents(ctx, web.Filter{Root: d.root.ID, Query: to, Limit: 1})
		if err != nil {
			return err
		}
		if old.Total == 0 && now.Total >= files {
			return nil
		}
		if err := wait(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}
