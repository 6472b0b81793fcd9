package parse

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

const odfHidingStyles = `<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
	<style:style style:name="Child" style:family="text" style:parent-style-name="Gone"/>
	<style:style style:name="Back" style:family="text" style:parent-style-name="Gone"><style:text-properties text:display="true"/></style:style>
	<style:style style:name="Dust" style:family="paragraph"><style:text-properties fo:font-size="0.1pt"/></style:style>
	<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>`

func TestODT(t *testing.T) {
	body := `<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>
		<text:p text:style-name="P1">The Report</text:p>
		<text:h text:outline-level="1"><text:number>1.</text:number>Means</text:h>
		<text:p>Two<text:s text:c="3"/>words,<text:tab/>a<text:line-break/>line<text:span text:style-name="Child"> unseen</text:span><text:span text:style-name="Back"> seen</text:span>.<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
		<text:list><text:list-item><text:p>first</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item><text:list-item><text:h text:outline-level="2">In a list</text:h></text:list-item></text:list>
		<text:p text:style-name="Dust">dust</text:p>
		<text:p>Out<text:hidden-paragraph text:is-hidden="true"/> of sight</text:p>
		<text:p>Box:<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame><draw:frame><draw:image/><svg:title>A duck</svg:title></draw:frame></text:p>
		<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Age</text:p></table:table-cell></table:table-row></table:table-header-rows>
		<table:table-row><table:table-cell><text:p>Ann</text:p><text:p>Lee</text:p></table:table-cell><table:table-cell><text:p>5<office:annotation><dc:creator>Bob</dc:creator><dc:date>2024-01-01T00:00:00</dc:date><text:p>Sure?</text:p></office:annotation></text:p></table:table-cell></table:table-row></table:table>
		<table:table><table:table-row><table:table-cell><text:p>Only layout</text:p></table:table-cell></table:table-row></table:table>
		<text:p>Area: <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>`
	meta := `<dc:title/><meta:initial-creator>Ann</meta:initial-creator><dc:creator>Bob</dc:creator><meta:creation-date>2024-02-03T04:05:06.7</meta:creation-date>
		<dc:date>2024-03-01T00:00:00</dc:date><meta:keyword>red</meta:keyword><meta:keyword>blue, red</meta:keyword><dc:language>pt-BR</dc:language>`
	doc, err := parseOne(t, "a.odt", sample.ODF("text", odfHidingStyles, body, meta, map[string]string{
		"Object 1/content.xml": `<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>π</mi><mi>r</mi></mrow><annotation>%pi r</annotation></semantics></math>`}))
	if err != nil {
		t.Fatal(err)
	}
	p := func(n int) golocal.Place { return paraRange(n, n) }
	means := "1. Means"
	if doc.Title != "The Report" || doc.Type != ODT {
		t.Errorf("title %q, type %q", doc.Title, doc.Type)
	}
	want := []shown{
		{golocal.KindHeading, "", "The Report", p(1)},
		{golocal.KindHeading, "", "1. Means", p(2)},
		{golocal.KindParagraph, means, "Two words, a line seen.[7]", p(3)},
		{golocal.KindParagraph, means, "[7] A note.", p(4)},
		{golocal.KindList, means, "first\ninner", paraRange(5, 6)},
		{golocal.KindHeading, means, "In a list", p(7)},
		{golocal.KindParagraph, means + " > In a list", "in the box", p(8)},
		{golocal.KindParagraph, means + " > In a list", "Box: A duck", p(9)},
		{golocal.KindTable, means + " > In a list", "Name | Age\nAnn Lee | 5", paraRange(10, 11)},
		{golocal.KindParagraph, means + " > In a list", "Bob: Sure?", p(12)},
		{golocal.KindParagraph, means + " > In a list", "Only layout", p(13)},
		{golocal.KindParagraph, means + " > In a list", "Area: π r", p(14)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	hidden := []golocal.Hidden{
		{Why: "display:none", Text: "unseen", Place: golocal.Place{Paragraph: 3}},
		{Why: "too small to see", Text: "dust", Place: golocal.Place{Paragraph: 8}},
		{Why: "hidden paragraph", Text: "Out of sight", Place: golocal.Place{Paragraph: 8}},
	}
	if d := cmp.Diff(hidden, doc.Hidden); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"hidden text was left out (22 characters)"}, doc.Notes); d != "" {
		t.Error(d)
	}
	said := golocal.Meta{Authors: []string{"Ann"}, Created: time.Date(2024, 2, 3, 4, 5, 6, 7e8, time.UTC), Edited: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), Tags: []string{"red", "blue"}, Language: "pt-BR"}
	if d := cmp.Diff(said, doc.Meta); d != "" {
		t.Error(d)
	}
}

