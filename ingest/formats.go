package ingest

import (
	"context"
	"time"

	"golocal"
)

// Formats is the Parser that knows the file formats. It works in this process;
// only trusted files should meet it outside of a Child. Not for concurrent use.
type Formats struct {
	Cache  string        // folder for compiled PDF code; "" for none
	Memory int64         // bytes that PDF code may use; 1 GiB when 0
	Time   time.Duration // when a paged document has taken this long, the rest of its pages is left out; 0 for no limit

	pdf *pdfium
}

// Parse implements Parser.
func (f *Formats) Parse(ctx context.Context, name string, data []byte) (golocal.Document, error) {
	if len(data) == 0 {
		return golocal.Document{}, noText("", 0)
	}
	switch kind := detect(name, data); kind {
	case typePDF:
		return f.parsePDF(ctx, data)
	case typeDOCX:
		return parseContainer(name, data)
	case typeHTML:
		return parseHTML(data)
	case typeMarkdown, typeText, typeCode:
		text, ok := decode(data)
		if !ok {
			return golocal.Document{}, unknown(name, data[:min(len(data), 4096)])
		}
		switch kind {
		case typeMarkdown:
			return parseMarkdown(text)
		case typeCode:
			return parseCode(name, text)
		}
		return parseText(name, text)
	}
	return golocal.Document{}, unknown(name, data[:min(len(data), 4096)])
}

// Close frees the PDF code.
func (f *Formats) Close() error {
	if f.pdf != nil {
		f.pdf.close()
		f.pdf = nil
	}
	return nil
}
