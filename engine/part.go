package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// part fetches one part, and tries again as long as that may help.
func (d *download) part(ctx context.Context, p *part) error {
	for tries := 0; ; {
		before := p.done
		err := d.try(ctx, p)
		var final permanent
		switch {
		case err == nil && p.done == p.To-p.From:
			return nil
		case err == nil:
			err = io.ErrUnexpectedEOF
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if errors.As(err, &final) || errors.Is(err, errRedirect) || errors.Is(err, errNoRanges) {
			return err
		}
		if tries++; p.done > before {
			tries = 0
		}
		if tries >= maxTries {
			return err
		}
		d.log.Warn("download interrupted", "digest", d.layer.Digest, "at", p.From+p.done, "err", err)
		pause := d.pause << tries
		if busy, ok := errors.AsType[busy](err); ok {
			pause = max(pause, busy.pause)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// busy is the answer of a registry that wants to be asked later.
type busy struct {
	status string
	pause  time.Duration // that it asks for; 0 is none
}

func (b busy) Error() string { return b.status }

// longestPause bounds what a Retry-After can ask for.
const longestPause = time.Minute

func later(resp *http.Response) busy {
	seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		seconds = 0
	}
	return busy{resp.Status, min(time.Duration(min(seconds, 3600))*time.Second, longestPause)}
}

// try asks for the rest of a part once.
func (d *download) try(ctx context.Context, p *part) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stall := d.stall
	if stall == 0 {
		stall = stallTime
	}
	watchdog := time.AfterFunc(stall, func() { stop(fmt.Errorf("no data for %v", stall)) })
	defer watchdog.Stop()

	req, err := d.request(ctx, "blobs", d.layer.Digest)
	if err != nil {
		return err
	}
	at := p.From + p.done
	asked, given := fmt.Sprintf("%d-", at), fmt.Sprintf("bytes %d-", at)
	if !d.one {
		asked, given = fmt.Sprintf("%d-%d", at, p.To-1), fmt.Sprintf("bytes %d-%d/", at, p.To-1)
	}
	if !d.one || at > 0 {
		req.Header.Set("Range", "bytes="+asked)
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return errors.Join(err, stalled(ctx))
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusPartialContent:
		if got := resp.Header.Get("Content-Range"); !strings.HasPrefix(got, given) {
			return permanent{fmt.Errorf("the registry sent range %q for %s", got, asked)}
		}
	case !d.one && (code == http.StatusOK || code == http.StatusRequestedRangeNotSatisfiable):
		return errNoRanges
	case code == http.StatusOK, code == http.StatusRequestedRangeNotSatisfiable:
		if at > 0 { // all from the start, or nothing: begin again
			if err := d.reset(); err != nil {
				return permanent{err}
			}
			at = 0
		}
		if code != http.StatusOK {
			return errors.New(resp.Status)
		}
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		return later(resp)
	default:
		return permanent{errors.New(resp.Status)}
	}
	rest := p.To - at
	if d.one {
		rest++ // to notice when there is more
	}
	body := io.LimitReader(resp.Body, rest)
	buf := make([]byte, 256<<10)
	for {
		n, err := body.Read(buf)
		if n > 0 {
			watchdog.Reset(stall)
			if at+int64(n) > p.To {
				return permanent{errors.Join(fmt.Errorf("the registry sent more than the %d bytes it had named", d.layer.Size), d.reset())}
			}
			if _, err := d.file.WriteAt(buf[:n], at); err != nil {
				return permanent{err}
			}
			at += int64(n)
			if err := d.add(p, int64(n)); err != nil {
				return permanent{err}
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.Join(err, stalled(ctx))
		}
	}
}

// stalled is the watchdog's reason, if it was the one that ended ctx.
func stalled(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return context.Cause(ctx)
}

// add counts bytes of a part that are written.
func (d *download) add(p *part, n int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p.done += n
	d.done += n
	d.status.Completed = max(d.status.Completed, d.done)
	if time.Since(d.told) < meterPause {
		return nil
	}
	d.told = time.Now()
	return d.report(d.status)
}

// tell reports how far the download is.
func (d *download) tell() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.status.Completed = max(d.status.Completed, d.done)
	d.told = time.Now()
	return d.report(d.status)
}
