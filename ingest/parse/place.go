package parse

import (
	"golocal"
	"golocal/internal/place"
)

// setPlaces gives every section its place. A document without marks has its
// file's own lines.
func setPlaces(doc *golocal.Document) {
	if len(doc.Marks) == 0 {
		doc.Marks = []golocal.Mark{{Place: golocal.Place{Line: 1}}}
	}
	r := place.NewRuler(doc.Marks, doc.Text)
	for i := range doc.Sections {
		doc.Sections[i].Place = r.Of(doc.Sections[i].Span)
	}
}
