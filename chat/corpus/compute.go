package corpus

import (
	"math/big"
	"slices"
	"strings"

	"golocal"
)

// Part is one number of a Total and what it was made of.
type Part struct {
	Table   string           `json:"table"` // path of the file, and the sheet
	Doc     golocal.Document `json:"-"`
	Group   string           `json:"group,omitempty"`
	Unit    string           `json:"unit,omitempty"`
	Value   string           `json:"value"` // plain decimal
	Text    string           `json:"text"`  // as the column writes numbers, with the unit
	Rounded bool             `json:"rounded,omitempty"`
	Rows    int              `json:"rows"`            // that went into it
	Where   string           `json:"where"`           // they stand: "lines 2-35, 37"
	Empty   int              `json:"empty,omitempty"` // rows whose cell is empty
	Not     []Cell           `json:"not,omitempty"`   // cells that are no numbers, the first maxCells of NotAll
	NotAll  int              `json:"not_all,omitempty"`
	Sums    []Cell           `json:"sums,omitempty"` // rows that add up others, and were left out
	Undated int              `json:"undated,omitempty"`
	Label   string           `json:"label,omitempty"`  // of Min and Max: what the row's label column says
	Top     []Ranked         `json:"top,omitempty"`    // of Min and Max: the rows that are most so, where several are asked for
	Values  []string         `json:"values,omitempty"` // of Distinct: the first maxCells different values
	beyond  int              // values that are not in Values
	best    Cell             // of Min and Max
	exact   *big.Rat         // Value; of an Average, the sum
	style   style
	scale   int
}

// Ranked is a row that is among the highest or lowest.
type Ranked struct {
	Label string `json:"label,omitempty"`
	Text  string `json:"text"` // the number as the cell writes it
	Cell  Cell   `json:"cell"`
	n     number
}

// Cell is a cell or a row of a table.
type Cell struct {
	Text  string        `json:"text"`
	Place golocal.Place `json:"place"`
	Span  golocal.Span  `json:"span"`
	Quote string        `json:"quote"`
}

const (
	maxCells  = 50
	maxRanges = 200
	meanExtra = 4 // digits of an average behind those of its numbers
)

// adder adds numbers exactly: a sum of int64 for each scale, in big.Int where
// they do not fit any more.
type adder struct {
	small [19]int64
	large map[int]*big.Int
	scale int
}

func (a *adder) add(n number) {
	a.scale = max(a.scale, n.scale)
	if n.digits == nil && n.scale < len(a.small) {
		s := a.small[n.scale]
		if sum := s + n.small; (sum > s) == (n.small > 0) {
			a.small[n.scale] = sum
			return
		}
	}
	d := n.digits
	if d == nil {
		d = big.NewInt(n.small)
	}
	if a.large == nil {
		a.large = map[int]*big.Int{}
	}
	if a.large[n.scale] == nil {
		a.large[n.scale] = new(big.Int)
	}
	a.large[n.scale].Add(a.large[n.scale], d)
}

func (a *adder) sum() *big.Rat {
	v := new(big.Rat)
	for scale, s := range a.small {
		if s != 0 {
			v.Add(v, new(big.Rat).SetFrac(big.NewInt(s), tens(scale)))
		}
	}
	for scale, s := range a.large {
		v.Add(v, new(big.Rat).SetFrac(s, tens(scale)))
	}
	return v
}

// tally is the number of one group and unit while rows are read.
type tally struct {
	Part
	adder  adder
	best   *number
	places ranges
	seen   map[string]bool // values, folded
	all    []number        // of Median
}

