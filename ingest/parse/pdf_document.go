package parse

import (
	"bytes"
	"errors"
)

// pdfDocument is a PDF that PDFium holds open. It is read where it lies, in
// pieces: a copy in WebAssembly memory would cost its size twice over.
type pdfDocument struct {
	p      *pdfium
	data   []byte
	read   int // pages, since it was opened
	handle uint64
	access uint64 // FPDF_FILEACCESS
	file   *pdfFile
}

// pdfFile lets go of the bytes when the document is closed; go-pdfium keeps the
// reader itself.
type pdfFile struct{ *bytes.Reader }

// Errors of FPDF_GetLastError (fpdfview.h).
var (
	errPDFPassword = errors.New("needs a password")
	errPDFSecurity = errors.New("encrypted in a way that is not known")
	errPDFFormat   = errors.New("not a PDF that can be opened")
)

func (p *pdfium) open(data []byte) (*pdfDocument, error) {
	if err := p.refresh(); err != nil {
		return nil, err
	}
	d := &pdfDocument{p: p, data: data}
	if err := d.open(); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *pdfDocument) open() error {
	d.read, d.file = 0, &pdfFile{bytes.NewReader(d.data)}
	access, _, err := d.p.module.CreateFileAccessReader(int64(len(d.data)), d.file)
	if err != nil {
		return err
	}
	d.access = *access
	d.handle = d.p.call("FPDF_LoadCustomDocument", d.access, 0)
	if d.p.err != nil {
		return d.p.err
	}
	if d.handle != 0 {
		return nil
	}
	switch d.p.count("FPDF_GetLastError") {
	case 4:
		return errPDFPassword
	case 5:
		return errPDFSecurity
	}
	return errPDFFormat
}

// refresh opens the document anew in a new instance of PDFium where it has taken
// much memory. It may not be called while a page is open.
func (d *pdfDocument) refresh() error {
	if d.read < restartAfter || len(d.p.memory.bytes) <= restartAbove {
		return nil
	}
	return d.reopen()
}

// reopen opens the document in a new instance of PDFium.
func (d *pdfDocument) reopen() error {
	d.close()
	if err := d.p.start(); err != nil {
		return err
	}
	return d.open()
}

func (d *pdfDocument) close() {
	if d.handle != 0 {
		d.p.call("FPDF_CloseDocument", d.handle)
		d.handle = 0
	}
	d.p.call("free", d.access)
	d.file.Reader = bytes.NewReader(nil)
}

// pages returns how many pages the document says it has.
func (d *pdfDocument) pages() int { return max(0, d.p.count("FPDF_GetPageCount", d.handle)) }

// load opens page i, 0-based, and returns 0 where that fails. What reader sees
// in annotations and form fields is made part of the page first.
func (d *pdfDocument) load(i int) uint64 {
	d.read++
	page := d.p.call("FPDF_LoadPage", d.handle, uint64(i))
	if page == 0 || !d.drawsAnnotations(page) {
		return page
	}
	const normalDisplay, success = 0, 1
	if d.p.count("FPDFPage_Flatten", page, normalDisplay) == success {
		// What was flattened is seen when the page is loaded again.
		d.p.call("FPDF_ClosePage", page)
		page = d.p.call("FPDF_LoadPage", d.handle, uint64(i))
	}
	return page
}

// drawsAnnotations reports whether a page has annotations other than links,
// which draw nothing, and pop-ups, which a reader sees only on request.
func (d *pdfDocument) drawsAnnotations(page uint64) bool {
	const link, popup = 2, 16
	for i := range d.p.count("FPDFPage_GetAnnotCount", page) {
		annot := d.p.call("FPDFPage_GetAnnot", page, uint64(i))
		if annot == 0 {
			continue
		}
		kind := d.p.count("FPDFAnnot_GetSubtype", annot)
		d.p.call("FPDFPage_CloseAnnot", annot)
		if kind != link && kind != popup {
			return true
		}
	}
	return false
}
