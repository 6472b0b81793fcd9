package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"golocal"
)

const chunkColumns = `c.id, c.doc, c.ordinal, c.sum, c.start, c.stop, c.tokens, c.code, c.heading, c.place, c.lead, c.whole, c.seal, d.sum, d.parser, d.length`

// chunkRow is a row of chunk: the chunk without its Text, which lies in its
// document's.
type chunkRow struct {
	chunk          golocal.Chunk
	code, whole    bool
	sum            []byte
	heading, place string
	lead           string
	seal           uint32
	of             making
}

// making is what a chunk's document was made of: the sum of its file, who read it,
// and how many bytes of text that gave. A chunk of another version does not fit.
type making struct {
	sum    []byte
	parser string
	length int
}

func (r *chunkRow) dest() []any {
	c := &r.chunk
	return []any{&c.ID, &c.Doc, &c.Ordinal, &r.sum, &c.Span.Start, &c.Span.End, &c.Tokens, &r.code, &r.heading, &r.place, &r.lead, &r.whole, &r.seal, &r.of.sum, &r.of.parser, &r.of.length}
}

// placed is a chunk's place as its row keeps it.
type placed struct {
	golocal.Place
	Marks []golocal.Mark `json:"marks,omitempty"`
}

// newChunkRow is the row that c of the document d is stored as. Input is kept as what stands
// before the text, or whole where it does not end with the text.
func newChunkRow(d golocal.Document, c golocal.Chunk) chunkRow {
	r := chunkRow{of: making{d.Sum[:], d.Parser, len(d.Text)}, chunk: c, code: c.Code, sum: c.Sum[:], heading: asJSON(c.Heading), place: asJSON(placed{c.Place, c.Marks})}
	if lead, ok := strings.CutSuffix(c.Input, c.Text); ok {
		r.lead = lead
	} else {
		r.lead, r.whole = c.Input, true
	}
	r.seal = sealChunk(r)
	return r
}

// complete gives the chunk its text and what follows from it. Its input must
// have the sum that it was stored with: that proves text, span and lead at once.
// Its seal proves that it belongs to this version of its document.
func (r *chunkRow) complete(text string) (golocal.Chunk, error) {
	c := &r.chunk
	c.Code = r.code
	copy(c.Sum[:], r.sum)
	c.Text, c.Input = text, r.lead
	if !r.whole {
		c.Input += text
	}
	if sealChunk(*r) != r.seal || sha256.Sum256([]byte(c.Input)) != c.Sum {
		return *c, fmt.Errorf("chunk %d of document %d: %w", c.ID, c.Doc, ErrDamaged)
	}
	c.Heading = nil
	var at placed
	if json.Unmarshal([]byte(r.heading), &c.Heading) != nil || json.Unmarshal([]byte(r.place), &at) != nil {
		return *c, fmt.Errorf("chunk %d of document %d: %w", c.ID, c.Doc, ErrDamaged)
	}
	c.Place, c.Marks = at.Place, at.Marks
	return *c, nil
}

// Chunks returns a document's chunks in order; none when there is no such
// document.
func (x *Index) Chunks(ctx context.Context, doc int64) ([]golocal.Chunk, error) {
	var chunks []golocal.Chunk
	err := x.db.view(ctx, func(t *sql.Tx) error {
		rows, text, err := readChunks(ctx, t, doc)
		if err != nil {
			return err
		}
		for i := range rows {
			c, err := rows[i].complete(cut(text, rows[i].chunk.Span))
			if err != nil {
				return err
			}
			chunks = append(chunks, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read chunks of document %d: %w", doc, explain(err))
	}
	return chunks, nil
}

// readChunks returns the rows of a document's chunks in order, and its text.
func readChunks(ctx context.Context, q querier, doc int64) ([]chunkRow, string, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+chunkColumns+` FROM document d JOIN chunk c ON c.doc = d.id WHERE d.id = ? ORDER BY c.ordinal`, doc)
	if err != nil {
		return nil, "", err
	}
	var found []chunkRow
	err = every(rows, func(r *sql.Rows) error {
		var c chunkRow
		err := r.Scan(c.dest()...)
		found = append(found, c)
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, "", err
	}
	length := found[0].of.length
	text, err := readText(ctx, q, doc, golocal.Span{End: length}, length)
	return found, text, err
}

// cut is text[s.Start:s.End], empty where that is not inside text.
func cut(text string, s golocal.Span) string {
	if s.Start < 0 || s.End < s.Start || s.End > len(text) {
		return ""
	}
	return text[s.Start:s.End]
}

// completeChunk reads a chunk's text and completes it.
func completeChunk(ctx context.Context, q querier, r *chunkRow) (golocal.Chunk, error) {
	text, err := readText(ctx, q, r.chunk.Doc, r.chunk.Span, r.of.length)
	if err != nil {
		return r.chunk, err
	}
	return r.complete(text)
}
