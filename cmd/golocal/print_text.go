package main

import (
	"fmt"
	"strings"

	"golocal"
	"golocal/internal/place"
)

// printText writes a document's text, and on stderr what is not in it. Pages,
// slides, sheets and messages are parted by a form feed, as pdftotext does it,
// and on a terminal by a line that names them.
func (c *cli) printText(doc golocal.Document) {
	ruler := place.NewRuler(doc.Marks, doc.Text)
	at := 0
	for part := range strings.SplitSeq(doc.Text, "\f") {
		switch name := place.Name(ruler.At(at)); {
		case at == 0 && len(part) == len(doc.Text): // one part: nothing to tell apart
		case at >= len(doc.Text) && at > 0:
		case isTerminal(c.t.out):
			c.t.printf("%s\n", faint.Render("── "+printable(name)))
		case at > 0:
			c.t.printf("\f")
		}
		c.t.printf("%s", printable(part))
		if part != "" && !strings.HasSuffix(part, "\n") {
			c.t.printf("\n")
		}
		at += len(part) + 1
	}
	for _, n := range doc.Notes {
		c.t.notef("%s\n", warn.Render(printable(n)))
	}
	for _, h := range doc.Hidden {
		c.t.notef("%s\n", faint.Render(printable(fmt.Sprintf("hidden (%s) at %s: %s", h.Why, place.Name(h.Place), oneLine(h.Text)))))
	}
}
