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

// replace is the transaction of Put.
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
	var kept []int64 // per row: the old chunk that it is, or 0
	var unlinked [][]byte
	switch {
	case errors.Is(err, sql.ErrNoRows):
		doc.ID, err = t.insert(`INSERT INTO document (root, path, sum, size, modified, indexed, type, title, pages, blank, chunks, state, reason, parser, about, length, seal)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{doc.Ref.Root, []byte(doc.Ref.Path)}, documentArgs(doc)...)...)
	case err == nil:
		old.Meta = golocal.Meta{}
		same := readAbout(about, &old) == nil && postedOf(old) == name
		kept, unlinked, err = x.strip(t, doc, same, rows, ch)
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
	for i, r := range rows {
		var old int64
		if kept != nil {
			old = kept[i]
		}
		var unit []float32
		if units != nil {
			unit = units[i]
		}
		if err := x.writeChunk(t, doc.ID, r, old, name, unit, ch); err != nil {
			return err
		}
	}
	return x.unlink(t, unlinked...)
}

func documentArgs(d golocal.Document) []any {
	return []any{d.Sum[:], d.Size, nanos(d.Modified), nanos(d.Indexed), d.Type, d.Title, d.Pages, d.Blank, d.Chunks, string(d.State), d.Reason, d.Parser, aboutText(d), len(d.Text), sealDocument(d, len(d.Text))}
}

// writeChunk inserts a chunk with its postings, or moves the old one that it
// is, and links its vector.
func (x *Index) writeChunk(t *tx, doc int64, r chunkRow, old int64, name posted, unit []float32, ch *change) error {
	vector, vec, err := x.link(t, r.sum, unit, ch)
	if err != nil {
		return err
	}
	c := r.chunk
	id := old
	if old != 0 {
		var before sql.NullInt64
		if err := t.one(`SELECT vector FROM chunk WHERE id = ?`, []any{old}, &before); err != nil {
			return err
		}
		err = t.exec(`UPDATE chunk SET ordinal = ?, start = ?, stop = ?, tokens = ?, code = ?, place = ?, vector = ?, seal = ? WHERE id = ?`,
			c.Ordinal, c.Span.Start, c.Span.End, c.Tokens, number(r.code), r.place, vector, r.seal, old)
		if before == vector {
			return err
		}
	} else {
		id, err = t.insert(`INSERT INTO chunk (doc, ordinal, sum, start, stop, tokens, code, heading, place, lead, whole, vector, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			doc, c.Ordinal, r.sum, c.Span.Start, c.Span.End, c.Tokens, number(r.code), r.heading, r.place, r.lead, number(r.whole), vector, r.seal)
		if err == nil {
			ch.chunks++
			err = writePosting(t, id, c.Text, c.Heading, name)
		}
		if err == nil {
			err = t.exec(`UPDATE vector INDEXED BY vector_sum SET unused = 0 WHERE space IN (SELECT id FROM space) AND sum = ? AND unused > 0`, r.sum)
		}
	}
	if err == nil && vector.Valid {
		ch.add = append(ch.add, addition{chunk: id, doc: doc, vector: vector.Int64, vec: vec})
	}
	return err
}

// strip takes out of a stored document all that its new version does not keep;
// same tells that postings say the same of the document.
// It returns which old chunk each new row is, and the inputs that lost a chunk.
func (x *Index) strip(t *tx, doc golocal.Document, same bool, rows []chunkRow, ch *change) (kept []int64, unlinked [][]byte, err error) {
	old, text, err := readChunks(t.ctx, t.d.writer, doc.ID)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return nil, nil, err
	}
	kept = make([]int64, len(rows))
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
				kept[i], free[key] = old[equal[0]].chunk.ID, equal[1:]
				stays[kept[i]] = true
			}
		}
	}
	for _, o := range old {
		if stays[o.chunk.ID] {
			continue
		}
		if err := removeChunk(t, o.chunk.ID, true); err != nil {
			return nil, nil, err
		}
		ch.remove(doc.ID, o.chunk.ID)
		unlinked = append(unlinked, o.sum)
	}
	return kept, unlinked, removeContent(t, doc.ID)
}

func removeChunk(t *tx, id int64, posting bool) error {
	if posting {
		if err := t.exec(`DELETE FROM posting WHERE rowid = ?`, id); err != nil {
			return err
		}
	}
	return t.exec(`DELETE FROM chunk WHERE id = ?`, id)
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
		if err := removeChunk(t, id, posting); err != nil {
			return err
		}
		ch.remove(doc, id)
	}
	if err := removeContent(t, doc); err != nil {
		return err
	}
	if err := t.exec(`DELETE FROM document WHERE id = ?`, doc); err != nil {
		return err
	}
	return x.unlink(t, sums...)
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
