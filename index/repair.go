package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golocal"
)

// Repaired is what Repair found and did.
type Repaired struct {
	Damaged   bool     `json:"damaged"`   // false: nothing was wrong, nothing was changed
	Problems  []string `json:"problems"`  // what was wrong, one line each
	Folders   int      `json:"folders"`   // kept
	Documents int      `json:"documents"` // kept, every byte of them proven
	Lost      int      `json:"lost"`      // documents that are not whole: they are read again from their files
	Vectors   int      `json:"vectors"`   // kept
	Old       string   `json:"old"`       // where the damaged file is kept
	Seconds   float64  `json:"seconds"`
}

// Repair makes the index in dir whole, which no process may have open: what
// proves whole by its seals is copied to a new file, table by table and around
// pages that cannot be read, and the rest is left out. The next comparison with
// the folders reads from the files themselves what is missing then. The damaged
// file is kept as index.db.damaged. An index that is whole is left as it is; one
// that only holds other texts than its files (check.Reread tells) loses those.
func Repair(ctx context.Context, dir string, o Options, check CheckOptions) (done Repaired, err error) {
	check.Deep = true
	var differ []golocal.Ref
	began := time.Now()
	defer func() {
		done.Seconds = time.Since(began).Seconds()
		if err != nil {
			err = fmt.Errorf("repair the index in %s: %w", dir, explain(err))
		}
	}()
	if dir, err = filepath.Abs(dir); err != nil {
		return done, err
	}
	switch x, err := Open(dir, o); {
	case err == nil:
		report, err := x.Check(ctx, check)
		for _, p := range report.Problems {
			done.Problems = append(done.Problems, p.String())
			if p.differs {
				differ = append(differ, p.Ref)
			}
		}
		if err == nil && len(differ) == len(report.Problems) { // the file itself is whole
			done.Damaged = len(differ) > 0
			err = x.forget(ctx, differ, &done)
			return done, errors.Join(err, x.Close())
		}
		if err = errors.Join(err, x.Close()); err != nil {
			if !errors.Is(explain(err), ErrDamaged) {
				return done, err
			}
			done.Problems = append(done.Problems, err.Error())
		}
	case errors.Is(err, ErrDamaged):
		done.Problems = append(done.Problems, err.Error())
	default:
		return done, err
	}
	done.Damaged = true
	held, err := take(dir)
	if err != nil {
		return done, err
	}
	defer held.release()
	part := filepath.Join(dir, fileName+".repair")
	defer removeDatabase(part)
	removeDatabase(part)
	if err := rebuild(ctx, filepath.Join(dir, fileName), part, differ, &done); err != nil {
		return done, err
	}
	if err := examine(ctx, part); err != nil {
		return done, err
	}
	done.Old = filepath.Join(dir, fileName+".damaged")
	return done, replace(dir, part, ".repaired")
}

