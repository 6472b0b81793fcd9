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

// Block returns the section that byte at of a document's Text stands in; false
// when it stands between two, or the document is gone or keeps no sections. It
// reads the sections no further than there.
func (x *Index) Block(ctx context.Context, doc int64, at int) (golocal.Section, bool, error) {
	var section golocal.Section
	var found bool
	err := x.db.view(ctx, func(t *sql.Tx) error {
		data, err := readSealed(ctx, t, doc)
		if err != nil || data == nil {
			return err
		}
		section, found, err = sectionAt(data, at)
		if err != nil {
			return fmt.Errorf("sections of document %d: %w", doc, ErrDamaged)
		}
		return nil
	})
	if err != nil {
		return golocal.Section{}, false, fmt.Errorf("read where byte %d of document %d stands: %w", at, doc, explain(err))
	}
	return section, found, nil
}

// readSealed reads what writeStructure wrote of a document; nil when it wrote nothing.
func readSealed(ctx context.Context, q rower, doc int64) ([]byte, error) {
	var data []byte
	var sum uint32
	err := q.QueryRowContext(ctx, `SELECT data, seal FROM section WHERE doc = ?`, doc).Scan(&data, &sum)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	case seal(data) != sum:
		return nil, fmt.Errorf("sections of document %d: %w", doc, ErrDamaged)
	}
	return data, nil
}

// sectionAt decodes the sections, which stand first, up to the one that holds at.
func sectionAt(data []byte, at int) (golocal.Section, bool, error) {
	var r io.Reader = bytes.NewReader(data)
	var dec *json.Decoder
	if bytes.HasPrefix(data, []byte("[")) {
		dec = json.NewDecoder(r)
	} else {
		dec = json.NewDecoder(io.LimitReader(flate.NewReader(r), maxStructure))
		for _, want := range []json.Token{json.Delim('{'), "sections"} {
			if token, err := dec.Token(); err != nil {
				return golocal.Section{}, false, err
			} else if token != want {
				return golocal.Section{}, false, nil
			}
		}
	}
	if _, err := dec.Token(); err != nil {
		return golocal.Section{}, false, err
	}
	for dec.More() {
		var s golocal.Section
		if err := dec.Decode(&s); err != nil {
			return golocal.Section{}, false, err
		}
		if s.Span.Start > at {
			break
		}
		if at < s.Span.End {
			return s, true, nil
		}
	}
	return golocal.Section{}, false, nil
}
