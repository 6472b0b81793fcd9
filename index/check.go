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

	// Of a deep check that could read the files.
	Compared   int           `json:"compared"`   // documents whose stored text was compared with their files
	Changed    []golocal.Ref `json:"changed"`    // files that have changed since, or are gone: no damage
	Uncompared []Uncompared  `json:"uncompared"` // documents that could not be compared, by reason
	// Of a deep check: vectors in memory that a search was asked for, and all there are.
	Searched   int `json:"searched"`
	Searchable int `json:"searchable"`
}

// Uncompared counts documents that could not be compared with their files.
type Uncompared struct {
	Reason    string `json:"reason"`
	Documents int    `json:"documents"`
}

// OK reports whether nothing is wrong.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Problem is one thing that is wrong.
type Problem struct {
	Ref  golocal.Ref `json:"ref"`  // the document at fault, if it is one
	Text string      `json:"text"` // one line for the user

	differs bool // from its file: all else about the document is whole
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

// CheckOptions say how thoroughly to check. The zero value is the fast check.
type CheckOptions struct {
	Deep bool
	// Reread reads the file of a document below root again; without it a deep check does not
	// compare with the files. It is called from several goroutines at once.
	Reread func(ctx context.Context, root golocal.Root, doc golocal.Document) (Reading, error)
	// Progress is told what is being done, and how much of it, in a unit that the
	// text names; total is 0 where that is not known. May be nil.
	Progress func(what string, done, total int)
}

// Check examines the index: the file's structure, the seals of documents, text,
// sections and vectors, that every part has its counterparts, and that memory
// equals the file. Deep also proves every chunk by the sum of its input and every
// word of the postings, compares every text with what its file gives when it is
// read again, and asks searches for the vectors (check_memory.go). The index stays usable
// meanwhile. What is wrong is in the report; an error means that the check itself
// could not go on.
func (x *Index) Check(ctx context.Context, o CheckOptions) (Report, error) {
	start := time.Now()
	c := &checker{CheckOptions: o, x: x, report: Report{Deep: o.Deep, Problems: []Problem{}, Changed: []golocal.Ref{}, Uncompared: []Uncompared{}}}
	err := x.db.view(ctx, func(t *sql.Tx) error {
		for _, step := range c.steps() {
			if err := step(ctx, t); err != nil && !c.damage(err) {
				return err
			}
		}
		return nil
	})
	var more []func(context.Context) error
	if o.Deep {
		more = append(more, c.postings)
	}
	more = append(more, c.memory)
	if o.Deep && o.Reread != nil {
		more = append(more, c.files)
	}
	for _, step := range more {
		if err == nil {
			err = step(ctx)
		}
		if err != nil && c.damage(err) {
			err = nil
		}
	}
	if err != nil {
		return Report{}, fmt.Errorf("check the index: %w", explain(err))
	}
	c.report.Seconds = time.Since(start).Seconds()
	return c.report, nil
}

type checker struct {
	CheckOptions
	x      *Index
	report Report
}

// steps are the parts of the check that read the file, in one transaction.
func (c *checker) steps() []func(context.Context, *sql.Tx) error {
	return []func(context.Context, *sql.Tx) error{c.structure, c.counterparts, c.named, c.documents, c.text, c.vectors}
}

// doing tells how the check goes on.
func (c *checker) doing(what string, done, total int) {
	if c.Progress != nil {
		c.Progress(what, done, total)
	}
}

func (c *checker) problem(ref golocal.Ref, format string, args ...any) {
	if len(c.report.Problems) < maxProblems {
		c.report.Problems = append(c.report.Problems, Problem{Ref: ref, Text: fmt.Sprintf(format, args...)})
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
	c.doing("examining the file's pages", 0, 0)
	pragma := `PRAGMA quick_check`
	if c.Deep {
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
	for i, d := range docs {
		c.doing("proving texts", i, len(docs))
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
		if !c.Deep {
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
	c.doing("proving vectors", 0, 0)
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
