package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"golocal"
)

// Put replaces the document at doc.Ref by doc and its chunks, in one
// transaction: row, text, sections, postings and vectors. The document keeps
// its id, and a chunk that is word for word in the old version keeps its own.
//
// vectors has one per chunk, or is nil for none; vectors[i] nil means the one
// stored for the chunk's Sum, if any, else the chunk shows up in Missing. A
// document whose State is not StateReady has no chunks. Chunks are in order,
// chunk.Text is doc.Text[Span.Start:Span.End] and chunk.Sum the SHA-256 of
// chunk.Input; a zero Sum is filled in, and so is a zero doc.Indexed.
//
// The error wraps ErrNoRoot when the root is gone meanwhile.
func (x *Index) Put(ctx context.Context, doc golocal.Document, chunks []golocal.Chunk, vectors [][]float32) error {
	rows, err := checkDocument(&doc, chunks, vectors)
	if err != nil {
		return fmt.Errorf("put %s: %w", doc.Ref.Path, err)
	}
	if doc.Indexed.IsZero() {
		doc.Indexed = x.now()
	}
	x.write.Lock()
	defer x.write.Unlock()
	units, err := x.units(vectors)
	if err != nil {
		return fmt.Errorf("put %s: %w", doc.Ref.Path, err)
	}
	var change change
	err = x.db.update(ctx, false, func(t *tx) error {
		change = newChange()
		return x.replace(t, doc, rows, units, &change)
	})
	if err != nil {
		return fmt.Errorf("put %s: %w", doc.Ref.Path, explain(err))
	}
	x.apply(change)
	return nil
}

// checkDocument enforces what Put promises and makes the chunks' rows.
func checkDocument(doc *golocal.Document, chunks []golocal.Chunk, vectors [][]float32) ([]chunkRow, error) {
	switch {
	case doc.Ref.Path == "":
		return nil, errors.New("its path is empty")
	case doc.State == "":
		return nil, errors.New("it has no state")
	case doc.State != golocal.StateReady && len(chunks) > 0:
		return nil, fmt.Errorf("state %q has no chunks, these are %d", doc.State, len(chunks))
	case vectors != nil && len(vectors) != len(chunks):
		return nil, fmt.Errorf("%d vectors for %d chunks", len(vectors), len(chunks))
	}
	doc.Chunks = len(chunks)
	rows := make([]chunkRow, len(chunks))
	for i, c := range chunks {
		s := c.Span
		if s.Start < 0 || s.End < s.Start || s.End > len(doc.Text) || doc.Text[s.Start:s.End] != c.Text {
			return nil, fmt.Errorf("chunk %d is not the document's bytes %d to %d", i, s.Start, s.End)
		}
		if c.Input == "" {
			c.Input = c.Text
		}
		sum := golocal.Sum(sha256.Sum256([]byte(c.Input)))
		if c.Sum != (golocal.Sum{}) && c.Sum != sum {
			return nil, fmt.Errorf("chunk %d: sum is not of its input", i)
		}
		c.Sum, c.Ordinal = sum, i
		rows[i] = newChunkRow(*doc, c)
	}
	return rows, nil
}

