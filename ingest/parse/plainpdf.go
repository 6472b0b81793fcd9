package parse

import (
	"bytes"
	"errors"
	"strings"

	"github.com/ledongthuc/pdf"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parsePlainPDF reads a PDF without PDFium, on machines that wazero has no
// compiler for. It knows neither forms nor layout, loses spaces in files made
// by TeX, and may fail on files that are not quite to the standard.
func parsePlainPDF(data []byte) (doc golocal.Document, err error) {
	defer func() {
		if recover() != nil {
			err = Crash(PDF, remark.BrokenStopped)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return doc, Failed(PDF, remark.Encrypted)
	case err != nil:
		return doc, Broken(PDF, err)
	}
	count := r.NumPage()
	var pages []pdfPage
	for i := 1; i <= count; i++ {
		text, err := r.Page(i).GetPlainText(nil)
		if err != nil {
			text = ""
		}
		var page pdfPage
		for line := range strings.SplitSeq(normal.NoPages(normal.Text(text)), "\n") {
			if strings.TrimSpace(line) != "" {
				page.lines = append(page.lines, pdfLine{text: strings.TrimRight(line, " \t")})
			}
		}
		pages = append(pages, page)
	}
	title := r.Trailer().Key("Info").Key("Title").Text()
	return layPages(pages, pdfFacts{title: title})
}
