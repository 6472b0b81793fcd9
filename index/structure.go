package index

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golocal"
)

// structure is what the section table keeps of a document: JSON in DEFLATE,
// because the boxes of a page's lines weigh as much as its text. Version 1 of
// the index kept the sections alone, as a plain JSON array.
type structure struct {
	Sections []golocal.Section `json:"sections,omitempty"`
	Marks    []golocal.Mark    `json:"marks,omitempty"`
	Lines    []golocal.Line    `json:"lines,omitempty"`
}

// maxStructure is how many bytes of JSON a damaged row may inflate to.
const maxStructure = 1 << 30

func writeStructure(t *tx, doc golocal.Document) error {
	if len(doc.Sections)+len(doc.Marks)+len(doc.Lines) == 0 {
		return nil
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return err
	}
	if err := errors.Join(json.NewEncoder(w).Encode(structure{doc.Sections, doc.Marks, doc.Lines}), w.Close()); err != nil {
		return err
	}
	return t.exec(`INSERT INTO section (doc, data, seal) VALUES (?, ?, ?)`, doc.ID, b.Bytes(), seal(b.Bytes()))
}

// rower is a connection or transaction that reads one row.
type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readStructure fills in the sections, marks and lines of the document doc.ID.
func readStructure(ctx context.Context, q rower, doc *golocal.Document) error {
	data, err := readSealed(ctx, q, doc.ID)
	if err != nil || data == nil {
		return err
	}
	var s structure
	if bytes.HasPrefix(data, []byte("[")) {
		err = json.Unmarshal(data, &s.Sections)
	} else {
		err = json.NewDecoder(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxStructure)).Decode(&s)
	}
	if err != nil {
		return fmt.Errorf("sections of document %d: %w", doc.ID, ErrDamaged)
	}
	doc.Sections, doc.Marks, doc.Lines = s.Sections, s.Marks, s.Lines
	return nil
}
