package parse

import (
	"encoding/xml"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// openDocument is the state of reading an OpenDocument.
type openDocument struct {
	a    *archive // nil for a document in one file
	out  layout
	kind string // ODT, ODS, ODP, ODG; "" until the body begins

	title, styled string // from the properties; the first paragraph in the style "Title"
	language      string // of the default style

	prefixes  map[string]string // of the file, to those of golocal
	styles    odfStyles
	style     *odfStyle // under way
	inDefault bool      // in the default style of paragraphs
	capture   *strings.Builder

	skip   int            // depth of the element whose content is left out, 0 for none
	hide   int            // depth of the outermost hidden element, 0 for none
	why    string         // it is hidden
	paras  []*odfPara     // under way: one may hold a note or a text box with others
	asides []*odfAside    // notes and comments under way
	after  []string       // finished notes and comments, to stand behind the block under way
	lists  int            // depth of lists
	items  []string       // of the list under way
	frames []odfFrame     // under way, outermost first
	tables []*odfTable    // under way, outermost first
	copied int            // bytes of repeated cells and rows
	page   int            // slides or drawn pages so far
	gone   map[string]int // what is in the text although the document does not show it: "sheet", "slide", "row"
}

func newOpenDocument(a *archive) *openDocument {
	return &openDocument{a: a, styles: odfStyles{}, prefixes: map[string]string{}, gone: map[string]int{}}
}

// restart forgets what a part left open.
func (d *openDocument) restart() {
	d.paras, d.asides, d.frames, d.tables, d.style, d.capture, d.skip, d.hide, d.lists = nil, nil, nil, nil, nil, nil, 0, 0, 0
}

// visit takes a token of a part.
func (d *openDocument) visit(t xml.Token, depth int) error {
	switch t := t.(type) {
	case xml.StartElement:
		for _, a := range t.Attr {
			if a.Name.Space == "xmlns" && len(d.prefixes) < 1000 {
				d.prefixes[a.Name.Local] = space(a.Value)
			}
		}
		if d.skip == 0 {
			d.start(d.name(t.Name), t, depth)
		}
	case xml.EndElement:
		switch {
		case d.skip == depth+1:
			d.skip = 0
		case d.skip == 0:
			d.end(d.name(t.Name))
			if d.hide == depth+1 {
				d.hide = 0
			}
		}
	case xml.CharData:
		if d.skip == 0 {
			d.write(string(t))
		}
	}
	if d.out.cut {
		return errFull
	}
	return nil
}

// name is an element's or attribute's name with the usual prefix.
func (d *openDocument) name(n xml.Name) string { return d.prefixes[n.Space] + ":" + n.Local }

func (d *openDocument) attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if d.name(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// odfSkipped are elements whose text no reader sees where it stands.
var odfSkipped = set(`text:tracked-changes table:tracked-changes office:forms office:scripts office:master-styles office:font-face-decls office:binary-data
	office:event-listeners table:content-validations table:named-expressions table:database-ranges text:table-of-content-source text:alphabetical-index-source
	text:illustration-index-source text:table-index-source text:object-index-source text:user-index-source text:bibliography-source math:annotation
	presentation:header-decl presentation:footer-decl presentation:date-time-decl`)

var odfKinds = map[string]string{"office:text": ODT, "office:spreadsheet": ODS, "office:presentation": ODP, "office:drawing": ODG}

func (d *openDocument) start(name string, e xml.StartElement, depth int) {
	if odfSkipped[name] {
		d.skip = depth
		return
	}
	if d.hide == 0 {
		if why := d.hidden(name, e); why != "" {
			d.why, d.hide = why, depth
		}
	}
	switch prefix, _, _ := strings.Cut(name, ":"); prefix {
	case "style":
		d.startStyle(name, e)
		return
	case "table":
		d.startTable(name, e)
		return
	case "meta":
		d.capture = &strings.Builder{}
		return
	case "dc":
		d.capture = &strings.Builder{}
		return
	}
	switch name {
	case "office:text", "office:spreadsheet", "office:presentation", "office:drawing":
		d.kind = odfKinds[name]
	case "text:p", "text:h":
		d.startPara(name, e)
	case "text:s":
		n, _ := strconv.Atoi(d.attribute(e, "text:c"))
		d.write(strings.Repeat(" ", min(max(n, 1), 100)))
	case "text:tab":
		d.write("\t")
	case "text:line-break":
		d.write(" ")
	case "text:list":
		if d.lists++; d.lists == 1 && len(d.tables) == 0 && len(d.asides) == 0 {
			d.flush()
		}
	case "text:note", "office:annotation":
		d.asides = append(d.asides, &odfAside{})
	case "text:note-citation":
		if n := len(d.asides); n > 0 {
			d.capture = &d.asides[n-1].label
		}
	case "text:ruby-text":
		d.write(" (")
	case "draw:page":
		d.startPage(e)
	case "draw:frame", "draw:custom-shape":
		d.frames = append(d.frames, odfFrame{class: d.attribute(e, "presentation:class")})
		switch d.frames[len(d.frames)-1].class {
		case "header", "footer", "date-time", "page-number":
			d.frames = d.frames[:len(d.frames)-1]
			d.skip = depth
		}
	case "svg:title", "svg:desc":
		d.capture = &strings.Builder{}
	case "draw:object":
		d.object(d.attribute(e, "xlink:href"), e)
	}
}

// hidden says why the content of an element cannot be seen; "" where it can.
func (d *openDocument) hidden(name string, e xml.StartElement) string {
	if d.kind == "" {
		return ""
	}
	switch name {
	case "text:hidden-text", "text:hidden-paragraph":
		if d.attribute(e, "text:is-hidden") == "true" {
			if n := len(d.paras); n > 0 && name == "text:hidden-paragraph" {
				d.paras[n-1].why = "hidden paragraph"
			}
			if s := d.attribute(e, "text:string-value"); s != "" && len(d.paras) > 0 {
				p := d.paras[len(d.paras)-1]
				p.unseen.WriteString(" " + s)
				p.reason = "hidden text"
			}
			return "hidden text"
		}
	case "text:span":
		return d.styles.hides("text", d.attribute(e, "text:style-name"))
	case "text:p", "text:h":
		return d.styles.hides("paragraph", d.attribute(e, "text:style-name"))
	}
	if d.attribute(e, "text:display") == "none" {
		return "display:none"
	}
	return ""
}

func (d *openDocument) startPara(name string, e xml.StartElement) {
	p := &odfPara{item: d.lists > 0}
	switch {
	case name == "text:h":
		n, err := strconv.Atoi(d.attribute(e, "text:outline-level"))
		if err != nil {
			n = 1
		}
		p.level = min(max(n, 1), 6)
	case d.kind == ODT && d.styles.isTitle(d.attribute(e, "text:style-name")):
		p.level = titleLevel
	}
	d.paras = append(d.paras, p)
}

func (d *openDocument) startPage(e xml.StartElement) {
	d.flush()
	d.page++
	d.out.outline = outline{}
	if d.kind == ODG {
		d.out.mark(golocal.Place{Page: d.page, Paragraph: 1})
		return
	}
	d.out.mark(golocal.Place{Slide: d.page, Paragraph: 1})
	if d.styles.leftOut("drawing-page", d.attribute(e, "draw:style-name")) {
		d.gone["slide"]++
	}
}

func (d *openDocument) end(name string) {
	prefix, _, _ := strings.Cut(name, ":")
	switch prefix {
	case "style":
		if name == "style:style" {
			d.style = nil
		}
		return
	case "table":
		d.endTable(name)
		return
	case "meta", "dc":
		d.endCapture(name)
		return
	case "math":
		d.write(" ")
		return
	}
	switch name {
	case "text:p", "text:h":
		if n := len(d.paras); n > 0 {
			p := d.paras[n-1]
			d.paras = d.paras[:n-1]
			d.endPara(p)
		}
	case "text:list":
		if d.lists = max(d.lists-1, 0); d.lists == 0 && len(d.tables) == 0 && len(d.asides) == 0 {
			d.flush()
		}
	case "text:note-citation":
		d.capture = nil
	case "text:note", "office:annotation":
		d.endAside(name)
	case "text:ruby-text":
		d.write(")")
	case "text:number":
		d.write(" ")
	case "draw:page":
		d.flush()
		d.out.end()
	case "draw:frame", "draw:custom-shape":
		if n := len(d.frames); n > 0 {
			f := d.frames[n-1]
			d.frames = d.frames[:n-1]
			if title := strings.Join(f.title, " "); title != "" {
				d.flush()
				d.out.add(golocal.KindHeading, 1, title)
			}
		}
	case "svg:title", "svg:desc":
		if d.capture != nil {
			s := normal.OneLine(d.capture.String())
			d.capture = nil
			d.alternative(s)
		}
	}
}
