package parse

import (
	"context"
	"errors"
	"slices"
	"time"

	"golocal"
	"golocal/internal/remark"
)

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
		engine, err := openPDFEngine(ctx, f.Cache, memory)
		if err != nil {
			return golocal.Document{}, err
		}
		for range pdfReaders {
			f.pdf = append(f.pdf, &pdfium{engine: engine})
		}
	}
	began := time.Now()
	doc, err := f.pdf[0].open(data)
	switch {
	case errors.Is(err, errPDFPassword):
		return golocal.Document{}, Failed(PDF, remark.Encrypted)
	case errors.Is(err, errPDFSecurity):
		return golocal.Document{}, Failed(PDF, remark.UnknownCrypt)
	case errors.Is(err, errPDFFormat):
		return golocal.Document{}, Broken(PDF, err)
	case err != nil:
		return golocal.Document{}, err
	}
	defer doc.close()
	count := doc.pages()
	reading := pageReading{began: began, time: f.Time, count: count}
	if err := reading.run(ctx, doc, f.pdf[1:]); err != nil {
		return golocal.Document{}, err
	}
	pages, size := reading.pages, reading.size
	var ocr []golocal.Remark
	if f.OCR != nil {
		ocr = f.readScans(ctx, doc, pages, began)
	}
	facts := doc.facts()
	out, err := layPages(pages, facts)
	out.Remarks = append(ocr, out.Remarks...)
	if scan, ok := errors.AsType[*Failure](err); ok && f.OCR != nil && scan.Why.Code == string(remark.Scan) {
		scan.because(remark.ScanEmpty)
		if len(ocr) > 0 {
			scan.because(remark.ScanNoted, ocr[0])
		}
	}
	out.Pages = count
	if len(pages) < count {
		last := remark.New(remark.NotePagesSlow, len(pages), count)
		if size > MaxText {
			last = tooMuchText(len(pages))
		}
		if !slices.ContainsFunc(out.Remarks, func(r golocal.Remark) bool { return r.Code == last.Code }) {
			out.Remarks = append(out.Remarks, last)
		}
		var none *Failure
		if errors.As(err, &none) {
			none.Pages = count
			none.because(remark.Both, none, last)
		}
	}
	return out, err
}
