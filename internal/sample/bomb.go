package sample

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// Bomb is a file that costs far more to read than its size promises.
type Bomb struct {
	Name string
	Data []byte
}

// inflating is a deflate stream of head, n times middle and tail, made without
// inflating it: blocks that end on a byte can be repeated. It returns the CRC-32
// and length of what it unpacks to as well.
func inflating(n int, head, middle, tail string) (packed []byte, crc uint32, size uint64) {
	deflate := func(s string, end bool) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		if err != nil {
			panic(err) // the level is valid
		}
		io.WriteString(w, s)
		if end {
			w.Close()
		} else {
			w.Flush()
		}
		return b.Bytes()
	}
	packed = append(deflate(head, false), bytes.Repeat(deflate(middle, false), n)...)
	packed = append(packed, deflate(tail, true)...)
	size = uint64(len(head) + n*len(middle) + len(tail))
	crc = crc32.ChecksumIEEE([]byte(head))
	for again := []byte(middle); n > 0; n-- {
		crc = crc32.Update(crc, crc32.IEEETable, again)
	}
	crc = crc32.Update(crc, crc32.IEEETable, []byte(tail))
	return packed, crc, size
}

// zipPart is a part of a zip file made by hand.
type zipPart struct {
	packed []byte
	crc    uint32
	size   uint64 // as claimed
}

// rawZip writes whole parts by name and, after them, those that are packed
// already; each name of a packed part may stand for the same bytes.
func rawZip(whole map[string]string, names []string, part zipPart) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range whole {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	for i, name := range names {
		packed := part.packed
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: name, Method: zip.Deflate, CRC32: part.crc,
			CompressedSize64: uint64(len(packed)), UncompressedSize64: part.size,
		})
		if err == nil && i == 0 {
			_, err = w.Write(packed)
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err) // a buffer takes everything
	}
	if len(names) > 1 {
		overlap(b.Bytes(), names)
	}
	return b.Bytes()
}

// overlap makes the directory entries of names point to the first one's bytes
// (https://www.bamsoftware.com/hacks/zipbomb/).
func overlap(b []byte, names []string) {
	at := bytes.LastIndex(b, []byte("PK\x05\x06"))
	at = int(binary.LittleEndian.Uint32(b[at+16:])) // the directory
	first := uint32(0)
	for at+46 <= len(b) && string(b[at:at+4]) == "PK\x01\x02" {
		n, extra, comment := int(binary.LittleEndian.Uint16(b[at+28:])), int(binary.LittleEndian.Uint16(b[at+30:])), int(binary.LittleEndian.Uint16(b[at+32:]))
		switch name := string(b[at+46 : at+46+n]); {
		case name == names[0]:
			first = binary.LittleEndian.Uint32(b[at+42:])
		case first > 0 && len(names) > 1:
			binary.LittleEndian.PutUint32(b[at+42:], first)
		}
		at += 46 + n + extra + comment
	}
}

