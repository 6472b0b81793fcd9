package parse

import (
	"fmt"
	"unicode/utf8"

	"golocal"
)

// cutText cuts off a document's text beyond most bytes, with what lies there,
// and says so. A section that goes on beyond is shortened.
func cutText(doc *golocal.Document, most int) {
	if len(doc.Text) <= most {
		return
	}
	for most > 0 && !utf8.RuneStart(doc.Text[most]) {
		most--
	}
	doc.Notes = append(doc.Notes, fmt.Sprintf("the text is longer than is read: the first %s of %s are here", Megabytes(int64(most)), Megabytes(int64(len(doc.Text)))))
	doc.Text = doc.Text[:most]
	for n := len(doc.Sections); n > 0 && doc.Sections[n-1].Span.End > most; n-- {
		if last := &doc.Sections[n-1]; last.Span.Start < most {
			last.Span.End = most
			break
		}
		doc.Sections = doc.Sections[:n-1]
	}
	for n := len(doc.Marks); n > 0 && doc.Marks[n-1].At > most; n-- {
		doc.Marks = doc.Marks[:n-1]
	}
	for n := len(doc.Lines); n > 0 && doc.Lines[n-1].Span.End > most; n-- {
		doc.Lines = doc.Lines[:n-1]
	}
}