func TestODS(t *testing.T) {
	cell := func(s string) string { return `<table:table-cell><text:p>` + s + `</text:p></table:table-cell>` }
	body := `<table:table table:name="Prices"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
		<table:table-row><table:table-cell/>` + cell("Item") + cell("Price") + `<table:table-cell table:number-columns-repeated="16381"/></table:table-row>
		<table:table-row><table:table-cell/>` + cell("Apple") + `<table:table-cell office:value-type="float" office:value="1.5"><text:p>1.50 €</text:p><office:annotation><dc:creator>Bob</dc:creator><text:p>cheap</text:p></office:annotation></table:table-cell></table:table-row>
		<table:table-row table:number-rows-repeated="2"><table:table-cell/>` + cell("Pear") + `<table:table-cell office:value="2"/></table:table-row>
		<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
		<table:table table:name="Hidden" table:style-name="ta2"><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell></table:table-row>
		<table:table-row table:visibility="collapse">` + cell("one") + `<table:covered-table-cell/>` + cell("three") + `</table:table-row></table:table>`
	doc, err := parseOne(t, "a.ods", sample.ODF("spreadsheet", `<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>`, body, "", nil))
	if err != nil {
		t.Fatal(err)
	}
	at := func(sheet, columns string, from, to int) golocal.Place {
		return golocal.Place{Sheet: sheet, Columns: columns, Row: from, RowEnd: to}
	}
	want := []shown{
		{golocal.KindTable, "", "Item | Price\nApple | 1.50 €\nPear | 2\nPear | 2", at("Prices", "B:C", 3, 6)},
		{golocal.KindParagraph, "", "Bob: cheap", at("Prices", "C", 4, 4)},
		{golocal.KindTable, "", "x | x | x\none | | three", at("Hidden", "A:C", 1, 2)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"1 sheet is hidden in the document and searched here", "1 row is hidden in the document and searched here"}, doc.Notes); d != "" {
		t.Error(d)
	}
	if doc.Type != ODS || strings.Count(doc.Text, "\f") != 2 {
		t.Errorf("type %q, %d sheets", doc.Type, strings.Count(doc.Text, "\f"))
	}
}

// A cell or row may claim to be repeated more often than there is memory for.
func TestODSRepeats(t *testing.T) {
	body := `<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>y</text:p></table:table-cell></table:table-row>
		<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>
		<table:table-row><table:table-cell><text:p>end</text:p></table:table-cell></table:table-row></table:table>`
	doc, err := parseOne(t, "a.ods", sample.ODF("spreadsheet", "", body, "", nil))
	if err != nil {
		t.Fatal(err)
	}
	if n, m := strings.Count(doc.Text, "y"), strings.Count(doc.Text, "x"); n != maxCopies || m != maxCopies {
		t.Errorf("%d cells and %d rows", n, m)
	}
	last := doc.Sections[len(doc.Sections)-1]
	if last.Place != (golocal.Place{Sheet: "S", Columns: "A", Row: 2000001, RowEnd: 2000001}) {
		t.Errorf("%+v", last.Place)
	}
	want := []string{"rows 2 to 1000000 of sheet S are left out: they repeat row 1", "rows 1001001 to 2000000 of sheet S are left out: they repeat row 1000001"}
	if d := cmp.Diff(want, doc.Notes); d != "" {
		t.Error(d)
	}
}

