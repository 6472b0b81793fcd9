package parse

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

// cacheDir keeps compiled PDF code between runs of the tests: compiling takes
// longer than all of them.
func cacheDir(t testing.TB) string {
	t.Helper()
	base, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir := filepath.Join(base, "golocal-test-pdf")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return t.TempDir()
	}
	return dir
}

func parseOne(t testing.TB, name string, data []byte) (golocal.Document, error) {
	t.Helper()
	f := &Formats{}
	defer f.Close()
	doc, err := f.Parse(context.Background(), name, data)
	if err == nil {
		if err := Verify(&doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return doc, err
}

// shown is a section as the tests below write it.
type shown struct {
	Kind  golocal.Kind
	Path  string
	Text  string
	Place golocal.Place
}

func show(doc golocal.Document) []shown {
	var out []shown
	for _, s := range doc.Sections {
		out = append(out, shown{s.Kind, strings.Join(s.Heading, " > "), doc.Text[s.Span.Start:s.Span.End], s.Place})
	}
	return out
}

func rulerOf(doc golocal.Document) place.Ruler { return place.NewRuler(doc.Marks, doc.Text) }

func lineRange(a, b int) golocal.Place { return golocal.Place{Line: a, LineEnd: b} }
func paraRange(a, b int) golocal.Place { return golocal.Place{Paragraph: a, ParagraphEnd: b} }

func TestMarkdown(t *testing.T) {
	source := "---\r\ntitle: The Manual\r\ntags: [a, b]\r\n---\r\n# Getting *started*\r\n\r\nFirst line\r\nsecond line.\r\n\r\n" +
		"## Tools\r\n\r\nYou need:\r\n\r\n- a hammer\r\n- nails\r\n\r\n  of iron\r\n\r\n```go\r\nfunc x() {}\r\n```\r\n\r\n" +
		"| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\nSetext\r\n======\r\n\r\n[ref]: http://example.com\r\n\r\n> quoted\r\n"
	doc, err := parseOne(t, "a.md", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(source, "\r\n", "\n"); doc.Text != want {
		t.Errorf("Text is not the source:\n%s", cmp.Diff(want, doc.Text))
	}
	if doc.Title != "The Manual" || doc.Type != "markdown" {
		t.Errorf("title %q, type %q", doc.Title, doc.Type)
	}
	want := []shown{
		{golocal.KindCode, "", "---\ntitle: The Manual\ntags: [a, b]\n---", lineRange(1, 4)},
		{golocal.KindHeading, "", "# Getting *started*", lineRange(5, 5)},
		{golocal.KindParagraph, "Getting started", "First line\nsecond line.", lineRange(7, 8)},
		{golocal.KindHeading, "Getting started", "## Tools", lineRange(10, 10)},
		{golocal.KindParagraph, "Getting started > Tools", "You need:", lineRange(12, 12)},
		{golocal.KindList, "Getting started > Tools", "- a hammer\n- nails\n\n  of iron", lineRange(14, 17)},
		{golocal.KindCode, "Getting started > Tools", "```go\nfunc x() {}\n```", lineRange(19, 21)},
		{golocal.KindTable, "Getting started > Tools", "| a | b |\n|---|---|\n| 1 | 2 |", lineRange(23, 25)},
		{golocal.KindHeading, "", "Setext\n======", lineRange(27, 28)},
		{golocal.KindParagraph, "Setext", "[ref]: http://example.com", lineRange(30, 30)},
		{golocal.KindParagraph, "Setext", "> quoted", lineRange(32, 32)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
}

func TestHTML(t *testing.T) {
	source := `<!DOCTYPE html><html><head><title> The
		page </title><style>p{}</style><script>alert(1)</script></head><body>
		<nav><a href=/>Home</a></nav><h1>Hea<b>d</b>ing</h1><p>One <b>bold</b><i>er</i>
		word.<br>Next.</p><div style="display: none">hidden one</div><p hidden>hidden two</p><span aria-hidden=true>×</span>
		<span style="font-size:0px">hidden four</span><p style="font-size:0.9em">visible</p>
		<h3>Deep</h3><ul><li>first<ul><li>inner</li></ul><li><p>second</p></ul>loose text
		<pre>line 1
  line 2</pre><table><tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td>5 <b>years</b></td></tr></table>
		<table><tr><td><p>Layout</p></td></tr></table><!-- comment --><p>a&nbsp;b &amp; c</p></body></html>`
	doc, err := parseOne(t, "a.html", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Title != "The page" {
		t.Errorf("title %q", doc.Title)
	}
	want := []shown{
		{golocal.KindHeading, "", "Heading", paraRange(1, 1)},
		{golocal.KindParagraph, "Heading", "One bolder word. Next.", paraRange(2, 2)},
		{golocal.KindParagraph, "Heading", "visible", paraRange(3, 3)},
		{golocal.KindHeading, "Heading", "Deep", paraRange(4, 4)},
		{golocal.KindList, "Heading > Deep", "first\ninner\nsecond", paraRange(5, 7)},
		{golocal.KindParagraph, "Heading > Deep", "loose text", paraRange(8, 8)},
		{golocal.KindCode, "Heading > Deep", "line 1\n  line 2", paraRange(9, 10)},
		{golocal.KindTable, "Heading > Deep", "Name | Age\nAnn | 5 years", paraRange(11, 12)},
		{golocal.KindParagraph, "Heading > Deep", "Layout", paraRange(13, 13)},
		{golocal.KindParagraph, "Heading > Deep", "a b & c", paraRange(14, 14)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(doc.Text, "hidden") || strings.Contains(doc.Text, "alert") || strings.Contains(doc.Text, "Home") {
		t.Errorf("text holds what a reader does not see:\n%s", doc.Text)
	}
}

func TestHTMLTooDeep(t *testing.T) {
	doc, err := parseOne(t, "a.html", []byte("<html><title>T</title><script>no()</script><p>before</p>"+strings.Repeat("<div>", 5000)+"inside"))
	if err != nil || doc.Text != "before\ninside\n" || doc.Title != "T" {
		t.Errorf("%q, title %q, %v", doc.Text, doc.Title, err)
	}
}

func TestDeclaredCharset(t *testing.T) {
	page := encoded(t, charmap.Windows1251, `<html><head><meta charset="windows-1251"></head><body><p>Да</p></body></html>`)
	if doc, err := parseOne(t, "a.html", page); err != nil || doc.Text != "Да\n" {
		t.Errorf("declared charset: %q, %v", doc.Text, err)
	}
	page = encoded(t, charmap.Windows1252, `<html><head><meta charset="utf-8"></head><body><p>Größe</p></body></html>`)
	if doc, err := parseOne(t, "a.html", page); err != nil || doc.Text != "Größe\n" {
		t.Errorf("wrongly declared charset: %q, %v", doc.Text, err)
	}
}

func TestText(t *testing.T) {
	doc, err := parseOne(t, "notes.txt", []byte("One line\nmore.\n\n \t\n- a\n- b\n\n\nLast\x00\x1b[31m one\f."))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindParagraph, "", "One line\nmore.", lineRange(1, 2)},
		{golocal.KindList, "", "- a\n- b", lineRange(5, 6)},
		{golocal.KindParagraph, "", "Last[31m one .", lineRange(9, 9)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "" {
		t.Errorf("plain text has the title %q", doc.Title)
	}
}

func TestCode(t *testing.T) {
	source := "package x\n\nimport \"fmt\"\n\n// Add adds.\nfunc Add(a, b int) int {\n\tx := a\n\n\treturn x + b\n}\n\ntype T struct {\n\tA int\n}\n"
	doc, err := parseOne(t, "x.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindCode, "", "package x", lineRange(1, 1)},
		{golocal.KindCode, "", "import \"fmt\"", lineRange(3, 3)},
		{golocal.KindCode, "func Add(a, b int) int", "// Add adds.\nfunc Add(a, b int) int {\n\tx := a\n\n\treturn x + b\n}", lineRange(5, 10)},
		{golocal.KindCode, "type T struct", "type T struct {\n\tA int\n}", lineRange(12, 14)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
}

func TestDOCX(t *testing.T) {
	body := sample.Para("H1", "Contract") + sample.Para("", "Between &lt;A&gt; and B.") +
		`<w:p><w:r><w:t>Visible</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText><w:t>deleted</w:t></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>` +
		`<w:r><w:instrText>FIELD</w:instrText><w:tab/><w:t xml:space="preserve"> text</w:t><w:br/><w:t>on one line</w:t></w:r></w:p>` +
		sample.Para("Mine", "Second level") +
		`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>item one</w:t></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>item two</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc>` + sample.Para("", "Name") + `</w:tc><w:tc>` + sample.Para("", "Age") + `</w:tc></w:tr><w:tr><w:tc>` + sample.Para("", "Ann") + sample.Para("", "Lee") + `</w:tc><w:tc>` + sample.Para("", "5") + `</w:tc></w:tr></w:tbl>` +
		`<w:tbl><w:tr><w:tc>` + sample.Para("H1", "Boxed") + sample.Para("", "In a layout table.") + `</w:tc></w:tr></w:tbl>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + sample.Para("", "In a text box") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + sample.Para("", "In a text box") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>Around it</w:t></w:r></w:p>` +
		sample.Para("Loop", "After all")
	doc, err := parseOne(t, "a.docx", sample.DOCX(body, map[string]string{
		"docProps/core.xml":  `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Somebody</dc:creator><dc:title>The contract</dc:title></cp:coreProperties>`,
		"word/footnotes.xml": `<w:footnotes ` + sample.WordNS + `><w:footnote>` + sample.Para("", "A footnote.") + `</w:footnote></w:footnotes>`,
		"word/comments.xml":  `<w:comments ` + sample.WordNS + `><w:comment>` + sample.Para("", "A comment.") + `</w:comment></w:comments>`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Title != "The contract" {
		t.Errorf("title %q", doc.Title)
	}
	want := []shown{
		{golocal.KindHeading, "", "Contract", paraRange(1, 1)},
		{golocal.KindParagraph, "Contract", "Between <A> and B.", paraRange(2, 2)},
		{golocal.KindParagraph, "Contract", "Visible text on one line", paraRange(3, 3)},
		{golocal.KindHeading, "Contract", "Second level", paraRange(4, 4)},
		{golocal.KindList, "Contract > Second level", "item one\nitem two", paraRange(5, 6)},
		{golocal.KindTable, "Contract > Second level", "Name | Age\nAnn Lee | 5", paraRange(7, 8)},
		{golocal.KindHeading, "", "Boxed", paraRange(9, 9)},
		{golocal.KindParagraph, "Boxed", "In a layout table.", paraRange(10, 10)},
		{golocal.KindParagraph, "Boxed", "In a text box", paraRange(11, 11)},
		{golocal.KindParagraph, "Boxed", "Around it", paraRange(12, 12)},
		{golocal.KindParagraph, "Boxed", "After all", paraRange(13, 13)},
		{golocal.KindParagraph, "", "A footnote.", paraRange(14, 14)},
		{golocal.KindParagraph, "", "Comment: A comment.", paraRange(15, 15)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
}

func TestPDF(t *testing.T) {
	var pages [][]sample.PDFLine
	for i, text := range []string{"the first page", "the second page", "the third page", "the fourth page"} {
		page := []sample.PDFLine{{Text: "ACME Corp. confidential", Size: 8, Y: 760}}
		if i == 0 {
			page = append(page, sample.PDFLine{Text: "Annual Report", Size: 22, Y: 720})
		}
		page = append(page, sample.Column(690, "This is the body of "+text+", which goes on", "over a second line.")...)
		page = append(page, sample.Column(640, "Another paragraph of "+text+".")...)
		pages = append(pages, append(page, sample.PDFLine{Text: "Page " + string(rune('1'+i)), Size: 8, Y: 30}))
	}
	pages = append(pages, nil)
	widget := map[int]string{
		100: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (filled in) /Rect [72 100 300 120] /AP << /N 101 0 R >> /F 4 >>",
		101: "<< /Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F1 3 0 R >> >> /Length 36 >>\nstream\nBT /F1 11 Tf 2 5 Td (filled in) Tj ET \nendstream",
	}
	f := &Formats{Cache: cacheDir(t)}
	defer f.Close()
	doc, err := f.Parse(context.Background(), "a.pdf", sample.PDF(pages, "Microsoft Word - x.doc", "100 0 R", widget, ""))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Pages != 5 || doc.Blank != 1 || doc.Title != "Annual Report" {
		t.Errorf("%d pages, %d blank, title %q", doc.Pages, doc.Blank, doc.Title)
	}
	if n := strings.Count(doc.Text, "\f"); n != 5 {
		t.Errorf("%d form feeds for 5 pages", n)
	}
	if strings.Count(doc.Text, "ACME") != 1 || strings.Contains(doc.Text, "Page ") {
		t.Errorf("headers and footers that repeat are still there, or the first of them is not: %q", doc.Text)
	}
	page := func(n int) golocal.Place { return golocal.Place{Page: n, PageEnd: n} }
	want := []shown{
		{golocal.KindParagraph, "", "ACME Corp. confidential", page(1)},
		{golocal.KindHeading, "", "Annual Report", page(1)},
		{golocal.KindParagraph, "Annual Report", "This is the body of the first page, which goes on\nover a second line.", page(1)},
		{golocal.KindParagraph, "Annual Report", "Another paragraph of the first page.", page(1)},
		{golocal.KindParagraph, "Annual Report", "filled in", page(1)},
		{golocal.KindParagraph, "Annual Report", "This is the body of the second page, which goes on\nover a second line.", page(2)},
		{golocal.KindParagraph, "Annual Report", "Another paragraph of the second page.", page(2)},
	}
	if diff := cmp.Diff(want, show(doc)[:min(7, len(doc.Sections))]); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		name, reason string
		data         []byte
		state        golocal.State
	}{
		{"encrypted", "needs a password", sample.PDF(pages, "", "", nil, "secret"), golocal.StateFailed},
		{"broken", "broken: not a PDF that can be opened", []byte("%PDF-1.4\nnothing of the kind"), golocal.StateFailed},
		{"scan", remark.Text(remark.Scan), sample.PDF([][]sample.PDFLine{nil, nil}, "", "", nil, ""), golocal.StateNoText},
	} {
		_, err := f.Parse(context.Background(), "a.pdf", c.data)
		var failure *Failure
		if !errors.As(err, &failure) || failure.State != c.state || failure.Reason != c.reason {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	// The same instance goes on after bad files.
	if _, err := f.Parse(context.Background(), "a.pdf", sample.PDF(pages, "", "", nil, "")); err != nil {
		t.Error(err)
	}
}

func TestPlainPDF(t *testing.T) {
	doc, err := parsePlainPDF(sample.PDF([][]sample.PDFLine{sample.Column(700, "Readable words"), sample.Column(700, "On page two")}, "A title", "", nil, ""))
	if err != nil || doc.Pages != 2 || doc.Title != "A title" || !strings.Contains(doc.Text, "Readable words") {
		t.Errorf("%+v, %v", doc, err)
	}
	if _, err := parsePlainPDF([]byte("%PDF-1.4 no")); err == nil {
		t.Error("a broken file was read")
	}
}

func TestBadFiles(t *testing.T) {
	deep := "<w:p>" + strings.Repeat("<w:x>", 600) + strings.Repeat("</w:x>", 600) + "</w:p>"
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]><w:document ` + sample.WordNS + `><w:body>` + sample.Para("", "x &b; &e;") + `</w:body></w:document>`
	for _, c := range []struct {
		name   string
		data   []byte
		state  golocal.State
		reason string
	}{
		{"empty.txt", nil, golocal.StateNoText, "holds no text"},
		{"blank.md", []byte(" \n\n\t---\n"), golocal.StateNoText, "holds no text"},
		{"blank.html", []byte("<html><body><script>x</script></body></html>"), golocal.StateNoText, "holds no text"},
		{"photo.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), golocal.StateUnsupported, "an image; text in images is read only with ocr: on in the config, and tesseract installed"},
		{"song.txt", []byte("ID3\x03\x00\x00\x00\x00\x00\x21TIT2"), golocal.StateUnsupported, "an audio file"},
		{"data.bin", []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x80\x81"), golocal.StateUnsupported, "not text, and not a type that is known"},
		{"a.zip", sample.Zip(map[string]string{"readme.txt": "hello"}), golocal.StateUnsupported, "an archive; files in archives are not read"},
		{"a.docx", sample.Zip(map[string]string{"readme.txt": "hello"}), golocal.StateFailed, "broken: no Word document in it"},
		{"a.pptx", sample.Zip(map[string]string{"readme.txt": "hello"}), golocal.StateFailed, "broken: no presentation in it"},
		{"a.xlsb", sample.Zip(map[string]string{"_rels/.rels": sample.Relations("officeDocument", "xl/workbook.bin"), "xl/workbook.bin": "\x83\x01"}), golocal.StateUnsupported, "a binary workbook (.xlsb); save it as .xlsx"},
		{"a.xlsx", sample.Zip(map[string]string{"xl/workbook.xml": "<workbook/>"}), golocal.StateNoText, "holds no text"},
		{"cut.docx", sample.DOCX(sample.Para("", "x"), nil)[:200], golocal.StateFailed, "broken: zip: not a valid zip file"},
		{"secret.docx", append(append([]byte{}, oleMagic...), wide("EncryptedPackage")...), golocal.StateFailed, "needs a password"},
		{"old.doc", append(append([]byte{}, oleMagic...), wide("WordDocument")...), golocal.StateUnsupported, "Word files before 2007 are not read; save it as .docx"},
		{"deep.docx", sample.DOCX(deep, nil), golocal.StateFailed, "broken: word/document.xml is nested deeper than 512 elements"},
		{"wide.docx", sample.DOCX(sample.Para("", "x")+strings.Repeat("<w:p/>", 1)+"<w:p><", nil), golocal.StateFailed, "broken: word/document.xml: "},
	} {
		doc, err := parseOne(t, c.name, c.data)
		var failure *Failure
		if !errors.As(err, &failure) || failure.State != c.state || !strings.HasPrefix(failure.Reason, c.reason) {
			t.Errorf("%s: %q, %v; want %s: %s", c.name, normal.Shorten(doc.Text, 80), err, c.state, c.reason)
		}
	}
	doc, err := parseOne(t, "laughs.docx", sample.DOCX("", map[string]string{"word/document.xml": laughs}))
	if err == nil && (strings.Contains(doc.Text, "haha") || strings.Contains(doc.Text, "root:")) {
		t.Errorf("entities were expanded: %q", doc.Text)
	}
}

func TestArchiveLimits(t *testing.T) {
	parts := map[string]string{}
	for i := range maxEntries + 1 {
		parts["f"+strings.Repeat("0", i%7)+string(rune('a'+i%26))+strings.Repeat("z", i/1000)+"-"+strings.Repeat("y", i%100)+string(rune(0x4e00+i))] = ""
	}
	if _, err := openArchive(sample.Zip(parts)); err == nil || !strings.Contains(err.Error(), "entries") {
		t.Errorf("10,001 entries: %v", err)
	}
	// The same at a thousandth of the size; the real one takes long under the race detector.
	parts = map[string]string{"a": strings.Repeat(" ", 60_000), "b": strings.Repeat(" ", 60_000), "c": strings.Repeat(" ", 60_000), "d": strings.Repeat(" ", 60_000), "big": strings.Repeat(" ", 70_000)}
	a, err := openArchive(sample.Zip(parts))
	if err != nil {
		t.Fatal(err)
	}
	a.part, a.left = 64_000, 200_000
	for _, c := range []struct {
		name string
		most int
		err  error
	}{{"a", 60_000, io.EOF}, {"big", 64_000, errBomb}, {"b", 60_000, io.EOF}, {"c", 16_000, errBomb}, {"d", 0, errBomb}} {
		r, err := a.open(c.name)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for err == nil {
			var k int
			k, err = r.Read(make([]byte, 1000))
			n += k
		}
		if n != c.most || err != c.err {
			t.Errorf("%s: %d bytes, %v; want %d, %v", c.name, n, err, c.most, c.err)
		}
	}
}

func TestNormal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain\ttext\n", "plain\ttext\n"},
		{"a\r\nb\rc\n", "a\nb\nc\n"},
		{"e\u0301", "\u00e9"},
		{"zero\u200bwidth\ufeff\u2060 so\u00adft", "zerowidth soft"},
		{"tags\U000E0041\U000E0042\U000E007F", "tags"},
		{"\u202eevil\u202c \u2066x\u2069", "evil x"},
		{"\x1b[31mred\x1b[0m \x00\x07", "[31mred[0m "},
		{"bad\xff\xfebytes", "bad\ufffd\ufffdbytes"},
		{"می\u200cخواهم", "می\u200cخواهم"},
		{"lat\u200cin\u200d", "latin"},
		{"👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"},
		{"👍\ufe01\ufe02\ufe03", "👍\ufe01"},
		{"page\fend", "page\fend"},
		{"line\u2028sep\u0085x", "line sep x"},
	} {
		if got := normal.Text(c.in); got != c.want {
			t.Errorf("normal.Text(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
