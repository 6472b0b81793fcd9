package child

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/internal/remark"
)

// cut shortens a document's text to at most that many bytes, at the end of a
// line where there is one near, and notes it. Sections, marks and lines follow.
func cut(doc *golocal.Document, most int) {
	if len(doc.Text) <= most {
		return
	}
	end := strings.LastIndexAny(doc.Text[:most], "\n\f") + 1
	if end < most/2 {
		for end = most; end > 0 && !utf8.RuneStart(doc.Text[end]); end-- {
		}
	}
	long := remark.New(remark.NoteTooLong, end, len(doc.Text))
	doc.Notes, doc.Remarks = append(doc.Notes, remark.Say("en", long)), append(doc.Remarks, long)
	doc.Text = doc.Text[:end]
	doc.Sections = slices.DeleteFunc(doc.Sections, func(s golocal.Section) bool { return s.Span.Start >= end })
	if n := len(doc.Sections); n > 0 {
		doc.Sections[n-1].Span.End = min(doc.Sections[n-1].Span.End, end)
	}
	doc.Marks = slices.DeleteFunc(doc.Marks, func(m golocal.Mark) bool { return m.At >= end })
	doc.Lines = slices.DeleteFunc(doc.Lines, func(l golocal.Line) bool { return l.Span.End > end })
}
