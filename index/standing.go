package index

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"golocal"
)

// standingPage is how many rows of standings are read at once.
const standingPage = 500

// standing is a row of a listing for comparisons. What few values repeat over all
// documents comes as one text, so that it is made once.
type standing struct {
	path                    sql.RawBytes
	size, modified, indexed int64
	blank                   int64
	read                    bool // there is a sum
	reason, about, kind     sql.RawBytes
}

// The JSON of a document's metadata is read only where a comparison may look at
// it: Garbled and Notes.
const standingColumns = `d.path, d.size, d.modified, d.indexed, d.blank, d.sum <> zeroblob(32),
	CASE WHEN d.state = '` + string(golocal.StateSkipped) + `' THEN d.reason ELSE '' END,
	CASE WHEN d.about LIKE '%"garbled"%' OR d.about LIKE '%"notes"%' THEN d.about ELSE '' END,
	d.state || char(0) || d.type || char(0) || d.parser`

func (s *standing) dest() []any {
	return []any{&s.path, &s.size, &s.modified, &s.indexed, &s.blank, &s.read, &s.reason, &s.about, &s.kind}
}

// kind is what the documents of a kind have in common.
type kind struct {
	state  golocal.State
	title  string // of the type
	parser string
}

// Standings lists the documents of root, one, whose path is folder or below it, and
// such as begin with it; "" is every document. Of each it tells what a comparison
// with the files asks for, and no more: Ref, Size, Modified, Indexed, Type, Blank,
// Garbled, Notes, State, the Reason of a skip, Parser, and a Sum that is zero or
// not but no sum. No seal is looked at: what a damaged row says wrong has the file
// read again. As Documents, it is ordered by path and no snapshot.
func (x *Index) Standings(ctx context.Context, root int64, folder string) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		kinds := make(map[string]kind)
		page := make([]golocal.Document, 0, standingPage)
		for first, after := true, folder; ; first = false {
			var err error
			if page, err = x.standings(ctx, root, folder, after, first, kinds, page[:0]); err != nil {
				yield(golocal.Document{}, fmt.Errorf("list documents: %w", explain(err)))
				return
			}
			for _, d := range page {
				if !yield(d, nil) {
					return
				}
			}
			if len(page) < standingPage {
				return
			}
			after = page[len(page)-1].Ref.Path
		}
	}
}

// standings appends the next page to page.
func (x *Index) standings(ctx context.Context, root int64, folder, after string, first bool, kinds map[string]kind, page []golocal.Document) ([]golocal.Document, error) {
	from, to, args := `>`, ``, []any{root, blob(after), standingPage}
	if first {
		from = `>=`
	}
	if folder != "" {
		to, args = ` AND d.path < ?4`, append(args, blob(folder+"0")) // the byte after a slash
	}
	rows, err := x.db.readers.QueryContext(ctx, `SELECT `+standingColumns+` FROM document d WHERE d.root = ?1 AND d.path `+from+` ?2`+to+` ORDER BY d.path LIMIT ?3`, args...)
	if err != nil {
		return nil, err
	}
	var s standing
	dest := s.dest()
	err = every(rows, func(r *sql.Rows) error {
		if err := r.Scan(dest...); err != nil {
			return err
		}
		k, ok := kinds[string(s.kind)]
		if !ok {
			k = kindOf(string(s.kind))
			kinds[string(s.kind)] = k
		}
		d := golocal.Document{
			Ref:  golocal.Ref{Root: root, Path: string(s.path)},
			Size: s.size, Modified: moment(s.modified), Indexed: moment(s.indexed), Type: k.title, Blank: int(s.blank),
			State: k.state, Reason: string(s.reason), Parser: k.parser,
		}
		if s.read {
			d.Sum[0] = 1
		}
		if readAbout(string(s.about), &d) != nil {
			d.Size = -1
		}
		d.Meta = golocal.Meta{}
		page = append(page, d)
		return nil
	})
	return page, err
}

func kindOf(text string) kind {
	state, rest, _ := strings.Cut(text, "\x00")
	title, parser, _ := strings.Cut(rest, "\x00")
	return kind{golocal.State(state), title, parser}
}
