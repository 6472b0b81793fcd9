package parse

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/nfp"
)

// numberFormat writes the number of a cell as the sheet shows it (ECMA-376 part
// 1, 18.8.30 and 18.8.31). The zero value is the format General.
type numberFormat struct {
	sections []nfp.Section // of one of four kinds: positive, negative, zero, text
	epoch    bool          // dates count from 1904
}

// builtinFormats are the codes of formats that files name by number only
// (18.8.30). Those that follow the user's settings write dates as ISO 8601 does.
var builtinFormats = map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;-$#,##0", 7: "$#,##0.00;-$#,##0.00",
	8: "$#,##0.00;-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
	17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
	39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;-", 42: "$#,##0;-$#,##0;-", 43: "#,##0.00;-#,##0.00;-",
	44: "$#,##0.00;-$#,##0.00;-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0"}

// newFormat returns the format of an id and, for ids from 164 on, its code.
func newFormat(id int, code string, epoch bool) numberFormat {
	if code == "" {
		code = builtinFormats[id]
	}
	if id >= 27 && id <= 36 || id >= 50 && id <= 58 { // dates of East Asia
		code = "yyyy-mm-dd"
	}
	if code == "" || len(code) > 255 || strings.EqualFold(code, "General") || code == "@" {
		return numberFormat{}
	}
	p := nfp.NumberFormatParser()
	return numberFormat{sections: p.Parse(code), epoch: epoch}
}

// format writes a cell's stored number; what is none stays as it is.
func (f numberFormat) format(raw string) string {
	if len(f.sections) == 0 {
		return shortNumber(raw)
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return raw
	}
	tokens, value := f.section(n)
	dated, digits := false, false
	for _, t := range tokens {
		switch t.TType {
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			dated = true
		case nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			digits = true
		}
	}
	switch {
	case dated:
		if s, ok := f.date(n, tokens); ok {
			return s
		}
		return shortNumber(raw)
	case digits:
		return number(value, tokens)
	}
	var b strings.Builder
	for _, t := range tokens {
		if t.TType == nfp.TokenTypeGeneral || t.TType == nfp.TokenTypeTextPlaceHolder {
			b.WriteString(shortNumber(strconv.FormatFloat(value, 'g', -1, 64)))
		} else {
			b.WriteString(literal(t))
		}
	}
	return b.String()
}

// section returns the tokens for a number, and the number as they write it: the
// sign is theirs where they are for negative numbers.
func (f numberFormat) section(n float64) ([]nfp.Token, float64) {
	var numeric []nfp.Section
	for _, s := range f.sections {
		if s.Type != nfp.TokenSectionText {
			numeric = append(numeric, s)
		}
	}
	if len(numeric) == 0 {
		return []nfp.Token{{TType: nfp.TokenTypeGeneral}}, n
	}
	conditions := false
	for _, s := range numeric {
		for _, t := range s.Items {
			if t.TType == nfp.TokenTypeCondition {
				conditions = true
				if meets(n, t) {
					return s.Items, n
				}
			}
		}
	}
	switch last := numeric[len(numeric)-1]; {
	case conditions:
		return last.Items, n
	case n < 0 && len(numeric) > 1:
		return numeric[1].Items, -n
	case n == 0 && len(numeric) > 2:
		return numeric[2].Items, n
	}
	return numeric[0].Items, n
}

// meets tells whether a number meets a condition such as "<0".
func meets(n float64, t nfp.Token) bool {
	operator, operand := "", 0.0
	for _, p := range t.Parts {
		switch p.Token.TType {
		case nfp.TokenTypeOperator:
			operator = p.Token.TValue
		case nfp.TokenTypeOperand:
			operand, _ = strconv.ParseFloat(p.Token.TValue, 64)
		}
	}
	switch operator {
	case "<":
		return n < operand
	case "<=":
		return n <= operand
	case ">":
		return n > operand
	case ">=":
		return n >= operand
	case "=":
		return n == operand
	case "<>":
		return n != operand
	}
	return false
}

