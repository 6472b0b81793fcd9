package engine

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Several engines may share a store. Whoever adds blobs holds the store's lock
// together with others who do; whoever deletes blobs must have it alone. One
// more lock per download keeps two processes off the same partial file.

const lockRetry = 100 * time.Millisecond

// share keeps blobs from being deleted until the returned lock is closed.
func (s *store) share(ctx context.Context) (io.Closer, error) {
	l := flock.New(filepath.Join(s.dir, ".lock"), flock.SetPermissions(0o600))
	if _, err := l.TryRLockContext(ctx, lockRetry); err != nil {
		return nil, fmt.Errorf("lock model store: %w", err)
	}
	return l, nil
}

// tryAlone returns nil when someone is adding blobs.
func (s *store) tryAlone() (io.Closer, error) {
	l := flock.New(filepath.Join(s.dir, ".lock"), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock model store: %w", err)
	}
	if !ok {
		return nil, nil
	}
	return l, nil
}

// lockDownload makes the caller the only one to download a digest.
func (s *store) lockDownload(ctx context.Context, partial string) (unlock func(), err error) {
	path := partial + ".lock"
	for {
		l := flock.New(path, flock.SetPermissions(0o600))
		if _, err := l.TryLockContext(ctx, lockRetry); err != nil {
			return nil, fmt.Errorf("lock download: %w", err)
		}
		// The one before us may have removed the file that we now have locked.
		ours, err := l.Stat()
		if err == nil {
			if there, err := os.Stat(path); err == nil && os.SameFile(ours, there) {
				return func() {
					_ = os.Remove(path)
					_ = l.Close()
				}, nil
			}
		}
		_ = l.Close()
	}
}
