package corpus

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func tableOf(t testing.TB, kind, text string, marks ...golocal.Mark) *Table {
	t.Helper()
	doc := golocal.Document{ID: 1, Type: kind, Ref: golocal.Ref{Root: 1, Path: "table." + kind}, Text: text, Marks: marks,
		Sections: []golocal.Section{{Kind: golocal.KindTable, Span: golocal.Span{End: len(text)}}}}
	if marks == nil {
		doc.Marks = []golocal.Mark{{Place: golocal.Place{Line: 1}}}
	}
	all := tablesOf(doc)
	if len(all) != 1 {
		t.Fatalf("%d tables", len(all))
	}
	return all[0]
}

func TestTable_Rows(t *testing.T) {
	for _, c := range []struct {
		name, kind, text string
		header           []string
		rows             [][]string
	}{
		{"commas", "csv", "a,b\n1,\"x, y\"\n\n2,z\n", []string{"a", "b"}, [][]string{{"1", "x, y"}, {"2", "z"}}},
		{"semicolons", "csv", "a;b\n1,5;x\n2,5;y", []string{"a", "b"}, [][]string{{"1,5", "x"}, {"2,5", "y"}}},
		{"tabs", "csv", "a\tb\n1\tx\n", []string{"a", "b"}, [][]string{{"1", "x"}}},
		{"a sheet", "xlsx", "a | b | c\n1 |  | 3\n| 2 | 4\n5\n", []string{"a", "b", "c"}, [][]string{{"1", "", "3"}, {"", "2", "4"}, {"5"}}},
		{"Markdown", "markdown", "| a | b |\n|---|--:|\n| 1 | x \\| y |\n", []string{"a", "b"}, [][]string{{"1", "x | y"}}},
		{"a quote that nothing closes", "csv", "a,b\n1,\"x\n2,y\n", []string{"a", "b"}, [][]string{{"1", "x\n2,y\n"}}},
	} {
		table := tableOf(t, c.kind, c.text)
		var rows [][]string
		for r := range table.rows {
			rows = append(rows, append([]string{}, r.cells...))
			if s := table.doc.Text[r.span.Start:r.span.End]; s != strings.TrimSpace(s) || s == "" {
				t.Errorf("%s: span of %q", c.name, s)
			}
		}
		if d := cmp.Diff(c.header, table.header); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if d := cmp.Diff(c.rows, rows); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestTable_WideRowsWithLongGapsAreOdd(t *testing.T) {
	head := make([]string, 30)
	for i := range head {
		head[i] = fmt.Sprintf("c%d", i)
	}
	table := tableOf(t, "xlsx", strings.Join(head, " | ")+"\n1 |  | 5\n1 | 2\n")
	var odd []bool
	for r := range table.rows {
		odd = append(odd, r.odd != "")
	}
	if d := cmp.Diff([]bool{true, false}, odd); d != "" {
		t.Error(d)
	}
}

func TestCompute(t *testing.T) {
	const csv = "Date,City,Price\n2024-01-02,Bonn,\"1,200.50\"\n2024-02-03,Kiel,n/a\n2023-03-04,Bonn,\n2024-05-06,Kiel,10\nno day,Kiel,4\nTotal,,1210.50\n2024-06-07,Bonn,$5\n"
	table := tableOf(t, "csv", csv)
	q := Question{Task: Total}
	for _, c := range []struct {
		name   string
		op     Op
		group  int
		filter string
		after  string
		want   []string // group unit value rows where empty not sums undated
	}{
		{"sum", Sum, -1, "", "", []string{"||1214.50|3|lines 2, 5-6|1|1|1|0", "|$|5|1|line 8|0|0|0|0"}},
		{"average", Average, -1, "Kiel", "", []string{"||7|2|lines 5-6|0|1|1|0"}},
		{"min", Min, -1, "", "", []string{"||4|3|lines 2, 5-6|1|1|1|0", "|$|5|1|line 8|0|0|0|0"}},
		{"max", Max, -1, "Bonn", "", []string{"||1200.50|1|line 2|1|0|1|0", "|$|5|1|line 8|0|0|0|0"}},
		{"rows", Rows, -1, "Kiel", "", []string{"||3|3|lines 3, 5-6|0|0|1|0"}},
		{"dates", Sum, -1, "", "2024-01-01", []string{"||1210.50|2|lines 2, 5|0|1|1|1", "|$|5|1|line 8|0|0|0|0"}},
		{"groups", Sum, 1, "", "", []string{"Bonn||1200.50|1|line 2|1|0|1|0", "Kiel||14|2|lines 5-6|0|1|0|0", "Bonn|$|5|1|line 8|0|0|0|0"}},
	} {
		x := chosen{Table: table, column: 2, group: c.group, date: 0}
		q.Total.Op, q.After = c.op, c.after
		if c.op == Rows {
			x.column = -1
		}
		if c.filter != "" {
			x.filters = []filter{{column: 1, text: c.filter, fold: fold(c.filter)}}
		}
		var got []string
		for _, p := range x.compute(q) {
			got = append(got, fmt.Sprintf("%s|%s|%s|%d|%s|%d|%d|%d|%d", p.Group, p.Unit, p.Value, p.Rows, p.Where, p.Empty, p.NotAll, len(p.Sums), p.Undated))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestTogether(t *testing.T) {
	part := func(v string, rows int) Part {
		r, _ := new(big.Rat).SetString(v)
		return Part{exact: r, Rows: rows, scale: 1}
	}
	for _, c := range []struct {
		op   Op
		want string
	}{{Sum, "12.5"}, {Min, "2.5"}, {Max, "10.0"}, {Average, "2.50000"}} {
		got, ok := together(c.op, []Part{part("10", 3), part("2.5", 2)})
		if !ok || got.Value != c.want {
			t.Errorf("%s: %s", c.op, got.Value)
		}
	}
	if _, ok := together(Sum, []Part{part("1", 1), {Unit: "€", exact: new(big.Rat)}}); ok {
		t.Error("two units are added")
	}
}

func TestDays_Read(t *testing.T) {
	for _, c := range []struct {
		cell        string
		monthFirst  bool
		first, last string
	}{
		{"2024-03-05", false, "2024-03-05", "2024-03-05"}, {"5.3.2024", false, "2024-03-05", "2024-03-05"}, {"03/05/2024", true, "2024-03-05", "2024-03-05"},
		{"03/05/2024", false, "2024-05-03", "2024-05-03"}, {"2024-03", false, "2024-03-01", "2024-03-31"}, {"2024", false, "2024-01-01", "2024-12-31"},
		{"5 March 2024", false, "2024-03-05", "2024-03-05"}, {"2024-03-05 10:00:00", false, "2024-03-05", "2024-03-05"}, {"31.2.2024", false, "", ""}, {"12", false, "", ""}, {"x", false, "", ""},
	} {
		first, last, _ := days{c.monthFirst}.read(c.cell)
		if first != c.first || last != c.last {
			t.Errorf("%q: %s to %s", c.cell, first, last)
		}
	}
}

func BenchmarkCompute_100kRows(b *testing.B) {
	var csv strings.Builder
	csv.WriteString("Date,City,Price\n")
	for i := range 100_000 {
		fmt.Fprintf(&csv, "2024-%02d-%02d,City %d,\"%d,%03d.%02d\"\n", i%12+1, i%28+1, i%50, i%9+1, i%1000, i%100)
	}
	table := tableOf(b, "csv", csv.String())
	q := Question{Task: Total, After: "2024-01-01", Total: Calculation{Op: Sum}}
	for b.Loop() {
		x := chosen{Table: table, column: 2, group: 1, date: 0}
		if got := x.compute(q); len(got) != 50 {
			b.Fatal(len(got))
		}
	}
}
