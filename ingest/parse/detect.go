package parse

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// The types of documents, as golocal.Document has them.
const (
	Markdown = "markdown"
	Text     = "text"
	Code     = "code"
	HTML     = "html"
	PDF      = "pdf"
	DOCX     = "docx"

	PPTX      = "pptx"
	XLSX      = "xlsx"
	ODT       = "odt"
	ODS       = "ods"
	ODP       = "odp"
	ODG       = "odg"
	EPUB      = "epub"
	RTF       = "rtf"
	MHTML     = "mhtml"
	Mail      = "mail"    // one message: .eml
	Mailbox   = "mailbox" // many: .mbox
	Outlook   = "outlook" // .msg
	CSV       = "csv"     // tabs and semicolons too
	JSON      = "json"
	JSONL     = "jsonl"
	Data      = "data" // YAML, TOML, INI and the like, XML
	Notebook  = "notebook"
	Subtitles = "subtitles"
	LaTeX     = "latex"
	Org       = "org"
	AsciiDoc  = "asciidoc"
	RST       = "rst"
	Image     = "image"
	DOC       = "doc" // Word, Excel and PowerPoint before 2007
	XLS       = "xls"
	PPT       = "ppt"
	flat      = "fodf" // OpenDocument in one XML file: its body tells
	zipped    = "zip"  // some container: its parts tell
	compound  = "ole"  // some compound file: its streams tell
)

// Type names a file's type: by content where that is binary, then by the name's
// extension, which wins among texts (notes.txt may hold anything), then, where
// the extension says nothing or names a binary format, by what the text looks
// like. For containers the parts tell, which is left to their parser. "" means
// that the content is not recognised as text or as anything golocal parses.
func Type(name string, data []byte) string {
	head := data[:min(len(data), 4096)]
	ext := strings.ToLower(path.Ext(name))
	switch {
	case isPDF(head, ext == ".pdf"):
		return PDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(head, oleMagic):
		return compound
	case rtf(head):
		return RTF
	case flatODF(head):
		return flat
	case program(head):
		return ""
	case cleanText(head): // before the magic numbers: "BM" begins a bitmap, and a note about BMW
	case picture(head):
		return Image
	case named(head) != "", binaryContent(head):
		return ""
	}
	text, _ := decodeHead(head)
	switch {
	case htmlExt[ext] && savedPage(text):
		return MHTML
	case markdownExt[ext]:
		return Markdown
	case htmlExt[ext]:
		return HTML
	case textTypes[ext] != "":
		if misnamed[ext] && looksLikeHTML([]byte(text)) {
			return HTML // what a server sent in place of the data
		}
		return textTypes[ext]
	case codeExt[ext] || codeName[strings.ToLower(name)]:
		return Code
	case textExt[ext] && mailboxStart.MatchString(text):
		return Mailbox // as mailing lists keep their archives
	case textExt[ext]:
		return Text
	case dataName[strings.ToLower(name)]:
		return Data
	}
	return sniff(text, ext)
}

// cleanText reports bytes that are nothing but UTF-8 text: no magic number
// makes them anything else.
func cleanText(head []byte) bool {
	if len(head) == 4096 {
		head = cutRune(head)
	}
	if !utf8.Valid(head) {
		return false
	}
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b || c == 0x7f {
			return false
		}
	}
	return true
}

// program reports text that is not meant to be read: pages drawn by a program,
// certificates and encrypted messages in letters.
func program(head []byte) bool {
	return bytes.HasPrefix(head, []byte("%!PS")) || bytes.HasPrefix(head, []byte("%FDF-")) || armoured(head)
}

// armoured reports what RFC 7468 and RFC 9580 write in letters. A private key is
// left as text, so that it is known for the secret that it is.
func armoured(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(line, []byte("-----BEGIN ")) && !bytes.Contains(line, []byte("PGP SIGNED MESSAGE")) && !bytes.Contains(line, []byte("PRIVATE KEY"))
}

// oleMagic begins a Compound File (MS-CFB): Office files before 2007, and
// encrypted ones of today.
var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// isPDF looks for the header in the first 1024 bytes, where readers accept it
// (ISO 32000-1, appendix H.3, note 13).
func isPDF(head []byte, named bool) bool {
	i := bytes.Index(head[:min(len(head), 1029)], []byte("%PDF-"))
	return i == 0 || i > 0 && (named || !looksLikeProse(head[:i]))
}

// picture reports an image that can be looked at for text.
func picture(head []byte) bool {
	kind := mimetype.Detect(head)
	return strings.HasPrefix(kind.String(), "image/") && names[kind.String()] == "" && !kind.Is("image/svg+xml")
}

// looksLikeProse keeps a text that only mentions the header from being taken for a PDF.
func looksLikeProse(b []byte) bool {
	letters := 0
	for _, c := range b {
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			letters++
		}
	}
	return letters > 20 && letters*2 > len(b)
}

// TypeByName is the type that a file's name alone tells, "" where it tells none.
func TypeByName(name string) string {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case markdownExt[ext]:
		return Markdown
	case htmlExt[ext]:
		return HTML
	case textTypes[ext] != "":
		return textTypes[ext]
	case codeExt[ext] || codeName[strings.ToLower(name)]:
		return Code
	case textExt[ext]:
		return Text
	case imageExt[ext]:
		return Image
	}
	return strings.TrimPrefix(ext, ".") // PDF, Office: their types are called as their names end
}

// Plain reports a type whose text is the file itself.
func Plain(kind string) bool {
	switch kind {
	case "", PDF, zipped, compound, flat, RTF, Image, MHTML, Mail, Mailbox:
		return false
	}
	return true
}

// binaryContent reports content of a known type that is not text.
func binaryContent(head []byte) bool {
	for m := mimetype.Detect(head); m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return false
		}
		if m.Is("application/octet-stream") {
			_, ok := decodeHead(head)
			return !ok
		}
	}
	return true
}

// decodeHead decodes the beginning of a file, which may end inside a character.
func decodeHead(head []byte) (string, bool) {
	if len(head)%2 != 0 {
		head = head[:len(head)-1]
	}
	return decode(head)
}
