// Package ingest turns files into searchable documents: it reads a changed
// file, parses it in a child process, cuts the text into chunks, has new chunks
// embedded and hands the result to a store. A file that cannot be read ends as
// a recorded reason and never stops the others.
package ingest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/parse"
)

// Store holds the documents.
type Store interface {
	// Document returns what is known of a file, without its text; the bool is
	// false for a file never seen.
	Document(ctx context.Context, ref golocal.Ref) (golocal.Document, bool, error)
	// Put replaces the document at doc.Ref and all its chunks at once.
	// vectors[i] belongs to chunks[i]; nil means the one stored for
	// chunks[i].Sum, if any.
	Put(ctx context.Context, doc golocal.Document, chunks []golocal.Chunk, vectors [][]float32) error
	Remove(ctx context.Context, ref golocal.Ref) error
}

// Vectors holds the vectors of the active space, by the sum of what was embedded.
type Vectors interface {
	// Vectors returns those of the given sums that are stored.
	Vectors(ctx context.Context, sums []golocal.Sum) (map[golocal.Sum][]float32, error)
	// Missing returns up to limit chunks that have no vector.
	Missing(ctx context.Context, limit int) ([]golocal.Chunk, error)
	// Attach stores vectors[i] for sums[i].
	Attach(ctx context.Context, sums []golocal.Sum, vectors [][]float32) error
}

// Embedder makes one vector per text. An error for which errors.Is(err,
// golocal.ErrUnavailable) holds says that there is nobody to ask now.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// Opener opens a regular file safely below its root. An error that has a
// method Reason() string is shown to the user by that reason.
type Opener interface {
	Open(ref golocal.Ref) (*os.File, error)
}

// Parser reads the text out of the size bytes of a file, whose SHA-256 is sum:
// it fills all of a Document that comes from the content. name is the file's
// base name and decides only where the content leaves a choice. A
// *parse.Failure says why the file has no text; any other error says that the
// parser itself could not work.
type Parser interface {
	ParseFile(ctx context.Context, name string, sum golocal.Sum, file io.ReaderAt, size int64) (golocal.Document, error)
}

// Options are what an Ingester works with. Aids, Allowed, Count, Stage, Limit,
// MaxText, MaxFile and Log may be left out.
type Options struct {
	Store    Store
	Vectors  Vectors
	Embedder Embedder
	Opener   Opener
	Parser   Parser

	Aids    string                  // programs that the parser has for images, scans and old files; when others, such files are read again
	Allowed func(golocal.Ref) bool  // files that are indexed although they hold a secret; none when nil
	Count   func(string) int        // tokens of a text as the embedder counts them; chunk.Estimate when nil
	Stage   func(golocal.Ref, Step) // called as Apply gets on with a file, by several at once; must be quick
	Limit   chunk.Limit             // sizes of chunks; chunk.Default when zero
	MaxText int64                   // bytes of a text file; 50 MB when 0
	MaxFile int64                   // bytes of any other file; 200 MB when 0
	Log     *slog.Logger
}

// Ingester brings the store up to date with files, one Change at a time. Its
// methods may be called from several goroutines, but at most one at a time
// for the same file; concurrent calls share embedding batches.
type Ingester struct {
	Options
	version string
	lane    *lane

	small, large account // bytes of files, and of their text, that are under way

	afterRead func() // for tests: between the last byte of a file and the second look at it
}

// New returns an Ingester.
func New(o Options) *Ingester {
	if o.Count == nil {
		o.Count = chunk.Estimate
	}
	if o.Limit == (chunk.Limit{}) {
		o.Limit = chunk.Default
	}
	if o.MaxText == 0 {
		o.MaxText = 50e6
	}
	if o.MaxFile == 0 {
		o.MaxFile = 200e6
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Ingester{
		Options: o,
		version: fmt.Sprintf("%s, chunks of %d to %d", Version, o.Limit.Target, o.Limit.Max),
		lane:    newLane(o.Embedder),
		small:   account{limit: smallBytes},
		large:   account{limit: largeBytes},
	}
}

// Version changes whenever the same bytes would give other text or other
// chunks; documents made by another version are read again.
const Version = "golocal parser 3"

// parserOf is what made a document: the version, for those that depend on them
// the programs that the parser has, and whether it may hold a secret.
func (in *Ingester) parserOf(doc golocal.Document) string {
	version := in.version
	if in.Aids != "" && parse.Aided(doc) {
		version += ", " + in.Aids
	}
	if in.allowed(doc.Ref) {
		version += ", secrets allowed"
	}
	return version
}

func (in *Ingester) allowed(ref golocal.Ref) bool { return in.Allowed != nil && in.Allowed(ref) }