// replace is the transaction of Put. Postings come last: FTS5 writes a segment
// whenever a statement of another table that may have to be undone by itself
// comes after one of its own, and merging a segment per chunk would cost more
// than all the rest.
func (x *Index) replace(t *tx, doc golocal.Document, rows []chunkRow, units [][]float32, ch *change) error {
	var known bool
	if err := t.one(`SELECT EXISTS (SELECT 1 FROM root WHERE id = ?)`, []any{doc.Ref.Root}, &known); err != nil {
		return err
	}
	if !known {
		return ErrNoRoot
	}
	old := doc
	var about string
	err := t.one(`SELECT id, title, about FROM document WHERE root = ? AND path = ?`, []any{doc.Ref.Root, []byte(doc.Ref.Path)}, &doc.ID, &old.Title, &about)
	name := postedOf(doc)
	var before stripped
	switch {
	case errors.Is(err, sql.ErrNoRows):
		doc.ID, err = t.insert(`INSERT INTO document (root, path, sum, size, modified, indexed, type, title, pages, blank, chunks, state, reason, parser, about, length, seal)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{doc.Ref.Root, []byte(doc.Ref.Path)}, documentArgs(doc)...)...)
	case err == nil:
		old.Meta = golocal.Meta{}
		same := readAbout(about, &old) == nil && postedOf(old) == name
		before, err = x.strip(t, doc, same, rows, ch)
		if err == nil {
			err = t.exec(`UPDATE document SET sum = ?, size = ?, modified = ?, indexed = ?, type = ?, title = ?, pages = ?, blank = ?, chunks = ?, state = ?, reason = ?, parser = ?, about = ?, length = ?, seal = ? WHERE id = ?`,
				append(documentArgs(doc), doc.ID)...)
		}
	}
	if err != nil {
		return err
	}
	if err := writeText(t, doc.ID, doc.Text); err != nil {
		return err
	}
	if err := writeStructure(t, doc); err != nil {
		return err
	}
	ids, err := x.writeChunks(t, doc.ID, rows, before, units, ch)
	if err != nil {
		return err
	}
	if err := x.unlink(t, before.sums...); err != nil {
		return err
	}
	if err := removePostings(t, before.gone); err != nil {
		return err
	}
	for i, r := range rows {
		if before.keeps(i) {
			continue
		}
		if err := writePosting(t, ids[i], r.chunk.Text, r.chunk.Heading, name); err != nil {
			return err
		}
	}
	return nil
}

func documentArgs(d golocal.Document) []any {
	return []any{d.Sum[:], d.Size, nanos(d.Modified), nanos(d.Indexed), d.Type, d.Title, d.Pages, d.Blank, d.Chunks, string(d.State), d.Reason, d.Parser, aboutText(d), len(d.Text), sealDocument(d, len(d.Text))}
}

// writeChunks inserts the rows, or moves the old chunks that they are, links
// their vectors, and returns their ids.
func (x *Index) writeChunks(t *tx, doc int64, rows []chunkRow, before stripped, units [][]float32, ch *change) ([]int64, error) {
	sums := make([][]byte, len(rows))
	var fresh [][]byte
	for i, r := range rows {
		if sums[i] = r.sum; !before.keeps(i) {
			fresh = append(fresh, r.sum)
		}
	}
	links, err := x.link(t, sums, units, ch)
	if err != nil {
		return nil, err
	}
	had := map[int64]sql.NullInt64{} // the vectors of the old chunks by now
	err = t.each(`SELECT id, vector FROM chunk WHERE doc = ?`, []any{doc}, func(r *sql.Rows) error {
		var id int64
		var vector sql.NullInt64
		err := r.Scan(&id, &vector)
		had[id] = vector
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		c := r.chunk
		l, ok := links[string(r.sum)]
		vector := sql.NullInt64{Int64: l.id, Valid: ok}
		if before.keeps(i) {
			ids[i] = before.kept[i]
			err = t.exec(`UPDATE chunk SET ordinal = ?, start = ?, stop = ?, tokens = ?, code = ?, place = ?, vector = ?, seal = ? WHERE id = ?`,
				c.Ordinal, c.Span.Start, c.Span.End, c.Tokens, number(r.code), r.place, vector, r.seal, ids[i])
		} else {
			ids[i], err = t.insert(`INSERT INTO chunk (doc, ordinal, sum, start, stop, tokens, code, heading, place, lead, whole, vector, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				doc, c.Ordinal, r.sum, c.Span.Start, c.Span.End, c.Tokens, number(r.code), r.heading, r.place, r.lead, number(r.whole), vector, r.seal)
			ch.chunks++
		}
		if err != nil {
			return nil, err
		}
		if ok && had[ids[i]] != vector {
			ch.add = append(ch.add, addition{chunk: ids[i], doc: doc, vector: l.id, vec: l.vec})
		}
	}
	return ids, relink(t, fresh)
}

