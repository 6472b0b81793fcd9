package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"golocal"
)

// instances is where every word stands: term, chunk, column and place in it.
// https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module
const instances = `SELECT term, doc, col, offset FROM vocabulary ORDER BY term, doc`

// postings makes the postings anew in memory from the stored text and compares
// them with the file's word by word: nothing else would tell that a word was
// damaged into another, because FTS5 keeps no text to compare with.
func (c *checker) postings(ctx context.Context) (err error) {
	if err := c.x.awaitWords(ctx); err != nil {
		return err
	}
	stored, err := listTerms(ctx, dsn(c.x.db.path, c.x.db.how+"_pragma=busy_timeout(5000)&_pragma=temp_store(2)"), ``, "instance")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stored.Close()) }()
	made, err := listTerms(ctx, "file::memory:", createPosting, "instance")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, made.Close()) }()
	if err := c.post(ctx, stored, made); err != nil {
		return err
	}
	a, err := stored.conn.QueryContext(ctx, instances)
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := made.conn.QueryContext(ctx, instances)
	if err != nil {
		return err
	}
	defer b.Close()
	for {
		x, y := a.Next(), b.Next()
		if err := errors.Join(a.Err(), b.Err()); err != nil {
			return err
		}
		if !x && !y {
			return nil
		}
		var stand, want instance
		if x {
			err = a.Scan(&stand.term, &stand.chunk, &stand.column, &stand.offset)
		}
		if y && err == nil {
			err = b.Scan(&want.term, &want.chunk, &want.column, &want.offset)
		}
		if err != nil {
			return err
		}
		if x != y || stand != want {
			c.problem(golocal.Ref{}, "the postings are damaged: words may not be found")
			return nil
		}
	}
}

type instance struct {
	term, column string
	chunk        int64
	offset       sql.NullInt64
}

// words is a connection on which the table vocabulary lists a posting's words.
type words struct {
	db   *sql.DB
	conn *sql.Conn
}

func (w words) Close() error { return errors.Join(w.conn.Close(), w.db.Close()) }

// listTerms opens a file's vocabulary in one of the forms of fts5vocab.
func listTerms(ctx context.Context, name, setUp, form string) (words, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return words{}, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return words{}, errors.Join(err, db.Close())
	}
	w := words{db, conn}
	for _, sql := range []string{setUp, `CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'posting', '` + form + `')`, `BEGIN`} {
		if _, err := conn.ExecContext(ctx, sql); err != nil {
			return words{}, errors.Join(err, w.Close())
		}
	}
	return w, nil
}

// post writes the postings of all that one file holds to another.
func (c *checker) post(ctx context.Context, from, to words) error {
	var docs []int64
	rows, err := from.conn.QueryContext(ctx, `SELECT id FROM document WHERE chunks > 0`)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		docs = append(docs, id)
		return err
	})
	if err != nil {
		return err
	}
	insert, err := to.conn.PrepareContext(ctx, insertPosting)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, id := range docs {
		c.doing("making the keyword index again to compare", i, len(docs))
		var r documentRow
		if err := from.conn.QueryRowContext(ctx, `SELECT `+documentColumns+` FROM document d WHERE d.id = ?`, id).Scan(r.dest()...); err != nil {
			return err
		}
		doc, err := r.document()
		if errors.Is(err, ErrDamaged) {
			continue // said already
		}
		if err != nil {
			return err
		}
		chunks, text, err := readChunks(ctx, from.conn, id)
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return err
		}
		name := postedOf(doc)
		for _, k := range chunks {
			var heading []string
			if err := json.Unmarshal([]byte(k.heading), &heading); err != nil {
				return fmt.Errorf("heading of chunk %d: %w", k.chunk.ID, ErrDamaged)
			}
			if _, err := insert.ExecContext(ctx, postingArgs(k.chunk.ID, cut(text, k.chunk.Span), heading, name)...); err != nil {
				return err
			}
		}
	}
	return nil
}
