package ingest

import "golocal"

// Current reports whether this version of the parsers and the chunker made what
// is stored of a document. Another's is to be read again: it answers until Put
// replaces it, in one step and with its vectors, so that an upgrade goes through
// the files one by one and search never lacks one. Chunks of two versions may
// stand beside each other meanwhile: their vectors are of one model, found by
// what was embedded and not by who cut it.
func (in *Ingester) Current(d golocal.Document) bool {
	return d.Parser == "" || d.Parser == in.parserOf(d) // "": nothing was made of it, the file alone decides
}
