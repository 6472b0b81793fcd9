package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golocal"
)

// Report is what Check found.
type Report struct {
	Deep      bool      `json:"deep"`
	Documents int       `json:"documents"`
	Chunks    int       `json:"chunks"`
	Vectors   int       `json:"vectors"` // of all spaces
	Problems  []Problem `json:"problems"`
	Seconds   float64   `json:"seconds"`
}

// OK reports whether nothing is wrong.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Problem is one thing that is wrong.
type Problem struct {
	Ref  golocal.Ref `json:"ref"`  // the document at fault, if it is one
	Text string      `json:"text"` // one line for the user
}

// String names the document, if it is one, and what is wrong.
func (p Problem) String() string {
	if p.Ref.Path == "" {
		return p.Text
	}
	return p.Ref.Path + ": " + p.Text
}

// maxProblems is how many problems a report names.
const maxProblems = 1000

// Check examines the index: the file's structure, the seals of documents, text,
// sections and vectors, that every part has its counterparts, and that memory
// equals the file. deep also proves every chunk by the sum of its input, every
// word of the postings, and that search finds vectors (1,000 of them). The index stays
// usable meanwhile. What is wrong is in the report; an error means that the
// check itself could not go on.
func (x *Index) Check(ctx context.Context, deep bool) (Report, error) {
	start := time.Now()
	c := &checker{x: x, deep: deep, report: Report{Deep: deep, Problems: []Problem{}}}
	err := x.db.view(ctx, func(t *sql.Tx) error {
		for _, step := range []func(context.Context, *sql.Tx) error{c.structure, c.counterparts, c.named, c.documents, c.text, c.vectors} {
			if err := step(ctx, t); err != nil && !c.damage(err) {
				return err
			}
		}
		return nil
	})
	if err == nil && deep {
		err = c.postings(ctx)
	}
	if err == nil || c.damage(err) {
		err = c.memory(ctx)
	}
	if err != nil && !c.damage(err) {
		return Report{}, fmt.Errorf("check the index: %w", explain(err))
	}
	c.report.Seconds = time.Since(start).Seconds()
	return c.report, nil
}

type checker struct {
	x      *Index
	deep   bool
	report Report
}

func (c *checker) problem(ref golocal.Ref, format string, args ...any) {
	if len(c.report.Problems) < maxProblems {
		c.report.Problems = append(c.report.Problems, Problem{ref, fmt.Sprintf(format, args...)})
	}
}

// damage turns an error that is damage into a problem.
func (c *checker) damage(err error) bool {
	if err = explain(err); !errors.Is(err, ErrDamaged) {
		return false
	}
	c.problem(golocal.Ref{}, "%v", err)
	return true
}

// structure has SQLite look at its pages and indexes.
func (c *checker) structure(ctx context.Context, t *sql.Tx) error {
	pragma := `PRAGMA quick_check`
	if c.deep {
		pragma = `PRAGMA integrity_check`
	}
	// FTS5 keeps what it knows of its segments per connection and only looks
	// again when it is asked for words; its part of the check does not.
	var n int
	if err := t.QueryRowContext(ctx, `SELECT count(*) FROM posting WHERE posting MATCH 'x'`).Scan(&n); err != nil {
		return err
	}
	rows, err := t.QueryContext(ctx, pragma)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var line string
		if err := r.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			c.problem(golocal.Ref{}, "file: %s", line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	rows, err = t.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return err
	}
	return every(rows, func(r *sql.Rows) error {
		var table, parent string
		var row, key any
		if err := r.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		c.problem(golocal.Ref{}, "row %v of %s belongs to no %s", row, table, parent)
		return nil
	})
}

// counterparts are conditions that no row may break.
func (c *checker) counterparts(ctx context.Context, t *sql.Tx) error {
	for text, query := range map[string]string{
		"documents whose count of chunks is wrong":       `SELECT count(*) FROM document d WHERE chunks <> (SELECT count(*) FROM chunk WHERE doc = d.id)`,
		"documents whose chunks are not numbered 0 to n": `SELECT count(*) FROM (SELECT doc FROM chunk GROUP BY doc HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1 OR count(DISTINCT ordinal) <> count(*))`,
		"chunks of documents that are not ready":         `SELECT count(*) FROM chunk c JOIN document d ON d.id = c.doc WHERE d.state <> 'ready'`,
		"chunks without postings":                        `SELECT count(*) FROM chunk WHERE id NOT IN (SELECT id FROM posting_docsize)`,
		"postings without chunk":                         `SELECT count(*) FROM posting_docsize WHERE id NOT IN (SELECT id FROM chunk)`,
		"chunks with another input's or space's vector":  `SELECT count(*) FROM chunk c JOIN vector v ON v.id = c.vector JOIN space s ON s.id = v.space WHERE v.sum <> c.sum OR s.active <> 1`,
		"chunks without the vector that is stored":       `SELECT count(*) FROM chunk c JOIN vector v ON v.sum = c.sum JOIN space s ON s.id = v.space WHERE c.vector IS NULL AND s.active = 1`,
		"vectors in use that are marked unused":          `SELECT count(*) FROM vector WHERE unused > 0 AND sum IN (SELECT sum FROM chunk)`,
		"unused vectors that are not marked":             `SELECT count(*) FROM vector WHERE unused = 0 AND sum NOT IN (SELECT sum FROM chunk)`,
		"models being built for beside no other":         `SELECT count(*) FROM space WHERE active = 0 AND retired = 0 AND NOT EXISTS (SELECT 1 FROM space WHERE active = 1)`,
	} {
		var n int
		if err := t.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			c.problem(golocal.Ref{}, "%d %s", n, text)
		}
	}
	return t.QueryRowContext(ctx, `SELECT count(*) FROM chunk`).Scan(&c.report.Chunks)
}

