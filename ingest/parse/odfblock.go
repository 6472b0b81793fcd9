package parse

import (
	"encoding/xml"
	"path"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// odfPara is a text:p or text:h.
type odfPara struct {
	text   strings.Builder
	unseen strings.Builder // its hidden text
	reason string          // of unseen
	why    string          // all of it is hidden
	level  int             // of a heading, titleLevel, or 0
	item   bool
}

// odfAside is a note or a comment.
type odfAside struct {
	label strings.Builder // the note's mark, the comment's author
	paras []string
}

// odfFrame is a draw:frame or shape.
type odfFrame struct {
	class string   // of a placeholder on a slide
	title []string // paragraphs of a slide's title
}

// endCapture takes the text of an element of the properties, or who wrote a
// comment.
func (d *openDocument) endCapture(name string) {
	if d.capture == nil {
		return
	}
	s := d.capture.String()
	d.capture = nil
	switch n := len(d.asides); {
	case n == 0:
		d.metaText(name, s)
	case name == "dc:creator":
		d.asides[n-1].label.WriteString(s)
	}
}

// alternative writes the description of a picture.
func (d *openDocument) alternative(s string) {
	switch {
	case s == "" || d.kind == "":
	case len(d.paras) > 0:
		d.write(" " + s + " ")
	default:
		d.endPara(paraOf(s))
	}
}

func paraOf(s string) *odfPara {
	p := &odfPara{}
	p.text.WriteString(s)
	return p
}

// write appends running text.
func (d *openDocument) write(s string) {
	n := len(d.paras)
	switch {
	case d.capture != nil:
		if d.capture.Len() < 10_000 {
			d.capture.WriteString(s)
		}
	case n == 0:
	case d.hide > 0:
		d.paras[n-1].unseen.WriteString(s)
		d.paras[n-1].reason = d.why
	default:
		d.paras[n-1].text.WriteString(s)
	}
}

func (d *openDocument) endPara(p *odfPara) {
	text := normal.OneLine(normal.Text(p.text.String()))
	if p.why != "" {
		d.out.hide(p.why, p.unseen.String()+" "+text)
		text = ""
	} else if p.unseen.Len() > 0 {
		d.out.hide(p.reason, p.unseen.String())
	}
	if text == "" {
		return
	}
	table := d.table()
	switch n := len(d.frames); {
	case len(d.asides) > 0:
		aside := d.asides[len(d.asides)-1]
		aside.paras = append(aside.paras, text)
	case table != nil && table.inCell:
		table.cell = append(table.cell, text)
		table.blocks = append(table.blocks, odfBlock{text, p.level, p.item})
	case d.kind == ODS:
		d.after = append(d.after, text) // a text box on a sheet stands behind the rows
	case n > 0 && d.frames[n-1].class == "title":
		d.frames[n-1].title = append(d.frames[n-1].title, text)
	default:
		d.block(odfBlock{text, p.level, p.item})
	}
}

// odfBlock is a finished paragraph.
type odfBlock struct {
	text  string
	level int
	item  bool
}

func (d *openDocument) block(b odfBlock) {
	if b.item && (b.level == 0 || b.level == titleLevel) {
		d.items = append(d.items, b.text)
		return
	}
	d.flushList()
	switch {
	case b.level == titleLevel:
		if d.styled == "" {
			d.styled = b.text
		}
		d.out.add(golocal.KindHeading, 1, b.text)
	case b.level > 0:
		d.out.add(golocal.KindHeading, b.level, b.text)
	default:
		d.out.add(golocal.KindParagraph, 0, b.text)
	}
	if len(d.paras) == 0 {
		d.flush()
	}
}

func (d *openDocument) flushList() {
	if len(d.items) > 0 {
		d.out.add(golocal.KindList, 0, strings.Join(d.items, "\n"))
		d.items = nil
	}
}

// flush writes the list under way and the notes and comments behind it.
func (d *openDocument) flush() {
	d.flushList()
	for _, s := range d.after {
		d.out.add(golocal.KindParagraph, 0, s)
	}
	d.after = nil
}

// endAside ends a note or comment. A note leaves its mark in the text.
func (d *openDocument) endAside(name string) {
	n := len(d.asides)
	if n == 0 {
		return
	}
	aside := d.asides[n-1]
	d.asides = d.asides[:n-1]
	label := normal.OneLine(aside.label.String())
	if name == "text:note" && label != "" {
		d.write("[" + label + "]")
		label = "[" + label + "]"
	} else if label != "" {
		label += ":"
	}
	if len(aside.paras) == 0 {
		return
	}
	text := strings.TrimSpace(label + " " + strings.Join(aside.paras, "\n"))
	if d.hide > 0 {
		d.out.hide(d.why, text)
		return
	}
	switch table := d.table(); {
	case d.kind == ODS && table != nil:
		table.comments = append(table.comments, odfComment{table.row, table.column, text})
	case len(d.paras) == 0 && len(d.tables) == 0 && d.lists == 0: // of a slide or drawing, not of a text
		d.flush()
		d.out.add(golocal.KindParagraph, 0, text)
	default:
		d.after = append(d.after, text)
	}
}

// object writes the text of an object that has a part of its own: a formula, or
// the titles of a chart.
func (d *openDocument) object(href string, e xml.StartElement) {
	if href == "" {
		for _, a := range e.Attr { // the prefix of XLink is not followed
			if a.Name.Local == "href" {
				href = a.Value
			}
		}
	}
	part := path.Join(strings.TrimPrefix(href, "./"), "content.xml")
	if d.a == nil || href == "" || d.a.files[part] == nil {
		return
	}
	var text strings.Builder
	skip := 0
	d.a.tokens(part, func(t xml.Token, depth int) error { // a broken object costs its own text
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "annotation", "table", "automatic-styles", "tracked-changes", "spreadsheet":
				if skip == 0 {
					skip = depth
				}
			}
		case xml.EndElement:
			if skip == depth+1 {
				skip = 0
			}
			text.WriteByte(' ')
		case xml.CharData:
			if skip == 0 && text.Len() < 1<<20 {
				text.Write(t)
			}
		}
		return nil
	})
	d.alternative(normal.OneLine(text.String()))
}

// finish ends what a document that was cut short left open.
func (d *openDocument) finish() {
	d.capture, d.hide = nil, 0
	for len(d.asides) > 0 {
		d.endAside("text:note")
	}
	for n := len(d.paras); n > 0; n = len(d.paras) {
		p := d.paras[n-1]
		d.paras = d.paras[:n-1]
		d.endPara(p)
	}
	for len(d.tables) > 0 {
		d.endTable("table:table")
	}
	d.flush()
	for _, what := range []string{"slide", "sheet", "row"} {
		one, several := hiddenNotes[what][0], hiddenNotes[what][1]
		switch n := d.gone[what]; {
		case n == 1:
			d.out.note(one)
		case n > 1:
			d.out.note(several, n)
		}
	}
	if d.out.meta.Language == "" {
		d.out.meta.Language = d.language
	}
}

// hiddenNotes say that one or several slides, sheets or rows are hidden.
var hiddenNotes = map[string][2]remark.Code{
	"slide": {remark.NoteHiddenSlide1, remark.NoteHiddenSlideN}, "sheet": {remark.NoteHiddenSheet1, remark.NoteHiddenSheetN}, "row": {remark.NoteHiddenRow1, remark.NoteHiddenRowN},
}
