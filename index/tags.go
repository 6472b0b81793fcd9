package index

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"golocal"
)

// mostTags bounds the result of Tags.
const mostTags = 50

// Tags are the tags that files carry and that begin as start does, in any case; ""
// is all of them. Those of most files come first, at most 50. Spellings that differ
// in case alone are one tag, in the most frequent spelling.
func (x *Index) Tags(ctx context.Context, start string) ([]golocal.Tag, error) {
	rows, err := x.db.readers.QueryContext(ctx, `SELECT t.value, count(*) FROM document d, json_each(iif(json_valid(d.about), d.about, '{}'), '$.meta.tags') t
		WHERE t.type = 'text' GROUP BY t.value ORDER BY count(*) DESC, t.value`)
	if err != nil {
		return nil, fmt.Errorf("list tags: %w", explain(err))
	}
	var tags []golocal.Tag
	at, begins := map[string]int{}, strings.ToLower(start)
	err = every(rows, func(r *sql.Rows) error {
		var t golocal.Tag
		if err := r.Scan(&t.Text, &t.Files); err != nil {
			return err
		}
		folded := strings.ToLower(t.Text)
		if !strings.HasPrefix(folded, begins) {
			return nil
		}
		if i, there := at[folded]; there {
			tags[i].Files += t.Files
			return nil
		}
		at[folded] = len(tags)
		tags = append(tags, t)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list tags: %w", explain(err))
	}
	slices.SortStableFunc(tags, func(a, b golocal.Tag) int { return cmp.Compare(b.Files, a.Files) })
	return tags[:min(len(tags), mostTags)], nil
}
