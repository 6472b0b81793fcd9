package corpus

import (
	"path"
	"slices"
	"strings"

	"golocal"
)

// fitting is a table that is tried for a question.
type fitting struct {
	*parse
	wanted
	t *Table
}

// fit tells whether a table has all that the question names, and what is then
// computed.
func (f *fitting) fit() (chosen, bool) {
	c := chosen{Table: f.t, column: -1, group: -1, date: -1, label: -1}
	named := len(f.named) > 0
	for i, k := range f.toks {
		if k.file > 0 && !k.used {
			if f.named[k.file-1].ID != f.t.doc.ID {
				return c, false
			}
			f.use(i, 1)
		}
	}
	if i, n := f.stem(f.t.doc); n > 1 { // a single word may be a column's
		f.use(i, n)
		named = true
	}
	if i, n := f.run(f.t.sheet); n > 0 {
		f.use(i, n)
		named = true
	} else if f.has(set("sheet blatt tab tabellenblatt")) && f.t.sheet != "" {
		return c, false // another is meant
	}
	of, filtered := f.t.numeric(), false
	for i := range f.toks { // before "per bag" is read in "price per bag"
		if col, n := f.headerAt(f.t, i); n > 1 && of[col] && f.many < 0 {
			c.column = col
			f.use(i, n)
			break
		}
	}
	f.groupBy(&c)
	bounds := f.readBetween()
	if b, ok := f.readBound(); ok {
		bounds = append(bounds, b)
	}
	f.bounded = len(bounds) > 0
	f.labelled(&c, of)
	if !f.columnOf(&c, of) {
		return c, false
	}
	for {
		i, n := f.stem(f.t.doc)
		if n == 0 {
			break
		}
		f.use(i, n)
		named = true
	}
	named = named || f.sheeted
	if c.column < 0 && f.op != Rows || f.op == Distinct && f.listing && !named {
		names := f.op == Distinct && f.listing && named && c.column < 0 // which participants come from Kiel
		if names {
			c.column = f.t.first(of)
		}
		if names && c.column < 0 || !names && (f.op == Distinct || !f.implied) {
			return c, false
		}
		filtered = names
	}
	if c.column < 0 && f.op != Rows {
		if c.column = f.t.measure(of); c.column < 0 {
			return c, false
		}
		c.guessed = true
	}
	f.readDates()
	if f.q.When != "" {
		if c.date = f.t.dates(); c.date < 0 {
			return c, false
		}
		f.lastSuch(c.date)
	}
	f.readFolder()
	f.whole()
	if !f.q.within(f.t.doc) {
		return c, false
	}
	if !f.bound(&c, bounds, of) {
		return c, false
	}
	f.cells(f.t, &c)
	if filtered && len(c.filters)+len(c.bounds) == 0 {
		return c, false
	}
	if f.many >= 0 && f.op == Sum { // bags of clay
		for i := range f.toks {
			if _, n := f.headerAt(f.t, i); n > 0 {
				f.use(i, n)
			}
		}
	}
	if f.most {
		if c.label < 0 {
			return c, false
		}
		c.group = c.label
	}
	f.asked = c.label >= 0 || f.thing
	if c.label < 0 && (f.op == Min || f.op == Max) { // whose it is
		c.label = f.t.first(of)
	}
	told := named || len(c.filters) > 0 || c.group >= 0 || c.label >= 0
	if !told && (f.op == Rows && c.column < 0 || f.unnamed) {
		return c, false
	}
	return c, f.verbOnly(f.left(tableWord, rowNouns, spending))
}

// bound settles which column the numbers in bounds are of: the one that is named, or
// the one that is meant where none is.
func (f *fitting) bound(c *chosen, bounds []bound, of []bool) bool {
	if len(bounds) == 0 {
		return true
	}
	column := c.column
	for i := range f.toks {
		if col, n := f.headerAt(f.t, i); n > 0 && of[col] {
			column = col
			f.use(i, n)
		}
	}
	if column < 0 || !of[column] {
		column = f.t.measure(of)
	}
	for _, b := range bounds {
		if column < 0 {
			return false
		}
		b.column, b.name, b.style = column, c.header[column], c.styleOf(column)
		c.bounds = append(c.bounds, b)
	}
	return true
}

// groupBy takes "per city".
func (f *fitting) groupBy(c *chosen) {
	for i := range f.toks {
		if !f.is(i, grouping) {
			continue
		}
		j := i + 1
		for f.is(j, set("the each der die das jede jeden jedem jeder every")) {
			j++
		}
		if col, n := f.headerAt(f.t, j); n > 0 {
			c.group = col
			f.use(i, j+n-i)
			return
		}
	}
}

