package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"golocal"
)

// settings is what a folder's row keeps as JSON: nothing searches in it.
type settings struct {
	Rules  golocal.Rules `json:"rules,omitzero"`
	Paused bool          `json:"paused,omitempty"`
}

// settingsText is the JSON of a root's settings, "" for one that has none.
func settingsText(r golocal.Root) string {
	if text := asJSON(settings{r.Rules, r.Paused}); text != "{}" {
		return text
	}
	return ""
}

// readSettings fills in what settingsText wrote.
func readSettings(text string, r *golocal.Root) error {
	if text == "" {
		return nil
	}
	var s settings
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return fmt.Errorf("settings of folder %d: %w", r.ID, ErrDamaged)
	}
	r.Rules, r.Paused = s.Rules, s.Paused
	return nil
}

// addRules is the step to version 4: folders have rules of their own and can be
// paused. The seal of a folder without either stays what it was.
var addRules = statements(`ALTER TABLE root ADD COLUMN settings TEXT NOT NULL DEFAULT '';`) // JSON

// rootColumns are what scanRoot reads.
const rootColumns = `id, path, added, settings`

func scanRoot(r interface{ Scan(...any) error }, more ...any) (golocal.Root, error) {
	var root golocal.Root
	var path []byte
	var added int64
	var text string
	if err := r.Scan(append([]any{&root.ID, &path, &added, &text}, more...)...); err != nil {
		return root, err
	}
	root.Path, root.Added = string(path), moment(added)
	if !utf8.Valid(path) {
		root.Bytes = path
	}
	return root, readSettings(text, &root)
}

// PutRoot makes the folder at r.Path a root with r's Rules and Paused, or gives
// them to the one that is there. It survives a power cut.
func (x *Index) PutRoot(ctx context.Context, r golocal.Root) (golocal.Root, error) {
	if r.Path == "" {
		return golocal.Root{}, errors.New("set up folder: its path is empty")
	}
	x.write.Lock()
	defer x.write.Unlock()
	var root golocal.Root
	err := x.db.update(ctx, true, func(t *tx) error {
		var err error
		if root, err = insertRoot(t, r.Path, nanos(x.now())); err != nil {
			return err
		}
		root.Rules, root.Paused = r.Rules, r.Paused
		text := settingsText(root)
		return t.exec(`UPDATE root SET settings = ?, seal = ? WHERE id = ?`, text, sealRoot([]byte(root.Path), nanos(root.Added), text), root.ID)
	})
	if err != nil {
		return golocal.Root{}, fmt.Errorf("set up folder %s: %w", r.Path, explain(err))
	}
	return root, nil
}

// insertRoot makes the folder at path a root, unless it is one, and returns it.
func insertRoot(t *tx, path string, now int64) (golocal.Root, error) {
	err := t.exec(`INSERT INTO root (path, added, seal) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM root WHERE path = ?1)`,
		[]byte(path), now, sealRoot([]byte(path), now, ""))
	if err != nil {
		return golocal.Root{}, err
	}
	return scanRoot(oneRow{t, `SELECT ` + rootColumns + ` FROM root WHERE path = ?`, []any{[]byte(path)}})
}

// oneRow is the row that a query of a transaction gives.
type oneRow struct {
	t     *tx
	query string
	args  []any
}

// Scan runs the query.
func (r oneRow) Scan(dest ...any) error { return r.t.one(r.query, r.args, dest...) }
