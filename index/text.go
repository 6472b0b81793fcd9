package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golocal"
)

// blockSize is how many bytes of text one row holds. A chunk is read from one
// or two blocks, however long its document is. Text is not compressed: DEFLATE
// would save a tenth of the file (vectors weigh more) and cost 0.3 ms per block
// read, a hundred of them per search.
const blockSize = 16 << 10

// writeText stores a document's text.
func writeText(t *tx, doc int64, text string) error {
	for i := 0; i*blockSize < len(text); i++ {
		data := blob(text[i*blockSize : min((i+1)*blockSize, len(text))])
		if err := t.exec(`INSERT INTO text (doc, block, data, seal) VALUES (?, ?, ?, ?)`, doc, i, data, seal(data)); err != nil {
			return err
		}
	}
	return nil
}

// querier is a connection or transaction that reads.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

const textQuery = `SELECT block, data, seal FROM text WHERE doc = ? AND block BETWEEN ? AND ? ORDER BY block`

// prepared is textQuery, ready to be asked often.
type prepared struct{ stmt *sql.Stmt }

func (p prepared) QueryContext(ctx context.Context, _ string, args ...any) (*sql.Rows, error) {
	return p.stmt.QueryContext(ctx, args...)
}

// readText returns the bytes of span from the text of a document, which is
// length bytes long; ErrDamaged when a block is missing or not what was written.
func readText(ctx context.Context, q querier, doc int64, span golocal.Span, length int) (string, error) {
	if span.Start < 0 || span.End < span.Start || span.End > length {
		return "", fmt.Errorf("text of document %d: %w", doc, ErrDamaged)
	}
	if span.Start == span.End {
		return "", nil
	}
	first, last := span.Start/blockSize, (span.End-1)/blockSize
	rows, err := q.QueryContext(ctx, textQuery, doc, first, last)
	if err != nil {
		return "", err
	}
	var text []byte
	next := first
	err = every(rows, func(r *sql.Rows) error {
		var block int
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&block, &data, &sum); err != nil {
			return err
		}
		if block != next || len(data) != min(blockSize, length-block*blockSize) || seal(data) != sum {
			return errBlock
		}
		next++
		text = append(text, data...)
		return nil
	})
	if errors.Is(err, errBlock) || err == nil && next != last+1 {
		return "", fmt.Errorf("text of document %d: %w", doc, ErrDamaged)
	}
	if err != nil {
		return "", err
	}
	return string(text[span.Start-first*blockSize : span.End-first*blockSize]), nil
}

var errBlock = errors.New("block of text is not what was written")
