package report

import (
	"fmt"
	"html"
	"image"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// ink is a colour by the name of a CSS variable, so that a drawing follows the
// reader's light or dark scheme; Gonum's own SVG writes fixed colours.
type ink string

// RGBA is that of black: only this package's canvas looks at the name.
func (ink) RGBA() (r, g, b, a uint32) { return color.Black.RGBA() }

// canvas draws in SVG, as a vg.Canvas. Its origin is at the bottom left, one
// unit is a point.
type canvas struct {
	width, height float64
	out           strings.Builder
	now           pen
	kept          []pen
}

// pen is the state that Push keeps.
type pen struct {
	width  float64
	dashes []vg.Length
	offset float64
	colour string
	at     affine
}

// affine maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) point(p vg.Point) (x, y float64) {
	px, py := p.X.Points(), p.Y.Points()
	return m.a*px + m.c*py + m.e, m.b*px + m.d*py + m.f
}

// then is n first, then m.
func (m affine) then(n affine) affine {
	return affine{m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b, m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d, m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f}
}

func newCanvas(width, height vg.Length) *canvas {
	c := &canvas{width: width.Points(), height: height.Points()}
	c.now.at = affine{a: 1, d: -1, f: c.height}
	vg.Initialize(c)
	return c
}

// svg is the drawing as an element with label as its text for those who hear it.
func (c *canvas) svg(label string) string {
	return fmt.Sprintf("<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n%s</svg>", number(c.width), number(c.height), html.EscapeString(label), c.out.String())
}

// Size is that of the whole drawing.
func (c *canvas) Size() (x, y vg.Length) { return vg.Points(c.width), vg.Points(c.height) }

// SetLineWidth sets the width of strokes.
func (c *canvas) SetLineWidth(w vg.Length) { c.now.width = w.Points() }

// SetLineDash sets lengths of dashes and gaps.
func (c *canvas) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.now.dashes, c.now.offset = dashes, offset.Points()
}

// SetColor sets the colour of all that follows; other colours than an ink are
// that of text.
func (c *canvas) SetColor(clr color.Color) {
	name, ok := clr.(ink)
	if !ok {
		name = inkText
	}
	c.now.colour = "var(--" + string(name) + ")"
}

// Rotate turns what follows, counterclockwise.
func (c *canvas) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	c.now.at = c.now.at.then(affine{a: cos, b: sin, c: -sin, d: cos})
}

// Translate moves what follows.
func (c *canvas) Translate(p vg.Point) {
	c.now.at = c.now.at.then(affine{a: 1, d: 1, e: p.X.Points(), f: p.Y.Points()})
}

// Scale stretches what follows.
func (c *canvas) Scale(x, y float64) { c.now.at = c.now.at.then(affine{a: x, d: y}) }

// Push keeps the state for Pop.
func (c *canvas) Push() { c.kept = append(c.kept, c.now) }

// Pop brings the last state back.
func (c *canvas) Pop() {
	c.now = c.kept[len(c.kept)-1]
	c.kept = c.kept[:len(c.kept)-1]
}

// Stroke draws a path's line.
func (c *canvas) Stroke(p vg.Path) {
	if c.now.width <= 0 || len(p) == 0 {
		return
	}
	dash := ""
	if len(c.now.dashes) > 0 {
		var all []string
		for _, d := range c.now.dashes {
			all = append(all, number(d.Points()))
		}
		dash = fmt.Sprintf(" stroke-dasharray=\"%s\" stroke-dashoffset=\"%s\"", strings.Join(all, " "), number(c.now.offset))
	}
	fmt.Fprintf(&c.out, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n", c.path(p), c.now.colour, number(c.now.width), dash)
}

// Fill draws what a path encloses.
func (c *canvas) Fill(p vg.Path) {
	if len(p) > 0 {
		fmt.Fprintf(&c.out, "<path d=\"%s\" fill=\"%s\"/>\n", c.path(p), c.now.colour)
	}
}

// arcStep is the angle of the straight pieces that an arc is drawn in.
const arcStep = math.Pi / 36

func (c *canvas) path(p vg.Path) string {
	var d strings.Builder
	to := func(letter string, points ...vg.Point) {
		d.WriteString(letter)
		for i, pt := range points {
			if i > 0 {
				d.WriteByte(' ')
			}
			x, y := c.now.at.point(pt)
			d.WriteString(number(x) + " " + number(y))
		}
	}
	for _, part := range p {
		switch part.Type {
		case vg.MoveComp:
			to("M", part.Pos)
		case vg.LineComp:
			to("L", part.Pos)
		case vg.ArcComp:
			for i, n := 0, int(math.Ceil(math.Abs(part.Angle)/arcStep)); i <= n; i++ {
				sin, cos := math.Sincos(part.Start + part.Angle*float64(i)/float64(max(1, n)))
				letter := "L"
				if d.Len() == 0 {
					letter = "M"
				}
				to(letter, vg.Point{X: part.Pos.X + part.Radius*vg.Length(cos), Y: part.Pos.Y + part.Radius*vg.Length(sin)})
			}
		case vg.CurveComp:
			to(map[int]string{1: "Q", 2: "C"}[len(part.Control)], append(part.Control[:len(part.Control):len(part.Control)], part.Pos)...)
		case vg.CloseComp:
			d.WriteString("Z")
		}
	}
	return d.String()
}

// FillString writes text with its left end of the baseline at a point.
func (c *canvas) FillString(f font.Face, at vg.Point, text string) {
	size := f.Font.Size.Points()
	if size <= 0 || text == "" {
		return
	}
	x, y := c.now.at.point(at)
	turn := ""
	if angle := -math.Atan2(c.now.at.b, c.now.at.a) * 180 / math.Pi; math.Abs(angle) > .01 {
		turn = fmt.Sprintf(" transform=\"rotate(%s %s %s)\"", number(-angle), number(x), number(y))
	}
	fmt.Fprintf(&c.out, "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s>%s</text>\n", number(x), number(y), number(size), c.now.colour, turn, html.EscapeString(text))
}

// DrawImage draws nothing: the reports have no images.
func (c *canvas) DrawImage(vg.Rectangle, image.Image) {}

// number writes a length with two digits, without what says nothing.
func number(v float64) string {
	s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
	if s == "" || s == "-0" {
		return "0"
	}
	return s
}
