package parse

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/nfp"
)

// number writes a number by the placeholders of a format: 0, # and ?, with
// grouping, scaling, percent, exponent or fraction.
func number(n float64, tokens []nfp.Token) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	point, exponent, fraction, percent, group := -1, -1, -1, 0, false
	first, last := -1, -1 // placeholders
	for i, t := range tokens {
		switch t.TType {
		case nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			if first < 0 {
				first = i
			}
			last = i
		case nfp.TokenTypeDecimalPoint:
			if point < 0 {
				point = i
			}
		case nfp.TokenTypeExponential:
			exponent = i
		case nfp.TokenTypeFraction:
			fraction = i
		case nfp.TokenTypePercent:
			percent++
		}
	}
	for range min(percent, 4) {
		n *= 100
	}
	for i, t := range tokens {
		if t.TType == nfp.TokenTypeThousandsSeparator {
			if i > first && i < last {
				group = true
			} else if i > last {
				n /= 1000
			}
		}
	}
	decimals := 0
	for i, t := range tokens {
		if point >= 0 && i > point && (exponent < 0 || i < exponent) && digitPlace(t) {
			decimals += len(t.TValue)
		}
	}
	decimals = min(decimals, 30)
	switch {
	case fraction >= 0:
		return sign + around(tokens, first, max(last, fraction+1), asFraction(n, tokens, fraction))
	case exponent >= 0:
		s := strconv.FormatFloat(n, 'E', decimals, 64)
		return sign + around(tokens, first, last, s)
	}
	s := rounded(n, decimals)
	if abs := strings.Trim(s, "0."); abs == "" {
		sign = ""
	}
	whole, rest, _ := strings.Cut(s, ".")
	if whole == "0" {
		whole = ""
	}
	end := len(tokens)
	if point >= 0 {
		end = point
	}
	return sign + wholePart(whole, tokens[:end], first, group) + decimalPart(rest, tokens[end:])
}

// rounded writes a number with so many decimals, as spreadsheets round: by the 15
// digits that they show, halves up, so that 1.005 is 1.01.
func rounded(n float64, decimals int) string {
	if n >= 1e15 {
		return strconv.FormatFloat(n, 'f', decimals, 64)
	}
	s := strconv.FormatFloat(n, 'e', 14, 64) // d.dddde±dd
	power, err := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	if err != nil {
		return s
	}
	digits := s[:1] + s[2:strings.IndexByte(s, 'e')]
	keep := power + 1 + decimals // digits that stay
	switch {
	case keep < 0:
		return strconv.FormatFloat(0, 'f', decimals, 64)
	case keep < len(digits):
		up := digits[keep] >= '5'
		digits = digits[:keep]
		if up {
			digits = increment(digits)
			power += len(digits) - keep
		}
	}
	for power < 0 {
		digits, power = "0"+digits, power+1
	}
	for len(digits) < power+1+decimals {
		digits += "0"
	}
	digits = digits[:power+1+decimals]
	if decimals == 0 {
		return digits
	}
	return digits[:power+1] + "." + digits[power+1:]
}

// increment adds one to the last digit.
func increment(digits string) string {
	b := []byte(digits)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != '9' {
			b[i]++
			return string(b)
		}
		b[i] = '0'
	}
	return "1" + string(b)
}

// digitPlace reports a run of 0, # or ?.
func digitPlace(t nfp.Token) bool {
	switch t.TType {
	case nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
		return true
	}
	return false
}

// wholePart puts digits into the placeholders before the decimal point, from
// the right; the first takes all that are left.
func wholePart(digits string, tokens []nfp.Token, first int, group bool) string {
	var out []string // from the right
	count := 0
	put := func(s string) {
		if group && count > 0 && count%3 == 0 {
			out = append(out, ",")
		}
		out = append(out, s)
		count++
	}
	for i := len(tokens) - 1; i >= 0; i-- {
		t := tokens[i]
		if !digitPlace(t) {
			out = append(out, literal(t))
			continue
		}
		for range min(len(t.TValue), 64) {
			switch {
			case digits != "":
				put(digits[len(digits)-1:])
				digits = digits[:len(digits)-1]
			case t.TType == nfp.TokenTypeZeroPlaceHolder:
				put("0")
			}
		}
		for i == first && digits != "" {
			put(digits[len(digits)-1:])
			digits = digits[:len(digits)-1]
		}
	}
	var b strings.Builder
	for i := len(out) - 1; i >= 0; i-- {
		b.WriteString(out[i])
	}
	return b.String() + map[bool]string{true: digits}[first < 0 || first >= len(tokens)]
}

// decimalPart writes what follows the whole part; zeros at the end that only #
// or ? hold a place for are left out.
func decimalPart(digits string, tokens []nfp.Token) string {
	keep, at := 0, 0
	for _, t := range tokens {
		if digitPlace(t) {
			at += len(t.TValue)
			if t.TType == nfp.TokenTypeZeroPlaceHolder {
				keep = at
			}
		}
	}
	shown := digits
	for len(shown) > keep && shown[len(shown)-1] == '0' {
		shown = shown[:len(shown)-1]
	}
	var b strings.Builder
	for _, t := range tokens {
		switch {
		case t.TType == nfp.TokenTypeDecimalPoint:
			if shown != "" {
				b.WriteByte('.')
			}
		case digitPlace(t):
			n := min(len(t.TValue), len(shown))
			b.WriteString(shown[:n])
			shown = shown[n:]
		default:
			b.WriteString(literal(t))
		}
	}
	return b.String()
}

// around writes s in place of the tokens from first to last.
func around(tokens []nfp.Token, first, last int, s string) string {
	var b strings.Builder
	for i, t := range tokens {
		switch {
		case i == first:
			b.WriteString(s)
		case i < first || i > last:
			b.WriteString(literal(t))
		}
	}
	return b.String()
}

// asFraction writes a number as "2 3/4": with the denominator of the format, or
// the nearest one that has as many digits as its placeholders.
func asFraction(n float64, tokens []nfp.Token, slash int) string {
	most, fixed, placed := 9, 0, 0
	for i, t := range tokens {
		switch {
		case i > slash && t.TType == nfp.TokenTypeDenominator:
			fixed, _ = strconv.Atoi(t.TValue)
		case i > slash && digitPlace(t):
			most = int(math.Pow10(min(len(t.TValue), 4))) - 1
		case i < slash && digitPlace(t):
			placed++
		}
	}
	whole := math.Floor(n)
	if placed < 2 || n >= 1e15 {
		whole = 0
	}
	rest, top, bottom := n-whole, 0, 1
	if n >= 1e15 {
		return shortNumber(strconv.FormatFloat(n, 'f', 0, 64))
	}
	best := math.Inf(1)
	for d := 1; d <= most; d++ {
		if fixed > 0 {
			d = fixed
		}
		t := math.Round(rest * float64(d))
		if off := math.Abs(rest - t/float64(d)); off < best-1e-12 {
			best, top, bottom = off, int(t), d
		}
		if fixed > 0 {
			break
		}
	}
	if placed > 1 && top == bottom {
		whole, top = whole+1, 0
	}
	s := strconv.Itoa(top) + "/" + strconv.Itoa(bottom)
	switch {
	case placed < 2:
		return s
	case top == 0:
		return strconv.FormatFloat(whole, 'f', 0, 64)
	case whole == 0:
		return s
	}
	return strconv.FormatFloat(whole, 'f', 0, 64) + " " + s
}