// rebuild makes the file part from what is whole in the file damaged.
func rebuild(ctx context.Context, damaged, part string, differ []golocal.Ref, done *Repaired) (err error) {
	if err := touchPrivate(part); err != nil {
		return err
	}
	fresh, err := openDatabase(part, migrations)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fresh.close(ctx)) }()
	if _, err := os.Stat(damaged); errors.Is(err, fs.ErrNotExist) {
		return nil // the log alone tells nothing
	}
	how := "mode=rw&"
	if checkPair(damaged) != nil {
		how = "immutable=1&" // without the log, which is of another file
	}
	old, err := sql.Open("sqlite", dsn(damaged, how+"_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=cell_size_check(1)&_pragma=temp_store(2)"))
	if err != nil {
		return err
	}
	defer old.Close()
	from, err := old.Conn(ctx)
	if err != nil {
		return err
	}
	defer from.Close()
	// Rows come before what they refer to is proven.
	if _, err := fresh.writer.ExecContext(ctx, `PRAGMA foreign_keys = OFF`); err != nil {
		return err
	}
	err = fresh.update(ctx, true, func(t *tx) error {
		torn, err := salvage(ctx, from, t)
		if err != nil {
			return err
		}
		for _, table := range torn {
			done.Problems = append(done.Problems, fmt.Sprintf("part of the table %s cannot be read", table))
		}
		return mend(t, differ, done)
	})
	if err != nil {
		return err
	}
	return fresh.writer.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM root), (SELECT count(*) FROM document), (SELECT count(*) FROM vector)`).
		Scan(&done.Folders, &done.Documents, &done.Vectors)
}

// forget takes documents out that are to be read again.
func (x *Index) forget(ctx context.Context, refs []golocal.Ref, done *Repaired) error {
	for _, ref := range refs {
		if err := x.Remove(ctx, ref); err != nil {
			return err
		}
		done.Lost++
	}
	s, err := x.Stats(ctx)
	done.Folders, done.Vectors = len(s.Roots), s.Vectors
	for _, n := range s.Documents {
		done.Documents += n
	}
	return err
}

// mend leaves in a salvaged file only what is whole and fits together, and makes
// what follows from it: links, marks and postings.
func mend(t *tx, differ []golocal.Ref, done *Repaired) error {
	roots, spaces, err := brokenNames(t.ctx, t.d.writer)
	if err != nil {
		return err
	}
	for _, id := range roots {
		if err := t.exec(`DELETE FROM root WHERE id = ?`, id); err != nil {
			return err
		}
	}
	for _, id := range spaces {
		if err := t.exec(`DELETE FROM space WHERE id = ?`, id); err != nil {
			return err
		}
	}
	var ids []int64
	err = t.each(`SELECT id FROM document WHERE id > ?`, []any{0}, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		doc, chunks, err := whole(t, id)
		if err == nil && slices.Contains(differ, doc.Ref) {
			err = ErrDamaged
		}
		if err == nil {
			err = post(t, doc, chunks)
		}
		switch {
		case errors.Is(explain(err), ErrDamaged):
			done.Lost++
			if err := t.exec(`DELETE FROM document WHERE id = ?`, id); err != nil {
				return err
			}
		case err != nil:
			return err
		}
	}
	for _, sql := range []string{
		`DELETE FROM posting WHERE rowid IN (SELECT id FROM chunk WHERE doc NOT IN (SELECT id FROM document))`,
		`DELETE FROM chunk WHERE doc NOT IN (SELECT id FROM document)`,
		`DELETE FROM text WHERE doc NOT IN (SELECT id FROM document)`,
		`DELETE FROM section WHERE doc NOT IN (SELECT id FROM document)`,
		`DELETE FROM vector WHERE space NOT IN (SELECT id FROM space)`,
	} {
		if err := t.exec(sql); err != nil {
			return err
		}
	}
	if err := mendVectors(t); err != nil {
		return err
	}
	for _, sql := range []string{
		`UPDATE chunk SET vector = (SELECT v.id FROM vector v JOIN space s ON s.id = v.space WHERE s.active = 1 AND v.sum = chunk.sum)`,
		`UPDATE vector SET unused = max(unused, 1) WHERE sum NOT IN (SELECT sum FROM chunk)`,
		`UPDATE vector SET unused = 0 WHERE unused <> 0 AND sum IN (SELECT sum FROM chunk)`,
		`UPDATE space SET retired = 1 WHERE active = 0 AND retired = 0 AND NOT EXISTS (SELECT 1 FROM space WHERE active = 1)`,
		`INSERT INTO meta (key, value) VALUES ('` + metaErase + `', 1) ON CONFLICT (key) DO NOTHING`,
	} {
		if err := t.exec(sql); err != nil {
			return err
		}
	}
	return stampWords(t)
}

// whole reads a document of the file being written and proves all of it, or
// returns ErrDamaged.
func whole(t *tx, id int64) (golocal.Document, []golocal.Chunk, error) {
	var r documentRow
	if err := t.one(`SELECT `+documentColumns+` FROM document d JOIN root r ON r.id = d.root WHERE d.id = ?`, []any{id}, r.dest()...); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return golocal.Document{}, nil, ErrDamaged // its folder is lost
		}
		return golocal.Document{}, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	doc, err := r.document()
	if err != nil {
		return doc, nil, err
	}
	if doc.Text, err = readText(t.ctx, t.d.writer, id, golocal.Span{End: r.length}, r.length); err != nil {
		return doc, nil, err
	}
	if err := readStructure(t.ctx, t.d.writer, &doc); err != nil {
		return doc, nil, err
	}
	rows, text, err := readChunks(t.ctx, t.d.writer, id)
	if err != nil {
		return doc, nil, err
	}
	if len(rows) != doc.Chunks || len(rows) > 0 && doc.State != golocal.StateReady {
		return doc, nil, ErrDamaged
	}
	chunks := make([]golocal.Chunk, len(rows))
	for i := range rows {
		if chunks[i], err = rows[i].complete(cut(text, rows[i].chunk.Span)); err != nil {
			return doc, nil, err
		}
		if chunks[i].Ordinal != i {
			return doc, nil, ErrDamaged
		}
	}
	return doc, chunks, nil
}

// post makes a document's chunks findable by words.
func post(t *tx, doc golocal.Document, chunks []golocal.Chunk) error {
	name := postedOf(doc)
	for _, c := range chunks {
		if err := writePosting(t, c.ID, c.Text, c.Heading, name); err != nil {
			return err
		}
	}
	return nil
}

// mendVectors deletes the vectors whose bytes are not what was written.
func mendVectors(t *tx) error {
	var broken []int64
	err := t.each(`SELECT v.id, v.data, v.seal, s.dims FROM vector v JOIN space s ON s.id = v.space WHERE v.id > ?`, []any{0}, func(r *sql.Rows) error {
		var id, dims int64
		var sum uint32
		var data sql.RawBytes
		if err := r.Scan(&id, &data, &sum, &dims); err != nil {
			return err
		}
		if int64(len(data)) != 4*dims || seal(data) != sum {
			broken = append(broken, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range broken {
		if err := t.exec(`DELETE FROM vector WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}
