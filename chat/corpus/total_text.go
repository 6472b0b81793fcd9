package corpus

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golocal"
)

// total answers what is computed over a column.
func (a Answerer) total(ctx context.Context, q Question) (Result, error) {
	r := Result{Task: Total}
	seen := map[int64]bool{}
	for _, c := range q.Total.tables {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		if !seen[c.doc.ID] {
			seen[c.doc.ID] = true
			r.Coverage.Of++
			r.Coverage.Read++
			for _, n := range c.doc.Notes {
				r.Notes = append(r.Notes, c.doc.Ref.Path+": "+n)
			}
		}
		r.Parts = append(r.Parts, c.compute(q)...)
	}
	r.Coverage.Of += len(q.Total.beyond)
	for _, u := range q.Total.beyond {
		if u.Why == english.notLooked {
			u.Why = q.words().notLooked
		}
		r.Coverage.Unread = append(r.Coverage.Unread, u)
	}
	var lines []string
	of := ""
	for _, p := range r.Parts {
		if p.Group != "" && p.Table == of {
			continue // the first of a table's groups announces them
		}
		of = p.Table
		lines = append(lines, p.sentence(q))
	}
	if q.Total.Most {
		most(q, &r)
		return r, nil
	}
	for _, p := range r.Parts {
		if len(p.Top) > 0 {
			for _, t := range p.Top {
				r.Items = append(r.Items, Item{Doc: bare(p.Doc), Text: t.says(), Span: t.Cell.Span, Place: t.Cell.Place, Quote: t.Cell.Quote})
			}
			continue
		}
		item := Item{Doc: bare(p.Doc), Text: p.detail(q)}
		if p.best.Quote != "" {
			item.Span, item.Place, item.Quote = p.best.Span, p.best.Place, p.best.Quote
		}
		r.Items = append(r.Items, item)
	}
	r.Total = len(r.Items)
	if len(r.Parts) == 1 {
		if r.Value = r.Parts[0].Value; r.Parts[0].Label != "" && q.Total.Whose {
			r.Value = r.Parts[0].Label
		}
	} else if all, ok := together(q.Total.Op, r.Parts); ok {
		r.Value = all.Value
		lines = append([]string{fmt.Sprintf(q.words().over, q.words().amount(len(r.Parts), "table"), all.Text)}, lines...)
	}
	r.Text = strings.Join(lines, "\n")
	return r, nil
}

// most says which group has the most, or the least, of all tables; the others follow.
func most(q Question, r *Result) {
	w := q.words()
	parts := slices.DeleteFunc(r.Parts, func(p Part) bool { return p.exact == nil })
	slices.SortStableFunc(parts, func(a, b Part) int {
		if q.Total.Op == Min {
			a, b = b, a
		}
		return b.exact.Cmp(a.exact)
	})
	r.Parts = parts
	if q.Total.N > 0 {
		parts = parts[:min(len(parts), q.Total.N)]
	}
	for _, p := range parts {
		r.Items = append(r.Items, Item{Doc: bare(p.Doc), Text: p.detail(q)})
	}
	r.Total = len(r.Items)
	if len(parts) == 0 {
		r.Text = fmt.Sprintf(w.noNumber, q.Total.Column, "", q.Total.tables[0].name())
		return
	}
	first := parts[0]
	r.Value = w.oddity(first.Group)
	r.Text = fmt.Sprintf(w.mostly[q.Total.Op], r.Value, q.Total.Column, first.conditions(q), first.Table, first.Text)
	if len(parts) > 1 && parts[1].exact.Cmp(first.exact) == 0 {
		r.Notes = append(r.Notes, fmt.Sprintf(w.alike, w.oddity(parts[1].Group)))
	}
}

// says is a row of a ranking: "Desk: 349,00".
func (r Ranked) says() string {
	if r.Label == "" {
		return r.Text
	}
	return r.Label + ": " + r.Text
}

