package sample

import (
	"fmt"
	"maps"
	"strings"
)

// SlideNS declares the name spaces of PPTX, prefixes p, a and r.
const SlideNS = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const relationType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Relations is a part that ties another to its parts: pairs of a kind ("slide",
// "notesSlide") and a target, with the ids r1, r2 and on.
func Relations(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="%s%s" Target="%s"/>`, i/2+1, relationType, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

// PPTX zips a presentation of slides, each the XML of its shapes, in the order
// in which they are shown; their files are named the other way round. More
// parts by name.
func PPTX(slides []string, parts map[string]string) []byte {
	all := map[string]string{"_rels/.rels": Relations("officeDocument", "ppt/presentation.xml")}
	list, pairs := "", []string(nil)
	for i, shapes := range slides {
		name := fmt.Sprintf("slides/slide%d.xml", len(slides)-i)
		all["ppt/"+name] = `<?xml version="1.0"?><p:sld ` + SlideNS + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
		list += fmt.Sprintf(`<p:sldId id="%d" r:id="r%d"/>`, 256+i, i+1)
		pairs = append(pairs, "slide", name)
	}
	all["ppt/presentation.xml"] = `<?xml version="1.0"?><p:presentation ` + SlideNS + `><p:sldIdLst>` + list + `</p:sldIdLst></p:presentation>`
	all["ppt/_rels/presentation.xml.rels"] = Relations(pairs...)
	maps.Copy(all, parts)
	return Zip(all)
}

// Shape is a shape of a slide with paragraphs of text (XML); kind is that of its
// placeholder ("title", "body", "sldNum"), "" for a text box.
func Shape(kind string, paragraphs ...string) string {
	holder := ""
	if kind != "" {
		holder = `<p:ph type="` + kind + `"/>`
	}
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(`<a:p><a:r><a:rPr lang="en-GB"/><a:t>` + p + `</a:t></a:r></a:p>`)
	}
	return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr>` + holder + `</p:nvPr></p:nvSpPr><p:txBody>` + b.String() + `</p:txBody></p:sp>`
}
