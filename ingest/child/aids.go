package child

import "strings"

// Aids are programs of the system that parsers start for what they can't read
// themselves. The zero Aids are none.
type Aids struct {
	Tesseract string // path; reads images, and pages of PDFs without text
	Languages string // of Tesseract: "eng+deu"
	Office    string // path of LibreOffice's soffice; reads files from before 2007
}

// String tells them apart from others whose results differ: "ocr eng+deu,
// office"; "" for none.
func (a Aids) String() string {
	var s []string
	if a.Tesseract != "" {
		s = append(s, "ocr "+a.Languages)
	}
	if a.Office != "" {
		s = append(s, "office")
	}
	return strings.Join(s, ", ")
}

// flags are the arguments of Main that hand them over.
func (a Aids) flags() []string {
	var flags []string
	if a.Tesseract != "" {
		flags = append(flags, "--tesseract", a.Tesseract, "--languages", a.Languages)
	}
	if a.Office != "" {
		flags = append(flags, "--office", a.Office)
	}
	return flags
}
