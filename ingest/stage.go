package ingest

import (
	"io"
	"sync"

	"golocal"
)

// Stage is how far the work on a file is.
type Stage string

// The stages of a file, in the order in which it goes through them. It is Queued
// again whenever it waits for memory or for a parser.
const (
	Queued    Stage = "queued"
	Reading   Stage = "reading" // its bytes and, out of them, its text
	Chunking  Stage = "chunking"
	Embedding Stage = "embedding" // left out where every vector is stored already
	Storing   Stage = "storing"
)

// Step is what is being done to a file.
type Step struct {
	Stage Stage
	Done  int // of an Embedding: chunks that have their vector, or are refused one
	Total int // of an Embedding: chunks of the file
}

func (in *Ingester) step(ref golocal.Ref, stage Stage) { in.tell(ref, Step{Stage: stage}) }

func (in *Ingester) tell(ref golocal.Ref, s Step) {
	if in.Stage != nil {
		in.Stage(ref, s)
	}
}

// noticed is a file whose first reading is told: a parser asks for the bytes when
// it gets to the file.
type noticed struct {
	io.ReaderAt
	first func()
}

func (n noticed) ReadAt(p []byte, off int64) (int, error) {
	n.first()
	return n.ReaderAt.ReadAt(p, off)
}

// awaited is the file for a parser that may have others to read first.
func (in *Ingester) awaited(ref golocal.Ref, file io.ReaderAt) io.ReaderAt {
	if in.Stage == nil {
		return file
	}
	in.step(ref, Queued)
	return noticed{file, sync.OnceFunc(func() { in.step(ref, Reading) })}
}
