package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"golocal"
	"golocal/ingest/parse"
)

// Changed is an error of Reread: the file's bytes are not those that were indexed.
type Changed struct{ Reason string }

func (e *Changed) Error() string { return e.Reason }

// Unread is an error of Reread: nothing can be told of the file now, for a reason
// of one line.
type Unread struct{ Reason string }

func (e *Unread) Error() string { return e.Reason }

// Reread returns what the file of doc, which the store has as ready, gives when
// it is read once more as it was then. Where its bytes are the same and so is
// who reads them, the text must be the stored one. The error is a *Changed, an
// *Unread, or the context's or the parser's own.
func (in *Ingester) Reread(ctx context.Context, doc golocal.Document) (golocal.Document, error) {
	file, err := in.read(ctx, doc.Ref, true)
	defer func() { file.close() }()
	var failure *parse.Failure
	switch {
	case ctx.Err() != nil:
		return golocal.Document{}, fmt.Errorf("read %s: %w", doc.Ref.Path, context.Cause(ctx))
	case errors.Is(err, golocal.ErrMissing):
		return golocal.Document{}, &Unread{"its folder is missing"}
	case errors.Is(err, fs.ErrNotExist):
		return golocal.Document{}, &Changed{"it is not there any more"}
	case errors.As(err, &failure):
		return golocal.Document{}, &Unread{"it cannot be read now: " + failure.Reason}
	case err != nil:
		return golocal.Document{}, fmt.Errorf("read %s: %w", doc.Ref.Path, err)
	case file.sum != doc.Sum:
		return golocal.Document{}, &Changed{"it was written to"}
	case doc.Parser != in.parserOf(doc):
		return golocal.Document{}, &Unread{"it was read by another version of golocal, or with other helping programs"}
	}
	now, err := in.parse(ctx, doc.Ref, &file)
	switch {
	case errors.As(err, &failure):
		return golocal.Document{}, &Unread{"it cannot be read now: " + failure.Reason}
	case errors.Is(err, errMoving):
		return golocal.Document{}, &Changed{"it is being written to"}
	case err != nil:
		return golocal.Document{}, fmt.Errorf("parse %s: %w", doc.Ref.Path, err)
	case in.parserOf(now) != doc.Parser: // a program that it needs is not there now
		return golocal.Document{}, &Unread{"it was read with other helping programs"}
	}
	now.Ref, now.Sum, now.Size, now.Modified = doc.Ref, file.sum, file.size, file.modified
	return now, nil
}
