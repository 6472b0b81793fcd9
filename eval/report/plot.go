package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"golocal/eval"
)

// The inks of the drawings; the page's style sheet gives them colours.
const (
	inkText ink = "ink"
	inkSoft ink = "soft"
	inkGood ink = "good"
	inkBad  ink = "bad"
)

// legInk is the colour of the nth leg.
func legInk(n int) ink { return ink(fmt.Sprintf("leg%d", n%4)) }

const (
	plotWidth  = 460 // points
	plotHeight = 250
)

// newPlot has axes in the page's inks.
func newPlot(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Label.Text, p.Y.Label.Text = x, y
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Color, a.Tick.LineStyle.Color = inkSoft, inkSoft
		for _, t := range []*text.Style{&a.Label.TextStyle, &a.Tick.Label} {
			t.Color = inkText
			t.Font.Variant, t.Font.Size = "Sans", vg.Points(10)
		}
		a.Padding = vg.Points(3)
	}
	p.Legend.TextStyle.Color = inkText
	p.Legend.TextStyle.Font.Variant, p.Legend.TextStyle.Font.Size = "Sans", vg.Points(10)
	p.Legend.ThumbnailWidth, p.Legend.Padding = vg.Points(14), vg.Points(3)
	return p
}

// unit makes an axis run from 0 to 1.
func unit(a *plot.Axis) {
	a.Min, a.Max = 0, 1
	a.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: .2, Label: ".2"}, {Value: .4, Label: ".4"}, {Value: .6, Label: ".6"}, {Value: .8, Label: ".8"}, {Value: 1, Label: "1"}}
}

func grid(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal.Color, g.Horizontal.Width = inkSoft, vg.Points(.4)
	p.Add(g)
}

// drawn is the plot as SVG.
func drawn(p *plot.Plot, label string) template.HTML {
	c := newCanvas(plotWidth, plotHeight)
	p.Draw(draw.Crop(draw.New(c), 0, -vg.Points(12), 0, -vg.Points(6))) // the last labels reach over the axes
	return template.HTML(c.svg(label))                                  // of numbers, names of inks and escaped text only
}

// distribution draws how many questions each leg answers how well.
func distribution(run eval.Run) (template.HTML, error) {
	const bins = 10
	p := newPlot("nDCG@10 of a question", "questions")
	grid(p)
	names := run.Names()
	width := vg.Points(30 / float64(max(1, len(names))))
	for i, leg := range names {
		counts := make(plotter.Values, bins)
		for _, q := range run.Questions {
			counts[min(bins-1, int(q.Legs[leg].NDCG10*bins))]++
		}
		bars, err := plotter.NewBarChart(counts, width)
		if err != nil {
			return "", fmt.Errorf("draw the distribution: %w", err)
		}
		bars.Color, bars.LineStyle.Width = legInk(i), 0
		bars.Offset = width * vg.Length(float64(i)-float64(len(names)-1)/2)
		p.Add(bars)
		p.Legend.Add(leg, bars)
	}
	ticks := plot.ConstantTicks{}
	for i := range bins {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: fmt.Sprintf("%.1f–", float64(i)/bins)})
	}
	p.X.Tick.Marker = ticks
	p.X.Min, p.X.Max = -.5, bins-.5
	p.Y.Min = 0
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs = vg.Points(10)
	return drawn(p, "How many questions each leg answers how well"), nil
}

// curve is a line of a plot by its name.
type curve struct {
	name   string
	values []float64 // at 1, 2, …
}

// recall draws recall over the number of documents that are looked at.
func recall(curves []curve) (template.HTML, error) {
	p := newPlot("first k documents", "recall@k")
	grid(p)
	deepest := 1
	for i, c := range curves {
		points := make(plotter.XYs, len(c.values))
		for k, v := range c.values {
			points[k] = plotter.XY{X: float64(k + 1), Y: v}
		}
		deepest = max(deepest, len(points))
		line, err := plotter.NewLine(points)
		if err != nil {
			return "", fmt.Errorf("draw recall: %w", err)
		}
		line.Color, line.Width = legInk(i), vg.Points(1.8)
		p.Add(line)
		p.Legend.Add(c.name, line)
	}
	unit(&p.Y)
	p.X.Min, p.X.Max = 1, float64(max(2, deepest))
	p.X.Scale = plot.LogScale{}
	var ticks plot.ConstantTicks
	for _, k := range []int{1, 2, 3, 5, 10, 20, 50, 100, 200} {
		if k <= max(2, deepest) {
			ticks = append(ticks, plot.Tick{Value: float64(k), Label: fmt.Sprint(k)})
		}
	}
	p.X.Tick.Marker = ticks
	p.Legend.XOffs, p.Legend.YOffs = vg.Points(-6), vg.Points(6)
	return drawn(p, "Recall over the number of documents looked at"), nil
}

// changes draws each question's difference to the earlier run, the best first.
func changes(differences []float64) (template.HTML, error) {
	sorted := slices.Clone(differences)
	slices.SortFunc(sorted, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	p := newPlot("questions, the largest gain first", "nDCG@10, now less before")
	grid(p)
	for _, sign := range []float64{1, -1} {
		points := plotter.XYs{{X: 0, Y: 0}}
		for i, v := range sorted {
			y := v
			if v*sign < 0 {
				y = 0
			}
			points = append(points, plotter.XY{X: float64(i), Y: y}, plotter.XY{X: float64(i + 1), Y: y})
		}
		points = append(points, plotter.XY{X: float64(len(sorted)), Y: 0})
		area, err := plotter.NewPolygon(points)
		if err != nil {
			return "", fmt.Errorf("draw the differences: %w", err)
		}
		area.LineStyle.Width = 0
		if area.Color = inkGood; sign < 0 {
			area.Color = inkBad
		}
		p.Add(area)
	}
	most := .1
	for _, v := range sorted {
		most = max(most, math.Abs(v))
	}
	p.Y.Min, p.Y.Max = -most, most
	p.X.Min, p.X.Max = 0, float64(max(1, len(sorted)))
	return drawn(p, "Each question's difference to the earlier run"), nil
}

// reliability draws how often the answer was there over the evidence for it.
func reliability(bins []eval.Bin) (template.HTML, error) {
	p := newPlot("evidence", "share with an answer")
	grid(p)
	ideal, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}})
	if err != nil {
		return "", fmt.Errorf("draw the calibration: %w", err)
	}
	ideal.Color, ideal.Dashes = inkSoft, []vg.Length{vg.Points(3), vg.Points(3)}
	p.Add(ideal)
	p.Legend.Add("ideal", ideal)
	var points plotter.XYs
	for _, b := range bins {
		if b.Queries > 0 {
			points = append(points, plotter.XY{X: b.Evidence, Y: b.Answered})
		}
	}
	if len(points) > 0 {
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return "", fmt.Errorf("draw the calibration: %w", err)
		}
		line.Color, line.Width, dots.Color, dots.Shape = legInk(2), vg.Points(1.8), legInk(2), draw.CircleGlyph{}
		p.Add(line, dots)
		p.Legend.Add("measured", line, dots)
	}
	unit(&p.X)
	unit(&p.Y)
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs = vg.Points(10)
	return drawn(p, "Share of questions with an answer over the evidence for it"), nil
}
