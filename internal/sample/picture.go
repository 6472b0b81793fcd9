package sample

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// lettering draws lines of text, black on white, large enough for OCR.
func lettering(lines ...string) *image.Gray {
	const scale = 6
	small := image.NewGray(image.Rect(0, 0, 300, 40+20*len(lines)))
	draw.Draw(small, small.Rect, image.White, image.Point{}, draw.Src)
	for i, line := range lines {
		d := font.Drawer{Dst: small, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(20, 30+20*i)}
		d.DrawString(line)
	}
	large := image.NewGray(image.Rect(0, 0, small.Rect.Dx()*scale, small.Rect.Dy()*scale))
	draw.NearestNeighbor.Scale(large, large.Rect, small, small.Rect, draw.Src, nil)
	return large
}

// Picture is a PNG of lines of text.
func Picture(lines ...string) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, lettering(lines...)); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// Scan is a PDF with a page that is nothing but a picture of lines of text.
func Scan(lines ...string) []byte {
	m := lettering(lines...)
	f := PDFFile{
		Pages:   []PDFPage{{Content: "q 540 0 0 150 36 600 cm /I Do Q", Objects: "/I 5 0 R"}},
		Objects: map[int]string{5: Stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8", m.Rect.Dx(), m.Rect.Dy()), string(m.Pix))},
	}
	return f.Bytes()
}
