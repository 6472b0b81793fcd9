package main

import (
	"fmt"
	"time"

	"golocal/models"
	"golocal/web"
)

// lineWidth is how long the lines of a table may be: any length in a pipe.
func (c *cli) lineWidth() int {
	if !isTerminal(c.t.out) {
		return 0
	}
	return width(c.t.out)
}

func (c *cli) modelTable(l modelList) string {
	columns := []column{
		{title: "MODEL"}, {title: "DOES"}, {title: "IN USE"}, {title: "SIZE", right: true},
		{title: "WEIGHTS", rank: 2}, {title: "CONTEXT", right: true, rank: 1}, {title: "IN MEMORY"},
	}
	wide := c.lineWidth()
	var rows []row
	for _, m := range l.Installed {
		use, where := "", ""
		if m.Use != "" {
			use = good.Render("yes")
		}
		context := ""
		if m.Context > 0 {
			context = fmt.Sprint(m.Context)
		}
		if m.Loaded {
			where = orText(m.Where, "yes")
		}
		r := row{cells: []string{printable(m.Name), does(m), use, bytesText(m.Bytes), m.Quant, context, where}}
		for _, note := range []string{m.Refused, m.Note, l.help(m.Name)} {
			if note != "" {
				r.below = append(r.below, warn.Render(printable(note)))
			}
		}
		if speed := l.speed(m.Name); speed != "" {
			r.below = append(r.below, faint.Render(speed))
		}
		rows = append(rows, r)
	}
	if wide > 0 && wide < 100 { // the place of a loaded model can be a sentence
		last := len(columns) - 1
		for i, r := range rows {
			if len(r.cells[last]) > len(columns[last].title) {
				rows[i].below = append([]string{"in memory: " + r.cells[last]}, r.below...)
				rows[i].cells[last] = ""
			}
		}
	}
	return table(columns, rows, wide)
}

// does says what a model is for, in a word or two.
func does(m web.Installed) string {
	switch {
	case m.Refused != "":
		return "refused"
	case m.Capability == string(models.Embedding):
		return "search"
	case m.Base:
		return "continues text"
	case m.Thinking:
		return "answers, reasons"
	}
	return "answers"
}

func (c *cli) downloadTable(list []web.Download) string {
	columns := []column{
		{title: "DOWNLOAD"}, {title: "STATE"}, {title: "SO FAR", right: true}, {title: "OF", right: true},
		{title: "SPEED", right: true, rank: 1}, {title: "LEFT", right: true, rank: 2},
	}
	var rows []row
	for _, d := range list {
		cells := []string{printable(d.Name), d.State, bytesText(d.Done), "", "", ""}
		if d.Total > 0 {
			cells[3] = bytesText(d.Total)
		}
		if d.Rate > 0 {
			cells[4] = bytesText(int64(d.Rate)) + "/s"
		}
		if d.ETA > 0 {
			cells[5] = aboutText(d.ETA)
		}
		r := row{cells: cells}
		switch {
		case d.Reason != "":
			r.below = append(r.below, warn.Render(printable(d.Reason)))
		case d.Text != "":
			r.below = append(r.below, faint.Render(printable(d.Text)))
		}
		if d.State == "paused" || d.State == "failed" {
			r.below = append(r.below, faint.Render("go on: golocal models resume "+printable(d.Name)))
		}
		rows = append(rows, r)
	}
	return table(columns, rows, c.lineWidth())
}

// aboutText writes a number of seconds as people say it.
func aboutText(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%d s", int(d.Seconds()+.5))
	case d < 90*time.Minute:
		return fmt.Sprintf("%d min", int(d.Minutes()+.5))
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}
