package parse

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// maxOutput is how much of a cell's printed output is kept, in bytes.
const maxOutput = 2 << 10

// notebookFile is a Jupyter notebook (nbformat 4; in 3 the cells lie in
// worksheets and code is called input).
type notebookFile struct {
	Cells      []notebookCell `json:"cells"`
	Worksheets []struct {
		Cells []notebookCell `json:"cells"`
	} `json:"worksheets"`
	Metadata struct {
		Title   string `json:"title"`
		Authors []any  `json:"authors"`
	} `json:"metadata"`
}

type notebookCell struct {
	Type    string           `json:"cell_type"`
	Source  cellText         `json:"source"`
	Input   cellText         `json:"input"`
	Level   int              `json:"level"` // of a heading cell, nbformat 3
	Outputs []notebookOutput `json:"outputs"`
}

type notebookOutput struct {
	Type  string              `json:"output_type"`
	Text  cellText            `json:"text"`
	Data  map[string]cellText `json:"data"`
	Name  string              `json:"ename"`
	Value string              `json:"evalue"`
}

// cellText is a string or a list of lines; anything else is empty.
type cellText string

func (c *cellText) UnmarshalJSON(data []byte) error {
	var one string
	var many []string
	if json.Unmarshal(data, &one) == nil {
		*c = cellText(one)
	} else if json.Unmarshal(data, &many) == nil {
		*c = cellText(strings.Join(many, ""))
	}
	return nil
}

// terminal are the escapes with which tracebacks are coloured (ECMA-48).
var terminal = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")

// parseNotebook reads a notebook cell by cell: notes as Markdown, code, what it
// printed and the errors it ended with. Pictures and pages are left out.
func parseNotebook(text string) (golocal.Document, error) {
	var file notebookFile
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		doc, failure := parseJSON(text)
		doc.Type = Notebook
		doc.Remarks = append([]golocal.Remark{remark.New(remark.NoteBadNotebook)}, doc.Remarks...)
		return doc, failure
	}
	cells := file.Cells
	for _, sheet := range file.Worksheets {
		cells = append(cells, sheet.Cells...)
	}
	l := &layout{}
	pictures := 0
	for i, c := range cells {
		at := golocal.Place{Cell: i + 1, Line: 1}
		source := string(c.Source)
		if source == "" {
			source = string(c.Input)
		}
		switch c.Type {
		case "markdown":
			l.addMarkdown(source, at)
		case "heading":
			l.addRuns(golocal.KindHeading, c.Level, "", run{source, at})
		case "code":
			l.addRuns(golocal.KindCode, 0, "", run{source, at})
		default:
			l.addRuns(golocal.KindParagraph, 0, "", run{source, at})
		}
		var printed strings.Builder
		for _, o := range c.Outputs {
			switch {
			case o.Name != "" || o.Value != "":
				fmt.Fprintf(&printed, "%s: %s\n", o.Name, o.Value)
			case o.Data["text/plain"] != "" && !onlyObject(o):
				printed.WriteString(string(o.Data["text/plain"]) + "\n")
			default:
				printed.WriteString(string(o.Text))
			}
			if o.Data["image/png"] != "" || o.Data["image/jpeg"] != "" || o.Data["image/svg+xml"] != "" {
				pictures++
			}
		}
		l.addRuns(golocal.KindCode, 0, "", run{shortOutput(terminal.ReplaceAllString(printed.String(), "")), golocal.Place{Cell: i + 1}})
	}
	doc, err := l.document(Notebook, file.Metadata.Title)
	doc.Meta.Authors = texts(file.Metadata.Authors, "")
	if pictures > 0 {
		if pictures == 1 {
			note(&doc, remark.NotePicture)
		} else {
			note(&doc, remark.NotePictures, pictures)
		}
	}
	return doc, err
}

// onlyObject reports an output whose plain text is but the name of a picture: <Figure size 640x480>.
func onlyObject(o notebookOutput) bool {
	s := strings.TrimSpace(string(o.Data["text/plain"]))
	return strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && !strings.Contains(s, "\n")
}

func shortOutput(s string) string {
	s = strings.TrimRight(s, " \n")
	if len(s) <= maxOutput {
		return s
	}
	return normal.Shorten(s, maxOutput) + " …"
}

// addMarkdown appends the blocks of a Markdown text, verbatim.
func (l *layout) addMarkdown(source string, at golocal.Place) {
	source = normal.NoPages(normal.Text(source))
	for _, b := range markdownBlocks(source) {
		span := normal.Trim(source, golocal.Span{Start: b.start, End: b.end}, b.kind != golocal.KindHeading)
		if span.End <= span.Start {
			continue
		}
		p := at
		p.Line += strings.Count(source[:span.Start], "\n")
		if len(l.marks) == 0 || !l.stands(p) {
			l.mark(p)
		}
		s := golocal.Section{Kind: b.kind, Level: b.level, Span: golocal.Span{Start: l.text.Len(), End: l.text.Len() + span.End - span.Start}}
		if b.level > 0 && b.title != "" {
			s.Heading = l.outline.heading(b.level, b.title)
		} else {
			s.Heading = l.outline.path()
			if b.level > 0 {
				s.Kind, s.Level = golocal.KindParagraph, 0
			}
		}
		l.text.WriteString(source[span.Start:span.End] + "\n")
		l.sections = append(l.sections, s)
	}
}