// conditions says of which rows a number is.
func (p Part) conditions(q Question) string {
	var of string
	for _, f := range q.Total.Filters {
		of += fmt.Sprintf(q.words().of, f)
	}
	if q.Total.Bound != "" {
		of += " " + fmt.Sprintf(q.words().with, q.Total.Bound)
	}
	if q.When != "" {
		of += " " + q.words().days(q)
	}
	return of
}

// bare is a document without what a listing leaves out.
func bare(d golocal.Document) golocal.Document {
	d.Text, d.Sections, d.Marks, d.Lines = "", nil, nil, nil
	return d
}

// sentence says the number.
func (p Part) sentence(q Question) string {
	of := p.conditions(q)
	switch {
	case p.Group != "" && q.Total.Op == Rows:
		return fmt.Sprintf(q.words().rowsBy, of, p.Table, q.Total.Group)
	case p.Group != "":
		return fmt.Sprintf(q.words().by, q.words().ops[q.Total.Op], q.Total.Column, of, p.Table, q.Total.Group)
	case q.Total.Op == Rows:
		return fmt.Sprintf(q.words().rowsIn, q.words().amount(p.Rows, "row"), of, p.Table)
	case q.Total.Op == Distinct:
		return fmt.Sprintf(q.words().differs, q.Total.Column, of, p.Table, strings.Join(p.Values, ", "), q.words().amount(len(p.Values)+p.beyond, "value"))
	case p.Rows == 0:
		return fmt.Sprintf(q.words().noNumber, q.Total.Column, of, p.Table)
	}
	if len(p.Top) > 0 {
		return fmt.Sprintf(q.words().ranked, len(p.Top), q.words().superlatives[rank[q.Total.Op]], q.Total.Column, of, p.Table)
	}
	round := ""
	if p.Rounded {
		round = q.words().rounded
	}
	return fmt.Sprintf(q.words().result, q.words().ops[q.Total.Op], q.Total.Column, of, p.Table, p.Text, round+p.told(q))
}

// rank is the superlative of what is highest or lowest.
var rank = map[Op]Task{Max: Largest, Min: Smallest}

// told says whose the highest or lowest number is.
func (p Part) told(q Question) string {
	if q.Total.Label == "" || p.Label == "" {
		return ""
	}
	return " (" + p.Label + ")"
}

// detail says what a number was made of.
func (p Part) detail(q Question) string {
	w := q.words()
	of := p.Table
	if p.Group != "" {
		of = w.oddity(p.Group)
		switch {
		case p.Rounded:
			of += ": " + p.Text + w.rounded
		case p.Text != "":
			of += ": " + p.Text
		default:
			of += ": " + w.noneOf
		}
	}
	s := fmt.Sprintf(w.counted, of, w.amount(p.Rows, "row"))
	if p.Group != "" {
		s = of + "; " + w.amount(p.Rows, "row")
	}
	if p.Where != "" {
		s += " (" + p.Where + ")"
	}
	if p.Empty > 0 {
		s += fmt.Sprintf(w.empty, p.Empty)
	}
	if p.NotAll > 0 {
		var cells []string
		for _, c := range p.Not[:min(len(p.Not), 5)] {
			cells = append(cells, fmt.Sprintf(w.at, w.oddity(c.Text), w.place(c)))
		}
		format := w.notOne
		if p.NotAll > 1 {
			format = w.notMany
		}
		s += fmt.Sprintf(format, p.NotAll, strings.Join(cells, ", "))
		if p.NotAll > len(cells) {
			s += " …"
		}
	}
	if len(p.Sums) > 0 {
		s += fmt.Sprintf(w.leftOut, w.place(p.Sums[0]))
		if len(p.Sums) > 1 {
			s += fmt.Sprintf(w.moreSuch, len(p.Sums)-1)
		}
	}
	if p.Undated > 0 {
		s += fmt.Sprintf(w.undated, p.Undated)
	}
	return s
}
