package corpus

import (
	"math/big"
	"slices"
	"testing"
)

func TestStyle_Reads(t *testing.T) {
	for _, c := range []struct {
		cell  string
		comma bool
		want  string // "" is no number
		unit  string
	}{
		{"12", false, "12", ""}, {"1,234.56", false, "1234.56", ""}, {"1.234,56", true, "1234.56", ""}, {"1 234,5", true, "1234.5", ""},
		{"1\u202f234\u202f567", true, "1234567", ""}, {"1'234.50", false, "1234.50", ""}, {"1,234,567", false, "1234567", ""},
		{"-5", false, "-5", ""}, {"−5,5", true, "-5.5", ""}, {"(12.50)", false, "-12.50", ""}, {"12-", false, "-12", ""}, {"+7", false, "7", ""},
		{"€ 12.50", false, "12.50", "€"}, {"12,50 €", true, "12.50", "€"}, {"-$3", false, "-3", "$"}, {"$-3", false, "-3", "$"}, {"EUR 5", false, "5", "EUR"}, {"5,- €", true, "5", "€"},
		{"12 %", false, "12", "%"}, {".5", false, "0.5", ""}, {"12345678901234567890.5", false, "12345678901234567890.5", ""}, {"5 kg", false, "5", "kg"},
		{"", false, "", ""}, {"n/a", false, "", ""}, {"2024-01-05", false, "", ""}, {"1.2.3", false, "", ""}, {"12,34", false, "", ""}, {"1,2345", false, "", ""},
		{"3 of 4", false, "", ""}, {"Q1", false, "", ""}, {"5th", false, "", ""}, {"12:30", false, "", ""}, {"1e5", false, "", ""}, {"03.04.2024", true, "", ""}, {"12345,678", false, "", ""},
	} {
		n, ok := style{c.comma}.read(c.cell)
		if !ok {
			if c.want != "" {
				t.Errorf("%q is no number, want %s", c.cell, c.want)
			}
			continue
		}
		want, _ := new(big.Rat).SetString(c.want)
		if c.want == "" || n.value().Cmp(want) != 0 || n.unit != c.unit {
			t.Errorf("%q is %s %q, want %s %q", c.cell, n.value().FloatString(4), n.unit, c.want, c.unit)
		}
	}
}

func TestStyleOf_DecidesByTheWholeColumn(t *testing.T) {
	for _, c := range []struct {
		cells []string
		guess bool
		comma bool
	}{
		{[]string{"1.234", "1.234,5"}, false, true}, {[]string{"1,234", "1,234.5"}, true, false}, {[]string{"1.234", "2.345"}, false, false},
		{[]string{"1.234", "2.345"}, true, true}, {[]string{"12,5"}, false, true}, {[]string{"12.5"}, true, false}, {[]string{"1.234.567"}, false, true},
		{[]string{"n/a", "", "0,125"}, false, true}, {nil, true, true},
	} {
		if got := styleOf(slices.Values(c.cells), c.guess); got.comma != c.comma {
			t.Errorf("%q: comma %v", c.cells, got.comma)
		}
	}
}

func TestWrite_RoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		num, den    int64
		places      int
		comma       bool
		plain, text string
		exact       bool
	}{
		{1234567, 100, 2, false, "12345.67", "12,345.67", true}, {1234567, 100, 2, true, "12345.67", "12.345,67", true}, {-1, 8, 2, false, "-0.13", "-0.13", false},
		{1, 3, 4, false, "0.3333", "0.3333", false}, {1000000, 1, 0, false, "1000000", "1,000,000", true}, {0, 1, 0, false, "0", "0", true},
	} {
		plain, text, exact := write(big.NewRat(c.num, c.den), c.places, style{c.comma})
		if plain != c.plain || text != c.text || exact != c.exact {
			t.Errorf("%d/%d: %s, %s, %v", c.num, c.den, plain, text, exact)
		}
	}
}

func TestAdder_IsExactBeyond64Bits(t *testing.T) {
	var a adder
	want := new(big.Rat)
	for _, cell := range []string{"9223372036854775.807", "9223372036854775.807", "0.1", "-5", "123456789012345678901234567890.25", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999", "999999999999999999"} {
		n, ok := style{}.read(cell)
		if !ok {
			t.Fatalf("%s is no number", cell)
		}
		a.add(n)
		v, _ := new(big.Rat).SetString(cell)
		want.Add(want, v)
	}
	if got := a.sum(); got.Cmp(want) != 0 {
		t.Errorf("%s, want %s", got.FloatString(3), want.FloatString(3))
	}
}

// No cell panics, and what is read is what the digits say.
func FuzzStyle_Read(f *testing.F) {
	for _, s := range []string{"1,234.56", "(1.234,5) €", "-", "5,- €", "1'2", "٣", "\xff9"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, cell string, comma bool) {
		n, ok := style{comma}.read(cell)
		if !ok {
			return
		}
		digits := ""
		for _, c := range cell {
			if c >= '0' && c <= '9' {
				digits += string(c)
			}
		}
		want, _ := new(big.Int).SetString(digits, 10)
		got := new(big.Rat).Mul(new(big.Rat).Abs(n.value()), new(big.Rat).SetInt(tens(n.scale)))
		if got.Cmp(new(big.Rat).SetInt(want)) != 0 {
			t.Errorf("%q is read as %s", cell, n.value().FloatString(n.scale))
		}
		styleOf(slices.Values([]string{cell}), comma)
	})
}
