package parse

import (
	"context"
	"errors"
	"path"
	"strings"

	"golocal"
)

// parseZip reads a zip file by what is in it: an office document, a book, or a
// reason.
func (f *Formats) parseZip(ctx context.Context, name string, data []byte, depth int) (golocal.Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return golocal.Document{}, Broken("", err)
	}
	doc, err := f.parseParts(ctx, name, data, a, depth)
	var failure *Failure
	if err != nil && !errors.As(err, &failure) {
		err = Broken(doc.Type, err)
	}
	return doc, err
}

func (f *Formats) parseParts(ctx context.Context, name string, data []byte, a *archive, depth int) (golocal.Document, error) {
	main := a.officeDocument()
	switch ext := strings.ToLower(path.Ext(name)); {
	case strings.HasPrefix(main, "word/"):
		doc, err := parseDOCX(a, main)
		doc.Type = DOCX
		return doc, err
	case strings.HasPrefix(main, "xl/"):
		return parseXLSX(data)
	case strings.HasPrefix(main, "ppt/"):
		return parsePPTX(a, main)
	case a.files["META-INF/container.xml"] != nil:
		return parseEPUB(a)
	case a.openDocument():
		return parseODF(a)
	case ext == ".docx" || ext == ".docm" || ext == ".dotx":
		return golocal.Document{}, Failed(DOCX, "broken: no Word document in it")
	}
	return golocal.Document{}, Unsupported("an archive; files in archives are not read")
}
