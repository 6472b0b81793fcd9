package parse

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// embed adds a document that lies in this one, under a heading of its name. Its
// places are those of that file, in the part of its name.
func (l *layout) embed(doc golocal.Document, part string) {
	if l.cut || l.text.Len()+len(doc.Text) > MaxText-1<<16 {
		l.note("the embedded file %s was left out: there is too much text", part)
		return
	}
	inside := func(p golocal.Place) golocal.Place {
		p.Part = strings.TrimSuffix(part+"/"+p.Part, "/")
		return p
	}
	l.end()
	l.outline = outline{}
	l.mark(golocal.Place{Part: part})
	l.add(golocal.KindHeading, 2, part)
	at, above := l.text.Len(), l.outline.path()
	for _, m := range doc.Marks {
		l.marks = append(l.marks, golocal.Mark{At: at + m.At, Place: inside(m.Place)})
	}
	l.text.WriteString(doc.Text)
	for _, s := range doc.Sections {
		s.Span.Start += at
		s.Span.End += at
		s.Heading = append(slices.Clone(above), s.Heading...)
		if s.Kind == golocal.KindHeading {
			s.Level = min(s.Level+2, 6)
		}
		l.sections = append(l.sections, s)
	}
	for _, h := range doc.Hidden {
		h.Place = inside(h.Place)
		l.hidden = append(l.hidden, h)
	}
	for _, n := range doc.Notes {
		l.note("%s: %s", part, n)
	}
	l.outline = outline{}
}

// embedded reads the office files that a part of a package embeds.
func (f *Formats) embedded(ctx context.Context, out *layout, a *archive, part string, depth int) {
	unread := 0
	for _, name := range slices.Concat(a.related(part, "package"), a.related(part, "oleObject")) {
		switch strings.ToLower(path.Ext(name)) {
		case ".docx", ".docm", ".pptx", ".pptm", ".ppsx", ".xlsx", ".xlsm", ".sldx":
		default:
			unread++
			continue
		}
		base := normal.Text(path.Base(name))
		data, err := a.read(name, maxPart)
		if err == nil {
			var doc golocal.Document
			if doc, err = f.parse(ctx, base, data, depth+1); err == nil {
				out.embed(doc, base)
				continue
			}
		}
		out.note("the embedded file %s is left out: %v", base, err)
	}
	if unread > 0 {
		out.note("%s not read", amount(unread, "embedded object"))
	}
}

// amount writes a number of things: "1 slide", "2 slides".
func amount(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