const (
	rels  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="%s"/></Relationships>`
	types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
)

// mega repeats s up to about a megabyte.
func mega(s string) string { return strings.Repeat(s, 1<<20/len(s)) }

// ZipBombs are office documents and books of about a megabyte that unpack to
// about a gigabyte, or claim to.
func ZipBombs() []Bomb {
	word := func(body string) (packed []byte, crc uint32, size uint64) {
		return inflating(1000, `<?xml version="1.0"?><w:document `+WordNS+`><w:body>`, mega(body), `</w:body></w:document>`)
	}
	docx := map[string]string{"[Content_Types].xml": types, "_rels/.rels": fmt.Sprintf(rels, "word/document.xml")}
	paragraphs, crc, size := word(Para("", "x"))
	blank, blankCRC, blankSize := word(" ")

	xlsx := map[string]string{
		"[Content_Types].xml":        types,
		"_rels/.rels":                fmt.Sprintf(rels, "xl/workbook.xml"),
		"xl/workbook.xml":            `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	}
	sheet, sheetCRC, sheetSize := inflating(512, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, mega(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`), `</sheetData></worksheet>`)

	pptx := map[string]string{
		"[Content_Types].xml":             types,
		"_rels/.rels":                     fmt.Sprintf(rels, "ppt/presentation.xml"),
		"ppt/presentation.xml":            `<?xml version="1.0"?><p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide" Target="slides/slide1.xml"/></Relationships>`,
	}
	slide, slideCRC, slideSize := inflating(512, `<?xml version="1.0"?><p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody>`, mega(`<a:p><a:r><a:t>x</a:t></a:r></a:p>`), `</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`)

	odt := map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}
	content, contentCRC, contentSize := inflating(512, `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>`, mega(`<text:p>x</text:p>`), `</office:text></office:body></office:document-content>`)

	var chapters []string
	var manifest, spine strings.Builder
	for i := range 100 {
		chapters = append(chapters, fmt.Sprintf("c%d.xhtml", i))
		fmt.Fprintf(&manifest, `<item id="c%d" href="c%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="c%d"/>`, i)
	}
	epub := map[string]string{
		"mimetype":               "application/epub+zip",
		"META-INF/container.xml": `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"a.opf":                  `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>` + manifest.String() + `</manifest><spine>` + spine.String() + `</spine></package>`,
	}
	chapter, chapterCRC, chapterSize := inflating(8, `<html><body>`, mega(`<p>Words of one chapter.</p>`), `</body></html>`)

	many := map[string]string{}
	for i := range 50_000 {
		many[fmt.Sprint("word/", i)] = ""
	}
	for name, part := range docx {
		many[name] = part
	}
	many["word/document.xml"] = `<w:document ` + WordNS + `><w:body>` + Para("", "x") + `</w:body></w:document>`

	inner := rawZip(docx, []string{"word/document.xml"}, zipPart{paragraphs, crc, size})
	return []Bomb{
		{"paragraphs.docx", inner},
		{"blank.docx", rawZip(docx, []string{"word/document.xml"}, zipPart{blank, blankCRC, blankSize})},
		{"claims little.docx", rawZip(docx, []string{"word/document.xml"}, zipPart{paragraphs, crc, 100})},
		{"claims much.docx", rawZip(docx, []string{"word/document.xml"}, zipPart{paragraphs, crc, 1 << 60})},
		{"many entries.docx", Zip(many)},
		{"sheet.xlsx", rawZip(xlsx, []string{"xl/worksheets/sheet1.xml"}, zipPart{sheet, sheetCRC, sheetSize})},
		{"slide.pptx", rawZip(pptx, []string{"ppt/slides/slide1.xml"}, zipPart{slide, slideCRC, slideSize})},
		{"content.odt", rawZip(odt, []string{"content.xml"}, zipPart{content, contentCRC, contentSize})},
		{"overlapping.epub", rawZip(epub, chapters, zipPart{chapter, chapterCRC, chapterSize})},
		{"nested.zip", Zip(map[string]string{"a.docx": string(inner), "b.zip": string(Zip(map[string]string{"c.docx": string(inner)}))})},
	}
}

// XMLBombs are Word documents whose XML expands, reaches out or nests without
// end.
func XMLBombs() []Bomb {
	laughs := `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("ha", 50) + `">`
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	laughs += "]>"
	xml := func(before, text string) []byte {
		return DOCX("", map[string]string{"word/document.xml": `<?xml version="1.0"?>` + before + `<w:document ` + WordNS + `><w:body>` + Para("", text) + `</w:body></w:document>`})
	}
	return []Bomb{
		{"laughs.docx", xml(laughs, "&j;")},
		{"outside.docx", xml(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f SYSTEM "http://127.0.0.1:9/">]>`, "&e;&f;")},
		{"deep.docx", DOCX(strings.Repeat("<w:x>", 1_000_000), nil)},
	}
}

// HTMLBombs are pages that made HTML parsers work in quadratic time or for ever
// (CVE-2025-47911, CVE-2025-58190, CVE-2024-45338 and their kin).
func HTMLBombs() []Bomb {
	page := func(s string, n int) []byte { return []byte("<!doctype html><body>" + strings.Repeat(s, n/len(s))) }
	var attributes strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&attributes, " a%d=1", i)
	}
	return []Bomb{
		{"formatting.html", page("<b><p>", 1<<20)},
		{"misnested.html", page("<a><b></a><i></b></i>", 1<<20)},
		{"tables.html", page("<table><b>x", 1<<20)},
		{"templates.html", page("<template><table><tr>", 1<<20)},
		{"foreign.html", page("<svg><math><annotation-xml><select>", 1<<20)},
		{"attributes.html", []byte("<!doctype html><p" + attributes.String() + ">x")},
		{"doctype.html", []byte("<!DOCTYPE html PUBLIC '" + strings.Repeat("İ", 1<<19) + "' '" + strings.Repeat("K", 1<<19) + "'><p>x")},
		{"comments.html", page("<!-- <p", 1<<20)},
		{"deep.html", page("<div>", 5<<20)},
	}
}

// PDFBombs are PDFs that lead their reader in circles, or to sizes that nothing
// holds.
func PDFBombs() []Bomb {
	file := func(objects map[int]string, trailer string) []byte {
		var b bytes.Buffer
		b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
		offsets := map[int]int{}
		for n, body := range objects {
			offsets[n] = b.Len()
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, body)
		}
		at := b.Len()
		b.WriteString("xref\n0 1\n0000000000 65535 f \n")
		for n, offset := range offsets {
			fmt.Fprintf(&b, "%d 1\n%010d 00000 n \n", n, offset)
		}
		fmt.Fprintf(&b, "trailer\n<< /Size 100 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", strings.ReplaceAll(trailer, "HERE", fmt.Sprint(at)), at)
		return b.Bytes()
	}
	stream := func(dict, data string) string {
		return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(data), dict, data)
	}
	squeeze := func(s string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
	objects := func(change map[int]string) map[int]string {
		all := map[int]string{1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: page, 4: stream("", "BT /F1 12 Tf 72 700 Td (x) Tj ET")}
		for n, body := range change {
			all[n] = body
		}
		return all
	}
	stacked := strings.Repeat("BT /F1 12 Tf (x) Tj ET ", 64<<20/23)
	filters := ""
	for range 4 {
		stacked = squeeze(stacked)
		filters += "/FlateDecode "
	}
	return []Bomb{
		{"circular pages.pdf", file(objects(map[int]string{2: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"}), "")},
		{"circular outlines.pdf", file(objects(map[int]string{
			1: "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", 6: "<< /First 7 0 R /Last 7 0 R /Count 2 >>",
			7: "<< /Title (a) /Parent 6 0 R /Next 8 0 R /First 6 0 R >>", 8: "<< /Title (b) /Parent 6 0 R /Next 7 0 R /First 7 0 R >>",
		}), "")},
		{"xref loop.pdf", file(objects(nil), "/Prev HERE")},
		{"circular forms.pdf", file(objects(map[int]string{4: stream("", "/X Do"), 5: stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>", "/X Do /X Do")}), "")},
		{"stacked filters.pdf", file(objects(map[int]string{4: stream("/Filter ["+filters+"]", stacked)}), "")},
		{"giant page.pdf", file(objects(map[int]string{3: strings.ReplaceAll(page, "612 792", "2147483647 2147483647")}), "")},
		{"giant image.pdf", file(objects(map[int]string{4: stream("", "/X Do"), 5: stream("/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceRGB /BitsPerComponent 8", "x")}), "")},
		{"many pages.pdf", file(objects(map[int]string{2: "<< /Type /Pages /Kids [" + strings.Repeat("3 0 R ", 200_000) + "] /Count 200000 >>"}), "")},
	}
}

// MailBombs are messages of a million parts, ten thousand levels or megabytes of
// header.
func MailBombs() []Bomb {
	head := "From: a@example.org\r\nTo: b@example.org\r\nSubject: words\r\nDate: Tue, 1 Jul 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
	var deep strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return []Bomb{
		{"parts.eml", []byte(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\n\r\n", 1_000_000) + "--b--\r\n")},
		{"deep.eml", []byte(head + deep.String() + "\r\nwords\r\n")},
		{"header.eml", []byte(head + "X-Long: " + strings.Repeat("words ", 1<<20) + "\r\n\r\nwords\r\n")},
		{"many headers.eml", []byte(head + strings.Repeat("X-A: b\r\n", 1<<20) + "\r\nwords\r\n")},
		{"comments.eml", []byte("From: " + strings.Repeat("(", 1<<18) + "a@example.org\r\n" + head + "\r\nwords\r\n")},
	}
}

// ImageBombs claim sizes that no memory holds.
func ImageBombs() []Bomb {
	chunk := func(kind string, data []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		b = append(append(b, kind...), data...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 1<<30), 1<<30)
	png := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(size, 8, 6, 0, 0, 0))...)
	var rows bytes.Buffer
	w := zlib.NewWriter(&rows)
	w.Write(make([]byte, 16<<20))
	w.Close()
	png = append(png, chunk("IDAT", rows.Bytes())...)
	jpeg := "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
	return []Bomb{
		{"giant.png", append(png, chunk("IEND", nil)...)},
		{"giant.jpg", []byte(jpeg)},
	}
}

// TextBombs nest or refer without end.
func TextBombs() []Bomb {
	alias := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		alias += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 10), ", "))
	}
	return []Bomb{
		{"deep.json", []byte(strings.Repeat("[", 5<<20))},
		{"alias.yaml", []byte(alias)},
		{"deep.yaml", []byte(strings.Repeat("- ", 1<<20) + "x")},
		{"quotes.md", []byte(strings.Repeat(">", 1<<18) + " x\n")},
		{"brackets.md", []byte(strings.Repeat("[", 1<<19) + "x" + strings.Repeat("](", 1<<18))},
		{"deep.rtf", []byte(`{\rtf1 ` + strings.Repeat("{", 5<<20) + "x")},
		{"one line.csv", []byte(strings.Repeat("x,", 8<<20))},
	}
}
