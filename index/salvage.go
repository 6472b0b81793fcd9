package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
)

// salvaged are the tables that hold what cannot be made again from the rest, in
// the order of their references.
var salvaged = []string{"root", "document", "text", "section", "space", "vector", "chunk"}

// salvage copies every row that can still be read from a damaged file into a
// new, empty one. Whether the rows are whole is for mend to prove. It returns
// in which tables something could not be read.
func salvage(ctx context.Context, from *sql.Conn, to *tx) ([]string, error) {
	var torn []string
	for _, table := range salvaged {
		whole, err := salvageTable(ctx, from, to, table)
		if err != nil {
			return nil, err
		}
		if !whole {
			torn = append(torn, table)
		}
	}
	// Ids are never used again, not even those of rows that are lost.
	rows, err := from.QueryContext(ctx, `SELECT name, seq FROM sqlite_sequence`)
	if err == nil {
		err = every(rows, func(r *sql.Rows) error {
			var name string
			var seq int64
			if err := r.Scan(&name, &seq); err != nil {
				return err
			}
			return to.exec(`UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?`, seq, name)
		})
	}
	if err != nil && !errors.Is(explain(err), ErrDamaged) {
		return nil, err
	}
	return torn, nil
}

// salvageTable copies the rows of one table, going around what cannot be read;
// false when there was such a thing.
func salvageTable(ctx context.Context, from *sql.Conn, to *tx, table string) (whole bool, err error) {
	columns, err := commonColumns(ctx, from, to, table)
	if err != nil || len(columns) == 0 {
		return false, err
	}
	list := strings.Join(columns, ", ")
	query := `SELECT rowid, ` + list + ` FROM ` + table + ` WHERE rowid > ? ORDER BY rowid LIMIT ?`
	insert := `INSERT OR IGNORE INTO ` + table + ` (rowid, ` + list + `) VALUES (?` + strings.Repeat(", ?", len(columns)) + `)`
	whole = true
	after, limit := int64(math.MinInt64), 500
	for {
		n, err := copyRows(ctx, from, to, query, insert, len(columns)+1, &after, limit)
		switch {
		case err != nil && !errors.Is(explain(err), ErrDamaged):
			return false, err
		case err == nil && n < limit:
			return whole, nil
		case err == nil:
			limit = 500
		case limit > 1:
			limit = 1 // up to the row that cannot be read
		default:
			whole = false
			if after == math.MinInt64 {
				after = 0
			}
			if after = readableAfter(ctx, from, table, after); after == math.MaxInt64 {
				return false, nil
			}
		}
	}
}

// copyRows copies up to limit rows and sets after to the last one's id.
func copyRows(ctx context.Context, from *sql.Conn, to *tx, query, insert string, width int, after *int64, limit int) (int, error) {
	rows, err := from.QueryContext(ctx, query, *after, limit)
	if err != nil {
		return 0, err
	}
	n := 0
	values, dest := make([]any, width), make([]any, width)
	for i := range values {
		dest[i] = &values[i]
	}
	err = every(rows, func(r *sql.Rows) error {
		if err := r.Scan(dest...); err != nil {
			return err
		}
		id, ok := values[0].(int64)
		if !ok {
			return fmt.Errorf("a row without id: %w", ErrDamaged)
		}
		n++
		*after = id
		err := to.exec(insert, values...)
		if errors.Is(explain(err), ErrFull) || to.asked.Err() != nil {
			return err
		}
		return nil // a row that breaks a rule of its table is no row of ours
	})
	return n, err
}

// readableAfter returns the id after which rows can be read again, MaxInt64
// where none can: it doubles its steps until one succeeds, and halves them back.
func readableAfter(ctx context.Context, from *sql.Conn, table string, after int64) int64 {
	readable := func(id int64) bool {
		var next int64
		err := from.QueryRowContext(ctx, `SELECT rowid FROM `+table+` WHERE rowid > ? ORDER BY rowid LIMIT 1`, id).Scan(&next)
		return err == nil || errors.Is(err, sql.ErrNoRows)
	}
	low, step := after, int64(1)
	for !readable(after + step) {
		low = after + step
		if step *= 2; step > 1<<40 {
			return math.MaxInt64
		}
	}
	high := after + step
	for high-low > 1 {
		if mid := low + (high-low)/2; readable(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// commonColumns are those of a table that both files have; none where the
// damaged one has lost the table.
func commonColumns(ctx context.Context, from *sql.Conn, to *tx, table string) ([]string, error) {
	known := map[string]bool{}
	rows, err := from.QueryContext(ctx, `SELECT name FROM pragma_table_info(?)`, table)
	if err == nil {
		err = every(rows, func(r *sql.Rows) error {
			var name string
			err := r.Scan(&name)
			known[name] = true
			return err
		})
	}
	if err != nil {
		if errors.Is(explain(err), ErrDamaged) {
			return nil, nil
		}
		return nil, err
	}
	var columns []string
	err = to.each(`SELECT name FROM pragma_table_info(?)`, []any{table}, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		if known[name] && name != "id" && (table != "section" || name != "doc") { // these are the rowid
			columns = append(columns, name)
		}
		return err
	})
	return columns, err
}
