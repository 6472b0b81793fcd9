package sample

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PDFFile is a PDF of which a test says more than PDF takes. Numbers of its own
// objects begin at 1000: catalog 1000, pages' tree 1001, document information
// 1002, page i 1010+2i and its content one above. Fonts are /F1, Helvetica, and
// those in Fonts.
type PDFFile struct {
	Pages   []PDFPage
	Info    string         // entries of the document information: "/Title (x)"
	Catalog string         // further entries of the catalog
	Fonts   string         // further entries of the fonts: "/F2 7 0 R"
	Objects map[int]string // further objects by their number, below 1000
}

// PDFPage is a page of 612 by 792 points.
type PDFPage struct {
	Content string // drawing operators
	More    string // further entries: "/Rotate 90 /CropBox [0 0 100 100]"
	Objects string // further XObjects: "/I 5 0 R"
}

// Draw is the content that draws lines of text at their places: size, x, y, text.
func Draw(lines ...[4]any) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "BT /F1 %v Tf 1 0 0 1 %v %v Tm (%s) Tj ET\n", l[0], l[1], l[2], Escape(fmt.Sprint(l[3])))
	}
	return b.String()
}

// Escape writes the marks of a PDF string so that they stand for themselves.
func Escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s)
}

// Stream is a stream object with the given entries.
func Stream(entries, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data)
}

// Bytes writes the file.
func (f PDFFile) Bytes() []byte {
	objects := maps.Clone(f.Objects)
	if objects == nil {
		objects = map[int]string{}
	}
	var kids strings.Builder
	for i, p := range f.Pages {
		n := 1010 + 2*i
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects[n] = fmt.Sprintf("<< /Type /Page /Parent 1001 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 1003 0 R %s >> /XObject << %s >> >> /Contents %d 0 R %s >>", f.Fonts, p.Objects, n+1, p.More)
		objects[n+1] = Stream("", p.Content)
	}
	objects[1000] = "<< /Type /Catalog /Pages 1001 0 R " + f.Catalog + " >>"
	objects[1001] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(f.Pages))
	objects[1002] = "<< " + f.Info + " >>"
	objects[1003] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	var b, table bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	most := 0
	for _, n := range slices.Sorted(maps.Keys(objects)) {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
		most = n
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 1\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1000 0 R /Info 1002 0 R >>\nstartxref\n%d\n%%%%EOF\n", table.Bytes(), most+1, at)
	return b.Bytes()
}
