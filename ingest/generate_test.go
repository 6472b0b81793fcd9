package ingest

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"strings"
	"testing"
)

// drawn is a line of a generated PDF page.
type drawn struct {
	text string
	size float64
	y    float64
}

// makePDF writes a PDF with the given pages in Helvetica. Extra objects go in as
// they are, from number 100; annots names those that page one carries.
func makePDF(pages [][]drawn, title, annots string, extra map[int]string, password string) []byte {
	var key []byte
	trailer := ""
	if password != "" {
		key, trailer = encrypt(password)
	}
	var b bytes.Buffer
	offsets := map[int]int{}
	seal := func(n int, data string) string {
		if key == nil {
			return data
		}
		sum := md5.Sum(append(bytes.Clone(key), byte(n), byte(n>>8), byte(n>>16), 0, 0))
		c, _ := rc4.NewCipher(sum[:10])
		out := make([]byte, len(data))
		c.XORKeyStream(out, []byte(data))
		return string(out)
	}
	object := func(n int, body string) {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 10+2*i)
	}
	object(1, "<< /Type /Catalog /Pages 2 0 R "+map[bool]string{true: "/AcroForm << /Fields [" + annots + "] /DA (/F1 12 Tf) /DR << /Font << /F1 3 0 R >> >> >>"}[annots != ""]+" >>")
	object(2, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages)))
	object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object(4, "<< /Title ("+strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", `\r`).Replace(seal(4, title))+") >>")
	for i, page := range pages {
		var s strings.Builder
		for _, l := range page {
			fmt.Fprintf(&s, "BT /F1 %g Tf 72 %g Td (%s) Tj ET\n", l.size, l.y, strings.NewReplacer("(", `\(`, ")", `\)`).Replace(l.text))
		}
		more := ""
		if i == 0 && annots != "" {
			more = "/Annots [" + annots + "]"
		}
		object(10+2*i, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R %s >>", 11+2*i, more))
		object(11+2*i, fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", s.Len(), seal(11+2*i, s.String())))
	}
	for n, body := range extra {
		object(n, body)
	}
	xref := b.Len()
	b.WriteString("xref\n")
	for n, at := range offsets {
		fmt.Fprintf(&b, "%d 1\n%010d 00000 n \n", n, at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size 400 /Root 1 0 R /Info 4 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", trailer, xref)
	return b.Bytes()
}

// encrypt makes the key and the trailer of the 40-bit standard handler (ISO
// 32000-1, 7.6.3, revision 2).
func encrypt(password string) (key []byte, trailer string) {
	const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	pad := []byte((password + padding)[:32])
	owner := md5.Sum(pad)
	c, _ := rc4.NewCipher(owner[:5])
	o := make([]byte, 32)
	c.XORKeyStream(o, pad)
	h := md5.New()
	h.Write(pad)
	h.Write(o)
	h.Write([]byte{0xfc, 0xff, 0xff, 0xff})
	h.Write([]byte("0123456789abcdef"))
	key = h.Sum(nil)[:5]
	c, _ = rc4.NewCipher(key)
	u := make([]byte, 32)
	c.XORKeyStream(u, []byte(padding))
	return key, fmt.Sprintf("/Encrypt << /Filter /Standard /V 1 /R 2 /O <%x> /U <%x> /P -4 >> /ID [<%x> <%x>]", o, u, "0123456789abcdef", "0123456789abcdef")
}

// column draws lines of 11 points from y downwards.
func column(y float64, lines ...string) []drawn {
	var out []drawn
	for i, l := range lines {
		out = append(out, drawn{l, 11, y - 13*float64(i)})
	}
	return out
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// makeDOCX zips a Word document with the given body; more parts by name.
func makeDOCX(t testing.TB, body string, parts map[string]string) []byte {
	all := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/styles.xml": `<?xml version="1.0"?><w:styles ` + wordNS + `>
			<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
			<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="H2"/></w:style>
			<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="whatever"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
			<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop"/></w:style></w:styles>`,
		"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	return makeZip(t, all)
}

func makeZip(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func para(style, text string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p>` + style + `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}