func TestODP(t *testing.T) {
	frame := func(class, text string) string {
		return `<draw:frame presentation:class="` + class + `"><draw:text-box>` + text + `</draw:text-box></draw:frame>`
	}
	body := `<presentation:footer-decl presentation:name="f">Footer</presentation:footer-decl><draw:page draw:name="one">` + frame("title", `<text:p>Ducks</text:p><text:p>and geese</text:p>`) +
		frame("outline", `<text:list><text:list-item><text:p>swim</text:p></text:list-item><text:list-item><text:p>fly</text:p></text:list-item></text:list>`) + frame("page-number", `<text:p>1</text:p>`) +
		`<draw:custom-shape><text:p>A shape</text:p></draw:custom-shape><presentation:notes>` + frame("notes", `<text:p>Say hello.</text:p>`) + `</presentation:notes></draw:page>
		<draw:page draw:style-name="dp2"><draw:g><draw:frame><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:g>
		<office:annotation><dc:creator>Bob</dc:creator><text:p>Why?</text:p></office:annotation></draw:page>`
	doc, err := parseOne(t, "a.odp", sample.ODF("presentation", `<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>`, body, "", nil))
	if err != nil {
		t.Fatal(err)
	}
	at := func(slide, from, to int) golocal.Place {
		return golocal.Place{Slide: slide, Paragraph: from, ParagraphEnd: to}
	}
	want := []shown{
		{golocal.KindHeading, "", "Ducks and geese", at(1, 1, 1)},
		{golocal.KindList, "Ducks and geese", "swim\nfly", at(1, 2, 3)},
		{golocal.KindParagraph, "Ducks and geese", "A shape", at(1, 4, 4)},
		{golocal.KindParagraph, "Ducks and geese", "Say hello.", at(1, 5, 5)},
		{golocal.KindTable, "", "a | b", at(2, 1, 1)},
		{golocal.KindParagraph, "", "Bob: Why?", at(2, 2, 2)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	if doc.Title != "Ducks and geese" || doc.Type != ODP || len(doc.Notes) != 1 {
		t.Errorf("title %q, type %q, notes %q", doc.Title, doc.Type, doc.Notes)
	}
}

func TestODFKinds(t *testing.T) {
	p := `<text:p>words</text:p>`
	slide := `<draw:page><draw:frame><draw:text-box>` + p + `</draw:text-box></draw:frame></draw:page>`
	for _, c := range []struct {
		name, kind, place string
		data              []byte
	}{
		{"a.fodt", ODT, "", sample.FlatODF("text", "", p, "<dc:title>T</dc:title>")},
		{"a.xml", ODP, "", sample.FlatODF("presentation", "", slide, "<dc:title>T</dc:title>")},
		{"a.ott", ODT, "", sample.ODF("text", "", p, "<dc:title>T</dc:title>", nil)},
		{"a.odg", ODG, "", sample.ODF("drawing", "", slide, "<dc:title>T</dc:title>", nil)},
		{"noname", ODT, "", sample.ODF("text", "", p, "<dc:title>T</dc:title>", map[string]string{"mimetype": ""})},
	} {
		doc, err := parseOne(t, c.name, c.data)
		if err != nil || doc.Type != c.kind || strings.TrimSpace(doc.Text) != "words" || doc.Title != "T" {
			t.Errorf("%s: type %q, text %q, title %q, %v", c.name, doc.Type, doc.Text, doc.Title, err)
		}
	}
}

func TestODFFailures(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		state        golocal.State
		data         []byte
	}{
		{"password", remark.Text(remark.Encrypted), golocal.StateFailed, sample.ODF("text", "", "", "", map[string]string{"content.xml": "\x01\x02",
			"META-INF/manifest.xml": `<m:manifest xmlns:m="x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`})},
		{"password of a whole package", remark.Text(remark.Encrypted), golocal.StateFailed, sample.Zip(map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "encrypted-package": "x"})},
		{"empty", remark.Text(remark.NoText), golocal.StateNoText, sample.ODF("text", "", "<text:p/>", "", nil)},
		{"all hidden", "holds no text that can be seen", golocal.StateNoText, sample.ODF("text", odfHidingStyles, `<text:p><text:span text:style-name="Gone">x</text:span></text:p>`, "", nil)},
		{"broken", "broken: content.xml: XML syntax error on line 1: unexpected EOF", golocal.StateFailed, sample.ODF("text", "", "", "", map[string]string{"content.xml": "<office:document-content><a"})},
		{"deep", "broken: content.xml is nested deeper than 512 elements", golocal.StateFailed, sample.ODF("text", "", strings.Repeat("<text:section>", 600), "", nil)},
		{"chart", "an OpenDocument chart, formula or database; texts, sheets, slides and drawings are read", golocal.StateUnsupported, sample.ODF("chart", "", "", "", nil)},
	} {
		_, err := (&Formats{}).Parse(context.Background(), "a.odt", c.data)
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != c.reason || failure.State != c.state {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A document that breaks off keeps what was read, and says so.
func TestODFCutShort(t *testing.T) {
	whole := string(sample.FlatODF("text", "", `<text:p>first</text:p><text:p>second</text:p>`, ""))
	data := []byte(whole[:strings.Index(whole, "</text:p></office:text>")] + "<")
	doc, err := parseOne(t, "a.fodt", data)
	if err != nil || doc.Text != "first\nsecond\n" || len(doc.Notes) != 1 || !strings.HasPrefix(doc.Notes[0], "broken: ") {
		t.Errorf("text %q, notes %q, %v", doc.Text, doc.Notes, err)
	}
}

func FuzzODF(f *testing.F) {
	f.Add(`<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>`, "text")
	f.Add(`<table:table><table:table-row><table:table-cell table:number-columns-repeated="9"><text:p>a`, "spreadsheet")
	f.Add(`<draw:page><draw:frame presentation:class="title"><text:p>a</text:p></draw:frame><text:p>b`, "presentation")
	f.Add(`</table:table></text:p><text:list><text:h>a</text:h><table:table><table:table>`, "text")
	f.Add(`<table:table table:name=""><table:table-row table:number-rows-repeated="99999999"><table:table-cell office:value="1"><office:annotation><text:p>b`, "spreadsheet")
	f.Fuzz(func(t *testing.T, body, kind string) {
		checkFuzzed(t, "a.fodt", sample.FlatODF(kind, odfHidingStyles, body, ""))
	})
}
