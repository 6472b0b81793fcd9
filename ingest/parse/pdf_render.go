package parse

import (
	"errors"
	"fmt"
	"image"
	"math"
)

// mostPixels bounds the sides of a rendered page.
const mostPixels = 4000

// render draws page i of a document, 0-based, on white, as it is shown: cropped
// and rotated. A page that would be larger than 4,000 pixels on a side is drawn
// at fewer dots per inch.
func (p *pdfium) render(doc *pdfDocument, i, dpi int) (*image.RGBA, error) {
	page := doc.load(i)
	if page == 0 {
		return nil, fmt.Errorf("page %d cannot be opened", i+1)
	}
	defer p.call("FPDF_ClosePage", page)
	width := math.Float32frombits(uint32(p.call("FPDF_GetPageWidthF", page)))
	height := math.Float32frombits(uint32(p.call("FPDF_GetPageHeightF", page)))
	w, h, ok := pixels(float64(width), float64(height), dpi)
	if !ok {
		return nil, fmt.Errorf("page %d has no size", i+1)
	}
	const bgrx, white, annotations, reverseBytes = 3, 0xffffffff, 1, 0x10 // reversed, the bytes are RGBX
	bitmap := p.call("FPDFBitmap_CreateEx", uint64(w), uint64(h), bgrx, 0, 0)
	if bitmap == 0 {
		return nil, errors.Join(fmt.Errorf("page %d takes too much memory to draw", i+1), p.err)
	}
	defer p.call("FPDFBitmap_Destroy", bitmap)
	p.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(w), uint64(h), white)
	p.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(w), uint64(h), 0, annotations|reverseBytes)
	at, stride := p.call("FPDFBitmap_GetBuffer", bitmap), p.count("FPDFBitmap_GetStride", bitmap)
	if p.err != nil {
		return nil, fmt.Errorf("draw page %d: %w", i+1, p.err)
	}
	from := p.memory.read(at, uint64(stride*h))
	if from == nil || stride < 4*w {
		return nil, fmt.Errorf("page %d could not be drawn", i+1)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := img.Pix[y*img.Stride : y*img.Stride+4*w]
		copy(row, from[y*stride:])
		for x := 3; x < len(row); x += 4 {
			row[x] = 0xff
		}
	}
	return img, nil
}

// pixels returns the size of a page's picture, its sides in points given.
func pixels(width, height float64, dpi int) (w, h int, ok bool) {
	scale := min(float64(dpi)/72, mostPixels/width, mostPixels/height)
	if !(width > 0 && height > 0 && scale > 0) || math.IsInf(width, 0) || math.IsInf(height, 0) {
		return 0, 0, false
	}
	return max(1, int(math.Round(width*scale))), max(1, int(math.Round(height*scale))), true
}
