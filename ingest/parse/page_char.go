package parse

import "golocal"

// pdfChar is a letter as a page draws it. Spaces and line ends carry no more
// than themselves. Positions are in points from the bottom left corner of the
// page as it is shown.
type pdfChar struct {
	r      rune
	made   bool        // PDFium put this space in
	object uint32      // the piece of text that it belongs to
	hyphen bool        // PDFium holds it for a hyphen at a line's end
	x, y   float64     // origin: where its base line begins
	box    golocal.Box // from its ascent to its descent, as far as it advances
	size   float64     // of the type, points; 0 when unknown
	dx, dy float64     // direction of writing, of length 1
	hidden string      // why a reader does not see it; "" when he does
}

// Why text is hidden.
const (
	hiddenInvisible = "drawn invisibly"
	hiddenOffPage   = "off the page"
	hiddenTiny      = "too small to see"
)
