package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime/debug"
	"time"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// Apply brings the store up to date with one change: Upsert reads the file,
// Remove forgets it, Skip records why it is left out. A file that cannot be
// read is recorded with its reason and is no error; it is read again when
// it changes. An error means that the change was not recorded and is worth
// another try: the store, the context or the parser itself failed, or, where it
// wraps golocal.ErrUnstable, the file was written to meanwhile.
func (in *Ingester) Apply(ctx context.Context, change golocal.Change) error {
	switch change.Op {
	case golocal.Upsert:
		return in.upsert(ctx, change.Ref)
	case golocal.Remove:
		return in.remove(ctx, change.Ref)
	case golocal.Skip:
		old, known, err := in.Store.Document(ctx, change.Ref)
		if err != nil {
			return fmt.Errorf("look up %s: %w", change.Ref.Path, err)
		}
		return in.refuse(ctx, old, known, golocal.Document{Ref: change.Ref}, skipped(change))
	}
	return fmt.Errorf("apply a change to %s: operation %d is not one for files", change.Ref.Path, change.Op)
}

func (in *Ingester) remove(ctx context.Context, ref golocal.Ref) error {
	if err := in.Store.Remove(ctx, ref); err != nil {
		return fmt.Errorf("remove %s: %w", ref.Path, err)
	}
	return nil
}

func (in *Ingester) upsert(ctx context.Context, ref golocal.Ref) error {
	old, known, err := in.Store.Document(ctx, ref)
	if err != nil {
		return fmt.Errorf("look up %s: %w", ref.Path, err)
	}
	in.step(ref, Reading)
	began := time.Now() // a write from now on makes another modification time than the one read below
	file, err := in.read(ctx, ref, true)
	defer func() { file.close() }()
	doc := golocal.Document{Ref: ref, Sum: file.sum, Size: file.size, Modified: file.modified, Indexed: began}
	var failure *parse.Failure
	switch {
	case errors.Is(err, golocal.ErrMissing): // before the next: an unplugged disk is no deletion
		return fmt.Errorf("read %s: %w", ref.Path, err)
	case errors.Is(err, fs.ErrNotExist):
		return in.remove(ctx, ref)
	case errors.As(err, &failure):
		if err := in.refuse(ctx, old, known, doc, failure); err != nil || failure.State != golocal.StateUnstable {
			return err
		}
		return fmt.Errorf("read %s: %w", ref.Path, golocal.ErrUnstable)
	case err != nil:
		return fmt.Errorf("read %s: %w", ref.Path, err)
	}
	if known && old.Sum == file.sum && old.Parser == in.parserOf(old) {
		if fresh(old, doc) {
			return nil
		}
		if old.State != golocal.StateReady {
			old.Size, old.Modified, old.Indexed = doc.Size, doc.Modified, doc.Indexed
			return in.put(ctx, old, nil, nil)
		}
		if t, ok := in.Store.(toucher); ok {
			old.Size, old.Modified, old.Indexed = doc.Size, doc.Modified, doc.Indexed
			if err := t.Touch(ctx, old); err != nil {
				return fmt.Errorf("record the time of %s: %w", ref.Path, err)
			}
			return nil
		}
	}
	parsed, err := in.parse(ctx, ref, &file)
	if errors.As(err, &failure) {
		return in.refuse(ctx, old, known, doc, failure)
	}
	if err != nil {
		return fmt.Errorf("parse %s: %w", ref.Path, err)
	}
	parsed.Ref, parsed.Sum, parsed.Size, parsed.Modified, parsed.Indexed = doc.Ref, doc.Sum, doc.Size, doc.Modified, doc.Indexed
	if !in.allowed(ref) {
		if secret := secretIn(parsed); secret != nil {
			return in.refuse(ctx, old, known, doc, secret)
		}
	}
	in.step(ref, Chunking)
	chunks, err := in.cut(parsed)
	if errors.As(err, &failure) {
		return in.refuse(ctx, old, known, doc, failure)
	}
	if len(chunks) == 0 {
		return in.refuse(ctx, old, known, doc, parse.NoText(parsed.Type, parsed.Pages))
	}
	parsed.ID, parsed.State, parsed.Parser, parsed.Chunks = old.ID, golocal.StateReady, in.parserOf(parsed), len(chunks)
	vectors, err := in.vectors(ctx, ref, chunks)
	var some *refusal
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("embed %s: %w", ref.Path, context.Cause(ctx))
	case errors.Is(err, golocal.ErrUnavailable):
		in.Log.Debug("indexed for keyword search only", "path", ref.Path, "error", err)
	case errors.As(err, &some):
		in.Log.Warn("the embedding model refused passages; keyword search still finds them", "path", ref.Path, "error", some.err)
	case err != nil:
		return fmt.Errorf("embed %s: %w", ref.Path, err)
	}
	in.step(ref, Storing)
	return in.put(ctx, parsed, chunks, vectors)
}

