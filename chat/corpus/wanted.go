package corpus

import (
	"slices"
	"strconv"
)

// wanted is what a question wants computed, as far as its words say it.
type wanted struct {
	op      Op   // "" where the table's columns tell: of "how many hours", "how many cities"
	implied bool // the column need not be named: how much did I spend on travel
	many    int  // the word behind "how many"; -1 for none
	label   int  // the word behind "which" or "who", or the superlative; -1 for none
	who     bool // label is a person
	most    bool // the sums of groups are compared
	at      int  // the word that says what is wanted
	n       int  // rows
	listing bool // which values there are
	unnamed bool // no column is named
	thing   bool // as "the cheapest", of a thing
	asked   bool // whose the number is, and not how much
	bounded bool // numbers are limited
	sheeted bool // the label is what the sheet or the file is called
	few     bool // no word says that something is to be computed: only few tables are looked at
}

var (
	priced = map[string]Op{"cheapest": Min, "billigste": Min, "billigsten": Min, "billigstes": Min, "billigster": Min, "gunstigste": Min, "gunstigsten": Min, "gunstigstes": Min, "gunstigster": Min,
		"teuerste": Max, "teuersten": Max, "teuerstes": Max, "teuerster": Max, "dearest": Max, "priciest": Max, "costliest": Max}
	mostly = map[string]Op{"most": Max, "meisten": Max, "meiste": Max, "least": Min, "fewest": Min, "wenigsten": Min, "wenigste": Min}
	asking = set("which what welche welcher welches welchen welchem")
	whose  = set("who whom wer wen wem")
	// spending are verbs that what is in a column was done by.
	spending  = set("spend spent spending pay paid paying earn earned cost costs sell sold make made invoice invoiced bill billed charge charged log logged book booked record recorded work worked ausgegeben gekostet kostet kosten bezahlt gezahlt verdient verkauft gearbeitet gebucht berechnet eingenommen")
	different = set("different distinct unique verschiedene verschiedenen unterschiedliche unterschiedlichen")
	// amounting are what columns of money are headed with, the surest first.
	amounting = []string{"amount", "betrag", "total", "gesamt", "summe", "sum", "price", "preis", "cost", "kosten", "value", "wert", "brutto", "gross", "netto", "net", "revenue", "umsatz", "salary", "gehalt", "fee", "gebuhr"}
	personal  = set("person name employee member author customer client mitarbeiter mitglied kunde kundin teilnehmer participant worker driver owner staff colleague kollege who wer von by salesperson seller verkaufer")
)

// wanted reads what is to be computed, and takes the words that say so.
func (p *parse) wanted() (wanted, bool) {
	w := wanted{many: -1, label: -1}
	for i := range p.toks {
		if w.label < 0 && (p.is(i, asking) || p.is(i, whose)) {
			w.label, w.who = i+1, whose[p.toks[i].fold]
			p.use(i, 1)
		}
	}
	for _, read := range []func(*wanted) bool{p.wantRows, p.wantMany, p.wantThing, p.wantOp, p.wantMost, p.wantSpent, p.wantValues} {
		if read(&w) {
			p.take([][]string{{"how", "much"}, {"wie", "hoch"}, {"wie", "viel"}, {"wie", "gross"}})
			p.howMany(&w)
			for p.take(listing) {
			}
			return w, true
		}
	}
	return w, false
}

// wantRows reads "how many rows".
func (p *parse) wantRows(w *wanted) bool {
	for i := range p.toks {
		if !p.is(i, rowNouns) {
			continue
		}
		for _, seq := range counting {
			if j := p.find(seq); j >= 0 && j+len(seq) <= i && i-j-len(seq) < 2 {
				p.use(j, len(seq))
				p.use(i, 1)
				w.op = Rows
				return true
			}
		}
	}
	return false
}

// wantMany reads "how many hours" and "how many different cities". An average number
// of hours is another matter.
func (p *parse) wantMany(w *wanted) bool {
	if p.has(set("average mean avg median durchschnitt durchschnittliche durchschnittlichen mittelwert mittlere")) {
		p.take([][]string{{"number", "of"}, {"anzahl", "der"}, {"anzahl"}})
		return false
	}
	for _, seq := range [][]string{{"how", "many"}, {"number", "of"}, {"wie", "viele"}, {"wie", "vielen"}, {"wieviele"}, {"anzahl"}} {
		i := p.find(seq)
		if i < 0 {
			continue
		}
		p.use(i, len(seq))
		for i += len(seq); p.is(i, set("the der of")); i++ {
		}
		if p.is(i, different) {
			p.use(i, 1)
			i++
			w.op = Distinct
		}
		w.many, w.few = i, true
		p.take([][]string{{"in", "total"}, {"total"}, {"insgesamt"}, {"altogether"}})
		return true
	}
	return false
}

