package corpus

import (
	"slices"
	"strings"
)

// verbOnly tells that nothing is left, or one word that can only be the verb: after
// an auxiliary, where the rest is a calculation already. Some verbs turn it round.
func (f *fitting) verbOnly(left []int) bool {
	if len(left) != 1 || f.listing {
		return len(left) == 0
	}
	k := f.toks[left[0]]
	return k.phrase == "" && k.file == 0 && k.raw == strings.ToLower(k.raw) && !turning[k.fold] && !contextual[k.fold] && strings.IndexFunc(k.raw, isDigit) < 0 &&
		((f.who || f.most && f.label >= 0) && left[0] < f.wanted.at || slices.ContainsFunc(f.toks[:left[0]], func(t token) bool { return helping[t.fold] }))
}

var (
	helping = set("did do does we i hat haben habe hatte hatten wir ich")
	turning = set("mean means meaning bedeutet heisst miss missed missing lack lacked lose lost skip skipped exclude excluded refund refunded cancel cancelled canceled return returned expect expected plan planned need needed owe owed forget forgot fehlen fehlt gefehlt verpasst verloren storniert geplant erwartet schulden schuldet vergessen unpaid open offen left remain remaining ubrig first last")
)

// cells takes what is left of the question as cells of the table, and the names
// of their columns with it ("where city is Berlin").
func (p *parse) cells(t *Table, c *chosen) {
	left := p.left(tableWord, rowNouns, spending)
	if len(left) == 0 {
		return
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
	alias := map[string]string{} // "rentals" is the cell "rental", too
	for key := range wanted {
		if !strings.Contains(key, " ") && len(key) > 3 {
			for _, f := range forms(key) {
				alias[f] = key
			}
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
				if _, ok := wanted[key]; !ok && alias[key] != "" {
					key = alias[key]
				}
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
}