// documents checks the seals of document rows.
func (c *checker) documents(ctx context.Context, t *sql.Tx) error {
	rows, err := t.QueryContext(ctx, `SELECT `+documentColumns+` FROM document d`)
	if err != nil {
		return err
	}
	return every(rows, func(r *sql.Rows) error {
		var d documentRow
		if err := r.Scan(d.dest()...); err != nil {
			return err
		}
		c.report.Documents++
		if doc, err := d.document(); err != nil {
			c.problem(doc.Ref, "its row is damaged")
		}
		return nil
	})
}

// text checks documents' text and sections, and deep their chunks.
func (c *checker) text(ctx context.Context, t *sql.Tx) error {
	type doc struct {
		id     int64
		ref    golocal.Ref
		length int
	}
	var docs []doc
	rows, err := t.QueryContext(ctx, `SELECT id, root, path, length FROM document`)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var d doc
		var path []byte
		err := r.Scan(&d.id, &d.ref.Root, &path, &d.length)
		d.ref.Path = string(path)
		docs = append(docs, d)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range docs {
		text, err := readText(ctx, t, d.id, golocal.Span{End: d.length}, d.length)
		if err == nil {
			err = readStructure(ctx, t, &golocal.Document{ID: d.id})
		}
		if errors.Is(err, ErrDamaged) {
			c.problem(d.ref, "its text is damaged")
			continue
		}
		if err != nil {
			return err
		}
		if !c.deep {
			continue
		}
		chunks, _, err := readChunks(ctx, t, d.id)
		if err != nil {
			return err
		}
		for i := range chunks {
			if _, err := chunks[i].complete(cut(text, chunks[i].chunk.Span)); err != nil {
				c.problem(d.ref, "chunk %d is damaged", chunks[i].chunk.Ordinal)
			}
		}
	}
	return nil
}

// vectors checks the seals of stored vectors.
func (c *checker) vectors(ctx context.Context, t *sql.Tx) error {
	rows, err := t.QueryContext(ctx, `SELECT v.data, v.seal, s.dims FROM vector v JOIN space s ON s.id = v.space`)
	if err != nil {
		return err
	}
	broken := 0
	err = every(rows, func(r *sql.Rows) error {
		var data sql.RawBytes
		var sum uint32
		var dims int
		if err := r.Scan(&data, &sum, &dims); err != nil {
			return err
		}
		c.report.Vectors++
		if len(data) != 4*dims || seal(data) != sum {
			broken++
		}
		return nil
	})
	if broken > 0 {
		c.problem(golocal.Ref{}, "%d damaged vectors: they are made again after a restart", broken)
	}
	return err
}

// memory compares the vectors in memory with the file while no write changes
// either, and deep has FTS5 examine itself.
func (c *checker) memory(ctx context.Context) error {
	s := c.x.active.Load()
	if s == nil {
		return nil
	}
	select {
	case <-s.memory.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.memory.err != nil {
		return s.memory.err
	}
	c.x.write.Lock()
	defer c.x.write.Unlock()
	if c.x.active.Load().memory != s.memory {
		return nil // another space took over: nothing refers to these vectors now
	}
	if c.deep {
		if err := c.x.db.update(ctx, false, func(t *tx) error {
			return t.exec(`INSERT INTO posting (posting) VALUES ('integrity-check')`)
		}); err != nil {
			return err
		}
	}
	return c.rows(ctx, s.memory.snap.Load())
}

// rows compares every row of the arena with the file's, and deep searches a
// sample of them.
func (c *checker) rows(ctx context.Context, snap *snapshot) error {
	at := make(map[int64]entry, len(snap.entries))
	for i, e := range snap.entries {
		if !snap.isDead(i) {
			at[e.chunk] = e
		}
	}
	vec := make([]float32, snap.dims)
	linked, lacking, other, lost := 0, 0, 0, 0
	stride := max(1, len(at)/1000)
	rows, err := c.x.db.readers.QueryContext(ctx, `SELECT c.id, c.doc, v.data, v.seal FROM chunk c JOIN vector v ON v.id = c.vector`)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var id, doc int64
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&id, &doc, &data, &sum); err != nil {
			return err
		}
		linked++
		e, ok := at[id]
		delete(at, id)
		if !ok {
			lacking++
			return nil
		}
		if !decode(vec, data, sum) {
			return nil // vectors has it
		}
		if e.doc != doc || !snap.holds(e.row, vec) {
			other++
		}
		if !c.deep || linked%stride != 0 {
			return nil
		}
		found, err := snap.nearest(ctx, vec, 1, nil)
		if err == nil && (len(found) != 1 || found[0].Score < 1-1e-4) {
			lost++
		}
		return err
	})
	if len(at) > 0 || lacking > 0 || other > 0 || lost > 0 {
		c.problem(golocal.Ref{}, "memory: of %d vectors %d are not there, %d are others, %d are not found by search, and %d are too many: restart golocal", linked, lacking, other, lost, len(at))
	}
	return err
}
