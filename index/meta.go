package index

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"golocal"
)

// about is what a document's row keeps as JSON: nothing searches in it.
type about struct {
	Meta    golocal.Meta     `json:"meta,omitzero"`
	Garbled int              `json:"garbled,omitempty"`
	Notes   []string         `json:"notes,omitempty"`
	Remarks []golocal.Remark `json:"remarks,omitempty"`
	Why     golocal.Remark   `json:"why,omitzero"`
}

// aboutText is the JSON of a document's about, "" for one that has none.
func aboutText(d golocal.Document) string {
	if text := asJSON(about{d.Meta, d.Garbled, d.Notes, d.Remarks, d.Why}); text != "{}" {
		return text
	}
	return ""
}

// readAbout fills in what aboutText wrote.
func readAbout(text string, d *golocal.Document) error {
	if text == "" {
		return nil
	}
	var a about
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return fmt.Errorf("metadata of document %d: %w", d.ID, ErrDamaged)
	}
	d.Meta, d.Garbled, d.Notes, d.Remarks, d.Why = a.Meta, a.Garbled, a.Notes, a.Remarks, a.Why
	return nil
}

// posted is what every chunk of a document has in its posting beside its own
// text and heading, in the order of postedColumns.
type posted [7]string

const postedColumns = `title, path, author, recipient, tag, date, language`

// postedOf is a document's part of its chunks' postings.
func postedOf(d golocal.Document) posted {
	m := d.Meta
	return posted{segment(d.Title), segment(d.Ref.Path), segment(strings.Join(m.Authors, "\n")), segment(strings.Join(m.To, "\n")),
		segment(strings.Join(m.Tags, "\n")), dateWords(m.Created, m.Edited), segment(m.Language)}
}

// dateWords are the words by which a year, a month or a day is found: 2024,
// 202405 and 20240503 for each date.
func dateWords(dates ...time.Time) string {
	var words []string
	for _, d := range dates {
		if !d.IsZero() {
			words = append(words, d.Format("2006"), d.Format("200601"), d.Format("20060102"))
		}
	}
	return strings.Join(words, " ")
}

// createPosting makes the table of postings of version 2.
const createPosting = `
CREATE VIRTUAL TABLE posting USING fts5(text, heading, title, path, author, recipient, tag, date, language,
	content='', contentless_delete=1,
	tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'");`

// addMeta is the step to version 2: documents keep what their files say of
// themselves, and postings hold it. They are written anew from the stored text.
// Rows of folders and spaces get seals.
func addMeta(t *tx) error {
	err := t.exec(`
ALTER TABLE document ADD COLUMN about TEXT NOT NULL DEFAULT ''; -- JSON: metadata, notes
ALTER TABLE root ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE space ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
DROP TABLE posting;` + createPosting)
	if err != nil {
		return err
	}
	if err := sealNamed(t); err != nil {
		return err
	}
	var docs []golocal.Document
	err = t.each(`SELECT id, title, path FROM document WHERE chunks > ?`, []any{0}, func(r *sql.Rows) error {
		var d golocal.Document
		var path []byte
		err := r.Scan(&d.ID, &d.Title, &path)
		d.Ref.Path = string(path)
		docs = append(docs, d)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range docs {
		chunks, text, err := readChunks(t.ctx, t.d.writer, d.ID)
		if err != nil {
			return err
		}
		name := postedOf(d)
		for _, c := range chunks {
			var heading []string
			if err := json.Unmarshal([]byte(c.heading), &heading); err != nil {
				return fmt.Errorf("chunk %d of document %d: %w", c.chunk.ID, d.ID, ErrDamaged)
			}
			if err := writePosting(t, c.chunk.ID, cut(text, c.chunk.Span), heading, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// sealNamed seals the rows of folders and spaces, which had no seals.
func sealNamed(t *tx) error {
	seals := map[string]map[int64]uint32{"root": {}, "space": {}}
	err := t.each(`SELECT id, path, added FROM root WHERE id > ?`, []any{0}, func(r *sql.Rows) error {
		var id, added int64
		var path []byte
		err := r.Scan(&id, &path, &added)
		seals["root"][id] = sealRoot(path, added, "")
		return err
	})
	if err != nil {
		return err
	}
	err = t.each(`SELECT `+spaceColumns+` FROM space WHERE id > ?`, []any{0}, func(r *sql.Rows) error {
		id, space, err := scanSpace(r)
		seals["space"][id] = sealSpace(space)
		return err
	})
	if err != nil {
		return err
	}
	for table, rows := range seals {
		for id, seal := range rows {
			if err := t.exec(`UPDATE `+table+` SET seal = ? WHERE id = ?`, seal, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// writePosting makes a chunk findable by words.
func writePosting(t *tx, chunk int64, text string, heading []string, of posted) error {
	return t.exec(insertPosting, postingArgs(chunk, text, heading, of)...)
}

const insertPosting = `INSERT INTO posting (rowid, text, heading, ` + postedColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func postingArgs(chunk int64, text string, heading []string, of posted) []any {
	args := []any{chunk, segment(text), segment(strings.Join(heading, "\n"))}
	for _, column := range of {
		args = append(args, column)
	}
	return args
}
