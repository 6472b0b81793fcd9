package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golocal"
)

// Touch renews Size, Modified and Indexed of the document at doc.Ref: its file
// was read again and holds the same bytes. A document that is unknown, or whose
// Sum is another by now, stays as it is.
func (x *Index) Touch(ctx context.Context, doc golocal.Document) error {
	x.write.Lock()
	defer x.write.Unlock()
	err := x.db.update(ctx, false, func(t *tx) error {
		var r documentRow
		err := t.one(`SELECT `+documentColumns+` FROM document d WHERE d.root = ? AND d.path = ?`, []any{doc.Ref.Root, []byte(doc.Ref.Path)}, r.dest()...)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		d, err := r.document()
		if err != nil || d.Sum != doc.Sum {
			return err
		}
		d.Size, d.Modified, d.Indexed = doc.Size, doc.Modified, doc.Indexed
		return t.exec(`UPDATE document SET size = ?, modified = ?, indexed = ?, seal = ? WHERE id = ?`,
			d.Size, nanos(d.Modified), nanos(d.Indexed), sealDocument(d, r.length), d.ID)
	})
	if err != nil {
		return fmt.Errorf("touch %s: %w", doc.Ref.Path, explain(err))
	}
	return nil
}
