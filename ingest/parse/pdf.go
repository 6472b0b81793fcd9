package parse

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golocal"
)

// mostCrashes is how many pages of a document may crash PDFium before the rest
// of it is left out.
const mostCrashes = 3

// parsePDF reads the text of a PDF page by page, annotations and form fields
// made part of the page first, as a reader sees it.
func (f *Formats) parsePDF(ctx context.Context, data []byte) (golocal.Document, error) {
	if f.pdf == nil {
		if !compiler() {
			return parsePlainPDF(data)
		}
		memory := f.Memory
		if memory == 0 {
			memory = 1 << 30
		}
		var err error
		if f.pdf, err = openPDFium(ctx, f.Cache, memory); err != nil {
			return golocal.Document{}, err
		}
	}
	began := time.Now()
	doc, err := f.pdf.open(data)
	switch {
	case errors.Is(err, errPDFPassword):
		return golocal.Document{}, Failed(PDF, ReasonEncrypted)
	case errors.Is(err, errPDFSecurity):
		return golocal.Document{}, Failed(PDF, "%v", err)
	case errors.Is(err, errPDFFormat):
		return golocal.Document{}, Broken(PDF, err)
	case err != nil:
		return golocal.Document{}, err
	}
	defer doc.close()
	count := doc.pages()
	pages := make([]pdfPage, 0, min(count, 10_000))
	size, crashes := 0, 0
	for i := range count {
		if f.Time > 0 && time.Since(began) > f.Time || size > MaxText*3/4 || ctx.Err() != nil {
			break
		}
		if err := doc.refresh(); err != nil {
			return golocal.Document{}, err
		}
		page := doc.readPage(i)
		if f.pdf.err != nil { // PDFium crashed at this page
			if crashes++; crashes > mostCrashes {
				break
			}
			if err := doc.reopen(); err != nil {
				return golocal.Document{}, err
			}
			page = pdfPage{}
		}
		for _, l := range page.lines {
			size += len(l.text)
		}
		pages = append(pages, page)
	}
	facts := doc.facts()
	out, err := layPages(pages, facts)
	out.Pages = count
	if unread := count - len(pages); unread > 0 {
		out.Blank += unread
		out.Notes = append(out.Notes, fmt.Sprintf("read up to page %d of %d; the rest is too much", len(pages), count))
	}
	return out, err
}