// wantThing reads "the cheapest thing".
func (p *parse) wantThing(w *wanted) bool {
	for i, t := range p.toks {
		op, found := priced[t.fold]
		if m := mostly[t.fold]; m != "" && p.is(i+1, set("expensive costly")) {
			op, found = m, true
			p.use(i+1, 1)
		}
		if !found || t.used {
			continue
		}
		p.use(i, 1)
		w.at, w.op, w.implied, w.few, w.thing, w.label = i, op, true, true, true, i+1
		if !p.open(i+1) && i+1 < len(p.toks) {
			w.label = i + 2
		}
		return true
	}
	return false
}

// wantOp reads a word for a calculation.
func (p *parse) wantOp(w *wanted) bool {
	for i, t := range p.toks {
		op, found := ops[t.fold]
		if !found || t.used || t.fold == "mean" && p.verb(i) {
			continue
		}
		p.use(i, 1)
		w.at, w.op, w.implied = i, op, true
		switch op {
		case Min, Max:
			w.most = w.label >= 0 && p.take([][]string{{"total"}, {"sum"}, {"summe"}, {"gesamtsumme"}, {"overall"}})
		case Sum:
			if p.find([]string{"top"}) >= 0 || p.has(set("most meisten least fewest wenigsten")) && w.label >= 0 {
				return false // the most in total
			}
			p.take([][]string{{"add"}, {"sum"}, {"total"}})
			w.label = -1
		default:
			w.label = -1
		}
		return true
	}
	return false
}

// verb tells that word i, which may be one, is: what does it mean.
func (p *parse) verb(i int) bool {
	return slices.ContainsFunc(p.toks[:i], func(t token) bool { return t.fold == "do" || t.fold == "does" || t.fold == "did" })
}

// wantMost reads "who has the most hours" and "the top three boats by amount".
func (p *parse) wantMost(w *wanted) bool {
	if i := p.find([]string{"top"}); i >= 0 {
		p.use(i, 1)
		w.label = i + 1
		if n := numbers[p.word(i+1)]; n > 0 {
			w.n = n
		} else if n, err := strconv.Atoi(p.word(i + 1)); err == nil && n < 1000 {
			w.n = n
		}
		if w.n > 0 {
			p.use(i+1, 1)
			w.label++
		}
		w.op, w.most, w.implied, w.few = Max, true, true, true
		for j := range p.toks {
			if p.is(j, set("by nach")) {
				p.use(j, 1)
			}
		}
		return true
	}
	for i, t := range p.toks {
		if op, found := mostly[t.fold]; found && !t.used && w.label >= 0 {
			p.use(i, 1)
			w.at, w.op, w.most, w.implied, w.few = i, op, true, true, true
			return true
		}
	}
	return false
}

// word is word i, "" where there is none left.
func (p *parse) word(i int) string {
	if !p.open(i) {
		return ""
	}
	return p.toks[i].fold
}

// wantSpent reads "how much did I spend" and "hours per person". What a thing costs
// is in its row.
func (p *parse) wantSpent(w *wanted) bool {
	much := p.take([][]string{{"how", "much"}, {"wie", "viel"}, {"wieviel"}, {"wie", "hoch"}})
	if much && !p.has(set("is are ist sind cost costs kostet kosten")) || p.has(set("spend spent ausgegeben")) && w.label >= 0 && !w.who {
		w.label = -1
	} else if !p.has(grouping) {
		return false
	}
	w.op, w.implied, w.few = Sum, true, true
	return true
}

// wantValues reads "which categories are there".
func (p *parse) wantValues(w *wanted) bool {
	if (w.label < 0 || w.who) && p.find([]string{"list"}) < 0 && p.find([]string{"liste"}) < 0 {
		return false
	}
	w.op, w.listing, w.few = Distinct, true, true
	return true
}

// howMany reads the number beside a superlative: the three highest.
func (p *parse) howMany(w *wanted) {
	if w.op != Min && w.op != Max || w.most {
		return
	}
	for i := max(0, w.at-2); i <= w.at+1; i++ {
		if !p.open(i) {
			continue
		}
		n, err := strconv.Atoi(p.toks[i].fold)
		if err != nil || n >= 1000 {
			n = numbers[p.toks[i].fold]
		}
		if n > 0 {
			p.use(i, 1)
			w.n = n
			return
		}
	}
}
