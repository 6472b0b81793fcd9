package parse

import (
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"golocal"
)

// readPage reads the lines of page i, 0-based. A page that cannot be read is an
// empty one.
func (d *pdfDocument) readPage(i int) pdfPage {
	page := d.load(i)
	if page == 0 {
		return pdfPage{}
	}
	defer d.p.call("FPDF_ClosePage", page)
	text := d.p.call("FPDFText_LoadPage", page)
	if text == 0 {
		return pdfPage{}
	}
	defer d.p.call("FPDFText_ClosePage", text)
	r := pageReader{p: d.p, page: page, text: text}
	r.frame()
	lines := pageLines(r.chars())
	lines.label = d.label(i)
	lines.height = r.box[3] - r.box[1]
	if r.turn%2 == 1 {
		lines.height = r.box[2] - r.box[0]
	}
	return lines
}

// pageReader reads the letters of one page.
type pageReader struct {
	p          *pdfium
	page, text uint64
	box        [4]float64 // of what is shown: left, bottom, right, top in the page's own space
	turn       int        // quarters clockwise that the page is turned by to be shown
	object     uint64     // the text object of the last letter, for which the following hold
	size       float64
	dx, dy     float64
	invisible  bool
}

// frame learns which part of the page is shown, and how it is turned.
func (r *pageReader) frame() {
	var box [4]float32 // left, top, right, bottom
	if r.p.count("FPDF_GetPageBoundingBox", r.page, r.p.scratch) != 0 {
		r.p.float32s(box[:])
	}
	r.box = [4]float64{float64(min(box[0], box[2])), float64(min(box[1], box[3])), float64(max(box[0], box[2])), float64(max(box[1], box[3]))}
	r.turn = r.p.count("FPDFPage_GetRotation", r.page) & 3
}

// shown turns a point of the page's own space into one of the page as it is
// shown, in points from its bottom left corner.
func (r *pageReader) shown(x, y float64) (float64, float64) {
	switch r.turn {
	case 1:
		return y - r.box[1], r.box[2] - x
	case 2:
		return r.box[2] - x, r.box[3] - y
	case 3:
		return r.box[3] - y, x - r.box[0]
	}
	return x - r.box[0], y - r.box[1]
}

func (r *pageReader) shownBox(left, bottom, right, top float64) golocal.Box {
	x0, y0 := r.shown(left, bottom)
	x1, y1 := r.shown(right, top)
	return golocal.Box{float32(min(x0, x1)), float32(min(y0, y1)), float32(max(x0, x1)), float32(max(y0, y1))}
}

// chars reads the letters in PDFium's order, which is the page's own with
// spaces and line ends put where letters stand apart.
func (r *pageReader) chars() []pdfChar {
	p, scratch := r.p, r.p.scratch
	unicode, object := p.module.Fn("FPDFText_GetUnicode"), p.module.Fn("FPDFText_GetTextObject")
	origin, loose := p.module.Fn("FPDFText_GetCharOrigin"), p.module.Fn("FPDFText_GetLooseCharBox")
	count := p.count("FPDFText_CountChars", r.text)
	if count <= 0 {
		return nil
	}
	out := make([]pdfChar, 0, count)
	for i := range uint64(count) {
		c := pdfChar{r: rune(uint32(p.run(unicode, r.text, i)))}
		switch c.r {
		case '\r', '\n':
			out = append(out, pdfChar{r: '\n'})
			continue
		case ' ':
			c.made = p.count("FPDFText_IsGenerated", r.text, i) == 1
			out = append(out, c)
			continue
		case 2, 0xfffe:
			c.hyphen = p.count("FPDFText_IsHyphen", r.text, i) == 1
		}
		if n := len(out); n > 0 && utf16.IsSurrogate(c.r) && utf16.IsSurrogate(out[n-1].r) {
			out[n-1].r = utf16.DecodeRune(out[n-1].r, c.r)
			continue
		}
		if c.r < ' ' && c.r != '\t' || c.r >= 0x7f && c.r < 0xa0 || c.r == 0xfffe {
			c.r = utf8.RuneError // the font does not say which letter it is
		}
		if o := p.run(object, r.text, i); o != r.object || i == 0 {
			r.object = o
			r.measure(i)
		}
		c.object, c.size, c.dx, c.dy = uint32(r.object), r.size, r.dx, r.dy
		var at [2]float64
		if p.run(origin, r.text, i, scratch, scratch+8)&1 != 0 {
			p.float64s(at[:])
		}
		var box [4]float32 // left, top, right, bottom
		if p.run(loose, r.text, i, scratch)&1 != 0 {
			p.float32s(box[:])
		}
		left, top, right, bottom := float64(box[0]), float64(box[1]), float64(box[2]), float64(box[3])
		c.x, c.y = r.shown(at[0], at[1])
		c.box = r.shownBox(left, bottom, right, top)
		switch {
		case r.invisible:
			c.hidden = hiddenInvisible
		case !(max(left, right, at[0]) > r.box[0] && min(left, right, at[0]) < r.box[2] && max(top, bottom, at[1]) > r.box[1] && min(top, bottom, at[1]) < r.box[3]) && r.box[2] > r.box[0]:
			c.hidden = hiddenOffPage
		case c.size > 0 && c.size < 1 && c.box[2]-c.box[0] < 1 && c.box[3]-c.box[1] < 1.5:
			c.hidden = hiddenTiny
		}
		if p.err != nil {
			break
		}
		out = append(out, c)
	}
	if r.sawInvisible(out) && r.scanned() {
		for i := range out {
			if out[i].hidden == hiddenInvisible { // the letters of a scan, under its picture
				out[i].hidden = ""
			}
		}
	}
	return out
}