// stripped is what strip has left of a document.
type stripped struct {
	kept []int64  // per new row: the old chunk that it is, or 0
	gone []int64  // chunks whose postings are still there
	sums [][]byte // inputs that lost a chunk
}

// keeps reports whether new row i is an old chunk.
func (s stripped) keeps(i int) bool { return s.kept != nil && s.kept[i] != 0 }

// strip takes out of a stored document all but postings that its new version does
// not keep; same tells that postings say the same of the document.
func (x *Index) strip(t *tx, doc golocal.Document, same bool, rows []chunkRow, ch *change) (stripped, error) {
	old, text, err := readChunks(t.ctx, t.d.writer, doc.ID)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return stripped{}, err
	}
	s := stripped{kept: make([]int64, len(rows))}
	stays := map[int64]bool{}
	if same && err == nil {
		free := map[string][]int{}
		for i, o := range old {
			key := string(o.sum) + o.heading + cut(text, o.chunk.Span)
			free[key] = append(free[key], i)
		}
		for i, r := range rows {
			key := string(r.sum) + r.heading + r.chunk.Text
			if equal := free[key]; len(equal) > 0 {
				s.kept[i], free[key] = old[equal[0]].chunk.ID, equal[1:]
				stays[s.kept[i]] = true
			}
		}
	}
	for _, o := range old {
		if !stays[o.chunk.ID] {
			ch.remove(doc.ID, o.chunk.ID)
			s.gone, s.sums = append(s.gone, o.chunk.ID), append(s.sums, o.sum)
		}
	}
	if err := removeChunks(t, s.gone); err != nil {
		return stripped{}, err
	}
	return s, removeContent(t, doc.ID)
}

// removeChunks deletes chunks, whose postings removePostings deletes.
func removeChunks(t *tx, ids []int64) error {
	return execEach(t, `DELETE FROM chunk WHERE id IN `+group, ids)
}

func removePostings(t *tx, chunks []int64) error {
	return execEach(t, `DELETE FROM posting WHERE rowid IN `+group, chunks)
}

// removeContent deletes a document's text and notes that bytes wait to be erased.
func removeContent(t *tx, doc int64) error {
	if err := t.exec(`DELETE FROM text WHERE doc = ?`, doc); err != nil {
		return err
	}
	if err := t.exec(`DELETE FROM section WHERE doc = ?`, doc); err != nil {
		return err
	}
	return t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1`, metaErase)
}

// drop deletes a whole document; posting false when its postings are gone already.
func (x *Index) drop(t *tx, doc int64, posting bool, ch *change) error {
	var ids []int64
	var sums [][]byte
	err := t.each(`SELECT id, sum FROM chunk WHERE doc = ?`, []any{doc}, func(r *sql.Rows) error {
		var id int64
		var sum []byte
		err := r.Scan(&id, &sum)
		ids, sums = append(ids, id), append(sums, sum)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		ch.remove(doc, id)
	}
	if err := removeChunks(t, ids); err != nil {
		return err
	}
	if err := removeContent(t, doc); err != nil {
		return err
	}
	if err := t.exec(`DELETE FROM document WHERE id = ?`, doc); err != nil {
		return err
	}
	if err := x.unlink(t, sums...); err != nil || !posting {
		return err
	}
	return removePostings(t, ids)
}

// Remove takes the document at ref out of the index; no error when there is
// none. Its vectors stay until Purge, so that a renamed file costs no embedding.
func (x *Index) Remove(ctx context.Context, ref golocal.Ref) error {
	x.write.Lock()
	defer x.write.Unlock()
	var change change
	err := x.db.update(ctx, false, func(t *tx) error {
		change = newChange()
		var doc int64
		err := t.one(`SELECT id FROM document WHERE root = ? AND path = ?`, []any{ref.Root, []byte(ref.Path)}, &doc)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return x.drop(t, doc, true, &change)
	})
	if err != nil {
		return fmt.Errorf("remove %s: %w", ref.Path, explain(err))
	}
	x.apply(change)
	return nil
}
