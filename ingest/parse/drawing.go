package parse

import (
	"encoding/xml"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// drawing is the text of a picture, a chart or a diagram in an office document.
type drawing struct {
	kind  golocal.Kind // "" for a picture
	title string
	lines []string
}

// draw writes a drawing.
func (l *layout) draw(d drawing) {
	l.add(golocal.KindParagraph, 0, d.title)
	kind := d.kind
	if kind == "" {
		kind = golocal.KindParagraph
	}
	l.add(kind, 0, strings.Join(d.lines, "\n"))
}

// pictureText returns the line for a picture with a description, "" for one
// that says nothing: a file's name.
func pictureText(description string) string {
	s := normal.OneLine(description)
	for _, tail := range []string{"Description automatically generated", "AI-generated content may be incorrect."} { // Office's own
		s = strings.TrimSpace(strings.Split(s, tail)[0])
	}
	lower := strings.ToLower(s)
	switch {
	case !normal.HasWords(s), strings.Trim(lower, "0123456789 ") == "picture", strings.Trim(lower, "0123456789 ") == "image":
		return ""
	case !strings.Contains(s, " ") && (path.Ext(lower) != "" || strings.ContainsAny(s, "/\\")), strings.HasPrefix(lower, "http"):
		return ""
	}
	return "Picture: " + s
}

// drawing returns the text of the chart or diagram that a relation leads to,
// none where it is broken.
func (a *archive) drawing(r relation) []drawing {
	switch {
	case a.files[r.target] == nil:
	case r.kind == "chart":
		return a.chart(r.target)
	case r.kind == "diagramData":
		if lines := a.diagram(r.target); len(lines) > 0 {
			return []drawing{{kind: golocal.KindList, lines: lines}}
		}
	}
	return nil
}

// maxPoints bounds a chart's table.
const maxPoints = 10_000

// series is a row of a chart's numbers.
type series struct {
	name   string
	labels []string // of its points
	values []string
}

// chart reads a chart (ECMA-376 part 1, 21.2) as its title and a table: a row
// for each category, a column for each series.
func (a *archive) chart(part string) []drawing {
	var all []series
	var title []string // the chart's, then those of its axes
	var now series
	in := map[string]int{} // open elements
	points := 0
	a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			in[t.Name.Local]++
			switch t.Name.Local {
			case "ser":
				now = series{}
			case "title":
				title = append(title, "")
			}
		case xml.EndElement:
			in[t.Name.Local]--
			if t.Name.Local == "ser" {
				all = append(all, now)
			}
		case xml.CharData:
			s := normal.OneLine(normal.Text(string(t)))
			if s == "" || points > maxPoints {
				return nil
			}
			switch {
			case in["ser"] == 0:
				if in["title"] > 0 && in["t"] > 0 {
					title[len(title)-1] = strings.TrimSpace(title[len(title)-1] + " " + s)
				}
				return nil
			case in["v"] == 0:
				return nil
			case in["tx"] > 0:
				now.name = strings.TrimSpace(now.name + " " + s)
			case in["cat"] > 0 || in["xVal"] > 0:
				now.labels = append(now.labels, s)
			case in["val"] > 0 || in["yVal"] > 0:
				now.values = append(now.values, shortNumber(s))
			}
			points++
		}
		return nil
	})
	d := drawing{kind: golocal.KindTable, title: strings.Join(slices.DeleteFunc(title, func(s string) bool { return s == "" }), ", ")}
	if len(all) == 0 {
		if d.title == "" {
			return nil
		}
		return []drawing{d}
	}
	head := []string{""}
	var labels []string
	rows := 0
	for _, s := range all {
		head = append(head, s.name)
		rows = max(rows, len(s.values))
		if labels == nil {
			labels = s.labels
		}
	}
	d.lines = []string{strings.Join(head, " | ")}
	for i := range rows {
		row := []string{""}
		if i < len(labels) {
			row[0] = labels[i]
		}
		for _, s := range all {
			value := ""
			if i < len(s.values) {
				value = s.values[i]
			}
			row = append(row, value)
		}
		d.lines = append(d.lines, tableRow(row))
	}
	return []drawing{d}
}

// diagram returns the texts of a SmartArt diagram in the order of its data
// (21.4.2).
func (a *archive) diagram(part string) []string {
	var out []string
	var line strings.Builder
	inText := false
	a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t" && t.Name.Space == "a"
		case xml.EndElement:
			inText = false
			if t.Name.Local == "p" {
				if s := normal.OneLine(line.String()); s != "" {
					out = append(out, s)
				}
				line.Reset()
			}
		case xml.CharData:
			if inText {
				line.Write(t)
			}
		}
		return nil
	})
	return out
}

// shortNumber writes a number as spreadsheets do where nothing else is asked for:
// a fraction with ten digits, which hides what binary fractions leave behind,
// but a whole number with all, for it may be a key.
func shortNumber(s string) string {
	if len(s) <= 15 && s != "" && strings.Trim(s, "0123456789") == "" && (s[0] != '0' || s == "0") {
		return s
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return s
	}
	digits := 15
	if n != math.Trunc(n) {
		digits = 10
	}
	if n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'g', digits, 64), 64); err != nil {
		return s
	}
	if abs := math.Abs(n); abs != 0 && (abs >= 1e21 || abs < 1e-9) {
		return strconv.FormatFloat(n, 'E', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
