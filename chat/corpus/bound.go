package corpus

import "strings"

// bound is what the number in a column must be.
type bound struct {
	column int
	name   string // of the column
	style  style
	sign   string // ">", ">=", "<" or "<="
	text   string // the number as the question writes it
	n      number
}

// String is "Amount > 100".
func (b bound) String() string { return b.name + " " + b.sign + " " + b.text }

// holds tells whether a number is as the bound says.
func (b bound) holds(n number) bool {
	switch b.sign {
	case ">":
		return less(b.n, n)
	case ">=":
		return !less(n, b.n)
	case "<":
		return less(n, b.n)
	}
	return !less(b.n, n)
}

// bounding are the words before a number; the longer ones first.
var bounding = []struct {
	words []string
	sign  string
}{
	{[]string{"greater", "than", "or", "equal", "to"}, ">="}, {[]string{"less", "than", "or", "equal", "to"}, "<="},
	{[]string{"more", "than"}, ">"}, {[]string{"greater", "than"}, ">"}, {[]string{"higher", "than"}, ">"}, {[]string{"larger", "than"}, ">"}, {[]string{"bigger", "than"}, ">"}, {[]string{"mehr", "als"}, ">"}, {[]string{"grosser", "als"}, ">"}, {[]string{"hoher", "als"}, ">"},
	{[]string{"less", "than"}, "<"}, {[]string{"fewer", "than"}, "<"}, {[]string{"lower", "than"}, "<"}, {[]string{"smaller", "than"}, "<"}, {[]string{"weniger", "als"}, "<"}, {[]string{"kleiner", "als"}, "<"}, {[]string{"niedriger", "als"}, "<"},
	{[]string{"at", "least"}, ">="}, {[]string{"at", "most"}, "<="}, {[]string{"no", "more", "than"}, "<="}, {[]string{"mindestens"}, ">="}, {[]string{"hochstens"}, "<="}, {[]string{"maximal"}, "<="},
	{[]string{"over"}, ">"}, {[]string{"above"}, ">"}, {[]string{"exceeding"}, ">"}, {[]string{"exceed"}, ">"}, {[]string{"uber"}, ">"}, {[]string{"under"}, "<"}, {[]string{"below"}, "<"}, {[]string{"unter"}, "<"},
}

// money are words for what a number is of, behind it.
var money = set("euro euros eur dollar dollars usd pound pounds gbp chf franken francs cents")

// readBetween takes "between 100 and 300 euros", both ends with it.
func (p *parse) readBetween() []bound {
	for i := range p.toks {
		if !p.is(i, set("between zwischen")) || !p.is(i+2, set("and und")) || !p.open(i+1) || !p.open(i+3) {
			continue
		}
		low, ok := style{}.read(p.toks[i+1].raw)
		high, good := style{}.read(p.toks[i+3].raw)
		if !ok || !good {
			continue
		}
		end := i + 4
		if p.is(end, money) {
			end++
		}
		p.use(i, end-i)
		return []bound{{sign: ">=", text: p.toks[i+1].raw, n: low}, {sign: "<=", text: p.toks[i+3].raw, n: high}}
	}
	return nil
}

// readBound takes "over 100 euros"; false where none is there. Its column, with its
// name and style, is not set.
func (p *parse) readBound() (bound, bool) {
	for _, b := range bounding {
		at := p.find(b.words)
		if at < 0 {
			continue
		}
		i := at + len(b.words)
		if !p.open(i) {
			continue
		}
		text, end := p.toks[i].raw, i+1
		for p.open(end) && p.toks[end].dash && strings.IndexFunc(p.toks[end].raw, func(r rune) bool { return !isDigit(r) }) < 0 { // 1,200 is two words
			if len(p.toks[end].raw) != 3 {
				text += "."
			}
			text += p.toks[end].raw
			end++
		}
		n, ok := style{}.read(text)
		if !ok {
			continue
		}
		if p.is(end, money) {
			end++
		}
		p.use(at, end-at)
		return bound{sign: b.sign, text: text, n: n}, true
	}
	return bound{}, false
}
