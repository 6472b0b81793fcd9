package parse

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parsePPTX reads PresentationML (ECMA-376 part 1, 19): the slides in the order
// in which they are shown, each under its title, with tables, charts, diagrams,
// speaker notes and comments. A broken slide costs a note, not the others.
func (f *Formats) parsePPTX(ctx context.Context, a *archive, main string, depth int) (golocal.Document, error) {
	d := &deck{a: a, authors: map[string]string{}, placeholders: map[string][]placeholder{}}
	slides, err := d.slides(main)
	if err != nil {
		return golocal.Document{}, err
	}
	d.commentAuthors(main)
	hidden, numbers := 0, map[string]int{}
	var failed error // of the last slide that could not be read
	for i, part := range slides {
		if _, again := numbers[part]; again {
			continue
		}
		numbers[part] = i + 1
		s, err := d.slide(part)
		if err != nil {
			failed = failing(PPTX, err)
			d.out.note(remark.NoteSlideLeft, i+1, failed)
			continue
		}
		if s.hidden {
			hidden++
		}
		d.write(i+1, part, s)
	}
	if hidden > 0 {
		d.out.note(remark.NoteHiddenSlides, hidden)
	}
	for _, part := range slides {
		f.embedded(ctx, &d.out, a, part, depth)
	}
	doc, err := d.out.document(PPTX, "")
	doc.Meta.Language = d.language
	doc = a.finish(doc)
	doc.Title = cmp.Or(d.title, doc.Title) // the property is often that of the file it was made from
	if failure := (*Failure)(nil); errors.As(err, &failure) && failure.State == golocal.StateNoText && len(slides) > 0 {
		if failed != nil {
			return doc, failed
		}
		return doc, Because(failure.State, PPTX, remark.NoSlideText, len(slides))
	}
	return doc, err
}

// deck is the state of reading one presentation.
type deck struct {
	a            *archive
	out          layout
	title        string // of the first slide
	language     string // of the first text
	authors      map[string]string
	placeholders map[string][]placeholder // of a slide layout
}

// slides returns the parts of the slides in order (19.2.1.34).
func (d *deck) slides(main string) ([]string, error) {
	relations, _ := d.a.relations(main)
	var out []string
	err := d.a.tokens(main, func(t xml.Token, _ int) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "sldId" {
			for _, at := range e.Attr {
				if r := relations[at.Value]; at.Name.Local == "id" && r.kind == "slide" && d.a.files[r.target] != nil {
					out = append(out, r.target)
				}
			}
		}
		return nil
	})
	return out, err
}

// slide reads one slide.
func (d *deck) slide(part string) (*slide, error) {
	s := &slide{a: d.a, deck: d}
	s.relations, _ = d.a.relations(part)
	if layouts := d.a.related(part, "slideLayout"); len(layouts) > 0 {
		s.inherited = d.inherit(layouts[0])
	}
	err := d.a.tokens(part, s.token)
	return s, err
}

// inherit returns the placeholders of a slide layout: what a slide's own leave
// open is theirs.
func (d *deck) inherit(part string) []placeholder {
	if all, ok := d.placeholders[part]; ok {
		return all
	}
	var all []placeholder
	d.a.tokens(part, func(t xml.Token, _ int) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "ph" {
			all = append(all, placeholderOf(e))
		}
		return nil
	})
	d.placeholders[part] = all
	return all
}

// write lays a slide out.
func (d *deck) write(number int, part string, s *slide) {
	d.out.outline = outline{}
	d.out.mark(golocal.Place{Slide: number, Paragraph: 1})
	title := normal.OneLine(s.title)
	if title == "" {
		title = s.firstLine()
	}
	if number == 1 && s.titled {
		d.title = normal.Shorten(title, 300)
	}
	for _, text := range s.unseen {
		d.out.hide("hidden shape", text)
	}
	d.out.add(golocal.KindHeading, 2, title)
	for _, b := range s.blocks {
		d.out.draw(b)
	}
	for _, notes := range d.a.related(part, "notesSlide") {
		n := &slide{a: d.a, deck: d, notes: true}
		if err := d.a.tokens(notes, n.token); err != nil {
			d.out.note(remark.NoteSlideNotes, number, failing("", err))
		}
		var lines []string
		for _, b := range n.blocks {
			lines = append(lines, b.lines...)
		}
		if len(lines) > 0 {
			lines[0] = "Notes: " + lines[0]
			for _, line := range lines {
				d.out.add(golocal.KindParagraph, 0, line)
			}
		}
	}
	for _, comments := range slices.Concat(d.a.related(part, "comments"), d.a.related(part, "comment")) {
		d.comments(comments)
	}
	d.out.end()
}

// commentAuthors learns who comments, by id: of the old kind (19.4) and of the
// threaded one (MS-PPTX 2.17).
func (d *deck) commentAuthors(main string) {
	for _, part := range slices.Concat(d.a.related(main, "commentAuthors"), d.a.related(main, "authors")) {
		d.a.tokens(part, func(t xml.Token, _ int) error {
			if e, ok := t.(xml.StartElement); ok && (e.Name.Local == "cmAuthor" || e.Name.Local == "author") {
				d.authors[xmlAttribute(e, "id")] = normal.OneLine(normal.Text(xmlAttribute(e, "name")))
			}
			return nil
		})
	}
}

// comments writes the comments on a slide.
func (d *deck) comments(part string) {
	var text strings.Builder
	author, inText := "", false
	flush := func() {
		if s := normal.OneLine(text.String()); s != "" {
			lead := "Comment: "
			if author != "" {
				lead = "Comment by " + author + ": "
			}
			d.out.add(golocal.KindParagraph, 0, lead+s)
		}
		text.Reset()
	}
	err := d.a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "cm", "reply":
				flush()
				author = d.authors[xmlAttribute(t, "authorId")]
			case "p", "br":
				text.WriteByte(' ')
			}
			inText = t.Name.Local == "t" || t.Name.Local == "text"
		case xml.EndElement:
			inText = false
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
		return nil
	})
	flush()
	if err != nil {
		d.out.note(remark.NoteLeft, path.Base(part), failing("", err))
	}
}
