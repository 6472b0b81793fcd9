package parse

import (
	"context"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// MaxText is how much text a document may hold, in bytes. What is beyond is cut
// off, and the document's notes say so.
const MaxText = 64 << 20

// maxNesting is how deep files may lie in files: an attachment in an attached
// message.
const maxNesting = 2

// Formats is the Parser that knows the file formats. It works in this process;
// only trusted files should meet it outside of a child. Not for concurrent use.
type Formats struct {
	Cache  string        // folder for compiled PDF code; "" for none
	Memory int64         // bytes that PDF code may use; 512 MiB when 0
	Time   time.Duration // when a paged document has taken this long, the rest of its pages is left out; 0 for no limit
	OCR    *OCR          // reads images, and pages without text; nil leaves them unread
	Office string        // path of LibreOffice's soffice, which reads files from before 2007; "" leaves them unread

	pdf []*pdfium
}

// Parse reads the text out of a file's bytes. name is the file's base name and
// decides only where the content leaves a choice. A *Failure says why the file
// has no text; any other error says that the parser itself could not work.
func (f *Formats) Parse(ctx context.Context, name string, data []byte) (golocal.Document, error) {
	doc, err := f.parse(ctx, name, data, 0)
	putNotes(&doc)
	return doc, err
}

// parse reads a file that lies depth files deep in another.
func (f *Formats) parse(ctx context.Context, name string, data []byte, depth int) (golocal.Document, error) {
	switch {
	case len(data) == 0:
		return golocal.Document{}, NoText("", 0)
	case depth > maxNesting:
		return golocal.Document{}, Unsupported(remark.IsNested, maxNesting)
	}
	kind := Type(name, data)
	switch kind {
	case PDF:
		return f.parsePDF(ctx, data)
	case zipped:
		return f.parseZip(ctx, name, data, depth)
	case compound:
		return f.parseCompound(ctx, name, data, depth)
	case Image:
		return f.parseImage(ctx, data)
	case flat:
		return parseFlatODF(data)
	case RTF:
		return parseRTF(data)
	case HTML:
		return parseHTML(data)
	case MHTML:
		return f.parseMHTML(ctx, data)
	case Mail:
		return f.parseMail(ctx, data, depth)
	case Mailbox:
		return f.parseMailbox(ctx, data, depth)
	}
	if !Plain(kind) {
		return golocal.Document{}, unknown(name, data[:min(len(data), 4096)])
	}
	text, noted, ok := decodeDeclared(data)
	if !ok {
		return golocal.Document{}, unknown(name, data[:min(len(data), 4096)])
	}
	text, cut := cutText(text)
	doc, err := parsePlain(kind, name, text)
	for _, n := range []golocal.Remark{noted, cut} {
		if n.Code != "" {
			doc.Remarks = append(doc.Remarks, n)
		}
	}
	return doc, err
}

// cutText cuts a text that is too long at a line end; normalising may make up
// to three bytes of one.
func cutText(text string) (string, golocal.Remark) {
	if len(text) <= MaxText/3 {
		return text, golocal.Remark{}
	}
	text = normal.Text(text)
	if len(text) <= MaxText {
		return text, golocal.Remark{}
	}
	end := strings.LastIndexByte(text[:MaxText], '\n') + 1
	if end < MaxText/2 {
		end = MaxText
	}
	return strings.ToValidUTF8(text[:end], ""), cutNote
}

// maxStructured is the largest text whose structure is read, in bytes: trees and
// sections take up to twenty times as much memory. Books have about 1 MB.
const maxStructured = 16 << 20

// maxMarks is how many quotes and lists may lie in one another on a line of
// Markdown: the reader's time grows with the square.
const maxMarks = 200

// nested tells whether a line begins with more marks of quotes and lists than
// anybody writes.
func nested(text string) bool {
	for line := range strings.Lines(text) {
		if len(line) <= maxMarks {
			continue
		}
		marks := 0
		for i := 0; i < len(line) && strings.IndexByte("> \t-*+", line[i]) >= 0; i++ {
			if line[i] == '>' || i+1 < len(line) && line[i] > ' ' && line[i+1] == ' ' {
				marks++
			}
		}
		if marks > maxMarks {
			return true
		}
	}
	return false
}

// parsePlain reads a file whose text is the file itself.
func parsePlain(kind, name, text string) (golocal.Document, error) {
	switch kind {
	case Markdown, LaTeX, Org, AsciiDoc, RST, Subtitles, Data:
		if len(text) > maxStructured && !strings.HasPrefix(strings.TrimLeft(text[:1000], " \t\r\n"), "<") {
			doc, err := parseText(name, text)
			doc.Type = kind
			note(&doc, remark.NoteTooLargeForHeadings)
			return doc, err
		}
	}
	switch kind {
	case Markdown:
		if nested(text) {
			doc, err := parseText(name, text)
			doc.Type = Markdown
			note(&doc, remark.NoteTooDeep)
			return doc, err
		}
		return parseMarkdown(text)
	case Code:
		return parseCode(name, text)
	case CSV:
		return parseCSV(name, text)
	case JSON:
		return parseJSON(text)
	case JSONL:
		return parseJSONL(text)
	case Data:
		return parseData(name, text)
	case Notebook:
		return parseNotebook(text)
	case Subtitles:
		return parseSubtitles(text)
	case LaTeX:
		return parseLaTeX(text)
	case Org:
		return parseOrg(text)
	case AsciiDoc:
		return parseAsciiDoc(text)
	case RST:
		return parseRST(text)
	}
	return parseText(name, text)
}

// Close frees the PDF code.
func (f *Formats) Close() error {
	if f.pdf != nil {
		f.pdf[0].engine.close()
		f.pdf = nil
	}
	return nil
}