// literal is what a token other than a placeholder writes.
func literal(t nfp.Token) string {
	switch t.TType {
	case nfp.TokenTypeLiteral:
		return t.TValue
	case nfp.TokenTypePercent:
		return "%"
	case nfp.TokenTypeAlignment, nfp.TokenTypeRepeatsChar:
		return " "
	case nfp.TokenTypeCurrencyLanguage:
		for _, p := range t.Parts {
			if p.Token.TType == nfp.TokenSubTypeCurrencyString {
				return p.Token.TValue
			}
		}
	}
	return ""
}

// date writes a date and time of day; false where the number is none.
func (f numberFormat) date(n float64, tokens []nfp.Token) (string, bool) {
	if n < 0 || n >= 2958466 { // 31 December 9999
		return "", false
	}
	parts := 1.0 // of a second that are shown
	for i, t := range tokens {
		if t.TType == nfp.TokenTypeDecimalPoint && i+1 < len(tokens) && tokens[i+1].TType == nfp.TokenTypeZeroPlaceHolder {
			parts = math.Pow(10, float64(min(len(tokens[i+1].TValue), 3)))
		}
	}
	seconds := math.Round(n*86400*parts) / parts
	days := int(seconds / 86400)
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case f.epoch:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60: // 1900 had a 29 February in Lotus 1-2-3, and has since
		base = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	t := base.AddDate(0, 0, days).Add(time.Duration(math.Round((seconds-float64(days)*86400)*1000)) * time.Millisecond)
	half := false
	for _, token := range tokens {
		if token.TType == nfp.TokenTypeDateTimes && strings.Contains(strings.ToUpper(token.TValue), "/P") {
			half = true
		}
	}
	var b strings.Builder
	for i, token := range tokens {
		switch token.TType {
		case nfp.TokenTypeDateTimes:
			b.WriteString(dateToken(t, strings.ToLower(token.TValue), minutes(tokens, i), half))
		case nfp.TokenTypeElapsedDateTimes:
			unit := map[byte]float64{'h': 3600, 'm': 60, 's': 1}[strings.ToLower(token.TValue + " ")[0]]
			fmt.Fprintf(&b, "%0*d", len(token.TValue), int(seconds/max(unit, 1)))
		case nfp.TokenTypeDecimalPoint:
			b.WriteByte('.')
		case nfp.TokenTypeZeroPlaceHolder:
			b.WriteString(fmt.Sprintf("%03d", t.Nanosecond()/1e6)[:min(len(token.TValue), 3)])
		default:
			b.WriteString(literal(token))
		}
	}
	return b.String(), true
}

// minutes tells whether an "m" is minutes: next to hours or seconds.
func minutes(tokens []nfp.Token, i int) bool {
	near := func(step int, letter string) bool {
		for j := i + step; j >= 0 && j < len(tokens); j += step {
			if t := tokens[j].TType; t == nfp.TokenTypeDateTimes || t == nfp.TokenTypeElapsedDateTimes {
				return strings.HasPrefix(strings.ToLower(tokens[j].TValue), letter)
			}
		}
		return false
	}
	return near(-1, "h") || near(1, "s")
}

func dateToken(t time.Time, token string, minutes, half bool) string {
	hour := t.Hour()
	if half {
		hour = (hour+11)%12 + 1
	}
	switch token {
	case "yyyy", "yyy", "e", "eeee":
		return strconv.Itoa(t.Year())
	case "yy", "y":
		return t.Format("06")
	case "mmm":
		return t.Format("Jan")
	case "mmmm":
		return t.Format("January")
	case "mmmmm":
		return t.Format("January")[:1]
	case "d":
		return strconv.Itoa(t.Day())
	case "dd":
		return t.Format("02")
	case "ddd", "aaa":
		return t.Format("Mon")
	case "dddd", "aaaa":
		return t.Format("Monday")
	case "m", "mm":
		n := int(t.Month())
		if minutes {
			n = t.Minute()
		}
		return fmt.Sprintf("%0*d", len(token), n)
	case "h", "hh":
		return fmt.Sprintf("%0*d", len(token), hour)
	case "s", "ss":
		return fmt.Sprintf("%0*d", len(token), t.Second())
	case "am/pm":
		return t.Format("PM")
	case "a/p":
		return t.Format("PM")[:1]
	}
	return ""
}
