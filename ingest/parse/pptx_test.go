package parse

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func slidePlace(slide, from, to int) golocal.Place {
	return golocal.Place{Slide: slide, Paragraph: from, ParagraphEnd: to}
}

const chartXML = `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Sales by</a:t></a:r><a:r><a:t>year</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>
	<c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt><c:v>2023</c:v></c:pt><c:pt><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt><c:v>4.2999999999999998</c:v></c:pt><c:pt><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
	<c:ser><c:tx><c:v>South</c:v></c:tx><c:val><c:numRef><c:numCache><c:pt><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`

func TestPPTX(t *testing.T) {
	bullets := `<p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody>` +
		`<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr><a:r><a:t>Plan</a:t></a:r></a:p>` +
		`<a:p><a:pPr lvl="1"><a:buChar char="-"/></a:pPr><a:r><a:t>in de</a:t></a:r><a:br/><a:r><a:t>tail</a:t></a:r></a:p>` +
		`<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr><a:r><a:t>Do</a:t></a:r></a:p></p:txBody></p:sp>`
	table := `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Name</a:t></a:r></a:p></a:txBody></a:tc><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>Size</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p><a:r><a:t>left over</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Age</a:t></a:r></a:p></a:txBody></a:tc></a:tr>` +
		`<a:tr><a:tc><a:txBody><a:p><a:r><a:t>Ann</a:t></a:r></a:p><a:p><a:r><a:t>Lee</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>5</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	data := sample.PPTX([]string{
		sample.Shape("ctrTitle", "The plan", "for 2024") + sample.Shape("subTitle", "By Ann") + sample.Shape("sldNum", "1") + sample.Shape("ftr", "Confidential"),
		sample.Shape("body", "only text") + bullets + sample.Shape("title", "Second &amp; last") + table +
			`<p:grpSp>` + sample.Shape("", "In a group") + `</p:grpSp><p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 4" descr="Map of the north"/></p:nvPicPr></p:pic>` +
			`<p:sp><p:nvSpPr><p:cNvPr id="3" name="x" hidden="1"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>unseen</a:t></a:r></a:p></p:txBody></p:sp>` +
			`<mc:AlternateContent xmlns:mc="m"><mc:Choice><p:graphicFrame><c:chart r:id="r1"/></p:graphicFrame></mc:Choice><mc:Fallback>` + sample.Shape("", "twice") + `</mc:Fallback></mc:AlternateContent><p:graphicFrame><dgm:relIds r:dm="r2"/></p:graphicFrame>`,
		sample.Shape("", "Lonely"),
	}, map[string]string{
		"ppt/slides/_rels/slide2.xml.rels":    sample.Relations("chart", "../charts/chart1.xml", "diagramData", "/ppt/diagrams/data1.xml", "notesSlide", "../notesSlides/n.xml", "comments", "../comments/c.xml", "slideLayout", "../slideLayouts/l.xml"),
		"ppt/slideLayouts/l.xml":              `<p:sldLayout ` + sample.SlideNS + `><p:ph type="obj" idx="1"/></p:sldLayout>`,
		"ppt/charts/chart1.xml":               chartXML,
		"ppt/diagrams/data1.xml":              `<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:pt><dgm:t><a:p><a:r><a:t>Ask</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Answer</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`,
		"ppt/notesSlides/n.xml":               `<p:notes ` + sample.SlideNS + `>` + sample.Shape("sldNum", "2") + sample.Shape("body", "Say this.", "Then that.") + `</p:notes>`,
		"ppt/comments/c.xml":                  `<p:cmLst ` + sample.SlideNS + `><p:cm authorId="0"><p:text>Too long?</p:text></p:cm></p:cmLst>`,
		"ppt/commentAuthors.xml":              `<p:cmAuthorLst><p:cmAuthor id="0" name="Bo Ek"/></p:cmAuthorLst>`,
		"ppt/_rels/presentation.xml.rels":     sample.Relations("slide", "slides/slide3.xml", "slide", "slides/slide2.xml", "slide", "slides/slide1.xml", "commentAuthors", "commentAuthors.xml"),
		"ppt/slides/slide1.xml":               `<p:sld show="0" ` + sample.SlideNS + `>` + sample.Shape("", "Lonely") + `</p:sld>`,
		"docProps/core.xml":                   `<cp:coreProperties><dc:title>Template of the house</dc:title></cp:coreProperties>`,
		"ppt/embeddings/Microsoft_Sheet.xlsx": string(sample.XLSX([]sample.Sheet{{Name: "Inside", Rows: sample.Row(1, "deep text")}}, nil, nil)),
		"ppt/slides/_rels/slide1.xml.rels":    sample.Relations("package", "../embeddings/Microsoft_Sheet.xlsx", "oleObject", "../embeddings/old.bin"),
		"ppt/embeddings/old.bin":              "x",
	})
	doc, err := parseOne(t, "a.pptx", data)
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindHeading, "", "The plan for 2024", slidePlace(1, 1, 1)},
		{golocal.KindParagraph, "The plan for 2024", "By Ann", slidePlace(1, 2, 2)},
		{golocal.KindHeading, "", "Second & last", slidePlace(2, 1, 1)},
		{golocal.KindParagraph, "Second & last", "only text", slidePlace(2, 2, 2)},
		{golocal.KindList, "Second & last", "3. Plan\n  • in de tail\n4. Do", slidePlace(2, 3, 5)},
		{golocal.KindTable, "Second & last", "Name | Size |  | Age\nAnn Lee |  | 5", slidePlace(2, 6, 7)},
		{golocal.KindParagraph, "Second & last", "In a group", slidePlace(2, 8, 8)},
		{golocal.KindParagraph, "Second & last", "Picture: Map of the north", slidePlace(2, 9, 9)},
		{golocal.KindParagraph, "Second & last", "Sales by year", slidePlace(2, 10, 10)},
		{golocal.KindTable, "Second & last", "| North | South\n2023 | 4.3 | 7\n2024 | 5", slidePlace(2, 11, 13)},
		{golocal.KindList, "Second & last", "Ask\nAnswer", slidePlace(2, 14, 15)},
		{golocal.KindParagraph, "Second & last", "Notes: Say this.", slidePlace(2, 16, 16)},
		{golocal.KindParagraph, "Second & last", "Then that.", slidePlace(2, 17, 17)},
		{golocal.KindParagraph, "Second & last", "Comment by Bo Ek: Too long?", slidePlace(2, 18, 18)},
		{golocal.KindParagraph, "", "Lonely", slidePlace(3, 1, 1)},
		{golocal.KindHeading, "", "Microsoft_Sheet.xlsx", golocal.Place{Part: "Microsoft_Sheet.xlsx"}},
		{golocal.KindHeading, "Microsoft_Sheet.xlsx", "Inside", golocal.Place{Part: "Microsoft_Sheet.xlsx", Sheet: "Inside"}},
		{golocal.KindParagraph, "Microsoft_Sheet.xlsx > Inside", "deep text", golocal.Place{Part: "Microsoft_Sheet.xlsx", Sheet: "Inside", Columns: "A", Row: 1, RowEnd: 1}},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	notes := []string{"1 hidden slide included", "1 embedded object not read", "hidden text was left out (6 characters)"}
	if diff := cmp.Diff(notes, doc.Notes); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "The plan for 2024" || doc.Meta.Language != "en-GB" || len(doc.Hidden) != 1 || doc.Hidden[0].Place.Slide != 2 {
		t.Errorf("title %q, language %q, hidden %+v", doc.Title, doc.Meta.Language, doc.Hidden)
	}
}

