package parse

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"golocal"
)

// Verify checks what a child claims to have read: the rest of the program
// relies on it, and the child has been in contact with hostile bytes.
func Verify(doc *golocal.Document) error {
	if !utf8.ValidString(doc.Text) || !utf8.ValidString(doc.Title) {
		return errors.New("the text is not UTF-8")
	}
	if len(doc.Text) > MaxText {
		return fmt.Errorf("a text of %d bytes", len(doc.Text))
	}
	at := 0
	for _, s := range doc.Sections {
		if s.Span.Start < at || s.Span.End < s.Span.Start || s.Span.End > len(doc.Text) {
			return errors.New("sections overlap or lie outside of the text")
		}
		if !utf8.RuneStart(append([]byte(doc.Text[s.Span.Start:min(s.Span.Start+1, len(doc.Text))]), 'x')[0]) {
			return errors.New("a section begins inside a character")
		}
		at = s.Span.End
	}
	at = -1
	for _, m := range doc.Marks {
		if m.At <= at || m.At > len(doc.Text) {
			return errors.New("marks are out of order or outside of the text")
		}
		at = m.At
	}
	at = 0
	for _, l := range doc.Lines {
		if l.Span.Start < at || l.Span.End < l.Span.Start || l.Span.End > len(doc.Text) {
			return errors.New("lines overlap or lie outside of the text")
		}
		at = l.Span.End
	}
	return nil
}
