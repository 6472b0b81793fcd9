// Package report writes evaluations as pages for a browser: one file each, with
// its drawings in it, that loads and runs nothing.
package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"time"
)

// page is what the template shows.
type page struct {
	Title   string
	Lead    string
	Made    string
	Figures table
	Plots   []figure
	Tables  []table
}

// figure is a drawing with a heading and a sentence on how to read it.
type figure struct {
	Title, About string
	Drawing      template.HTML
}

// table is a table with a heading; the first Names columns hold words, the
// others figures.
type table struct {
	Title, About string
	Names        int
	Columns      []string
	Rows         [][]string
}

//go:embed page.html
var source string

var layout = template.Must(template.New("page").Funcs(template.FuncMap{
	"number": func(t table, column int) bool { return column >= t.Names },
}).Parse(source))

func (p page) write(now time.Time) ([]byte, error) {
	p.Made = now.Format("2 January 2006, 15:04")
	var out bytes.Buffer
	if err := layout.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}
