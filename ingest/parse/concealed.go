package parse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
)

// concealed collects the text of a document that its reader does not see.
type concealed struct {
	list       []golocal.Hidden
	characters int
}

// maxConcealed is how many pieces of hidden text are shown; all are counted.
const maxConcealed = 100

func (c *concealed) add(why, text string, at golocal.Place) {
	text = normal.OneLine(normal.Text(text))
	if text == "" {
		return
	}
	c.characters += utf8.RuneCountInString(text)
	if len(c.list) < maxConcealed {
		c.list = append(c.list, golocal.Hidden{Why: why, Text: strings.Clone(normal.Shorten(text, 200)), Place: at})
	}
}

// tell adds what was hidden to a document.
func (c *concealed) tell(doc *golocal.Document) {
	if c.characters > 0 {
		doc.Hidden = append(doc.Hidden, c.list...)
		doc.Notes = append(doc.Notes, fmt.Sprintf("hidden text was left out (%d characters)", c.characters))
	}
}

// here returns where the next line of a layout stands.
func (l *layout) here() golocal.Place {
	m := golocal.Mark{Place: golocal.Place{Paragraph: 1}}
	if n := len(l.marks); n > 0 {
		m = l.marks[n-1]
	}
	lines := strings.Count(l.text.String()[m.At:], "\n")
	for _, n := range []*int{&m.Place.Paragraph, &m.Place.Row, &m.Place.Line} {
		if *n > 0 {
			*n += lines
		}
	}
	return m.Place
}
