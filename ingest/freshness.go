package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"golocal"
	"golocal/ingest/parse"
)

// Check tells whether the file of doc holds quote now: at once when its bytes
// are those that were indexed (doc.Sum), else by reading it again and looking
// for the quote anywhere in it. A file that cannot be read any more, or may not
// be, is Gone. An error means that nobody could look: the context or the parser
// failed.
func (in *Ingester) Check(ctx context.Context, doc golocal.Document, quote string) (golocal.Freshness, error) {
	file, err := in.read(ctx, doc.Ref, false) // somebody waits for the answer
	defer file.close()
	if err == nil && file.sum == doc.Sum {
		return golocal.Current, nil
	}
	var failure *parse.Failure
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("check %s: %w", doc.Ref.Path, context.Cause(ctx))
	case errors.Is(err, fs.ErrNotExist):
		return golocal.Gone, nil
	case errors.As(err, &failure) && failure.State == golocal.StateUnstable:
		return golocal.Changed, nil
	case err != nil:
		return golocal.Gone, nil
	}
	now, err := in.Parser.ParseFile(ctx, baseName(doc.Ref.Path), file.sum, file.file, file.size)
	switch {
	case errors.As(err, &failure):
		return golocal.Changed, nil
	case err != nil:
		return "", fmt.Errorf("check %s: %w", doc.Ref.Path, err)
	case strings.Contains(now.Text, quote):
		return golocal.Current, nil
	}
	return golocal.Changed, nil
}
