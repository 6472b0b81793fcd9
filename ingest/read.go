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
)

// content is a file as it was read.
type content struct {
	data     []byte
	sum      golocal.Sum
	size     int64
	modified time.Time
}

// errMoving says that the file was written to while it was read.
var errMoving = errors.New(parse.ReasonUnstable)

// read returns a file's bytes, all of one moment: when the file changes while
// it is read it tries again, three times in all. The error is a *parse.Failure, an
// fs.ErrNotExist for a file that is gone, golocal.ErrMissing where its whole
// root is, or the context's. Size and modified
// are set as far as they are known even then.
func (in *Ingester) read(ctx context.Context, ref golocal.Ref) (content, error) {
	for try := 1; ; try++ {
		c, err := in.readOnce(ctx, ref)
		var failure *parse.Failure
		switch {
		case err == nil, errors.Is(err, golocal.ErrMissing), errors.Is(err, fs.ErrNotExist), errors.As(err, &failure), ctx.Err() != nil:
			return c, err
		case !errors.Is(err, errMoving):
			return c, reading(err)
		case try == 3:
			return c, parse.Failed("", parse.ReasonUnstable)
		}
		select {
		case <-ctx.Done():
			return c, context.Cause(ctx)
		case <-time.After(time.Duration(try) * 100 * time.Millisecond):
		}
	}
}

func (in *Ingester) readOnce(ctx context.Context, ref golocal.Ref) (content, error) {
	f, err := in.Opener.Open(ref)
	if err != nil {
		return content{}, err
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return content{}, err
	}
	c := content{size: before.Size(), modified: before.ModTime()}
	if !before.Mode().IsRegular() {
		return c, &parse.Failure{State: golocal.StateSkipped, Reason: "not a regular file"}
	}
	head := make([]byte, min(c.size, 4096))
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return c, err
	}
	most, kind := in.MaxFile, parse.Type(baseName(ref.Path), head[:n])
	if parse.Plain(kind) {
		most = min(most, in.MaxText)
	}
	if c.size > most {
		return c, parse.Failed(kind, "too large: %s, and files of this kind are read up to %s", parse.Megabytes(c.size), parse.Megabytes(most))
	}
	buf := bytes.NewBuffer(make([]byte, 0, c.size+bytes.MinRead))
	buf.Write(head[:n])
	if _, err := io.Copy(buf, io.LimitReader(interruptible{ctx, f}, most-int64(n)+1)); err != nil {
		return c, err
	}
	if in.afterRead != nil {
		in.afterRead()
	}
	after, err := f.Stat()
	if err != nil {
		return c, err
	}
	if int64(buf.Len()) != c.size || after.Size() != c.size || !after.ModTime().Equal(c.modified) {
		return c, errMoving
	}
	c.data = buf.Bytes()
	c.sum = sha256.Sum256(c.data)
	return c, nil
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
		return parse.Failed("", parse.ReasonDenied)
	case errors.As(err, &reason):
		return &parse.Failure{State: golocal.StateSkipped, Reason: reason.Reason()}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the path is known to whoever shows the reason
	}
	return parse.Failed("", "could not be read: %v", err)
}
