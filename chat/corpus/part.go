package corpus

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golocal/internal/place"
)

// finish writes the number.
func (t *tally) finish(q Question, st style) Part {
	p, op := t.Part, q.Total.Op
	p.Where = t.places.text(q.words())
	var v *big.Rat
	places := t.adder.scale
	switch {
	case op == Distinct:
		v = big.NewRat(int64(len(t.seen)), 1)
		places = 0
	case op == Rows:
		v = big.NewRat(int64(t.Rows), 1)
		places = 0
	case t.Rows == 0:
		return p
	case op == Sum:
		v = t.adder.sum()
	case op == Median:
		slices.SortFunc(t.all, func(a, b number) int { return a.value().Cmp(b.value()) })
		v = new(big.Rat).Add(t.all[(len(t.all)-1)/2].value(), t.all[len(t.all)/2].value())
		v.Quo(v, big.NewRat(2, 1))
		places += meanExtra
	case op == Average:
		v = new(big.Rat).Quo(t.adder.sum(), big.NewRat(int64(t.Rows), 1))
		places += meanExtra
	default:
		v, places = t.best.value(), t.best.scale
	}
	var exact bool
	p.Value, p.Text, exact = write(v, places, st)
	if op == Average || op == Median { // no zeros that say nothing
		for extra := places; exact && extra >= t.adder.scale; extra-- {
			plain, text, ok := write(v, extra, st)
			if !ok {
				break
			}
			p.Value, p.Text = plain, text
		}
	}
	p.Rounded, p.exact, p.style, p.scale = !exact, v, st, t.adder.scale
	if op == Average {
		p.exact = t.adder.sum()
	}
	p.Text = withUnit(p.Text, p.Unit)
	return p
}

func withUnit(text, unit string) string {
	switch {
	case unit == "":
		return text
	case strings.ContainsAny(unit, "$£¥"):
		return unit + text
	}
	return text + " " + unit
}

// together is the number over several tables; false where they have groups or
// differ in their unit.
func together(op Op, parts []Part) (Part, bool) {
	out := Part{Unit: parts[0].Unit, style: parts[0].style}
	var v *big.Rat
	if op == Distinct || op == Median {
		return out, false
	}
	for _, p := range parts {
		if p.Group != "" || p.Unit != out.Unit || p.exact == nil {
			return out, false
		}
		out.Rows += p.Rows
		out.scale = max(out.scale, p.scale)
		switch {
		case v == nil:
			v = new(big.Rat).Set(p.exact)
		case op == Min && p.exact.Cmp(v) < 0, op == Max && p.exact.Cmp(v) > 0:
			v.Set(p.exact)
		case op == Sum || op == Rows || op == Average:
			v.Add(v, p.exact)
		}
	}
	places := out.scale
	if op == Average {
		v.Quo(v, big.NewRat(int64(out.Rows), 1))
		places += meanExtra
	}
	var exact bool
	out.Value, out.Text, exact = write(v, places, out.style)
	out.Text, out.Rounded = withUnit(out.Text, out.Unit), !exact
	return out, true
}

// ranges are rows or lines of a table, as they follow each other.
type ranges struct {
	word        string
	list        [][2]int
	more, total int
}

func (g *ranges) add(r place.Ruler, at int) {
	p := r.At(at)
	n, word := p.Line, "line"
	switch {
	case p.Row > 0:
		n, word = p.Row, "row"
	case p.Line == 0:
		n, word = p.Paragraph, "paragraph"
	}
	g.word = word
	g.total++
	if k := len(g.list); k > 0 && g.list[k-1][1] == n-1 {
		g.list[k-1][1] = n
		return
	}
	if len(g.list) == maxRanges {
		g.more++
		return
	}
	g.list = append(g.list, [2]int{n, n})
}

func (g ranges) text(w *wording) string {
	if g.total == 0 {
		return ""
	}
	var parts []string
	for _, r := range g.list {
		if r[0] == r[1] {
			parts = append(parts, fmt.Sprint(r[0]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", r[0], r[1]))
		}
	}
	s := w.places[g.word][0]
	if g.total > 1 {
		s = w.places[g.word][1]
	}
	s += " " + strings.Join(parts, ", ")
	if g.more > 0 {
		s += fmt.Sprintf(w.more, g.more)
	}
	return s
}
