package parse

import (
	"context"
	"errors"
	"path"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// parseZip reads a zip file by what is in it: an office document, a book, or a
// reason.
func (f *Formats) parseZip(ctx context.Context, name string, data []byte, depth int) (golocal.Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return golocal.Document{}, failing("", err)
	}
	doc, err := f.parseParts(ctx, name, a, depth)
	return doc, failing(doc.Type, err)
}

// failing turns whatever went wrong with a container into a Failure of its type.
func failing(kind string, err error) error {
	var failure *Failure
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &failure):
		return Broken(kind, err)
	}
	if failure.Type != "" || kind == "" {
		return failure
	}
	of := *failure
	of.Type = kind
	return &of
}

func (f *Formats) parseParts(ctx context.Context, name string, a *archive, depth int) (golocal.Document, error) {
	main := a.officeDocument()
	var doc golocal.Document
	root, err := a.root(main)
	switch ext := strings.ToLower(path.Ext(name)); {
	case err != nil:
		return doc, err
	case root == "document":
		doc, err = f.parseDOCX(ctx, a, main, depth)
		doc.Type = DOCX
		return doc, err
	case root == "workbook":
		doc, err = f.parseXLSX(ctx, a, main, depth)
		doc.Type = XLSX
		return doc, err
	case root == "presentation":
		doc, err = f.parsePPTX(ctx, a, main, depth)
		doc.Type = PPTX
		return doc, err
	case path.Base(main) == "workbook.bin":
		return golocal.Document{}, Unsupported(remark.IsXLSB)
	case root == "VisioDocument":
		return golocal.Document{}, Unsupported(remark.IsVisio)
	case a.files["META-INF/container.xml"] != nil:
		return parseEPUB(a)
	case a.openDocument():
		return parseODF(a)
	case officeNames[ext] != "":
		return golocal.Document{}, Failed(officeNames[ext], map[string]remark.Code{DOCX: remark.BrokenNoWord, XLSX: remark.BrokenNoWorkbook, PPTX: remark.BrokenNoSlides}[officeNames[ext]])
	}
	return golocal.Document{}, Unsupported(remark.IsArchive)
}

// officeNames are the types that the names of Office Open XML files claim.
var officeNames = map[string]string{".docx": DOCX, ".docm": DOCX, ".dotx": DOCX, ".dotm": DOCX, ".xlsx": XLSX, ".xlsm": XLSX, ".xltx": XLSX, ".xltm": XLSX,
	".pptx": PPTX, ".pptm": PPTX, ".potx": PPTX, ".potm": PPTX, ".ppsx": PPTX, ".ppsm": PPTX}
