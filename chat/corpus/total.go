package corpus

import (
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// Calculation is what is computed over a column.
type Calculation struct {
	Op      Op
	Column  string   // as its header says
	Group   string   // a number for each value of this column
	Filters []string // cells that a row must have, as the table writes them
	tables  []chosen
	beyond  []Unread // files that may have such a column and were not looked into
}

// maxTables is how much of tables is looked through for a column when the
// question names no file, in bytes of files.
const maxTables = 64 << 20

// chosen is a table that a calculation is made over, with its columns.
type chosen struct {
	*Table
	column, group int // -1 for none
	date          int // column of the days asked for, -1 for none
	filters       []filter
}

// filter is a cell that a row must have.
type filter struct {
	column int // -1: the one that has it first
	text   string
	fold   string
}

// total reads a question for a total, an average or a number of rows.
func (p *parse) total() (bool, error) {
	op, at := p.operation()
	if op == "" {
		return false, nil
	}
	p.use(at[0], at[1])
	if op == Sum {
		p.take([][]string{{"add"}, {"sum"}, {"total"}})
	}
	p.take([][]string{{"how", "much"}, {"wie", "hoch"}, {"wie", "viel"}, {"wie", "gross"}})
	p.take(listing)
	tables, err := p.allTables()
	if err != nil {
		return false, err
	}
	if len(p.q.Names) > 0 {
		p.useFiles()
	}
	saved := slices.Clone(p.toks)
	q := p.q
	for _, t := range tables {
		p.toks, p.q = slices.Clone(saved), q
		if c, ok := p.fit(t, op); ok {
			q.Total.tables = append(q.Total.tables, c)
			q.After, q.Before, q.When, q.folders, q.Folder = p.q.After, p.q.Before, p.q.When, p.q.folders, p.q.Folder
			if q.Total.Column == "" && c.column >= 0 {
				q.Total.Column = c.header[c.column]
			}
			if q.Total.Group == "" && c.group >= 0 {
				q.Total.Group = c.header[c.group]
			}
			if len(q.Total.tables) == 1 {
				for _, f := range c.filters {
					q.Total.Filters = append(q.Total.Filters, f.text)
				}
			}
		}
	}
	p.q = q
	if len(q.Total.tables) == 0 {
		return false, nil
	}
	p.q.Task, p.q.Total.Op = Total, op
	return true, nil
}

// operation finds the word that says what to compute.
func (p *parse) operation() (Op, [2]int) {
	for i := range p.toks {
		if p.is(i, rowNouns) {
			for _, seq := range counting {
				if j := p.find(seq); j >= 0 && j+len(seq) <= i && i-j-len(seq) < 2 {
					p.use(j, len(seq))
					return Rows, [2]int{i, 1}
				}
			}
		}
	}
	for i, t := range p.toks {
		if op, ok := ops[t.fold]; ok && !t.used {
			return op, [2]int{i, 1}
		}
	}
	return "", [2]int{}
}

// allTables are the tables of the files that the question names, of all others
// where it names none.
func (p *parse) allTables() ([]*Table, error) {
	if p.listed {
		return p.tables, nil
	}
	p.listed = true
	docs := p.named
	if len(docs) == 0 {
		room := int64(maxTables)
		for _, d := range p.docs {
			switch {
			case !tableTypes[d.Type] && !tableTypes[ending(d)]:
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

// fit tells whether a table has all that the question names.
func (p *parse) fit(t *Table, op Op) (chosen, bool) {
	c := chosen{Table: t, column: -1, group: -1, date: -1}
	for i, k := range p.toks {
		if k.file > 0 && !k.used {
			if p.named[k.file-1].ID != t.doc.ID {
				return c, false
			}
			p.use(i, 1)
		}
	}
	if i, n := p.run(t.sheet); n > 0 {
		p.use(i, n)
	}
	for i := range p.toks { // per city
		if !p.is(i, grouping) {
			continue
		}
		j := i + 1
		for p.is(j, set("the each der die das jede jeden")) {
			j++
		}
		if col, n := p.headerAt(t, j); n > 0 {
			c.group = col
			p.use(i, j+n-i)
			break
		}
	}
	if op != Rows || p.has(set("column spalte")) {
		best := 0
		for i := range p.toks {
			if col, n := p.headerAt(t, i); n > best && col != c.group {
				best, c.column = n, col
			}
		}
		if c.column < 0 {
			return c, false
		}
		for i := range p.toks {
			if col, n := p.headerAt(t, i); n == best && col == c.column {
				p.use(i, n)
				break
			}
		}
	}
	p.readDates()
	if p.q.When != "" {
		if c.date = t.dates(); c.date < 0 {
			return c, false
		}
	}
	p.readFolder()
	if !p.q.within(t.doc) {
		return c, false
	}
	if !p.cells(t, &c) {
		return c, false
	}
	if op == Rows && c.column < 0 && len(p.named) == 0 && len(c.filters) == 0 {
		return c, false
	}
	return c, len(p.left(tableWord, rowNouns)) == 0
}

// run finds the unused words that spell a name.
func (p *parse) run(name string) (at, n int) {
	want := strings.Fields(spelt(name))
	if len(want) == 0 {
		return 0, 0
	}
	if i := p.find(want); i >= 0 {
		return i, len(want)
	}
	return 0, 0
}

// headerAt is the column whose header the words from i on spell, by their stems,
// and how many words that are.
func (p *parse) headerAt(t *Table, i int) (column, n int) {
	for col, h := range t.header {
		words := strings.Fields(spelt(h))
		if len(words) == 0 || len(words) <= n || i+len(words) > len(p.toks) {
			continue
		}
		same := true
		for j, w := range words {
			k := p.toks[i+j]
			if k.phrase != "" && len(words) == 1 {
				same = spelt(k.phrase) == w
			} else {
				same = same && !k.used && k.file == 0 && (k.fold == w || prose.Stem(k.fold) == prose.Stem(w))
			}
		}
		if same {
			column, n = col, len(words)
		}
	}
	return column, n
}

// cells takes what is left of the question as cells of the table, and the names
// of their columns with it ("where city is Berlin"); false where none has it.
func (p *parse) cells(t *Table, c *chosen) bool {
	left := p.left(tableWord, rowNouns)
	if len(left) == 0 {
		return true
	}
	type span struct{ at, n int }
	wanted := map[string][]span{}
	for _, i := range left {
		text := ""
		for n := 1; n <= 5 && i+n <= len(p.toks); n++ {
			k := p.toks[i+n-1]
			if k.used || k.file > 0 {
				break
			}
			word := k.fold
			if k.phrase != "" {
				word = spelt(k.phrase)
			}
			text = strings.TrimSpace(text + " " + word)
			wanted[text] = append(wanted[text], span{i, n})
		}
	}
	found := map[string]filter{}
	for r := range t.rows {
		for i := range r.cells {
			cell := r.cell(i)
			if cell == "" || len(cell) > 80 || i == c.column {
				continue
			}
			key := cell
			if _, ok := wanted[key]; !ok {
				key = spelt(cell)
			}
			if _, ok := wanted[key]; ok {
				if _, have := found[key]; !have {
					found[key] = filter{column: i, text: cell, fold: fold(cell)}
				}
			}
		}
		if len(found) == len(wanted) {
			break
		}
	}
	var spans []span
	by := map[span]filter{}
	for key, f := range found {
		for _, s := range wanted[key] {
			spans = append(spans, s)
			by[s] = f
		}
	}
	slices.SortFunc(spans, func(a, b span) int { // the longest first
		if a.n != b.n {
			return b.n - a.n
		}
		return a.at - b.at
	})
	for _, s := range spans {
		free := true
		for j := s.at; j < s.at+s.n; j++ {
			free = free && !p.toks[j].used
		}
		if free {
			p.use(s.at, s.n)
			c.filters = append(c.filters, by[s])
		}
	}
	for _, f := range c.filters {
		if i, n := p.run(t.header[f.column]); n > 0 {
			p.use(i, n)
		}
	}
	return len(p.left(tableWord, rowNouns)) == 0
}