// labelled takes the column behind "which" or "the cheapest", or the one of persons
// for "who".
func (f *fitting) labelled(c *chosen, of []bool) {
	if f.op != Min && f.op != Max {
		return
	}
	if f.who {
		for i, h := range f.t.header {
			if slices.ContainsFunc(strings.Fields(spelt(h)), func(w string) bool { return personal[w] }) && !of[i] {
				c.label = i
				return
			}
		}
		return
	}
	for i := f.label; f.label >= 0 && i < min(f.label+3, len(f.toks)); i++ {
		if col, n := f.headerAt(f.t, i); n > 0 && !of[col] {
			c.label = col
			f.use(i, n)
			return
		}
		if k := f.toks[i]; !k.used && k.phrase == "" && k.file == 0 && (means(k.fold, spelt(f.t.sheet)) || f.isStem(k.fold)) { // the rows of "Boats" are boats
			if c.label = f.t.first(of); c.label >= 0 {
				f.use(i, 1)
				f.sheeted = true
			}
			return
		}
	}
}

// isStem tells that a word is the name of the table's file, without its ending.
func (f *fitting) isStem(word string) bool {
	base := path.Base(f.t.doc.Ref.Path)
	return means(word, spelt(strings.TrimSuffix(base, path.Ext(base))))
}

// columnOf takes the column that is named, if one is, and settles what "how many"
// asks for: a sum of numbers, how many values there are, or rows.
func (f *fitting) columnOf(c *chosen, of []bool) bool {
	if f.many >= 0 {
		col, n := f.headerAt(f.t, f.many)
		switch {
		case n > 0 && f.op == "" && of[col]:
			f.op = Sum
		case n > 0:
			f.op = Distinct
		case f.op == Distinct: // different people in the column person
			for i := range f.toks {
				if col, n = f.headerAt(f.t, i); n > 0 {
					f.use(i, n)
					f.use(f.many, 1)
					c.column = col
					return true
				}
			}
			return false
		default:
			f.op = Rows
			for i := range f.toks { // how many tickets were sold
				if other, m := f.headerAt(f.t, i); m > 0 && of[other] && !f.bounded && f.op == Rows {
					f.op, c.column = Sum, other
					f.use(i, m)
				}
			}
		}
		if n > 0 {
			c.column = col
			f.use(f.many, n)
		}
		return true
	}
	if f.op == Rows && !f.has(set("column spalte")) || c.column >= 0 {
		return true
	}
	best, adds := 0, f.op != Rows && f.op != Distinct
	for _, numbers := range []bool{true, false} { // those that can be added up first
		for i := range f.toks {
			if col, n := f.headerAt(f.t, i); n > best && col != c.group && col != c.label && of[col] == numbers && (!adds || numbers || f.t.holdsNumber(col)) && (!f.listing || !of[col]) {
				best, c.column = n, col
			}
		}
		if best > 0 && adds {
			break
		}
	}
	f.unnamed = c.column < 0
	for i := range f.toks {
		if col, n := f.headerAt(f.t, i); n > 0 && n == best && col == c.column {
			f.use(i, n)
			break
		}
	}
	return true
}

// unitless are a header's words without the units behind them: consumption (kWh).
func unitless(words []string) []string {
	for len(words) > 1 && (units[words[len(words)-1]] || words[len(words)-1] == "in") {
		words = words[:len(words)-1]
	}
	return words
}

// stem finds the words that spell the name of a file, without its ending.
func (p *parse) stem(d golocal.Document) (at, n int) {
	base := path.Base(d.Ref.Path)
	name := strings.Fields(spelt(strings.TrimSuffix(base, path.Ext(base))))
	if len(name) != 1 {
		return p.run(strings.Join(name, " "))
	}
	for i, k := range p.toks {
		if !k.used && k.phrase == "" && k.file == 0 && means(k.fold, name[0]) {
			return i, 1
		}
	}
	return 0, 0
}

// spells tells that the question has a file's name without its ending.
func (p *parse) spells(d golocal.Document) bool {
	_, n := p.stem(d)
	return n > 0
}

// styleOf is how a column writes its numbers.
func (c chosen) styleOf(column int) style {
	return styleOf(func(yield func(string) bool) {
		if column < 0 {
			return
		}
		for r := range c.rows {
			if !yield(r.cell(column)) {
				return
			}
		}
	}, c.comma == ';')
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
		words := unitless(strings.Fields(spelt(h)))
		if len(words) == 0 || len(words) <= n || i+len(words) > len(p.toks) {
			continue
		}
		same := true
		for j, w := range words {
			k := p.toks[i+j]
			if k.phrase != "" && len(words) == 1 {
				same = spelt(k.phrase) == w
			} else {
				same = same && !k.used && k.file == 0 && means(k.fold, w)
			}
		}
		if same {
			column, n = col, len(words)
		}
	}
	return column, n
}