// parse reads a file's text. From then on the file takes no memory, but its text
// does. A small file that holds much text counts as a large one; where there is
// no room for that now, it is parsed again when there is.
func (in *Ingester) parse(ctx context.Context, ref golocal.Ref, file *content) (golocal.Document, error) {
	doc, err := in.Parser.ParseFile(ctx, baseName(ref.Path), file.sum, in.awaited(ref, file.file), file.size)
	if !file.still() {
		return golocal.Document{}, errMoving
	}
	if n := int64(len(doc.Text)); err == nil && n >= LargeFile && file.size < LargeFile {
		file.share.leave()
		if file.share = in.large.try(ref.Root, n); file.share == nil {
			doc = golocal.Document{}
			in.step(ref, Queued)
			if file.share, err = in.large.enter(ctx, ref.Root, n+file.size); err != nil {
				return doc, err
			}
			doc, err = in.Parser.ParseFile(ctx, baseName(ref.Path), file.sum, in.awaited(ref, file.file), file.size)
		}
	}
	file.file = nil
	if file.open != nil {
		file.open.Close()
		file.open = nil
	}
	file.share.set(int64(len(doc.Text)))
	return doc, err
}

// cut cuts a document into passages. A text that the chunker stumbles over costs
// the file and not the daemon.
func (in *Ingester) cut(doc golocal.Document) (chunks []golocal.Chunk, err error) {
	defer func() {
		if r := recover(); r != nil {
			in.Log.Error("a text could not be cut into passages", "type", doc.Type, "bytes", len(doc.Text), "stack", string(debug.Stack()))
			chunks, err = nil, parse.Crash(doc.Type, remark.BrokenUncut)
		}
	}()
	return chunk.Cut(doc, in.Count, in.Limit), nil
}

// toucher is a Store that can renew a document's Size, Modified and Indexed
// alone. Without it a file that was only touched is parsed and put again.
type toucher interface {
	Touch(ctx context.Context, doc golocal.Document) error
}

// racy is how near to its reading a file's modification may be for a later
// write to leave the same time behind (coarse clocks of file systems).
const racy = 2 * time.Second

// fresh reports whether what is stored of a file says all that was found now.
func fresh(old, now golocal.Document) bool {
	return old.Size == now.Size && old.Modified.Equal(now.Modified) && old.Indexed.Sub(old.Modified) > racy
}

// refuse records why a file is not searchable. What the store says already is
// not written again.
func (in *Ingester) refuse(ctx context.Context, old golocal.Document, known bool, doc golocal.Document, why *parse.Failure) error {
	doc.ID, doc.State, doc.Reason, doc.Why, doc.Type = old.ID, why.State, why.Reason, why.Why, why.Type
	if why.Pages > 0 {
		doc.Pages, doc.Blank = why.Pages, why.Pages
	}
	doc.Parser = in.parserOf(doc)
	if known && old.State == doc.State && old.Reason == doc.Reason && old.Sum == doc.Sum && old.Size == doc.Size &&
		old.Modified.Equal(doc.Modified) && old.Parser == doc.Parser {
		return nil
	}
	if doc.Indexed.IsZero() {
		doc.Indexed = time.Now()
	}
	if doc.State != golocal.StateSkipped {
		in.Log.Info("a file is not searchable", "path", doc.Ref.Path, "state", doc.State, "reason", doc.Reason)
	}
	return in.put(ctx, doc, nil, nil)
}

// skipped is why the watcher passed a file over.
func skipped(c golocal.Change) *parse.Failure {
	f := &parse.Failure{State: golocal.StateSkipped, Reason: c.Reason}
	if c.Why != nil {
		f.Why = *c.Why
	}
	return f
}

func (in *Ingester) put(ctx context.Context, doc golocal.Document, chunks []golocal.Chunk, vectors [][]float32) error {
	if err := in.Store.Put(ctx, doc, chunks, vectors); err != nil {
		return fmt.Errorf("store %s: %w", doc.Ref.Path, err)
	}
	return nil
}

func baseName(p string) string { return path.Base(p) }
