package corpus

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

const tools = "Tool,Maker,Price,Bought\nKiln,Rohde,\"1,390\",2019-05-01\nWheel,Nidec,860,2021-01-02\nMill,Rohde,860,2022-03-04\nScale,,45.50,2022-05-05\nSieve,Kern,n/a,2022-05-06\n"

// compared is what of a part the tests below look at.
type compared struct {
	Value, Label string
	Rows         int
	Top          []string
	Values       []string
}

func TestCompute_RowsThatAreFirst(t *testing.T) {
	table := tableOf(t, "csv", tools)
	all := func(sign, text string) bound {
		n, _ := style{}.read(text)
		return bound{column: 2, sign: sign, text: text, n: n}
	}
	for _, c := range []struct {
		name string
		c    chosen
		q    Calculation
		want []compared
	}{
		{"whose is the highest", chosen{column: 2, group: -1, label: 0}, Calculation{Op: Max}, []compared{{"1390", "Kiln", 4, nil, nil}}},
		{"the first of equal ones", chosen{column: 2, group: -1, label: 0, bounds: []bound{all("<", "1000")}}, Calculation{Op: Max}, []compared{{"860", "Wheel", 3, nil, nil}}},
		{"three highest, equal ones in their order", chosen{column: 2, group: -1, label: 0}, Calculation{Op: Max, N: 3}, []compared{{"1390", "Kiln", 4, []string{"Kiln: 1,390", "Wheel: 860", "Mill: 860"}, nil}}},
		{"two lowest", chosen{column: 2, group: -1, label: 0}, Calculation{Op: Min, N: 2}, []compared{{"45.50", "Scale", 4, []string{"Scale: 45.50", "Wheel: 860"}, nil}}},
		{"more than there are", chosen{column: 2, group: -1, label: 0, bounds: []bound{all(">", "1000")}}, Calculation{Op: Max, N: 9}, []compared{{"1390", "Kiln", 1, []string{"Kiln: 1,390"}, nil}}},
		{"a median", chosen{column: 2, group: -1, label: -1, bounds: []bound{all("<=", "860")}}, Calculation{Op: Median}, []compared{{"860.00", "", 3, nil, nil}}},
		{"a median between two", chosen{column: 2, group: -1, label: -1, bounds: []bound{all(">=", "45.50")}, filters: []filter{{column: 1, text: "Rohde", fold: "rohde"}}}, Calculation{Op: Median}, []compared{{"1125", "", 2, nil, nil}}},
		{"different values, empty ones left aside", chosen{column: 1, group: -1, label: -1}, Calculation{Op: Distinct}, []compared{{"3", "", 4, nil, []string{"Rohde", "Nidec", "Kern"}}}},
		{"rows over a number", chosen{column: -1, group: -1, label: -1, bounds: []bound{all(">", "45.50")}}, Calculation{Op: Rows}, []compared{{"3", "", 3, nil, nil}}},
		{"rows of at least a number", chosen{column: -1, group: -1, label: -1, bounds: []bound{all(">=", "45.50")}}, Calculation{Op: Rows}, []compared{{"4", "", 4, nil, nil}}},
		{"sums that are compared", chosen{column: 2, group: 1, label: 1}, Calculation{Op: Max, Most: true}, []compared{{"2250", "", 2, nil, nil}, {"860", "", 1, nil, nil}, {"45.50", "", 1, nil, nil}, {"", "", 0, nil, nil}}},
	} {
		c.c.Table, c.c.date = table, -1
		var got []compared
		for _, p := range c.c.compute(Question{Task: Total, Total: c.q}) {
			one := compared{Value: p.Value, Label: p.Label, Rows: p.Rows, Values: p.Values}
			for _, r := range p.Top {
				one.Top = append(one.Top, r.says())
				if !strings.Contains(r.Cell.Quote, r.Label) {
					t.Errorf("%s: %q is cited for %s", c.name, r.Cell.Quote, r.Label)
				}
			}
			got = append(got, one)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"the only one of numbers", "Tool,Price\na,1\nb,2\n", "Price"},
		{"names that hold numbers are none", "Room,Area\nR1,10\nR2,20\n", "Area"},
		{"a number is no measure", "No,Year,Amount\n1,2020,5\n2,2021,6\n", "Amount"},
		{"that of money among several", "Pieces,Price,Weight\n1,5,2\n2,6,3\n", "Price"},
		{"several, and none of money", "Length,Weight\n1,5\n2,6\n", ""},
		{"two of one kind", "Price a,Price b\n1,5\n2,6\n", ""},
		{"no numbers", "Name,Town\nAnn,Kiel\n", ""},
		{"German ones", "Datum;Betrag\n01.02.2024;1.234,50\n02.02.2024;3,50\n", "Betrag"},
	} {
		table := tableOf(t, "csv", c.text)
		got := ""
		if i := table.measure(table.numeric()); i >= 0 {
			got = table.header[i]
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMeans(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"letters", "letter", true}, {"lieferanten", "lieferant", true}, {"stunden", "hours", true}, {"hours", "stunden", true}, {"briefe", "letter", true}, {"expenses", "ausgaben", true}, {"kunden", "customer", true},
		{"cat", "category", false}, {"not", "note", false}, {"price", "prize", false}, {"a", "as", false},
	} {
		if got := means(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}

func TestMention_Scopes(t *testing.T) {
	in := golocal.Scope{Types: []string{"pdf"}}
	term := func(s string) golocal.Term { return golocal.Term{Field: "text", Text: s} }
	for _, c := range []struct {
		m    Mention
		want []golocal.Scope
	}{
		{Mention{All: []string{"a", "b"}}, []golocal.Scope{{Types: in.Types, With: []golocal.Term{term("a"), term("b")}}}},
		{Mention{All: []string{"a"}, None: []string{"b"}}, []golocal.Scope{{Types: in.Types, With: []golocal.Term{term("a")}, Without: []golocal.Term{term("b")}}}},
		{Mention{Any: []string{"a", "b"}}, []golocal.Scope{{Types: in.Types, With: []golocal.Term{term("a")}}, {Types: in.Types, With: []golocal.Term{term("b")}}}},
	} {
		if d := cmp.Diff(c.want, c.m.scopes(in)); d != "" {
			t.Error(d)
		}
	}
}

// No question, whatever its words, may break the reading of it.
func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"How many files mention both and or but not?", "between 1 and 2", "who most", "which", "Summe je je", "the three cheapest", "how often does occur", "newest second", "over", "price per per bag", "\ue000x\ue001"} {
		f.Add(s)
	}
	cat := shelf{filed(1, "tools.csv", "csv", tools), filed(2, "notes/kiln.md", "markdown", "The kiln is hot.")}
	f.Fuzz(func(t *testing.T, s string) {
		q, ok, err := Recognise(t.Context(), cat, func(int64) string { return "/home/u/Files" }, s, golocal.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			if _, err := (Answerer{Catalogue: cat, Root: func(int64) string { return "/home/u/Files" }}).Answer(t.Context(), q); err != nil && err != ErrOrdinary {
				t.Fatal(err)
			}
		}
	})
}
