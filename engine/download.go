package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/format"
	"golang.org/x/sync/errgroup"

	"golocal/internal/headroom"
)

const (
	partSize    = 32 << 20         // bytes that one request asks for
	connections = 4                // at once, for one blob
	maxTries    = 6                // of one part, without a byte between them
	stallTime   = 30 * time.Second // without a byte, after which a connection is given up
	recordPause = 2 * time.Second  // between two records; what came since the last is lost with a crash
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

	// 0 is the constant of that meaning above.
	partSize    int64
	connections int
	stall       time.Duration
	recordPause time.Duration
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
		return errors.Join(dropRecord(path+partialSuffix), p.report(status))
	}
	d := download{
		puller: p, layer: l, path: path + partialSuffix, status: status,
		most: cmp.Or(p.partSize, partSize),
	}
	if err := d.run(ctx); err != nil {
		return fmt.Errorf("%s: %w", status.Status, err)
	}
	if err := os.Rename(d.path, path); err != nil {
		return err
	}
	return errors.Join(dropRecord(d.path), syncDir(p.store.blobs()))
}

// download is one partial file on its way to be whole.
type download struct {
	*puller
	layer layer
	path  string
	most  int64 // bytes of a part
	file  *os.File
	old   bool // some of its bytes come from an earlier pull
	one   bool // one stream of all bytes, as the registry has no ranges or the blob is small

	recording sync.Mutex // is held to change the record, and before mu

	mu     sync.Mutex // guards the fields below and the done of every part
	parts  []*part
	done   int64                // bytes
	status api.ProgressResponse // Completed never goes back
	told   time.Time
}

// errNoRanges is the way out of a download in parts.
var errNoRanges = errors.New("the registry does not serve ranges")

func (d *download) run(ctx context.Context) (err error) {
	if err := d.open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.file.Close()) }()
	for {
		if err := d.tell(); err != nil {
			return err
		}
		err := d.fetch(ctx)
		if errors.Is(err, errNoRanges) {
			if err := d.oneStream(); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return d.left(ctx, err)
		}
		if again, err := d.verify(ctx); !again {
			return err
		}
	}
}

// open opens the partial file and plans its parts.
func (d *download) open() (err error) {
	if _, err := os.Stat(d.path); err != nil {
		if err := dropRecord(d.path); err != nil { // of a file that is gone
			return err
		}
	}
	spans := readRecord(d.path, d.layer.Size)
	if d.file, err = os.OpenFile(d.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	d.old = len(spans) > 0
	if !d.old {
		if err = d.reset(); err != nil {
			return errors.Join(err, d.file.Close())
		}
	}
	fromStart := !d.old || len(spans) == 1 && spans[0].From == 0
	if d.one = d.layer.Size <= d.most && fromStart; !d.one {
		d.plan(pieces(d.layer.Size, d.most, spans))
		return nil
	}
	all := &part{span: span{0, d.layer.Size}}
	if d.old {
		all.done = spans[0].To
	}
	d.plan([]*part{all})
	return nil
}

// plan takes up new parts.
func (d *download) plan(parts []*part) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parts, d.done = parts, 0
	for _, p := range parts {
		d.done += p.done
	}
}

// oneStream goes on in one stream: with the bytes that are whole from the start,
// without those behind a hole.
func (d *download) oneStream() error {
	d.log.Warn("download in one stream", "digest", d.layer.Digest, "err", errNoRanges)
	all := &part{span: span{0, d.layer.Size}}
	if spans := whole(d.parts); len(spans) > 0 && spans[0].From == 0 {
		all.done = spans[0].To
	}
	d.one = true
	d.plan([]*part{all})
	if all.done == 0 {
		return d.reset()
	}
	if err := d.keep(); err != nil {
		return err
	}
	return d.file.Truncate(all.done)
}

// reset throws away what there is.
func (d *download) reset() error {
	d.recording.Lock()
	defer d.recording.Unlock()
	d.mu.Lock()
	for _, p := range d.parts {
		p.done = 0
	}
	d.done, d.status.Completed, d.old = 0, 0, false
	d.mu.Unlock()
	if err := dropRecord(d.path); err != nil {
		return err
	}
	return d.file.Truncate(0)
}

