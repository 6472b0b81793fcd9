package corpus

import (
	"maps"
	"slices"
	"strings"

	"golocal"
)

// Calculation is what is computed over a column.
type Calculation struct {
	Op      Op
	Column  string   // as its header says
	Group   string   // a number for each value of this column
	Filters []string // cells that a row must have, as the table writes them
	Bound   string   // what the numbers of a row must be, as "> 100"
	Label   string   // column that says whose a number is
	Whose   bool     // that is asked for, and not the number
	Most    bool     // the groups are compared: which has the most, or with Min the least
	N       int      // highest or lowest rows asked for; 0 is one
	tables  []chosen
	beyond  []Unread // files that may have such a column and were not looked into
}

// maxTables is how much of tables is looked through for a column when the
// question names no file, in bytes of files.
const maxTables = 64 << 20

// smallTables, in bytes of files, are read for every question that may be about
// them; of more, only those that hold its words.
const smallTables = 2 << 20

// chosen is a table that a calculation is made over, with its columns.
type chosen struct {
	*Table
	column, group int  // -1 for none
	guessed       bool // the column is not named
	date, label   int  // column of the days asked for, and of what a number is told of; -1 for none
	filters       []filter
	bounds        []bound
}

// filter is a cell that a row must have.
type filter struct {
	column int // -1: the one that has it first
	text   string
	fold   string
}

// total reads a question for what is computed over a column.
func (p *parse) total() (bool, error) {
	w, ok := p.wanted()
	if !ok {
		return false, nil
	}
	tables, err := p.allTables(w)
	if err != nil {
		return false, err
	}
	if len(p.q.Names) > 0 {
		p.useFiles()
	}
	saved, asked := slices.Clone(p.toks), p.q
	var all []fitted
	for _, t := range tables {
		p.toks, p.q = slices.Clone(saved), asked
		f := fitting{parse: p, t: t, wanted: w}
		if c, ok := f.fit(); ok {
			all = append(all, fitted{c, p.q, f.wanted})
		}
	}
	p.q = asked
	if all = meant(all); len(all) == 0 {
		return false, nil
	}
	p.q = all[0].described()
	for _, f := range all {
		p.q.Total.tables = append(p.q.Total.tables, f.chosen)
	}
	return true, nil
}

// fitted is a table that fits, and what was read of the question with it.
type fitted struct {
	chosen
	q Question
	wanted
}

// meant leaves out tables without the column that is named, where others have it,
// and those of which another thing would be computed.
func meant(all []fitted) []fitted {
	if slices.ContainsFunc(all, func(f fitted) bool { return !f.guessed }) {
		all = slices.DeleteFunc(all, func(f fitted) bool { return f.guessed })
	}
	return slices.DeleteFunc(all, func(f fitted) bool { return f.op != all[0].op })
}

// described is the question, with what is computed over the table in its words.
func (f fitted) described() Question {
	q := f.q
	head := func(i int) string {
		if i < 0 {
			return ""
		}
		return f.header[i]
	}
	q.Task = Total
	q.Total.Op, q.Total.Most, q.Total.N, q.Total.Whose = f.op, f.most, f.n, f.asked
	q.Total.Column, q.Total.Group, q.Total.Label = head(f.column), head(f.group), head(f.chosen.label)
	for _, c := range f.filters {
		q.Total.Filters = append(q.Total.Filters, c.text)
	}
	for _, b := range f.bounds {
		q.Total.Bound = strings.TrimSpace(q.Total.Bound + " " + b.String())
	}
	return q
}

// holding are the documents that hold each word of the question that must be a
// column, a cell or their name, so that the tables of others need not be read.
func (p *parse) holding(w wanted) ([]golocal.Document, error) {
	probe := *p
	probe.toks = slices.Clone(p.toks)
	probe.readDates()
	probe.readBetween()
	probe.readBound()
	probe.readFolder()
	probe.whole()
	scope := p.q.scope
	scope.With = slices.Clone(scope.With)
	if len(scope.Types) == 0 {
		scope.Types = slices.Sorted(maps.Keys(tableTypes))
	}
	docs, err := p.list(scope)
	docs = slices.DeleteFunc(docs, func(d golocal.Document) bool { return !tableTypes[d.Type] && !tableTypes[ending(d)] })
	sum := int64(0)
	for _, d := range docs {
		sum += d.Size
	}
	if sum <= smallTables || err != nil {
		return docs, err
	}
	for _, i := range probe.left(tableWord, rowNouns, spending, grouping) {
		text := p.toks[i].raw
		if p.toks[i].phrase != "" {
			text = p.toks[i].phrase
		}
		scope.With = append(scope.With, golocal.Term{Text: text})
	}
	held, err := p.list(scope)
	return slices.DeleteFunc(docs, func(d golocal.Document) bool {
		return !slices.ContainsFunc(held, func(h golocal.Document) bool { return h.ID == d.ID })
	}), err
}

// allTables are the tables of the files that the question names, of all others
// where it names none; only
// those that hold its words, where it has none for a calculation.
func (p *parse) allTables(w wanted) ([]*Table, error) {
	docs := p.named
	if len(docs) == 0 {
		all := p.docs
		if w.few {
			var err error
			if all, err = p.holding(w); err != nil {
				return nil, err
			}
		}
		room := int64(maxTables)
		for _, d := range all {
			switch {
			case !tableTypes[d.Type] && !tableTypes[ending(d)]:
			case w.listing && !p.spells(d):
			case d.State != golocal.StateReady:
				p.q.Total.beyond = append(p.q.Total.beyond, Unread{Doc: d})
			case room < d.Size:
				p.q.Total.beyond = append(p.q.Total.beyond, Unread{Doc: d, passed: true})
			default:
				room -= d.Size
				docs = append(docs, d)
			}
		}
	}
	for _, d := range docs {
		if d.State != golocal.StateReady {
			continue
		}
		doc, ok, err := p.cat.DocumentByID(p.ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			p.tables = append(p.tables, tablesOf(doc)...)
		}
	}
	return p.tables, nil
}
