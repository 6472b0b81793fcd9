package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// content is a file as it was read. Close it.
type content struct {
	file     io.ReaderAt // its bytes
	open     *os.File    // what file reads from, nil where it is memory
	share    *share      // of the memory that files may take
	sum      golocal.Sum
	size     int64
	modified time.Time
}

// held is the size in bytes up to which a file is held in memory. A larger one is
// read twice instead: for its sum, and by the parser.
const held = 8 << 20

func (c *content) close() {
	c.share.leave()
	if c.open != nil {
		c.open.Close()
	}
}

// still reports whether the file was left alone since its sum was made.
func (c *content) still() bool {
	if c.open == nil {
		return true
	}
	now, err := c.open.Stat()
	return err == nil && now.Size() == c.size && now.ModTime().Equal(c.modified)
}

// errMoving says that the file was written to while it was read.
var errMoving = golocal.ErrUnstable

// prefix is what a text file began with when it was read before.
type prefix struct {
	size int64
	sum  golocal.Sum
}

// read returns a file's bytes, all of one moment: when the file changes while
// it is read it tries again, three times in all. A text that only grows, as a log
// does, is taken as far as it stood both times. The error is a *parse.Failure, an
// fs.ErrNotExist for a file that is gone, golocal.ErrMissing where its whole
// root is, or the context's. Size and modified
// are set as far as they are known even then. A counted file waits until there is
// memory for it.
func (in *Ingester) read(ctx context.Context, ref golocal.Ref, counted bool) (content, error) {
	var before prefix
	for try := 1; ; try++ {
		c, err := in.readOnce(ctx, ref, counted, before)
		var failure *parse.Failure
		switch {
		case err == nil, errors.Is(err, golocal.ErrMissing), errors.Is(err, fs.ErrNotExist), errors.As(err, &failure), ctx.Err() != nil:
			return c, err
		case !errors.Is(err, errMoving):
			return c, reading(err)
		case try == 3:
			c.sum = golocal.Sum{}
			return c, parse.Because(golocal.StateUnstable, "", remark.Moving)
		}
		before = prefix{c.size, c.sum}
		select {
		case <-ctx.Done():
			return c, context.Cause(ctx)
		case <-time.After(time.Duration(try) * 100 * time.Millisecond):
		}
	}
}

func (in *Ingester) readOnce(ctx context.Context, ref golocal.Ref, counted bool, before prefix) (content, error) {
	f, err := in.Opener.Open(ref)
	if err != nil {
		return content{}, err
	}
	c, err := in.readOpen(ctx, ref, f, counted, before)
	if c.open == nil {
		f.Close()
	}
	if err != nil {
		c.close()
		c.open, c.file = nil, nil
	}
	return c, err
}

// readOpen reads f, which stays open where c.open is set. earlier is what was read
// of it before, when it had changed meanwhile.
func (in *Ingester) readOpen(ctx context.Context, ref golocal.Ref, f *os.File, counted bool, earlier prefix) (c content, err error) {
	info, err := f.Stat()
	if err != nil {
		return c, err
	}
	if !info.Mode().IsRegular() {
		return c, parse.Because(golocal.StateSkipped, "", remark.Irregular)
	}
	c = content{size: info.Size(), modified: info.ModTime()}
	grew := earlier.sum != golocal.Sum{} && earlier.size > 0 && earlier.size < c.size
	head := make([]byte, min(c.size, 4096))
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return c, err
	}
	most, kind := in.MaxFile, parse.Type(baseName(ref.Path), head[:n])
	if parse.Plain(kind) {
		most = min(most, in.MaxText)
	}
	if grew = grew && parse.Plain(kind) && earlier.size <= held; grew {
		c.size = earlier.size
	}
	if c.size > most {
		return c, parse.Failed(kind, remark.TooLargeKind, c.size, most)
	}
	if counted {
		account, bytes := in.account(c.size), need(c.size, kind)
		if c.share = account.try(ref.Root, bytes); c.share == nil {
			in.step(ref, Queued)
			if c.share, err = account.enter(ctx, ref.Root, bytes); err != nil {
				return c, err
			}
			in.step(ref, Reading)
		}
	}
	before, err := f.Stat() // waiting may have taken long
	if err != nil {
		return c, err
	}
	if before.Size() != c.size && !grew {
		return c, errMoving
	}
	c.modified = before.ModTime()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return c, err
	}
	var buf bytes.Buffer
	hash := sha256.New()
	to := io.Writer(hash)
	if c.size <= held {
		buf.Grow(int(c.size) + bytes.MinRead)
		to = io.MultiWriter(hash, &buf)
	}
	read, err := io.Copy(to, io.LimitReader(interruptible{ctx, f}, c.size))
	if err != nil {
		return c, err
	}
	if read != c.size {
		return c, errMoving
	}
	hash.Sum(c.sum[:0])
	if grew && c.sum != earlier.sum { // it was rewritten
		c.share.leave()
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return content{}, err
		}
		return in.readOpen(ctx, ref, f, counted, prefix{})
	}
	if in.afterRead != nil {
		in.afterRead()
	}
	after, err := f.Stat()
	if err != nil {
		return c, err
	}
	if steady := after.Size() == c.size && after.ModTime().Equal(c.modified); !steady && !grew {
		return c, errMoving
	}
	c.file = bytes.NewReader(buf.Bytes())
	if c.size > held {
		c.file, c.open = f, f
	}
	return c, nil
}

// need is how many bytes a file of size bytes will take, at a guess until it is
// parsed: its text, and itself where it is held.
func need(size int64, kind string) int64 {
	text := min(4*size, parse.MaxText)
	if parse.Plain(kind) {
		text = min(size, parse.MaxText)
	}
	if size <= held {
		text += size
	}
	return text
}

// account returns where a file, or a text, of n bytes counts.
func (in *Ingester) account(n int64) *account {
	if n >= LargeFile {
		return &in.large
	}
	return &in.small
}

// interruptible is a file whose reading ends with its context.
type interruptible struct {
	ctx context.Context
	*os.File
}

func (r interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.File.Read(p[:min(len(p), 1<<20)])
}

// reading turns an error of opening or reading a file into a Failure. A file
// that is gone is none: the caller removes it.
func reading(err error) *parse.Failure {
	var reason interface{ Reason() string }
	switch {
	case errors.Is(err, fs.ErrPermission):
		return parse.Failed("", remark.Denied)
	case errors.As(err, &reason):
		f := &parse.Failure{State: golocal.StateSkipped, Reason: reason.Reason()}
		if said, ok := reason.(interface{ Remark() golocal.Remark }); ok {
			f.Why = said.Remark()
		}
		return f
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is known to whoever shows the reason
	}
	return parse.Failed("", remark.Unreadable, err)
}
