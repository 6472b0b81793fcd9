package parse

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
		if i > 0 && (f.Time > 0 && time.Since(began) > f.Time || ctx.Err() != nil) || size > MaxText {
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
	var ocr []string
	if f.OCR != nil {
		ocr = f.readScans(ctx, doc, pages, began)
	}
	facts := doc.facts()
	out, err := layPages(pages, facts)
	out.Notes = append(ocr, out.Notes...)
	if scan, ok := errors.AsType[*Failure](err); ok && f.OCR != nil && scan.Reason == reasonScan {
		scan.Reason = "its pages hold no text, as scans do, and OCR finds none"
		if len(ocr) > 0 {
			scan.Reason = "its pages hold no text, as scans do; " + ocr[0]
		}
	}
	out.Pages = count
	if len(pages) < count {
		note := fmt.Sprintf("read up to page %d of %d: the rest takes too long", len(pages), count)
		if size > MaxText {
			note = tooMuchText(len(pages))
		}
		if !slices.Contains(out.Notes, note) {
			out.Notes = append(out.Notes, note)
		}
		var none *Failure
		if errors.As(err, &none) {
			none.Pages, none.Reason = count, none.Reason+"; "+note
		}
	}
	return out, err
}
