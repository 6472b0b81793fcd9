package parse

import (
	"encoding/xml"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// dataXML reads settings, records and exports in XML.
func dataXML(text string) (golocal.Document, error) {
	v := newVerbatim(Data, text)
	w := &xmlWalk{own: readableXML(text)}
	kind := golocal.KindCode
	if err := scanXML(text, w.visit); err != nil {
		note(&v.doc, remark.NoteText, err)
	}
	if !w.own {
		kind = golocal.KindList
		v.doc.Text = strings.TrimLeft(w.out.String(), "\n")
		v.doc.Marks = []golocal.Mark{{Place: golocal.Place{Paragraph: 1}}}
		if w.out.Len() > MaxText-longLine {
			v.doc.Remarks = append(v.doc.Remarks, cutNote)
		}
	}
	v.addUnits(kind, w.units)
	return v.document()
}

// readableXML reports lines that people can read, without words that entities
// cut: caf&#233;.
func readableXML(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > longLine {
			return false
		}
		for at := 0; ; {
			i := strings.IndexByte(line[at:], '&')
			if i < 0 {
				break
			}
			at += i + 1
			if rest := line[at:]; strings.HasPrefix(rest, "#") || !strings.HasPrefix(rest, "amp;") && !strings.HasPrefix(rest, "lt;") && !strings.HasPrefix(rest, "gt;") && !strings.HasPrefix(rest, "quot;") && !strings.HasPrefix(rest, "apos;") {
				return false
			}
		}
	}
	return true
}

// xmlWalk collects the units of a document, in its own lines or laid out as
// "element: text", members indented.
type xmlWalk struct {
	own   bool
	out   strings.Builder
	stack []xmlFrame
	units units
}

type xmlFrame struct {
	name  string // with what tells it from its like
	start int
	first int
}

func (w *xmlWalk) visit(t xml.Token, depth, start int) error {
	if !w.own {
		start = w.out.Len()
	}
	if w.out.Len() > MaxText-longLine {
		return nil
	}
	switch t := t.(type) {
	case xml.StartElement:
		f := xmlFrame{name: t.Name.Local, start: start, first: len(w.units)}
		attributes := ""
		for _, a := range t.Attr {
			if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
				continue
			}
			value := normal.OneLine(normal.NoPages(normal.Text(a.Value)))
			if value == "" {
				continue
			}
			if k := a.Name.Local; (k == "name" || k == "id" || k == "key") && f.name == t.Name.Local {
				f.name = normal.Shorten(f.name+" "+value, 80)
			}
			attributes += " " + normal.Text(a.Name.Local) + "=" + normal.Shorten(value, longLine)
		}
		w.stack = append(w.stack, f)
		if !w.own {
			w.out.WriteString("\n" + strings.Repeat("  ", min(depth-1, 40)) + normal.OneLine(normal.Text(t.Name.Local)) + attributes + ":")
		}
	case xml.CharData:
		if s := normal.OneLine(normal.NoPages(normal.Text(string(t)))); s != "" && !w.own && len(w.stack) > 0 {
			w.out.WriteString(" " + s)
		}
	case xml.EndElement:
		if len(w.stack) == 0 {
			return nil
		}
		f := w.stack[len(w.stack)-1]
		end := start + len(t.Name.Local) + 3
		if !w.own {
			end = w.out.Len()
		}
		inside := 0
		if n := len(w.stack) - 1; n > 0 {
			inside = w.stack[n-1].first
		}
		w.units.member(f.start, end, f.first, len(w.stack)-1, inside, w.path)
		w.stack = w.stack[:len(w.stack)-1]
	}
	return nil
}

// path returns the elements that lead to the one under way, without the root.
func (w *xmlWalk) path(itself bool) []string {
	var out []string
	last := len(w.stack)
	if !itself {
		last--
	}
	for _, f := range w.stack[min(1, last):last] {
		if out = append(out, normal.OneLine(normal.Text(f.name))); len(out) == 6 {
			break
		}
	}
	return out
}
