package parse

import (
	"context"
	"path"
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

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
				if out.cut || out.full(len(doc.Text)) {
					out.note(remark.NoteEmbeddedFull, base)
					continue
				}
				out.end()
				out.outline = outline{}
				out.attach(0, base, doc, 2)
				out.outline = outline{}
				for _, n := range doc.Remarks {
					out.note(remark.NoteIn, base, n)
				}
				continue
			}
		}
		out.note(remark.NoteEmbeddedLeft, base, err)
	}
	if unread > 0 {
		out.note(remark.NoteObjectsUnread, unread)
	}
}
