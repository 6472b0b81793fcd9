// Package sample makes small files of every format, for tests. Whatever a test
// reads is made here or in the test; no file of somebody else is needed.
package sample

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"strings"
)

// PDFLine is a line of a generated PDF page.
type PDFLine struct {
	Text string
	Size float64 // points
	Y    float64 // of the base line, points from the bottom
}

// PDF writes a PDF with the given pages in Helvetica. Extra objects go in as
// they are, from number 100; annots names those that page one carries.
func PDF(pages [][]PDFLine, title, annots string, extra map[int]string, password string) []byte {
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
			fmt.Fprintf(&s, "BT /F1 %g Tf 72 %g Td (%s) Tj ET\n", l.Size, l.Y, strings.NewReplacer("(", `\(`, ")", `\)`).Replace(l.Text))
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

// Column draws lines of 11 points from y downwards.
func Column(y float64, lines ...string) []PDFLine {
	var out []PDFLine
	for i, l := range lines {
		out = append(out, PDFLine{l, 11, y - 13*float64(i)})
	}
	return out
}
