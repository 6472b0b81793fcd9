package parse

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// odfStyle is what matters of a style:style.
type odfStyle struct {
	parent string
	why    string // text in it cannot be seen: "display:none", "too small to see"
	shown  bool   // text:display says that it can
	hidden bool   // a slide that is left out of the show, or a sheet that is not shown
}

// odfStyles are styles by family and name.
type odfStyles map[[2]string]*odfStyle

// start takes the beginning of an element inside of a style; d.style is the one
// under way.
func (d *openDocument) startStyle(name string, e xml.StartElement) {
	switch name {
	case "style:style":
		d.style = &odfStyle{parent: d.attribute(e, "style:parent-style-name")}
		if len(d.styles) < 100_000 {
			d.styles[[2]string{d.attribute(e, "style:family"), d.attribute(e, "style:name")}] = d.style
		}
	case "style:default-style":
		d.style = nil
		d.inDefault = d.attribute(e, "style:family") == "paragraph"
	case "style:text-properties":
		if d.style == nil {
			if lang := d.attribute(e, "fo:language"); d.inDefault && d.language == "" && lang != "" && lang != "none" && lang != "zxx" {
				d.language = lang
				if country := d.attribute(e, "fo:country"); country != "" && country != "none" {
					d.language += "-" + country
				}
			}
			return
		}
		switch d.attribute(e, "text:display") {
		case "none":
			d.style.why = "display:none"
		case "true":
			d.style.shown = true
		}
		if size, ok := strings.CutSuffix(d.attribute(e, "fo:font-size"), "pt"); ok {
			if n, err := strconv.ParseFloat(size, 64); err == nil && n < 1 {
				d.style.why = "too small to see"
			}
		}
	case "style:table-properties":
		if d.style != nil && d.attribute(e, "table:display") == "false" {
			d.style.hidden = true
		}
	case "style:drawing-page-properties":
		if d.style != nil && d.attribute(e, "presentation:visibility") == "hidden" {
			d.style.hidden = true
		}
	}
}

// ancestry is how many styles may be based on one another.
const ancestry = 20

// hides says why text in a style cannot be seen, "" where it can.
func (s odfStyles) hides(family, name string) string {
	for range ancestry {
		style := s[[2]string{family, name}]
		if style == nil {
			return ""
		}
		if style.why != "" || style.shown {
			return style.why
		}
		name = style.parent
	}
	return ""
}

// isTitle reports the style of a text's title, or one that is based on it.
func (s odfStyles) isTitle(name string) bool {
	for range ancestry {
		if name == "Title" {
			return true
		}
		style := s[[2]string{"paragraph", name}]
		if style == nil {
			return false
		}
		name = style.parent
	}
	return false
}

// leftOut reports a slide or sheet that is not shown.
func (s odfStyles) leftOut(family, name string) bool {
	style := s[[2]string{family, name}]
	return style != nil && style.hidden
}
