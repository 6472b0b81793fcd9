package corpus

import (
	"context"
	"fmt"
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
	for _, p := range r.Parts {
		item := Item{Doc: bare(p.Doc), Text: p.detail(q)}
		if p.best.Quote != "" {
			item.Span, item.Place, item.Quote = p.best.Span, p.best.Place, p.best.Quote
		}
		r.Items = append(r.Items, item)
	}
	r.Total = len(r.Items)
	if len(r.Parts) == 1 {
		r.Value = r.Parts[0].Value
	} else if all, ok := together(q.Total.Op, r.Parts); ok {
		r.Value = all.Value
		lines = append([]string{fmt.Sprintf(q.words().over, q.words().amount(len(r.Parts), "table"), all.Text)}, lines...)
	}
	r.Text = strings.Join(lines, "\n")
	return r, nil
}

// bare is a document without what a listing leaves out.
func bare(d golocal.Document) golocal.Document {
	d.Text, d.Sections, d.Marks, d.Lines = "", nil, nil, nil
	return d
}

// sentence says the number.
func (p Part) sentence(q Question) string {
	var of string
	for _, f := range q.Total.Filters {
		of += fmt.Sprintf(q.words().of, f)
	}
	if q.When != "" {
		of += " " + q.words().days(q)
	}
	switch {
	case p.Group != "" && q.Total.Op == Rows:
		return fmt.Sprintf(q.words().rowsBy, of, p.Table, q.Total.Group)
	case p.Group != "":
		return fmt.Sprintf(q.words().by, q.words().ops[q.Total.Op], q.Total.Column, of, p.Table, q.Total.Group)
	case q.Total.Op == Rows:
		return fmt.Sprintf(q.words().rowsIn, q.words().amount(p.Rows, "row"), of, p.Table)
	case p.Rows == 0:
		return fmt.Sprintf(q.words().noNumber, q.Total.Column, of, p.Table)
	}
	round := ""
	if p.Rounded {
		round = q.words().rounded
	}
	return fmt.Sprintf(q.words().result, q.words().ops[q.Total.Op], q.Total.Column, of, p.Table, p.Text, round)
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
