package corpus

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// style is how a column writes its numbers.
type style struct {
	comma bool // 1.234,56 rather than 1,234.56
}

// number is a cell's number, exact: digits without a point, and how many of them
// are behind it.
type number struct {
	digits *big.Int
	small  int64 // digits where they fit, and then digits is nil
	scale  int
	unit   string // what stands beside it: "€", "EUR", "%", "km"
}

// value is the number as a fraction.
func (n number) value() *big.Rat {
	d := n.digits
	if d == nil {
		d = big.NewInt(n.small)
	}
	return new(big.Rat).SetFrac(d, tens(n.scale))
}

func tens(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// styleOf tells by its cells how a column writes numbers: by cells that only one
// style can have, the more of them; comma is what is taken where none tells.
func styleOf(cells func(yield func(string) bool), comma bool) style {
	votes := 0
	for c := range cells {
		body, _, _, ok := split(c)
		if !ok {
			continue
		}
		dot, com := strings.LastIndexByte(body, '.'), strings.LastIndexByte(body, ',')
		switch {
		case dot >= 0 && com >= 0 && com > dot:
			votes++
		case dot >= 0 && com >= 0:
			votes--
		case com >= 0 && strings.Count(body, ",") == 1 && len(body)-com-1 != 3, dot >= 0 && strings.Count(body, ".") > 1:
			votes++
		case dot >= 0 && len(body)-dot-1 != 3, com >= 0 && strings.Count(body, ",") > 1:
			votes--
		case com >= 0 && strings.HasPrefix(body, "0,"): // 0,125 has no thousands
			votes++
		case dot >= 0 && strings.HasPrefix(body, "0."):
			votes--
		}
	}
	if votes != 0 {
		comma = votes > 0
	}
	return style{comma}
}

// split parts a cell into sign, body of digits and separators, and unit.
func split(cell string) (body string, negative bool, unit string, ok bool) {
	s := strings.TrimSpace(cell)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") { // as accountants write it
		negative, s = true, strings.TrimSpace(s[1:len(s)-1])
	}
	first := strings.IndexFunc(s, isDigit)
	if first < 0 {
		return "", false, "", false
	}
	last := strings.LastIndexFunc(s, isDigit) + 1
	if first > 0 && (s[first-1] == '.' || s[first-1] == ',') && first+1 <= len(s) { // .5
		first--
	}
	before, body, after := strings.TrimSpace(s[:first]), s[first:last], strings.TrimSpace(s[last:])
	for _, none := range []string{",-", ",–", ",—", ".-", ".–"} { // no cents: 5,- €
		after = strings.TrimSpace(strings.TrimPrefix(after, none))
	}
	for _, sign := range []string{"-", "−", "–"} {
		if rest, found := strings.CutPrefix(before, sign); found {
			before, negative = strings.TrimSpace(rest), !negative
		} else if rest, found := strings.CutSuffix(before, sign); found {
			before, negative = strings.TrimSpace(rest), !negative
		} else if strings.HasPrefix(after, sign) { // 5-
			after, negative = strings.TrimSpace(strings.TrimPrefix(after, sign)), !negative
		}
	}
	before = strings.TrimSpace(strings.TrimPrefix(before, "+"))
	unit = before + after
	if before != "" && after != "" || !isUnit(unit) {
		return "", false, "", false
	}
	return body, negative, unit, true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// units are the words that may stand beside a number, folded.
var units = set(`eur euro euros usd gbp chf jpy sek nok dkk pln czk huf cad aud inr cny dollar dollars fr rs kr
	km m cm mm mi ft kg g mg t lb oz l ml cl h hrs hours std min s sec d days tage pcs stk st % kwh kw w mb gb kb pt px m² m³ km² °c ° °f`)

// isUnit tells what may stand beside a number: a sign of money, or a known unit.
func isUnit(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if s == "" || units[fold(s)] {
		return true
	}
	money := func(r rune) bool { return unicode.Is(unicode.Sc, r) }
	return utf8.RuneCountInString(s) <= 3 && strings.ContainsFunc(s, money) && !strings.ContainsFunc(s, func(r rune) bool { return !money(r) && !unicode.IsLetter(r) })
}

// read reads a cell; false where it is no number. Dates and version numbers are
// none.
func (st style) read(cell string) (number, bool) {
	body, negative, unit, ok := split(cell)
	if !ok {
		return number{}, false
	}
	point, group := byte('.'), byte(',')
	if st.comma {
		point, group = ',', '.'
	}
	var digits strings.Builder
	scale, run, groups, behind := 0, 0, 0, false
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRuneInString(body[i:])
		switch {
		case isDigit(r):
			digits.WriteByte(body[i])
			run++
			if behind {
				scale++
			}
		case byte(r) == point && r < utf8.RuneSelf:
			if behind || groups > 0 && run != 3 {
				return number{}, false
			}
			behind, run = true, 0
		case r == rune(group), r == ' ', r == '\u00a0', r == '\u202f', r == '\u2009', r == '\'', r == '’':
			if behind || groups > 0 && run != 3 || groups == 0 && (run == 0 || run > 3) {
				return number{}, false
			}
			groups++
			run = 0
		default:
			return number{}, false
		}
		i += n
	}
	if groups > 0 && !behind && run != 3 || digits.Len() == 0 || digits.Len() > 60 {
		return number{}, false
	}
	n := number{scale: scale, unit: unit}
	if digits.Len() <= 18 {
		for _, c := range []byte(digits.String()) {
			n.small = n.small*10 + int64(c-'0')
		}
		if negative {
			n.small = -n.small
		}
		return n, true
	}
	n.digits, _ = new(big.Int).SetString(digits.String(), 10)
	if negative {
		n.digits.Neg(n.digits)
	}
	return n, true
}

// write writes a fraction with at most places digits behind the point, rounded
// half away from zero; exact tells that nothing was cut. plain is for programs,
// text as the column writes its numbers.
func write(v *big.Rat, places int, st style) (plain, text string, exact bool) {
	plain = v.FloatString(places)
	if back, ok := new(big.Rat).SetString(plain); ok {
		exact = back.Cmp(v) == 0
	}
	whole, part, _ := strings.Cut(plain, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	point, group := ".", ","
	if st.comma {
		point, group = ",", "."
	}
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(c)
	}
	text = sign + b.String()
	if part != "" {
		text += point + part
	}
	return plain, text, exact
}
