package corpus

import "strconv"

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
func (p *parse) wanted() (w wanted, ok bool) {
	w.many, w.label = -1, -1
	for i := range p.toks {
		if w.label < 0 && (p.is(i, asking) || p.is(i, whose)) {
			w.label, w.who = i+1, whose[p.toks[i].fold]
			p.use(i, 1)
		}
	}
	for i := range p.toks {
		if p.is(i, rowNouns) {
			for _, seq := range counting {
				if j := p.find(seq); j >= 0 && j+len(seq) <= i && i-j-len(seq) < 2 {
					p.use(j, len(seq))
					p.use(i, 1)
					w.op = Rows
					return w.rest(p), true
				}
			}
		}
	}
	many := -1
	meant := p.has(set("average mean avg durchschnitt durchschnittliche durchschnittlichen mittelwert mittlere"))
	if meant {
		p.take([][]string{{"number", "of"}, {"anzahl", "der"}, {"anzahl"}})
	}
	for _, seq := range [][]string{{"how", "many"}, {"number", "of"}, {"wie", "viele"}, {"wie", "vielen"}, {"wieviele"}, {"anzahl"}} {
		if i := p.find(seq); i >= 0 && many < 0 && !meant {
			many = i + len(seq)
			for p.is(many, set("the der of")) {
				many++
			}
			if p.is(many, different) {
				p.use(many, 1)
				many++
				w.op = Distinct
			}
			p.use(i, len(seq))
		}
	}
	if many >= 0 {
		w.many, w.few = many, true
		p.take([][]string{{"in", "total"}, {"total"}, {"insgesamt"}, {"altogether"}})
		return w.rest(p), true
	}
	for i, t := range p.toks { // the most expensive
		op, found := priced[t.fold]
		if m := mostly[t.fold]; m != "" && p.is(i+1, set("expensive costly")) {
			op, found = m, true
			p.use(i+1, 1)
		}
		if found && !t.used {
			p.use(i, 1)
			w.at = i
			w.op, w.implied, w.few, w.label, w.thing = op, true, true, i+1, true
			if p.open(i+1) || i+1 == len(p.toks) {
				return w.rest(p), true
			}
			w.label = i + 2
			return w.rest(p), true
		}
	}
	for i, t := range p.toks {
		if op, found := ops[t.fold]; found && !t.used {
			p.use(i, 1)
			w.at = i
			w.op, w.implied = op, true
			if op == Min || op == Max {
				w.most = w.label >= 0 && p.take([][]string{{"total"}, {"sum"}, {"summe"}, {"gesamtsumme"}, {"overall"}})
				return w.rest(p), true
			}
			w.label = -1
			if op == Sum {
				p.take([][]string{{"add"}, {"sum"}, {"total"}})
			}
			return w.rest(p), true
		}
	}
	for i, t := range p.toks {
		if op, found := mostly[t.fold]; found && !t.used && w.label >= 0 {
			p.use(i, 1)
			w.at = i
			w.op, w.most, w.implied, w.few = op, true, true, true
			return w.rest(p), true
		}
	}
	much := p.take([][]string{{"how", "much"}, {"wie", "viel"}, {"wieviel"}, {"wie", "hoch"}})
	if much && !p.has(set("is are ist sind cost costs kostet kosten")) || p.has(set("spend spent ausgegeben")) && w.label >= 0 && !w.who {
		w.op, w.implied, w.few, w.label = Sum, true, true, -1
		return w.rest(p), true
	}
	if p.has(grouping) {
		w.op, w.implied, w.few = Sum, true, true
		return w.rest(p), true
	}
	if w.label >= 0 && !w.who || p.find([]string{"list"}) >= 0 || p.find([]string{"liste"}) >= 0 {
		w.op, w.listing, w.few = Distinct, true, true
		return w.rest(p), true
	}
	return w, false
}

// rest takes what may stand beside the words for the calculation.
func (w wanted) rest(p *parse) wanted {
	p.take([][]string{{"how", "much"}, {"wie", "hoch"}, {"wie", "viel"}, {"wie", "gross"}})
	if w.op == Min || w.op == Max {
		for i := max(0, w.at-2); i <= w.at+1 && !w.most; i++ { // the three highest
			if p.open(i) {
				if n, err := strconv.Atoi(p.toks[i].fold); err == nil && n < 1000 {
					w.n = n
				} else {
					w.n = numbers[p.toks[i].fold]
				}
			}
			if w.n > 0 {
				p.use(i, 1)
				break
			}
		}
	}
	for p.take(listing) {
	}
	return w
}