// One slide that cannot be read costs a note; a presentation of pictures says so.
func TestPPTX_Broken(t *testing.T) {
	doc, err := parseOne(t, "a.pptx", sample.PPTX([]string{sample.Shape("title", "One"), "<p:sp", sample.Shape("title", "Three")}, nil))
	if err != nil || doc.Text != "One\n\fThree\n\f" || len(doc.Notes) != 1 || !strings.HasPrefix(doc.Notes[0], "slide 2 is left out: broken: ") {
		t.Errorf("%q, %q, %v", doc.Text, doc.Notes, err)
	}
	if len(doc.Sections) != 2 || doc.Sections[1].Place != slidePlace(3, 1, 1) {
		t.Errorf("%+v", doc.Sections)
	}
	var failure *Failure
	if _, err := parseOne(t, "a.pptx", sample.PPTX([]string{"<p:pic/>", "<p:sp"}, nil)); !errors.As(err, &failure) || failure.State != golocal.StateFailed || failure.Type != PPTX {
		t.Errorf("nothing but a broken slide: %v", err)
	}
	if _, err := parseOne(t, "a.pptx", sample.PPTX([]string{"<p:pic/>", "<p:pic/>"}, nil)); !errors.As(err, &failure) || failure.State != golocal.StateNoText || failure.Reason != "no text on its 2 slides" {
		t.Errorf("pictures alone: %v", err)
	}
}
