package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

const (
	maxTries  = 6                // without a byte between them
	stallTime = 60 * time.Second // without a byte, after which a connection is given up
)

// puller fetches the blobs of one model.
type puller struct {
	store      *store
	client     *http.Client
	base       *url.URL
	repository string // NAMESPACE/MODEL
	report     func(api.ProgressResponse) error
	pause      time.Duration // before the second try; doubles
	log        *slog.Logger
}

const partialSuffix = "-partial"

// partial returns how much of a blob an earlier pull left.
func (s *store) partial(digest string) int64 {
	path, err := s.blob(digest)
	if err != nil {
		return 0
	}
	st, err := os.Stat(path + partialSuffix)
	if err != nil {
		return 0
	}
	return st.Size()
}

// permanent is an error that trying again does not mend.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// blob fetches a blob, goes on where an earlier pull ended, and makes it
// visible once its digest is right.
func (p *puller) blob(ctx context.Context, l layer) error {
	path, err := p.store.blob(l.Digest)
	if err != nil {
		return err
	}
	status := api.ProgressResponse{Status: "pulling " + l.Digest[7:19], Digest: l.Digest, Total: l.Size}
	unlock, err := p.store.lockDownload(ctx, path+partialSuffix)
	if err != nil {
		return err
	}
	defer unlock()
	if size, ok := p.store.has(l.Digest); ok && size == l.Size {
		status.Completed = l.Size
		return p.report(status)
	}
	d := download{puller: p, layer: l, path: path + partialSuffix, meter: meter{report: p.report, ctx: ctx, p: status}}
	if err := d.run(ctx); err != nil {
		return fmt.Errorf("%s: %w", status.Status, err)
	}
	if err := os.Rename(d.path, path); err != nil {
		return err
	}
	return syncDir(p.store.blobs())
}

// download is one partial file on its way to be whole.
type download struct {
	*puller
	layer layer
	path  string
	meter meter

	file *os.File
	sum  hash.Hash // of the first done bytes
	done int64
	old  bool // some of these bytes come from an earlier pull
}

func (d *download) run(ctx context.Context) (err error) {
	if d.file, err = os.OpenFile(d.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.file.Close()) }()
	d.sum = sha256.New()
	if d.done, err = io.Copy(d.sum, d.file); err != nil {
		return err
	}
	d.old = d.done > 0
	if d.done > d.layer.Size {
		if err := d.reset(); err != nil {
			return err
		}
	}
	for tries := 0; ; {
		before := d.done
		err := d.try(ctx)
		var final permanent
		switch {
		case err == nil && d.done == d.layer.Size:
			again, err := d.verify()
			if !again {
				return err
			}
			tries = 0
			continue
		case err == nil:
			err = io.ErrUnexpectedEOF
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if errors.As(err, &final) || errors.Is(err, errRedirect) || outOfSpace(err) {
			return err
		}
		if tries++; d.done > before {
			tries = 0
		}
		if tries >= maxTries {
			return fmt.Errorf("%w (%d of %d bytes are kept for the next pull)", err, d.done, d.layer.Size)
		}
		d.log.Warn("download interrupted", "digest", d.layer.Digest, "bytes", d.done, "err", err)
		select {
		case <-time.After(d.pause << tries):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// try asks for the rest of the blob once.
func (d *download) try(ctx context.Context) error {
	if d.done == d.layer.Size {
		return nil
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	watchdog := time.AfterFunc(stallTime, func() { stop(errors.New("no data for a minute")) })
	defer watchdog.Stop()

	req, err := d.request(ctx, "blobs", d.layer.Digest)
	if err != nil {
		return err
	}
	if d.done > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", d.done))
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusPartialContent:
		if want := fmt.Sprintf("bytes %d-", d.done); !strings.HasPrefix(resp.Header.Get("Content-Range"), want) {
			return permanent{fmt.Errorf("the registry sent range %q for one from %d", resp.Header.Get("Content-Range"), d.done)}
		}
	case code == http.StatusOK, code == http.StatusRequestedRangeNotSatisfiable:
		if err := d.reset(); err != nil { // all from the start, or nothing: begin again
			return err
		}
		if code != http.StatusOK {
			return errors.New(resp.Status)
		}
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		return errors.New(resp.Status)
	default:
		return permanent{errors.New(resp.Status)}
	}
	d.meter.p.Completed = d.done
	body := io.LimitReader(resp.Body, d.layer.Size-d.done+1)
	buf := make([]byte, 256<<10)
	for {
		n, err := body.Read(buf)
		if n > 0 {
			watchdog.Reset(stallTime)
			if d.done+int64(n) > d.layer.Size {
				return permanent{errors.Join(fmt.Errorf("the registry sent more than the %d bytes it had named", d.layer.Size), d.reset())}
			}
			if _, err := d.file.Write(buf[:n]); err != nil {
				return permanent{err}
			}
			d.sum.Write(buf[:n])
			d.done += int64(n)
			if _, err := d.meter.Write(buf[:n]); err != nil {
				return permanent{err}
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.Join(err, context.Cause(ctx))
		}
	}
}

// verify compares the digest. A wrong one discards the file; again tells that it
// may have been the fault of an earlier pull.
func (d *download) verify() (again bool, err error) {
	got := "sha256:" + hex.EncodeToString(d.sum.Sum(nil))
	if got == d.layer.Digest {
		if err := d.file.Sync(); err != nil {
			return false, err
		}
		d.meter.p.Completed = d.done
		return false, d.report(d.meter.p)
	}
	again = d.old
	if err := d.reset(); err != nil {
		return false, err
	}
	if again {
		return true, nil
	}
	return false, fmt.Errorf("digest mismatch, file must be downloaded again: want %s, got %s", d.layer.Digest, got)
}

// reset throws away what there is.
func (d *download) reset() error {
	d.sum.Reset()
	d.done, d.old = 0, false
	if err := d.file.Truncate(0); err != nil {
		return err
	}
	_, err := d.file.Seek(0, io.SeekStart)
	return err
}
