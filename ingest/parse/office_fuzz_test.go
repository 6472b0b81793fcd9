package parse

import (
	"context"
	"errors"
	"testing"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/normal"
	"golocal/internal/sample"
)

// checkOffice holds a document to what every parser promises. Zip checksums
// would keep a fuzzer out, so it writes the parts.
func checkOffice(t *testing.T, name string, data []byte) {
	t.Helper()
	doc, err := (&Formats{}).Parse(context.Background(), name, data)
	var failure *Failure
	if err != nil {
		if !errors.As(err, &failure) || failure.Reason == "" {
			t.Fatal(err)
		}
		return
	}
	if err := Verify(&doc); err != nil {
		t.Fatal(err)
	}
	if !normal.HasWords(doc.Text) || normal.Text(doc.Text) != doc.Text {
		t.Fatalf("%q", doc.Text)
	}
	for _, s := range doc.Sections {
		if s.Span.Start == s.Span.End || s.Place == (golocal.Place{}) || s.Kind == golocal.KindHeading && (s.Level < 1 || s.Level > 6) {
			t.Fatalf("%+v in %q", s, doc.Text)
		}
	}
	for _, c := range chunk.Cut(doc, chunk.Estimate, chunk.Limit{Target: 20, Max: 30, Small: 5}) {
		if c.Text != doc.Text[c.Span.Start:c.Span.End] || c.Place == (golocal.Place{}) {
			t.Fatalf("chunk %+v", c)
		}
	}
}

func FuzzDOCXLists(f *testing.F) {
	f.Add(item("1", "0", "a")+item("1", "1", "b"), `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`)
	f.Add(item("1", "9", "a")+item("x", "-1", "b"), `<w:num w:numId="x"><w:abstractNumId w:val=""/><w:lvlOverride w:ilvl="-5"><w:startOverride w:val="-3"/></w:lvlOverride></w:num>`)
	f.Add(`<w:p><m:oMath><m:f><m:num><m:t>a</m:t></m:num><m:den/></m:f><m:sup></m:oMath></m:sup></m:num></w:p><w:p><w:r><w:sym w:font="Symbol" w:char="F0FF"/></w:r></w:p>`, ``)
	f.Add(`<w:p><w:r><c:chart r:id="r1"/><wp:docPr descr="a b"/></w:r></w:p><w:tbl><w:trPr><w:del/></w:tbl><w:footnoteReference w:id="1"/>`, ``)
	f.Fuzz(func(t *testing.T, body, numbering string) {
		checkOffice(t, "a.docx", sample.DOCX(body, map[string]string{"word/numbering.xml": `<w:numbering ` + sample.WordNS + `>` + numbering + `</w:numbering>`,
			"word/_rels/document.xml.rels": sample.Relations("chart", "chart.xml"), "word/chart.xml": chartXML,
			"word/footnotes.xml": `<w:footnotes ` + sample.WordNS + `><w:footnote w:id="1">` + body + `</w:footnote></w:footnotes>`}))
	})
}

func FuzzPPTX(f *testing.F) {
	f.Add(sample.Shape("title", "a")+sample.Shape("body", "b", "c"), `<c:chart><c:title><a:t>x</a:t></c:title><c:ser><c:val><c:v>1</c:v></c:val></c:ser></c:chart>`)
	f.Add(`<p:sp><p:txBody><a:p><a:pPr lvl="99"><a:buAutoNum type="alphaLcPeriod" startAt="-4"/></a:pPr><a:t>x</a:t></a:p></p:txBody></p:sp></p:sp></p:sp>`, `</c:ser><c:ser></c:title>`)
	f.Add(`<a:tbl><a:tr><a:tc hMerge="1"><a:p><a:t>x</a:t></a:p></a:tc></a:tr></a:tbl><a:tc><a:p><a:t>y`, ``)
	f.Add(`<p:graphicFrame><c:chart r:id="r1"/></p:graphicFrame><p:pic><p:cNvPr descr="a b" hidden="1"/></p:pic><a:p><a:t>stray</a:t></a:p>`, chartXML)
	f.Fuzz(func(t *testing.T, shapes, chart string) {
		checkOffice(t, "a.pptx", sample.PPTX([]string{shapes, sample.Shape("", "last")}, map[string]string{
			"ppt/slides/_rels/slide2.xml.rels": sample.Relations("chart", "../chart.xml", "notesSlide", "../notes.xml", "comments", "../comments.xml"),
			"ppt/chart.xml":                    chart, "ppt/comments.xml": shapes, "ppt/notes.xml": shapes}))
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(sample.Row(1, "a", "b")+sample.Row(2, "x", 1)+sample.Row(9, "y", sample.Cell(`s="1"><v>44197.5</v>`)), "dd.mm.yyyy", "a")
	f.Add(`<row r="-1"><c r="ZZZZ9" t="s"><v>-1</v></c><c r="A1"><v>1e308</v></c></row><row r="99999999"><c t="s"><v>0</v></c>`, "# ??/???", "x")
	f.Add(`<row><c s="1"><v>-0.5</v></c><c s="1"><v>1e300</v></c></row></row><c><v>5</v></c>`, "[<5]0.000,,;[h]:mm:ss.000;General", "&#10;")
	f.Add(sample.Row(1, sample.Cell(`s="1"><v>1e20</v>`)), `[$-409]0000.0#?E+00%%%%`, "")
	f.Fuzz(func(t *testing.T, rows, format, text string) {
		checkOffice(t, "a.xlsx", sample.XLSX([]sample.Sheet{{Name: text, Rows: rows}, {Name: "last", Rows: sample.Row(1, "z")}}, []string{format}, map[string]string{
			"xl/sharedStrings.xml":                `<sst><si><t>` + text + `</t></si></sst>`,
			"xl/worksheets/_rels/sheet1.xml.rels": sample.Relations("comments", "../c.xml", "drawing", "../d.xml"),
			"xl/c.xml":                            `<comments><authors><author>` + text + `</author></authors><comment ref="` + format + `" authorId="0"><t>` + text + `</t></comment></comments>`,
			"xl/d.xml":                            `<xdr:wsDr>` + rows + `</xdr:wsDr>`}))
	})
}
