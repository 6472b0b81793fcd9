package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

// lines returns a document's text as its reader sees it, line by line.
func lines(t *testing.T, name string, data []byte) []string {
	t.Helper()
	doc, err := parseOne(t, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(doc.Text, "\n\f"), "\n")
}

func item(list, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestDOCX_Numbers(t *testing.T) {
	level := func(n, format, text, more string) string {
		return `<w:lvl w:ilvl="` + n + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/>` + more + `</w:lvl>`
	}
	numbering := `<w:numbering ` + sample.WordNS + `>
		<w:abstractNum w:abstractNumId="1">` + level("0", "decimal", "%1.", "") + level("1", "lowerLetter", "%2)", "") + level("2", "lowerRoman", "(%1.%3)", "") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="2">` + level("0", "bullet", "&#xF0B7;", "") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="3">` + level("0", "upperRoman", "Part %1", `<w:pStyle w:val="H1"/>`) + level("1", "decimal", "%1.%2", `<w:pStyle w:val="H2"/><w:isLgl/>`) + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="4">` + level("0", "chineseCounting", "%1、", "") + `</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>
		<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`
	styles := `<w:styles ` + sample.WordNS + `><w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
		<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>`
	body := sample.Para("H1", "Scope") + sample.Para("H2", "Terms") + sample.Para("H2", "Dates") + sample.Para("H1", "Price") + sample.Para("H2", "Tax") +
		item("1", "0", "one") + item("1", "1", "below") + item("1", "1", "again") + item("1", "2", "deep") + sample.Para("", "Between.") + item("1", "0", "two") + item("1", "1", "anew") +
		item("2", "0", "dot") + item("5", "0", "seven") + item("5", "0", "eight") + item("4", "0", "in words") + item("0", "0", "no list") + item("9", "0", "unknown list")
	got := lines(t, "a.docx", sample.DOCX(body, map[string]string{"word/numbering.xml": numbering, "word/styles.xml": styles}))
	want := []string{"Part I Scope", "1.1 Terms", "1.2 Dates", "Part II Price", "2.1 Tax",
		"1. one", "  a) below", "  b) again", "    (1.i) deep", "Between.", "2. two", "  a) anew", "• dot", "7. seven", "8. eight", "in words", "no list", "unknown list"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What Word shows of a paragraph, and what it does not.
func TestDOCX_Shown(t *testing.T) {
	run := func(properties, text string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	for name, c := range map[string]struct{ body, want string }{
		"inserted and deleted":    {`<w:p><w:ins>` + run("", "in") + `</w:ins><w:del>` + run("", "out") + `</w:del><w:moveFrom>` + run("", "out") + `</w:moveFrom><w:moveTo>` + run("", "to") + `</w:moveTo></w:p>`, "into"},
		"a mark that was deleted": {`<w:p><w:pPr><w:rPr><w:del/><w:vanish/></w:rPr></w:pPr>` + run("", "text stays") + `</w:p>`, "text stays"},
		"a deleted row":           {`<w:tbl><w:tr><w:tc>` + sample.Para("", "a") + `</w:tc><w:tc>` + sample.Para("", "b") + `</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + sample.Para("", "x") + `</w:tc><w:tc>` + sample.Para("", "y") + `</w:tc></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc>` + sample.Para("", "c") + `</w:tc><w:tc>` + sample.Para("", "d") + `</w:tc></w:tr></w:tbl>`, "a | b\nc | d"},
		"merged cells":            {`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>` + sample.Para("", "a") + `</w:tc><w:tc>` + sample.Para("", "b") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>` + sample.Para("", "c") + `</w:tc></w:tr></w:tbl>`, "a |  | b\n|  | c"},
		"a table in a cell":       {`<w:tbl><w:tr><w:tc>` + sample.Para("", "a") + `<w:tbl><w:tr><w:tc>` + sample.Para("", "x") + `</w:tc><w:tc>` + sample.Para("", "y") + `</w:tc></w:tr></w:tbl>` + sample.Para("", "z") + `</w:tc><w:tc>` + sample.Para("", "b") + `</w:tc></w:tr></w:tbl>`, "a x | y z | b"},
		"a table in a frame":      {`<w:tbl><w:tr><w:tc>` + sample.Para("", "a") + `<w:tbl><w:tr><w:tc>` + sample.Para("", "x") + `</w:tc><w:tc>` + sample.Para("", "y") + `</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`, "a\nx | y"},
		"a field":                 {`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "x"</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>` + run("", "link") + `</w:p>`, "link"},
		"a content control":       {`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + sample.Para("", "filled in") + `</w:sdtContent></w:sdt>`, "filled in"},
		"symbols":                 {`<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Webdings" w:char="F055"/><w:sym w:font="Arial" w:char="00E9"/><w:noBreakHyphen/><w:t>s</w:t><w:softHyphen/><w:t>oft</w:t></w:r></w:p>`, "☑α≥é-soft"},
		"tabs":                    {`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + run("", "a") + `<w:r><w:tab/></w:r>` + run("", "b") + `</w:p>`, "a b"},
		"a formula":               {`<w:p xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>n</m:t></m:r></m:sup></m:sSup><m:rad><m:deg/><m:e><m:d><m:e><m:r><m:t>y</m:t></m:r></m:e></m:d></m:e></m:rad></m:oMath></w:p>`, "x=(a+b)/2c^n√(y)"},
		"a picture":               {`<w:p>` + run("", "See") + `<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A red house"/></wp:inline></w:drawing></w:r></w:p>`, "See\nPicture: A red house"},
		"a picture's file":        {`<w:p>` + run("", "See") + `<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="IMG_0042.jpg"/></wp:inline></w:drawing></w:r></w:p>`, "See"},
		"a phantom":               {`<w:p>` + run(`<w:vanish/>`, "hidden") + run(`<w:vanish w:val="0"/>`, "shown") + run(`<w:sz w:val="2"/>`, "tiny") + run(`<w:rStyle w:val="Ghost"/>`, "styled away") + `</w:p>`, "shown"},
	} {
		styles := `<w:styles ` + sample.WordNS + `><w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
		if got := strings.Join(lines(t, "a.docx", sample.DOCX(c.body, map[string]string{"word/styles.xml": styles})), "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestDOCX_Aside(t *testing.T) {
	body := `<w:p><w:r><w:t>Fact</w:t><w:footnoteReference w:id="7"/><w:t>, claim</w:t><w:endnoteReference w:id="7"/><w:t>, own</w:t><w:footnoteReference w:id="8" w:customMarkFollows="1"/><w:t>*.</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>first secret</w:t></w:r></w:p>` + `<w:p><w:r><w:t>Chart:</w:t><w:drawing><c:chart r:id="r2"/></w:drawing></w:r></w:p>`
	doc, err := parseOne(t, "a.docm", sample.DOCX(body, map[string]string{
		"word/_rels/document.xml.rels": sample.Relations("footnotes", "notes/f.xml", "chart", "charts/c.xml", "package", "embeddings/in.docx", "header", "header1.xml"),
		"word/notes/f.xml":             `<w:footnotes ` + sample.WordNS + `><w:footnote w:type="separator" w:id="-1">` + sample.Para("", "---- x") + `</w:footnote><w:footnote w:id="7">` + sample.Para("", "Proof.") + sample.Para("", "More.") + `</w:footnote></w:footnotes>`,
		"word/endnotes.xml":            `<w:endnotes ` + sample.WordNS + `><w:endnote w:id="7">` + sample.Para("", "Book.") + `</w:endnote></w:endnotes>`,
		"word/comments.xml":            `<w:comments ` + sample.WordNS + `><w:comment w:author="Bo Ek">` + sample.Para("", "Sure?") + `</w:comment></w:comments>`,
		"word/charts/c.xml":            chartXML,
		"word/header1.xml":             `<w:hdr ` + sample.WordNS + `>` + sample.Para("", "Running head") + `</w:hdr>`,
		"word/embeddings/in.docx":      string(sample.DOCX(sample.Para("H1", "Within"), map[string]string{"word/_rels/document.xml.rels": sample.Relations("package", "e/in.docx"), "word/e/in.docx": string(sample.DOCX(sample.Para("", "Two deep"), map[string]string{"word/_rels/document.xml.rels": sample.Relations("package", "e/in.docx"), "word/e/in.docx": string(sample.DOCX(sample.Para("", "Three deep"), nil))}))})),
		"docProps/core.xml":            `<cp:coreProperties><dc:title>Word Document</dc:title></cp:coreProperties>`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := "Fact[1], claim[i], own*.\nChart:\nSales by year\n| North | South\n2023 | 4.3 | 7\n2024 | 5\n[1] Proof.\nMore.\n[i] Book.\nComment by Bo Ek: Sure?\n\fin.docx\nWithin\n\fin.docx\nTwo deep\n"
	if diff := cmp.Diff(want, doc.Text); diff != "" {
		t.Error(diff)
	}
	last := doc.Sections[len(doc.Sections)-1]
	if last.Place != (golocal.Place{Part: "in.docx/in.docx", Paragraph: 1, ParagraphEnd: 1}) {
		t.Errorf("the innermost text stands at %+v", last.Place)
	}
	notes := []string{"in.docx: in.docx: the embedded file in.docx is left out: lies deeper than 2 files in files", "hidden text was left out (12 characters)"}
	if diff := cmp.Diff(notes, doc.Notes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]golocal.Hidden{{Why: "vanish", Text: "first secret", Place: golocal.Place{Paragraph: 2}}}, doc.Hidden); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "" {
		t.Errorf("title %q", doc.Title)
	}
	// A header is read where there is nothing else.
	got := lines(t, "a.docx", sample.DOCX("<w:p/>", map[string]string{"word/_rels/document.xml.rels": sample.Relations("header", "header1.xml"), "word/header1.xml": `<w:hdr ` + sample.WordNS + `>` + sample.Para("", "Letter head") + `</w:hdr>`}))
	if diff := cmp.Diff([]string{"Letter head"}, got); diff != "" {
		t.Error(diff)
	}
}
