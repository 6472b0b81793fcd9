package main

import (
	"context"
	"errors"

	"golocal"
	"golocal/index"
	"golocal/ingest"
	"golocal/ingest/child"
	"golocal/watch"
)

// rereader reads files again as they were read for the index.
type rereader struct {
	watcher  *watch.Watcher // never runs: it opens files safely
	parser   *child.Parser
	ingester *ingest.Ingester
}

func (c *cli) rereader() (*rereader, error) {
	parser, err := c.parser()
	if err != nil {
		return nil, err
	}
	watcher := watch.New(watch.Options{Exclude: c.paths.own(), Log: c.log})
	return &rereader{watcher, parser, ingest.New(ingest.Options{
		Opener: watcher, Parser: parser, Aids: parser.Aids.String(), Limit: c.limit, Log: c.log,
	})}, nil
}

// read is index.CheckOptions.Reread.
func (r *rereader) read(ctx context.Context, root golocal.Root, doc golocal.Document) (index.Reading, error) {
	if err := r.watcher.Add(root); err != nil {
		return index.Reading{}, err
	}
	now, err := r.ingester.Reread(ctx, doc)
	if changed, ok := errors.AsType[*ingest.Changed](err); ok {
		return index.Reading{Changed: true, Reason: changed.Reason}, nil
	}
	if unread, ok := errors.AsType[*ingest.Unread](err); ok {
		return index.Reading{Reason: unread.Reason}, nil
	}
	return index.Reading{Text: now.Text}, err
}

func (r *rereader) close() error { return r.parser.Close() }