// compute makes the numbers of one table.
func (c chosen) compute(q Question) []Part {
	if q.After == "" && q.Before == "" {
		c.date = -1
	}
	if q.Total.Most { // what is compared are sums
		q.Total.Op = Sum
	}
	st := c.styleOf(c.column)
	var dated days
	if c.date >= 0 {
		dated = daysOf(c.Table, c.date)
	}
	tallies := map[[2]string]*tally{}
	var order [][2]string
	of := func(group, unit string) *tally {
		k := [2]string{group, unit}
		if tallies[k] == nil {
			tallies[k] = &tally{Part: Part{Table: c.name(), Doc: c.doc, Group: group, Unit: unit}}
			order = append(order, k)
		}
		return tallies[k]
	}
	type pending struct {
		cell Cell
		what int // 0 empty, 1 no number, 2 a sum of others, 3 without a day
	}
	other := map[string][]pending{}
	for r := range c.rows {
		at := func(text string) Cell {
			return Cell{Text: text, Place: c.ruler.Of(r.span), Span: r.span, Quote: c.doc.Text[r.span.Start:r.span.End]}
		}
		if r.odd != "" {
			other[""] = append(other[""], pending{at(r.odd), 1})
			continue
		}
		if r.sumsUp() {
			other[""] = append(other[""], pending{at("sums up others"), 2})
			continue
		}
		if !c.keeps(r) {
			continue
		}
		if c.date >= 0 {
			first, last, ok := dated.read(r.cell(c.date))
			if !ok {
				other[""] = append(other[""], pending{at(r.cell(c.date)), 3})
				continue
			}
			if first < q.After || q.Before != "" && last >= q.Before {
				continue
			}
		}
		group := r.cell(c.group)
		if c.group < 0 {
			group = ""
		} else if group == "" {
			group = groupless
		}
		if q.Total.Op == Rows {
			if c.column >= 0 && r.cell(c.column) == "" {
				other[group] = append(other[group], pending{Cell{}, 0})
				continue
			}
			t := of(group, "")
			t.Rows++
			t.places.add(c.ruler, r.span.Start)
			continue
		}
		text := r.cell(c.column)
		if text == "" {
			other[group] = append(other[group], pending{Cell{}, 0})
			continue
		}
		if q.Total.Op == Distinct {
			t := of(group, "")
			if t.Rows++; t.seen == nil {
				t.seen = map[string]bool{}
			}
			if key := fold(text); !t.seen[key] {
				t.seen[key] = true
				if len(t.Values) < maxCells {
					t.Values = append(t.Values, strings.Clone(text))
				} else {
					t.beyond++
				}
			}
			t.places.add(c.ruler, r.span.Start)
			continue
		}
		n, ok := st.read(text)
		if !ok {
			other[group] = append(other[group], pending{at(text), 1})
			continue
		}
		t := of(group, n.unit)
		t.Rows++
		t.places.add(c.ruler, r.span.Start)
		t.adder.add(n)
		if q.Total.Op == Median {
			t.all = append(t.all, n)
		}
		if q.Total.Op == Min || q.Total.Op == Max {
			if t.best == nil || q.Total.Op == Min && less(n, *t.best) || q.Total.Op == Max && less(*t.best, n) {
				t.best, t.Part.best, t.Label = &n, at(text), strings.Clone(r.cell(c.label))
			}
			if q.Total.N > 1 {
				t.rank(Ranked{strings.Clone(r.cell(c.label)), text, at(text), n}, q.Total)
			}
		}
	}
	for group, list := range other {
		if group != "" && !slices.ContainsFunc(order, func(k [2]string) bool { return k[0] == group }) {
			of(group, "")
		}
		if len(order) == 0 {
			of("", "")
		}
		t := tallies[order[0]]
		if i := slices.IndexFunc(order, func(k [2]string) bool { return k[0] == group }); i >= 0 {
			t = tallies[order[i]]
		}
		for _, p := range list {
			switch p.what {
			case 0:
				t.Empty++
			case 1:
				if t.NotAll++; len(t.Not) < maxCells {
					t.Not = append(t.Not, p.cell)
				}
			case 2:
				t.Sums = append(t.Sums, p.cell)
			case 3:
				t.Undated++
			}
		}
	}
	if len(order) == 0 {
		of("", "")
	}
	var out []Part
	for _, k := range order {
		out = append(out, tallies[k].finish(q, st))
	}
	return out
}

// less compares two numbers; of one scale, without making fractions.
func less(a, b number) bool {
	if a.digits == nil && b.digits == nil && a.scale == b.scale {
		return a.small < b.small
	}
	return a.value().Cmp(b.value()) < 0
}

// rank keeps a row if it is among the N highest or lowest, the first of equal ones.
func (t *tally) rank(r Ranked, of Calculation) {
	i, _ := slices.BinarySearchFunc(t.Top, r, func(a, b Ranked) int {
		if of.Op == Min && less(b.n, a.n) || of.Op == Max && less(a.n, b.n) {
			return 1
		}
		return -1
	})
	if i < of.N {
		t.Top = slices.Insert(t.Top, i, r)
		t.Top = t.Top[:min(len(t.Top), of.N)]
	}
}

// keeps tells whether a row has the cells and numbers asked for.
func (c chosen) keeps(r row) bool {
	for _, b := range c.bounds {
		if n, ok := b.style.read(r.cell(b.column)); !ok || !b.holds(n) {
			return false
		}
	}
	for _, f := range c.filters {
		if cell := r.cell(f.column); cell != f.text && fold(cell) != f.fold {
			return false
		}
	}
	return true
}
