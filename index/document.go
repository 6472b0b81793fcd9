package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"golocal"
)

const (
	documentColumns = `d.id, d.root, d.path, d.sum, d.size, d.modified, d.indexed, d.type, d.title, d.pages, d.blank, d.chunks, d.state, d.reason, d.parser, d.about, d.length, d.seal`
	documentPage    = 500 // rows of a listing that are read at once
)

// documentRow is where a document's columns are scanned to.
type documentRow struct {
	doc               golocal.Document
	path, sum         []byte
	modified, indexed int64
	state, about      string
	length            int
	seal              uint32
}

func (r *documentRow) dest() []any {
	d := &r.doc
	return []any{&d.ID, &d.Ref.Root, &r.path, &r.sum, &d.Size, &r.modified, &r.indexed, &d.Type, &d.Title, &d.Pages, &d.Blank, &d.Chunks, &r.state, &d.Reason, &d.Parser, &r.about, &r.length, &r.seal}
}

// document is the row's document, or ErrDamaged when its seal is broken.
func (r *documentRow) document() (golocal.Document, error) {
	d := r.doc
	d.Ref.Path = string(r.path)
	copy(d.Sum[:], r.sum)
	d.Modified, d.Indexed, d.State = moment(r.modified), moment(r.indexed), golocal.State(r.state)
	if err := readAbout(r.about, &d); err != nil {
		return d, err
	}
	if sealDocument(d, r.length) != r.seal {
		return d, fmt.Errorf("row of document %d: %w", d.ID, ErrDamaged)
	}
	return d, nil
}

// Document returns what is known of the file at ref, without Text and Sections;
// false when there is nothing.
func (x *Index) Document(ctx context.Context, ref golocal.Ref) (golocal.Document, bool, error) {
	var r documentRow
	err := x.db.readers.QueryRowContext(ctx, `SELECT `+documentColumns+` FROM document d WHERE d.root = ? AND d.path = ?`,
		ref.Root, []byte(ref.Path)).Scan(r.dest()...)
	if errors.Is(err, sql.ErrNoRows) {
		return golocal.Document{}, false, nil
	}
	if err != nil {
		return golocal.Document{}, false, fmt.Errorf("read document %s: %w", ref.Path, explain(err))
	}
	d, err := r.document()
	if err != nil {
		return golocal.Document{}, false, fmt.Errorf("read document %s: %w", ref.Path, err)
	}
	return d, true, nil
}

// DocumentByID returns a document with its Text, Sections, Marks and Lines; false when there
// is none.
func (x *Index) DocumentByID(ctx context.Context, id int64) (golocal.Document, bool, error) {
	var d golocal.Document
	var found bool
	err := x.db.view(ctx, func(t *sql.Tx) error {
		var r documentRow
		err := t.QueryRowContext(ctx, `SELECT `+documentColumns+` FROM document d WHERE d.id = ?`, id).Scan(r.dest()...)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if d, err = r.document(); err != nil {
			return err
		}
		if d.Text, err = readText(ctx, t, id, golocal.Span{End: r.length}, r.length); err != nil {
			return err
		}
		err = readStructure(ctx, t, &d)
		found = err == nil
		return err
	})
	if err != nil {
		return golocal.Document{}, false, fmt.Errorf("read document %d: %w", id, explain(err))
	}
	return d, found, nil
}

// Documents lists the documents of a root, of all roots when root is 0, ordered
// by path, without Text and Sections. It holds nothing while the consumer works,
// so the listing is no snapshot: a document that stays is listed once, one that
// comes or goes meanwhile may or may not be.
func (x *Index) Documents(ctx context.Context, root int64) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		after := golocal.Ref{Root: -1}
		for {
			page, err := x.documentPage(ctx, root, after)
			if err != nil {
				yield(golocal.Document{}, fmt.Errorf("list documents: %w", explain(err)))
				return
			}
			for _, r := range page {
				if !yield(r.document()) {
					return
				}
			}
			if len(page) < documentPage {
				return
			}
			last := page[len(page)-1]
			after = golocal.Ref{Root: last.doc.Ref.Root, Path: string(last.path)}
		}
	}
}

func (x *Index) documentPage(ctx context.Context, root int64, after golocal.Ref) ([]documentRow, error) {
	query := `SELECT ` + documentColumns + ` FROM document d WHERE (d.path, d.root) > (?1, ?2) ORDER BY d.path, d.root LIMIT ?3`
	args := []any{blob(after.Path), after.Root, documentPage}
	if root != 0 {
		query = `SELECT ` + documentColumns + ` FROM document d WHERE d.root = ?2 AND d.path > ?1 ORDER BY d.path LIMIT ?3`
		args[1] = root
	}
	return x.documentRows(ctx, query, args...)
}

func (x *Index) documentRows(ctx context.Context, query string, args ...any) ([]documentRow, error) {
	rows, err := x.db.readers.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	var page []documentRow
	err = every(rows, func(r *sql.Rows) error {
		var d documentRow
		err := r.Scan(d.dest()...)
		page = append(page, d)
		return err
	})
	return page, err
}

// blob is s as a BLOB that is never NULL.
func blob(s string) []byte { return append(make([]byte, 0, len(s)+1), s...) }
