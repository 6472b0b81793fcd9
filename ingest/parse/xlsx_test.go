package parse

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func sheetPlace(sheet, columns string, row, end int) golocal.Place {
	return golocal.Place{Sheet: sheet, Columns: columns, Row: row, RowEnd: end}
}

func TestXLSX(t *testing.T) {
	data := sample.XLSX([]sample.Sheet{
		{Name: "Budget", Rows: sample.Row(2, nil, "Budget 2024") +
			sample.Row(4, nil, "Item", "Due", "Cost") +
			sample.Row(5, nil, "Chairs &\nTables", sample.Cell(`s="1"><v>45306</v>`), sample.Cell(`s="2"><f>1+1</f><v>1234.5</v>`)) +
			sample.Row(6, nil, sample.Cell(`t="s"><v>1</v>`), nil, sample.Cell(`t="e"><v>#N/A</v>`)) +
			sample.Row(8, nil, "Total", sample.Cell(`t="b"><v>1</v>`), sample.Cell(`s="2"><v>0.1</v>`)) +
			sample.Row(12, "Remarks"),
			More: `<mergeCells><mergeCell ref="B2:D2"/></mergeCells>`},
		{Name: "Lists & more", State: "veryHidden", Rows: sample.Row(1, "x", 5) + sample.Row(2, "y", 7) + `<row r="3" hidden="1"><c r="A3"><v>8</v></c><c r="B3" s="3"><v>99</v></c></row>`},
		{Name: "Empty"},
	}, []string{"dd.mm.yyyy", `#,##0.00 "€"`, ";;;"}, map[string]string{
		"xl/sharedStrings.xml":                `<sst ` + sample.SheetNS + `><si><t>no</t></si><si><r><t>Rich</t></r><r><t xml:space="preserve"> lamps</t></r><rPh><t>phonetic</t></rPh></si></sst>`,
		"xl/worksheets/_rels/sheet1.xml.rels": sample.Relations("comments", "../comments1.xml", "threadedComment", "../threadedComments/t.xml"),
		"xl/comments1.xml": `<comments ` + sample.SheetNS + `><authors><author>Ann</author><author>tc={1}</author></authors><commentList><comment ref="C8" authorId="0"><text><r><t>Ann:</t></r><r><t> Is it so?</t></r></text></comment>
			<comment ref="B4" authorId="1"><text><t>[Threaded comment] copy</t></text></comment></commentList></comments>`,
		"xl/threadedComments/t.xml":  `<ThreadedComments><threadedComment ref="B4" personId="{p}"><text>Which items?</text></threadedComment></ThreadedComments>`,
		"xl/persons/person.xml":      `<personList><person displayName="Bo Ek" id="{p}"/></personList>`,
		"xl/_rels/workbook.xml.rels": sample.Relations("worksheet", "worksheets/sheet1.xml", "worksheet", "worksheets/sheet2.xml", "worksheet", "worksheets/sheet3.xml", "person", "persons/person.xml"),
		"docProps/core.xml":          `<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:creator>Ann Lee; Bo Ek</dc:creator><cp:lastModifiedBy>Eve</cp:lastModifiedBy><cp:keywords>money, plan;2024</cp:keywords><dcterms:created>2024-01-02T03:04:05Z</dcterms:created><dc:language>en-gb</dc:language></cp:coreProperties>`,
	})
	doc, err := parseOne(t, "a.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindHeading, "", "Budget", golocal.Place{Sheet: "Budget"}},
		{golocal.KindParagraph, "Budget", "Budget 2024", sheetPlace("Budget", "B:D", 2, 2)},
		{golocal.KindTable, "Budget", "Item | Due | Cost\nChairs & Tables | 15.01.2024 | 1,234.50 €\nRich lamps |  | #N/A\nTotal | TRUE | 0.10 €", sheetPlace("Budget", "B:D", 4, 8)},
		{golocal.KindParagraph, "Budget", "Remarks", sheetPlace("Budget", "A", 12, 12)},
		{golocal.KindParagraph, "Budget", "B4: Comment by Bo Ek: Which items?", sheetPlace("Budget", "B", 4, 4)},
		{golocal.KindParagraph, "Budget", "C8: Comment by Ann: Is it so?", sheetPlace("Budget", "C", 8, 8)},
		{golocal.KindHeading, "", "Lists & more", golocal.Place{Sheet: "Lists & more"}},
		{golocal.KindList, "Lists & more", "x | 5\ny | 7\n8", sheetPlace("Lists & more", "A:B", 1, 3)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	notes := []string{"sheet Lists & more: 1 hidden row included", "1 hidden sheet included: Lists & more", "hidden text was left out (2 characters)"}
	if diff := cmp.Diff(notes, doc.Notes); diff != "" {
		t.Error(diff)
	}
	if len(doc.Hidden) != 1 || doc.Hidden[0].Text != "99" {
		t.Errorf("hidden %+v", doc.Hidden)
	}
	m := doc.Meta
	if diff := cmp.Diff([][]string{{"Ann Lee", "Bo Ek"}, {"money", "plan", "2024"}, {"en-GB"}}, [][]string{m.Authors, m.Tags, {m.Language}}); diff != "" || m.Created.Year() != 2024 {
		t.Errorf("%s, %v", diff, m.Created)
	}
	var failure *Failure
	if _, err := parseOne(t, "a.xlsx", sample.XLSX([]sample.Sheet{{Name: "a"}, {Name: "b"}}, nil, nil)); !errors.As(err, &failure) || failure.Reason != "no text in its 2 sheets" || failure.Type != XLSX {
		t.Errorf("an empty workbook: %v", err)
	}
}

// A sheet that breaks off keeps what was read, and says so.
func TestXLSX_Broken(t *testing.T) {
	data := sample.XLSX([]sample.Sheet{{Name: "a", Rows: sample.Row(1, "kept") + sample.Row(2, "last") + "<row><c><"}, {Name: "b", Rows: sample.Row(1, "after it")}}, nil, nil)
	doc, err := parseOne(t, "a.xlsx", data)
	if err != nil || !strings.Contains(doc.Text, "kept\nlast") || !strings.Contains(doc.Text, "after it") ||
		len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "sheet a was read up to row 2: broken: xl/worksheets/sheet1.xml: XML syntax error") {
		t.Errorf("%q, %q, %v", doc.Text, doc.Notes, err)
	}
}

// Tables in a sheet: where they end, and whether their first row is a header.
func TestXLSX_Tables(t *testing.T) {
	for name, c := range map[string]struct {
		rows string
		want string
	}{
		"text above numbers":        {sample.Row(1, "a", "b") + sample.Row(2, "x", 1), "table a | b; x | 1"},
		"numbers above numbers":     {sample.Row(1, "a", 5) + sample.Row(2, "x", 1), "list a | 5; x | 1"},
		"years above numbers":       {sample.Row(1, "a", 2023) + sample.Row(2, "x", 1), "table a | 2023; x | 1"},
		"text only":                 {sample.Row(1, "a", "b") + sample.Row(2, "c", "d"), "table a | b; c | d"},
		"an empty row inside":       {sample.Row(1, "a", "b") + sample.Row(2, "x", 1) + sample.Row(4, "y", 2), "table a | b; x | 1; y | 2"},
		"two empty rows":            {sample.Row(1, "a", "b") + sample.Row(2, "x", 1) + sample.Row(5, "c", "d") + sample.Row(6, "y", 2), "table a | b; x | 1 / table c | d; y | 2"},
		"a header after one":        {sample.Row(1, "a", "b") + sample.Row(2, "x", 1) + sample.Row(4, "c", "d") + sample.Row(5, "y", 2), "table a | b; x | 1 / table c | d; y | 2"},
		"a title above":             {sample.Row(1, "T") + sample.Row(2, "a", "b", "c") + sample.Row(3, "x", 1, 2), "paragraph T / table a | b | c; x | 1 | 2"},
		"one column":                {sample.Row(1, "a") + sample.Row(2, "b"), "list a; b"},
		"empty cells":               {sample.Row(1, nil, "a", nil, "b") + sample.Row(2, "x", nil, nil, 3), "table | a |  | b; x |  |  | 3"},
		"cells without an address":  {`<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c t="str"><v>c</v></c><c><v>1</v></c></row>`, "table a | b; c | 1"},
		"far to the right":          {`<row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1" t="str"><v>b</v></c></row>`, "table a |  | b"},
		"a cell of white space":     {sample.Row(1, " ") + sample.Row(2, "a"), "paragraph a"},
		"rows that go back":         {sample.Row(3, "a") + sample.Row(2, "b"), "list a; b"},
		"a number that is a key":    {sample.Row(1, 123456789012345), "paragraph 123456789012345"},
		"what fractions leave over": {sample.Row(1, "0.1+0.2", 0.30000000000000004), "table 0.1+0.2 | 0.3"},
	} {
		doc, err := parseOne(t, "a.xlsx", sample.XLSX([]sample.Sheet{{Name: "S", Rows: c.rows}}, nil, nil))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, s := range show(doc)[1:] {
			got = append(got, string(s.Kind)+" "+strings.ReplaceAll(s.Text, "\n", "; "))
		}
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
	}
}

// What Excel shows for a number in a format.
func TestNumberFormat(t *testing.T) {
	for _, c := range []struct {
		id   int
		code string
		raw  string
		want string
	}{
		{0, "", "44197.75", "44197.75"},
		{0, "", "1E-3", "0.001"},
		{0, "", "not a number", "not a number"},
		{1, "", "2.5", "3"},
		{1, "", "0.5", "1"},
		{1, "", "0.49", "0"},
		{1, "", "999.5", "1000"},
		{2, "", "1.005", "1.01"},
		{2, "", "0.001", "0.00"},
		{2, "", "-0.001", "0.00"},
		{2, "", "12345678901.239", "12345678901.24"},
		{164, "0.000", "0.0995", "0.100"},
		{164, "0.0000", "0.00004", "0.0000"},
		{4, "", "1234567.891", "1,234,567.89"},
		{9, "", "0.256", "26%"},
		{10, "", "0.256", "25.60%"},
		{11, "", "44197.75", "4.42E+04"},
		{12, "", "2.75", "2 3/4"},
		{12, "", "3", "3"},
		{14, "", "44197.75", "2021-01-01"},
		{15, "", "44197", "1-Jan-21"},
		{18, "", "44197.75", "6:00 PM"},
		{20, "", "0.5", "12:00"},
		{22, "", "44197.75", "2021-01-01 18:00"},
		{31, "", "44197", "2021-01-01"},
		{38, "", "-1234", "(1,234)"},
		{46, "", "1.5", "36:00:00"},
		{164, "dd.mm.yyyy", "44197", "01.01.2021"},
		{164, "d/m/yyyy h:mm", "44197.999999", "2/1/2021 0:00"},
		{164, "mmmm d, yyyy", "60", "February 28, 1900"},
		{164, "[$-409]dddd", "44197", "Friday"},
		{164, "mm:ss.0", "0.00001", "00:00.9"},
		{164, "yyyy-mm-dd", "-5", "-5"},
		{164, "yyyy-mm-dd", "1e9", "1000000000"},
		{164, `yyyy"年"m"月"d"日"`, "44197", "2021年1月1日"},
		{164, "[$€-407] #,##0.00", "-1234.5", "-€ 1,234.50"},
		{164, `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, "-1234.5", "  (1,234.50)"},
		{164, `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, "0", "  - "},
		{164, "#,##0,", "1234567", "1,235"},
		{164, "000-00-0000", "123456789", "123-45-6789"},
		{164, "00000", "42", "00042"},
		{164, "0.##", "2.50", "2.5"},
		{164, "0.##", "2", "2"},
		{164, "#.00", "0.5", ".50"},
		{164, `0.0;-0.0;"zero"`, "0", "zero"},
		{164, "0;-0", "-7", "-7"},
		{164, "[<100]0.0;[>=100]#,##0", "99.96", "100.0"},
		{164, "[<100]0.0;[>=100]#,##0", "2500", "2,500"},
		{164, ";;;", "5", ""},
		{164, `"Q"0`, "3", "Q3"},
		{164, "0.0%", "-0.031", "-3.1%"},
		{164, `General "pcs"`, "12", "12 pcs"},
		{164, "# ??/16", "0.3", "5/16"},
		{164, "?/?", "1.5", "3/2"},
		{164, "-0", "-0.2", "-0"},
		{164, "@", "5", "5"},
	} {
		if got := newFormat(c.id, c.code, false).format(c.raw); got != c.want {
			t.Errorf("%s in %d %q: %q, want %q", c.raw, c.id, c.code, got, c.want)
		}
	}
	if got := newFormat(14, "", true).format("0"); got != "1904-01-01" {
		t.Errorf("the first day of 1904: %q", got)
	}
}

// A sheet that is too large is read up to the limit; one that is packed like a
// bomb is refused.
func TestXLSX_Limits(t *testing.T) {
	var rows strings.Builder
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 5000 {
		rows.WriteString(sample.Row(i+1, fmt.Sprintf("%x", random.Uint64())))
	}
	for name, c := range map[string]struct {
		rows   string
		reason string
		note   string
	}{
		"large":  {rows.String(), "", "sheet S was read up to row "},
		"packed": {strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, 20_000), errBomb.Reason, ""},
	} {
		a, err := openArchive(sample.XLSX([]sample.Sheet{{Name: "S", Rows: c.rows}, {Name: "T", Rows: sample.Row(1, "x")}}, nil, nil))
		if err != nil {
			t.Fatal(err)
		}
		a.part, a.left = 100_000, 200_000
		doc, err := (&Formats{}).parseXLSX(t.Context(), a, "xl/workbook.xml", 0)
		if c.reason != "" {
			if err == nil || err.Error() != c.reason {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		putNotes(&doc)
		if err != nil || len(doc.Notes) != 2 || !strings.HasPrefix(doc.Notes[0], c.note) || !strings.Contains(doc.Notes[1], "sheet T was not read") || strings.Count(doc.Text, "\n") < 2000 {
			t.Errorf("%s: %d lines, %q, %v", name, strings.Count(doc.Text, "\n"), doc.Notes, err)
		}
	}
}
