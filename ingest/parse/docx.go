package parse

import (
	"context"
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseDOCX reads WordprocessingML (ECMA-376 part 1, 17): body, tables as rows,
// text boxes, charts, then foot- and endnotes, comments and embedded files.
// Deleted text, field codes and fallbacks for old readers are left out, hidden
// text is set apart; headers and footers count only where nothing else does.
func (f *Formats) parseDOCX(ctx context.Context, a *archive, main string, depth int) (golocal.Document, error) {
	beside := func(kind, name string) string {
		if parts := a.related(main, kind); len(parts) > 0 {
			return parts[0]
		}
		return path.Join(path.Dir(main), name)
	}
	sheet := a.wordStyles(beside("styles", "styles.xml"))
	w := &word{a: a, styles: sheet, numbers: a.numbering(beside("numbering", "numbering.xml"), sheet), notes: map[string]string{}}
	if err := w.read(main); err != nil {
		return golocal.Document{}, err
	}
	for _, part := range []string{beside("footnotes", "footnotes.xml"), beside("endnotes", "endnotes.xml"), beside("comments", "comments.xml")} {
		w.aside(part)
	}
	if !normal.HasWords(w.out.text.String()) {
		for _, part := range slices.Concat(a.related(main, "header"), a.related(main, "footer")) {
			w.aside(part)
		}
	}
	f.embedded(ctx, &w.out, a, main, depth)
	doc, err := w.out.document(DOCX, w.title)
	doc.Meta.Language = sheet.language
	return a.finish(doc), err
}

// aside reads a part beside the body, if there is one. A broken one costs a
// note, not the body.
func (w *word) aside(part string) {
	if w.a.files[part] == nil {
		return
	}
	w.out.outline = outline{} // notes belong to no heading
	if err := w.read(part); err != nil {
		w.out.note(remark.NotePartBroken, path.Base(part), err)
	}
}

// word is the state of reading one package.
type word struct {
	a       *archive
	out     layout
	styles  wordStyles
	numbers *numbering
	title   string
	notes   map[string]string // number of a foot- or endnote as it is printed, by its element and id
	counts  [2]int            // of footnotes, endnotes

	relations map[string]relation // of the part
	prefix    string              // name space prefix of the part's root element
	math      string              // and of formulas
	lead      string              // what the next paragraph begins with: a note's number, a comment's author
	stack     []*paragraph        // paragraphs under way: one may hold a text box with others
	tables    []*wordTable        // tables under way, outermost first
	list      []string            // items of the list under way
	drawn     []drawing           // charts and diagrams to be written after the paragraph or table
	skip      int                 // depth of the element whose content is left out, 0 for none
	hidden    string              // why the run under way is not seen, "" where it is
	inText    bool                // inside an element that holds text
	inMark    bool                // inside the properties of a paragraph's mark
	inRow     bool                // inside the properties of a row
}

// read reads a part.
func (w *word) read(part string) error {
	w.stack, w.tables, w.skip, w.hidden, w.inText, w.inMark, w.inRow, w.lead = nil, nil, 0, "", false, false, false, ""
	w.relations, _ = w.a.relations(part)
	err := w.a.tokens(part, func(t xml.Token, depth int) error {
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 1 {
				w.root(t)
			}
			if w.skip == 0 && w.ours(t.Name) {
				w.start(t, depth)
			}
		case xml.EndElement:
			if w.skip == depth+1 {
				w.skip = 0
			} else if w.skip == 0 && w.ours(t.Name) {
				w.end(t.Name)
			}
		case xml.CharData:
			if w.skip == 0 && w.inText {
				w.write(string(t))
			}
		}
		return nil
	})
	for len(w.stack) > 0 { // a part cut short
		w.paragraphEnd()
	}
	for len(w.tables) > 0 {
		w.tableEnd()
	}
	w.flush()
	return err
}

// root learns the prefixes that a part uses for its name spaces.
func (w *word) root(e xml.StartElement) {
	w.prefix, w.math = e.Name.Space, "m"
	for _, at := range e.Attr {
		if at.Name.Space == "xmlns" && strings.HasSuffix(at.Value, "/math") {
			w.math = at.Name.Local
		}
	}
}

// ours reports elements of WordprocessingML, and those of other name spaces that
// matter: formulas, text of drawings, and alternatives for old readers.
func (w *word) ours(n xml.Name) bool {
	if n.Space == w.prefix || n.Space == w.math {
		return true
	}
	switch n.Local {
	case "t", "Fallback", "docPr", "chart", "relIds":
		return true
	}
	return false
}
