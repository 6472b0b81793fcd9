package parse

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// readScans reads those of the pages by OCR that have no text, or none that
// makes sense, while there is time, and tells how that went. A page in which
// nothing is found stays as it is.
func (f *Formats) readScans(ctx context.Context, doc *pdfDocument, pages []pdfPage, began time.Time) (notes []golocal.Remark) {
	var scans []int
	for i := range pages {
		texts := make([]string, len(pages[i].lines))
		for j, l := range pages[i].lines {
			texts[j] = l.text
		}
		if judge(texts) != pageReadable {
			scans = append(scans, i)
		}
	}
	read, unsure := 0, 0
	for n, i := range scans {
		if f.Time > 0 && time.Since(began) > f.Time*3/4 || ctx.Err() != nil {
			notes = append(notes, remark.New(remark.NoteOCRStopped, n, len(scans)))
			break
		}
		text, page, err := f.readScan(ctx, doc, i, pages[i].height)
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			notes = append(notes, remark.New(remark.NoteOCRSlow, i+1, ocrReason(err)))
			continue
		case err != nil: // the next pages would end the same way
			return append(notes, remark.New(remark.NoteOCRFailed, i+1, ocrReason(err)))
		case text.unsure:
			unsure++
		case len(text.lines) > 0:
			page.label, page.hidden = pages[i].label, pages[i].hidden
			pages[i] = page
			read++
		}
	}
	if unsure > 0 {
		notes = append(notes, shareOfPages(unsure, len(pages), remark.NoteUnsureOnePage, remark.NoteUnsure1Page, remark.NoteUnsurePages))
	}
	if read > 0 {
		notes = append([]golocal.Remark{shareOfPages(read, len(pages), remark.NoteOCROnePage, remark.NoteOCR1Page, remark.NoteOCRPages)}, notes...)
	}
	return notes
}

// readScan reads page i, 0-based, by OCR. It is so many points tall; 0 when
// unknown.
func (f *Formats) readScan(ctx context.Context, doc *pdfDocument, i int, tall float64) (ocrText, pdfPage, error) {
	if err := doc.refresh(); err != nil {
		return ocrText{}, pdfPage{}, err
	}
	picture, err := doc.p.render(doc, i, ocrDPI)
	if err != nil { // it has no picture, or it crashed PDFium
		if doc.p.err != nil {
			return ocrText{}, pdfPage{}, doc.reopen()
		}
		return ocrText{}, pdfPage{}, nil
	}
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, picture); err != nil {
		return ocrText{}, pdfPage{}, err
	}
	height := picture.Rect.Dy()
	points := 72.0 / ocrDPI
	if tall > 0 {
		points = tall / float64(height)
	}
	texts, err := f.OCR.recognise(ctx, file.Bytes())
	if err != nil || len(texts) == 0 {
		return ocrText{}, pdfPage{}, err
	}
	return texts[0], ocrPage(texts[0].lines, height, points), nil
}

// ocrSize is the letter size that lines of an image are given, in points. Their
// true sizes are too rough to tell a heading from them.
const ocrSize = 10

// ocrPage makes a page of an image's lines; height is the image's in pixels, of
// which each is so many points.
func ocrPage(lines []ocrLine, height int, points float64) pdfPage {
	page := pdfPage{height: float64(height) * points}
	paragraph := 0
	for i, l := range lines {
		if i == 0 || lines[i-1].paragraph != l.paragraph {
			paragraph++
		}
		box := l.onPage(height, points)
		page.lines = append(page.lines, pdfLine{text: l.text, size: ocrSize, x: float64(box[0]), y: float64(box[1]), box: box, paragraph: paragraph})
	}
	return page
}
