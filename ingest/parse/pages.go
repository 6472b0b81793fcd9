package parse

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

func scale(c, d float64) float64 {
	if s := math.Hypot(c, d); s > 0 {
		return s
	}
	return 1
}

// layPages lays out the pages of a document: each ends with a form feed,
// headers and footers that repeat are dropped, bookmarks or larger type make
// headings, and a wider gap or a full stop before a short line's end makes
// paragraphs. Pages without readable text are counted and noted.
func layPages(pages []pdfPage, facts pdfFacts) (golocal.Document, error) {
	joinWords(pages)
	doc := golocal.Document{Type: PDF, Pages: len(pages), Meta: facts.meta}
	judgePages(pages, &doc)
	dropRunning(pages)
	markHeadings(pages, facts.bookmarks)
	l := pageLayout{doc: &doc, open: -1}
	for i := range pages {
		if !l.page(i+1, &pages[i]) {
			doc.Remarks = append(doc.Remarks, tooMuchText(i+1))
			break
		}
	}
	l.finish(facts.title)
	noteHidden(pages, &doc)
	if !normal.HasWords(doc.Text) {
		return doc, withoutText(&doc)
	}
	return doc, nil
}

func tooMuchText(page int) golocal.Remark {
	return remark.New(remark.NoteAfterPage, page, MaxText)
}

// pageLayout writes the pages of a document, one after the other.
type pageLayout struct {
	doc     *golocal.Document
	text    strings.Builder
	largest pdfLine // the heading of page 1 in the largest type
	open    int     // the section that the next line may go on with; -1 for none
}

// page writes a page, and reports false where the text has become too long.
func (w *pageLayout) page(number int, page *pdfPage) bool {
	w.doc.Marks = append(w.doc.Marks, golocal.Mark{At: w.text.Len(), Place: golocal.Place{Page: number, Label: page.label}})
	pitch := linePitch(page.lines)
	var last *pdfLine
	w.open = -1
	for i := range page.lines {
		l := &page.lines[i]
		if l.running || strings.Trim(l.text, "\ufffd ") == "" {
			continue
		}
		if w.text.Len()+len(l.text)+3 > MaxText {
			w.text.WriteByte('\f')
			return false
		}
		w.line(number, last, l, pitch)
		last = l
	}
	w.text.WriteByte('\f')
	return true
}

// line writes a line of a page, which goes on with the section before it or
// begins a new one.
func (w *pageLayout) line(number int, last, l *pdfLine, pitch float64) {
	sections := w.doc.Sections
	joins := last != nil && w.open >= 0 && continues(*last, *l, pitch) && sections[w.open].Level == l.level
	if joins && l.level > 0 {
		joins = sections[w.open].Span.End-sections[w.open].Span.Start < 300
	}
	item := l.level == 0 && normal.Item(l.text)
	if !joins && item && last != nil && w.open >= 0 && sections[w.open].Kind == golocal.KindList {
		joins = follows(*last, *l, pitch)
	}
	if !joins {
		if last != nil {
			w.text.WriteByte('\n')
		}
		section := golocal.Section{Kind: golocal.KindParagraph, Level: l.level, Span: golocal.Span{Start: w.text.Len()}}
		if l.level > 0 {
			section.Kind = golocal.KindHeading
		} else if item {
			section.Kind = golocal.KindList
		}
		w.open = len(sections)
		w.doc.Sections = append(sections, section)
	}
	at := w.text.Len()
	w.text.WriteString(l.text)
	w.doc.Sections[w.open].Span.End = w.text.Len()
	if l.box != (golocal.Box{}) {
		w.doc.Lines = append(w.doc.Lines, golocal.Line{Span: golocal.Span{Start: at, End: w.text.Len()}, Page: number, Box: l.box})
	}
	w.text.WriteByte('\n')
	if number == 1 && l.level > 0 && l.size > w.largest.size {
		w.largest = *l
	}
}