// fetch fetches all parts, some at once, and records now and then what it has.
func (d *download) fetch(ctx context.Context) error {
	var open []*part
	for _, p := range d.parts {
		if p.done < p.To-p.From {
			open = append(open, p)
		}
	}
	stop, recorded := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(recorded)
		tick := time.NewTicker(cmp.Or(d.recordPause, recordPause))
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				if err := d.keep(); err != nil {
					d.log.Warn("download not recorded", "digest", d.layer.Digest, "err", err)
				}
			}
		}
	}()
	g, group := errgroup.WithContext(ctx)
	g.SetLimit(cmp.Or(d.connections, connections))
	for _, p := range open {
		if group.Err() != nil {
			break
		}
		g.Go(func() error { return d.part(group, p) })
	}
	err := g.Wait()
	close(stop)
	<-recorded
	kept := d.keep()
	if outOfSpace(kept) {
		kept = errors.Join(kept, d.squeeze())
	}
	return errors.Join(err, kept)
}

// keep records what is written.
func (d *download) keep() error {
	d.recording.Lock()
	defer d.recording.Unlock()
	d.mu.Lock()
	spans := whole(d.parts)
	d.mu.Unlock()
	if len(spans) == 0 {
		return nil
	}
	return writeRecord(d.file, d.layer.Size, spans)
}

// squeeze gives up the file's last bytes, so that a full disk has room for the
// record of the others.
func (d *download) squeeze() error {
	const room = 64 << 10
	d.mu.Lock()
	spans := whole(d.parts)
	d.mu.Unlock()
	if len(spans) == 0 {
		return nil
	}
	last := &spans[len(spans)-1]
	last.To = max(last.From, last.To-room)
	if err := d.file.Truncate(last.To); err != nil {
		return err
	}
	if last.To == last.From {
		spans = spans[:len(spans)-1]
	}
	return writeRecord(d.file, d.layer.Size, spans)
}

// left says why the download ended early, and what is kept of it.
func (d *download) left(ctx context.Context, err error) error {
	var final permanent
	kept := d.store.partial(d.layer)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case outOfSpace(err):
		free, _ := headroom.Disk(d.store.dir)
		return fmt.Errorf("%w: %s more are needed in %s, %s are free; make room and pull again: %s of %s are kept", errNoSpace,
			format.HumanBytes2(uint64(d.layer.Size-kept)), d.store.dir, format.HumanBytes2(free),
			format.HumanBytes2(uint64(kept)), format.HumanBytes2(uint64(d.layer.Size)))
	case errors.As(err, &final), errors.Is(err, errRedirect):
		return err
	}
	return fmt.Errorf("%w (%d of %d bytes are kept for the next pull)", err, kept, d.layer.Size)
}

// verify compares the digest of what the disk has. A wrong one discards the
// file; again tells that it may have been the fault of an earlier pull.
func (d *download) verify(ctx context.Context) (again bool, err error) {
	if d.layer.Size > d.most { // which takes a while
		if err := d.report(api.ProgressResponse{Status: "verifying sha256 digest"}); err != nil {
			return false, err
		}
	}
	sum := sha256.New()
	buf := make([]byte, 1<<20)
	for at := int64(0); at < d.layer.Size; {
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		n, err := d.file.ReadAt(buf[:min(int64(len(buf)), d.layer.Size-at)], at)
		if err != nil && err != io.EOF || n == 0 {
			return false, cmp.Or(err, io.ErrUnexpectedEOF)
		}
		sum.Write(buf[:n])
		at += int64(n)
	}
	got := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	if got == d.layer.Digest {
		return false, d.tell()
	}
	again = d.old
	if err := d.reset(); err != nil {
		return false, err
	}
	if again {
		d.plan(pieces(d.layer.Size, d.most, nil))
		d.one = d.layer.Size <= d.most
		return true, nil
	}
	return false, fmt.Errorf("digest mismatch, file must be downloaded again: want %s, got %s", d.layer.Digest, got)
}