// measure learns size, direction and visibility of the letters of a text object
// from letter i.
func (r *pageReader) measure(i uint64) {
	p, scratch := r.p, r.p.scratch
	r.size = math.Float64frombits(p.call("FPDFText_GetFontSize", r.text, i))
	r.dx, r.dy = 1, 0
	if p.call("FPDFText_GetMatrix", r.text, i, scratch)&1 != 0 {
		var m [6]float32
		p.float32s(m[:])
		r.size *= scale(float64(m[2]), float64(m[3]))
		if s := math.Hypot(float64(m[0]), float64(m[1])); s > 0 {
			r.dx, r.dy = float64(m[0])/s, float64(m[1])/s
		}
	}
	switch r.turn {
	case 1:
		r.dx, r.dy = r.dy, -r.dx
	case 2:
		r.dx, r.dy = -r.dx, -r.dy
	case 3:
		r.dx, r.dy = -r.dy, r.dx
	}
	r.invisible = r.object != 0 && p.count("FPDFTextObj_GetTextRenderMode", r.object) == 3
}

func (r *pageReader) sawInvisible(chars []pdfChar) bool {
	for i := range chars {
		if chars[i].hidden == hiddenInvisible {
			return true
		}
	}
	return false
}

// scanned reports whether pictures cover half of the page.
func (r *pageReader) scanned() bool {
	p := r.p
	const most, image, form = 2000, 3, 5
	area := 0.0
	add := func(object uint64) {
		s := p.scratch
		if p.count("FPDFPageObj_GetBounds", object, s, s+4, s+8, s+12) != 0 {
			var b [4]float32 // left, bottom, right, top
			p.float32s(b[:])
			w := min(float64(b[2]), r.box[2]) - max(float64(b[0]), r.box[0])
			h := min(float64(b[3]), r.box[3]) - max(float64(b[1]), r.box[1])
			area += max(0, w) * max(0, h)
		}
	}
	for i := range uint64(min(most, max(0, p.count("FPDFPage_CountObjects", r.page)))) {
		object := p.call("FPDFPage_GetObject", r.page, i)
		switch p.count("FPDFPageObj_GetType", object) {
		case image:
			add(object)
		case form:
			for j := range uint64(min(most, max(0, p.count("FPDFFormObj_CountObjects", object)))) {
				if p.count("FPDFPageObj_GetType", p.call("FPDFFormObj_GetObject", object, j)) == image {
					add(object) // its place on the page; the picture's is in the form's own space
					break
				}
			}
		}
	}
	return area*2 >= (r.box[2]-r.box[0])*(r.box[3]-r.box[1])
}
