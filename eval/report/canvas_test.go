package report

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

func TestCanvas(t *testing.T) {
	line := vg.Path{{Type: vg.MoveComp, Pos: vg.Point{X: 10, Y: 20}}, {Type: vg.LineComp, Pos: vg.Point{X: 30, Y: 20}}}
	for _, c := range []struct {
		name string
		draw func(*canvas)
		want string
	}{
		{"the origin is at the bottom", func(c *canvas) { c.Stroke(line) }, `<path d="M10 80L30 80" fill="none" stroke="var(--ink)" stroke-width="1"/>`},
		{"an ink by its name", func(c *canvas) { c.SetColor(ink("leg1")); c.Fill(line) }, `<path d="M10 80L30 80" fill="var(--leg1)"/>`},
		{"another colour is that of text", func(c *canvas) { c.SetColor(color.White); c.Fill(line) }, `fill="var(--ink)"`},
		{"moved", func(c *canvas) { c.Translate(vg.Point{X: 5, Y: 7}); c.Stroke(line) }, `d="M15 73L35 73"`},
		{"stretched, then moved in its own units", func(c *canvas) { c.Scale(2, 1); c.Translate(vg.Point{X: 5}); c.Stroke(line) }, `d="M30 80L70 80"`},
		{"turned to the left", func(c *canvas) { c.Translate(vg.Point{X: 50, Y: 50}); c.Rotate(math.Pi / 2); c.Stroke(line) }, `d="M30 40L30 20"`},
		{"put back", func(c *canvas) { c.Push(); c.Translate(vg.Point{X: 50}); c.SetLineWidth(9); c.Pop(); c.Stroke(line) }, `d="M10 80L30 80" fill="none" stroke="var(--ink)" stroke-width="1"`},
		{"dashes", func(c *canvas) { c.SetLineDash([]vg.Length{3, 1.5}, 2); c.Stroke(line) }, `stroke-dasharray="3 1.5" stroke-dashoffset="2"`},
		{"no width, no line", func(c *canvas) { c.SetLineWidth(0); c.Stroke(line) }, ""},
		{"curves", func(c *canvas) {
			p := vg.Path{}
			p.Move(vg.Point{})
			p.QuadTo(vg.Point{X: 1, Y: 1}, vg.Point{X: 2})
			p.CubeTo(vg.Point{X: 3, Y: 1}, vg.Point{X: 4, Y: 1}, vg.Point{X: 5})
			p.Close()
			c.Fill(p)
		}, `d="M0 100Q1 99 2 100C3 99 4 99 5 100Z"`},
		{"text is escaped", func(c *canvas) {
			c.FillString(font.Face{Font: font.Font{Size: 10}}, vg.Point{X: 1, Y: 2}, `<a & "b">`)
		}, `<text x="1" y="98" font-size="10" fill="var(--ink)">&lt;a &amp; &#34;b&#34;&gt;</text>`},
		{"turned text", func(c *canvas) {
			c.Translate(vg.Point{X: 20, Y: 20})
			c.Rotate(math.Pi / 2)
			c.FillString(font.Face{Font: font.Font{Size: 8}}, vg.Point{}, "up")
		}, `<text x="20" y="80" font-size="8" fill="var(--ink)" transform="rotate(-90 20 80)">up</text>`},
	} {
		canvas := newCanvas(100, 100)
		c.draw(canvas)
		if got := canvas.out.String(); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	arc := newCanvas(100, 100)
	p := vg.Path{}
	p.Arc(vg.Point{X: 50, Y: 50}, 10, 0, 2*math.Pi)
	arc.Fill(p)
	if got := arc.out.String(); !strings.HasPrefix(got, `<path d="M60 50L`) || !strings.Contains(got, "L40 50L") || !strings.Contains(got, "L50 40L") {
		t.Errorf("a circle: %s", got)
	}
	if got := newCanvas(10, 20).svg(`a "label"`); !strings.HasPrefix(got, `<svg viewBox="0 0 10 20" role="img" aria-label="a &#34;label&#34;">`) {
		t.Errorf("the element: %s", got)
	}
}
