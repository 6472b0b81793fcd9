package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"golocal"
	"golocal/chat"
	"golocal/ingest/chunk"
	"golocal/ingest/parse"
	"golocal/internal/sample"
)

// oneFile finds every passage of a file, and knows how it is laid out.
type oneFile struct {
	doc  golocal.Document
	hits []golocal.Hit
}

// read reads a file as indexing does. Small passages part a table, so that its
// header stands in another passage than most of its rows.
func read(t *testing.T, name, data string, limit chunk.Limit) oneFile {
	doc, err := (&parse.Formats{}).Parse(t.Context(), name, []byte(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	doc.ID, doc.Ref = 1, golocal.Ref{Root: 1, Path: name}
	f := oneFile{doc: doc}
	for i, c := range chunk.Cut(doc, chunk.Estimate, limit) {
		c.ID, c.Doc = int64(i+1), 1
		f.hits = append(f.hits, golocal.Hit{Doc: golocal.Document{ID: 1, Ref: doc.Ref, Type: doc.Type, Title: doc.Title}, Chunk: c, Score: 1})
	}
	return f
}

func (f oneFile) Retrieve(context.Context, string, golocal.Scope, int) (golocal.Found, error) {
	return golocal.Found{Evidence: 1, Enough: true, Hits: f.hits}, nil
}

func (f oneFile) Block(_ context.Context, _ int64, at int) (golocal.Section, bool, error) {
	for _, s := range f.doc.Sections {
		if s.Span.Start <= at && at < s.Span.End {
			return s, true, nil
		}
	}
	return golocal.Section{}, false, nil
}

func (f oneFile) Passage(_ context.Context, _ int64, span golocal.Span) (string, error) {
	return f.doc.Text[span.Start:span.End], nil
}

// first is the best quote for a question.
func (f oneFile) first(t *testing.T, question string) chat.Quote {
	t.Helper()
	for event, err := range chat.New(chat.Options{Retriever: f, Blocks: f}).Answer(t.Context(), chat.Request{Question: question, Mode: chat.ModeQuotes}) {
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := event.(chat.Answer); ok && len(a.Quotes) > 0 {
			q := a.Quotes[0]
			if got := f.doc.Text[q.Citation.Span.Start:q.Citation.Span.End]; got != q.Citation.Quote {
				t.Errorf("%s: the span holds %q, the quote is %q", f.doc.Ref.Path, got, q.Citation.Quote)
			}
			if h := q.Header; h != nil && f.doc.Text[h.Span.Start:h.Span.End] != h.Text {
				t.Errorf("%s: the header's span holds %q, it is %q", f.doc.Ref.Path, f.doc.Text[h.Span.Start:h.Span.End], h.Text)
			}
			return q
		}
	}
	t.Fatalf("%s: no quote", f.doc.Ref.Path)
	return chat.Quote{}
}

// A row of a table is quoted with the header that stands far above it, whatever
// the file's format.
func TestQuotes_RowsWithTheirHeader(t *testing.T) {
	head := []string{"Depot", "Clerk", "Monthly rent"}
	rows := [][]string{head}
	for i := range 40 {
		rows = append(rows, []string{fmt.Sprintf("Depot %c%c", 'A'+i/6, 'a'+i%6), fmt.Sprintf("Clerk %s", strings.Repeat("x", i%5+2)), fmt.Sprint(400 + 7*i)})
	}
	rows[33] = []string{"Lisbon", "Ada Moreau", "1250"}
	lines := func(sep, before, after string) string {
		var b strings.Builder
		for _, r := range rows {
			b.WriteString(before + strings.Join(r, sep) + after + "\n")
		}
		return b.String()
	}
	markdown := lines(" | ", "| ", " |")
	markdown = strings.Replace(markdown, "\n", "\n|---|---|---|\n", 1)
	var sheet strings.Builder
	for i, r := range rows {
		cells := []any{r[0], r[1], r[2]}
		if i > 0 {
			cells[2] = 400 + 7*(i-1)
		}
		if i == 33 {
			cells[2] = 1250
		}
		sheet.WriteString(sample.Row(i+1, cells...))
	}
	var word strings.Builder
	for _, r := range rows {
		word.WriteString("<w:tr>")
		for _, c := range r {
			word.WriteString("<w:tc>" + sample.Para("", c) + "</w:tc>")
		}
		word.WriteString("</w:tr>")
	}
	for _, c := range []struct{ name, data, row, header string }{
		{"rents.csv", lines(";", "", ""), "Lisbon;Ada Moreau;1250", "Depot;Clerk;Monthly rent"},
		{"rents.tsv", lines("\t", "", ""), "Lisbon\tAda Moreau\t1250", "Depot\tClerk\tMonthly rent"},
		{"rents.md", "# Rents\n\n" + markdown, "| Lisbon | Ada Moreau | 1250 |", "| Depot | Clerk | Monthly rent |"},
		{"rents.html", "<html><body><h1>Rents</h1><table>" + lines("</td><td>", "<tr><td>", "</td></tr>") + "</table></body></html>", "Lisbon | Ada Moreau | 1250", "Depot | Clerk | Monthly rent"},
		{"rents.docx", string(sample.DOCX("<w:tbl>"+word.String()+"</w:tbl>", nil)), "Lisbon | Ada Moreau | 1250", "Depot | Clerk | Monthly rent"},
		{"rents.xlsx", string(sample.XLSX([]sample.Sheet{{Name: "Rents", Rows: sheet.String()}}, nil, nil)), "Lisbon | Ada Moreau | 1250", "Depot | Clerk | Monthly rent"},
	} {
		f := read(t, c.name, c.data, chunk.Limit{Target: 60, Max: 120, Small: 10})
		if len(f.hits) < 3 {
			t.Fatalf("%s: %d passages", c.name, len(f.hits))
		}
		f.hits = f.hits[max(1, len(f.hits)-8):] // without the one that holds the header
		q := f.first(t, "How much is the monthly rent of the Lisbon depot?")
		if q.Citation.Quote != c.row || q.Header == nil || q.Header.Text != c.header || !q.Header.Paired {
			t.Errorf("%s: quote %q under %+v", c.name, q.Citation.Quote, q.Header)
		}
		if want := "Depot: Lisbon · Clerk: Ada Moreau · Monthly rent: 1250"; q.Plain != want {
			t.Errorf("%s: reads %q", c.name, q.Plain)
		}
	}
}

// What may be the first of many pairs is no header at the cells, but stands above.
func TestQuotes_PairsStandBelowTheirFirst(t *testing.T) {
	pairs := [][2]string{{"Name", "Ada Moreau"}, {"Desk", "by the window"}, {"Hired", "in the spring of 1998"}}
	html := "<html><body><h1>Clerk</h1><table>"
	for _, p := range pairs {
		html += "<tr><td>" + p[0] + "</td><td>" + p[1] + "</td></tr>"
	}
	q := read(t, "clerk.html", html+"</table></body></html>", chunk.Default).first(t, "When was the clerk hired?")
	if q.Citation.Quote != "Hired | in the spring of 1998" || q.Plain != q.Citation.Quote || q.Header == nil || q.Header.Paired || q.Header.Text != "Name | Ada Moreau" {
		t.Errorf("%+v, header %+v", q, q.Header)
	}
}

// A list of rows without a header, a line with bars that is no table, and a line
// above the table have none.
func TestQuotes_NoHeaderWhereThereIsNone(t *testing.T) {
	for _, c := range []struct{ name, data, question, row string }{
		{"log.csv", "12,Lisbon,40\n13,Porto,41\n14,Braga,42\n", "What is the number of Porto?", "13,Porto,41"},
		{"page.html", "<html><body><p>Home | Lisbon depot | Contact</p><p>Nothing else.</p></body></html>", "Where is the Lisbon depot?", "Home | Lisbon depot | Contact"},
		{"rents.csv", "Rents of the Lisbon depots in spring\n\nDepot;Clerk;Rent\nAlfama;Ada;1200\nBelem;Bo;900\n", "Rents of the Lisbon depots in spring?", "Rents of the Lisbon depots in spring"},
	} {
		q := read(t, c.name, c.data, chunk.Default).first(t, c.question)
		if q.Citation.Quote != c.row || q.Header != nil {
			t.Errorf("%s: %q under %+v", c.name, q.Citation.Quote, q.Header)
		}
	}
}

// Steps and lists come whole with the line that leads to them, from every format;
// long ones end after twelve entries and say so.
func TestQuotes_ListsAreWhole(t *testing.T) {
	steps := []string{"Switch the pump off.", "Open the valve slowly.", "Close the valve and switch the pump on."}
	word := sample.Para("", "To drain the pump:")
	for _, step := range steps {
		word += `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + step + `</w:t></w:r></w:p>`
	}
	numbering := `<w:numbering ` + sample.WordNS + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "- Tool %c%c\n", 'a'+i/5, 'a'+i%5)
	}
	for _, c := range []struct {
		name, data, question, want string
		cut                        bool
	}{
		{"pump.md", "# Pump\n\nThe pump is old. To drain the pump:\n\n1. " + strings.Join(steps, "\n2. ") + "\n\nCall us then.\n", "How do I drain the pump?", "To drain the pump:\n\n1. " + strings.Join(steps, "\n2. "), false},
		{"loose.md", "# Pump\n\nTo drain the pump:\n\n1. " + strings.Join(steps, "\n\n   Mind the heat.\n\n2. ") + "\n\nCall us then.\n", "How do I drain the pump?", "To drain the pump:\n\n1. " + strings.Join(steps, "\n\n   Mind the heat.\n\n2. "), false},
		{"pump.html", "<html><body><h1>Pump</h1><p>To drain the pump:</p><ol><li>" + strings.Join(steps, "</li><li>") + "</li></ol><p>Call us then.</p></body></html>", "How do I drain the pump?", "To drain the pump:\n1. " + steps[0] + "\n2. " + steps[1] + "\n3. " + steps[2], false},
		{"pump.docx", string(sample.DOCX(word+sample.Para("", "Call us then."), map[string]string{"word/numbering.xml": numbering})), "How do I drain the pump?", "To drain the pump:\n1. " + steps[0] + "\n2. " + steps[1] + "\n3. " + steps[2], false},
		{"tools.md", "# Tools\n\nThe workshop has these tools:\n\n" + many.String(), "Which tools does the workshop have?", "The workshop has these tools:\n\n" + strings.Join(strings.SplitAfter(many.String(), "\n")[:12], ""), true},
	} {
		q := read(t, c.name, c.data, chunk.Default).first(t, c.question)
		if q.Citation.Quote != strings.TrimSpace(c.want) || q.Cut != c.cut {
			t.Errorf("%s: cut %v: %q", c.name, q.Cut, q.Citation.Quote)
		}
	}
}

// A list that goes on in the next passage is not passed off as whole.
func TestQuotes_AListOverTwoPassagesSaysSo(t *testing.T) {
	var items strings.Builder
	var marked strings.Builder
	for i := range 8 {
		item := fmt.Sprintf("Turn the valve of tank %c until the needle stands still.", 'A'+i)
		fmt.Fprintf(&items, "<li>%s</li>", item)
		fmt.Fprintf(&marked, "%d. %s\n", i+1, item)
	}
	for _, c := range []struct{ name, data string }{
		{"valves.md", "# Valves\n\nTo close the valves:\n\n" + marked.String() + "\nCall us then.\n"},
		{"valves.txt", "Valves\n\nTo close the valves:\n\n" + marked.String() + "\nCall us then.\n"},
		{"valves.html", "<html><body><h1>Valves</h1><p>To close the valves:</p><ol>" + items.String() + "</ol><p>Call us then.</p></body></html>"},
	} {
		f := read(t, c.name, c.data, chunk.Limit{Target: 70, Max: 90, Small: 10})
		whole := f.hits
		if len(whole) < 2 || strings.Contains(whole[0].Chunk.Text, "tank H") || strings.Count(whole[0].Chunk.Text, "tank") < 2 {
			t.Fatalf("%s: the list is not parted: %q", c.name, whole[0].Chunk.Text)
		}
		f.hits = whole[:1]
		if q := f.first(t, "How do I close the valves?"); !q.Cut || !strings.HasPrefix(q.Citation.Quote, "To close the valves:") || !strings.Contains(q.Citation.Quote, "tank B") {
			t.Errorf("%s: cut %v: %q", c.name, q.Cut, q.Citation.Quote)
		}
		for i, h := range whole[1:] {
			f.hits = []golocal.Hit{h}
			if !strings.Contains(h.Chunk.Text, "tank H") || strings.Count(h.Chunk.Text, "tank") < 2 {
				continue
			}
			if q := f.first(t, "How do I turn the valve of tank H?"); q.Cut {
				t.Errorf("%s, passage %d ends the list: %q", c.name, i+1, q.Citation.Quote)
			}
		}
	}
}