// finish sets what is known once all pages are written.
func (w *pageLayout) finish(title string) {
	doc := w.doc
	doc.Text = w.text.String()
	var out outline
	for i := range doc.Sections {
		s := &doc.Sections[i]
		s.Span = normal.Trim(doc.Text, s.Span, false)
		if s.Kind == golocal.KindHeading {
			s.Heading = out.heading(s.Level, normal.OneLine(doc.Text[s.Span.Start:s.Span.End]))
		} else {
			s.Heading = out.path()
		}
	}
	if doc.Title = pdfTitle(title); doc.Title == "" && w.largest.size > 0 {
		for _, s := range doc.Sections {
			if t := doc.Text[s.Span.Start:s.Span.End]; s.Kind == golocal.KindHeading && strings.Contains(t, w.largest.text) {
				doc.Title = normal.Shorten(normal.OneLine(t), 300)
				break
			}
		}
	}
	setPlaces(doc)
}

// judgePages counts the pages without text and those whose text makes no sense,
// takes the latter's out, and notes both.
func judgePages(pages []pdfPage, doc *golocal.Document) {
	for i := range pages {
		page := &pages[i]
		texts := make([]string, len(page.lines))
		for j := range page.lines {
			texts[j] = page.lines[j].text
		}
		switch judge(texts) {
		case pageBlank:
			doc.Blank++
			page.lines = nil
		case pageGarbled:
			doc.Garbled++
			page.lines = nil
		}
	}
	if doc.Blank > 0 {
		doc.Remarks = append(doc.Remarks, shareOfPages(doc.Blank, len(pages), remark.NoteBlankOnePage, remark.NoteBlank1Page, remark.NoteBlankPages))
	}
	if doc.Garbled > 0 {
		doc.Remarks = append(doc.Remarks, shareOfPages(doc.Garbled, len(pages), remark.NoteGarbledOnePage, remark.NoteGarbled1Page, remark.NoteGarbledPages))
	}
}

// shareOfPages says something of a document's only page, of one of several or of more.
func shareOfPages(n, all int, only, one, several remark.Code) golocal.Remark {
	switch {
	case all == 1:
		return remark.New(only)
	case n == 1:
		return remark.New(one, all)
	}
	return remark.New(several, n, all)
}

// withoutText is the reason of a document that has no page with text.
func withoutText(doc *golocal.Document) *Failure {
	why := NoText(PDF, doc.Pages)
	switch {
	case doc.Pages == 0:
		why.because(remark.NoPages)
	case doc.Garbled > 0:
		why.because(remark.GarbledText)
	default:
		why.because(remark.Scan)
	}
	return why
}

// noteHidden tells what of the pages a reader does not see.
func noteHidden(pages []pdfPage, doc *golocal.Document) {
	const most = 100
	letters := 0
	for i := range pages {
		for _, h := range pages[i].hidden {
			letters += utf8.RuneCountInString(h.Text)
			if len(doc.Hidden) < most {
				h.Text, h.Place = normal.Shorten(h.Text, 200), golocal.Place{Page: i + 1, Label: pages[i].label}
				doc.Hidden = append(doc.Hidden, h)
			}
		}
	}
	if letters > 0 {
		note(doc, remark.NoteHidden, letters)
	}
}

// pdfTitle rejects what programs write into the title on their own.
func pdfTitle(s string) string {
	s = normal.Shorten(normal.OneLine(normal.Text(s)), 300)
	low := strings.ToLower(s)
	for _, bad := range []string{"untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "slide 1", "document1", "no title", "title"} {
		if strings.HasPrefix(low, bad) && (bad != "title" || low == bad) {
			return ""
		}
	}
	if !normal.HasWords(s) || !strings.ContainsFunc(s, unicode.IsLetter) || strings.ContainsAny(s, `\`) || !strings.Contains(s, " ") && strings.ContainsAny(s, "._") || strings.ContainsRune(s, utf8.RuneError) {
		return "" // a file's name
	}
	return s
}
