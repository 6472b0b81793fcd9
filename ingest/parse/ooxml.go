package parse

import (
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"golocal"
	"golocal/ingest/normal"
)

// relation ties a part of an Office Open XML package to another (ECMA-376
// part 2, 6.5).
type relation struct {
	kind   string // last element of its type: "slide", "notesSlide", "package"
	target string // name of the part in the archive; an address where it lies outside
	inside bool
}

// relations returns the relations of a part by their id, "" for the package's
// own, and the ids in the order of the file. A broken list has no relations.
func (a *archive) relations(part string) (map[string]relation, []string) {
	found, ids := map[string]relation{}, []string(nil)
	list := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		list = "_rels/.rels"
	}
	if a.files[list] == nil {
		return found, nil
	}
	a.tokens(list, func(t xml.Token, _ int) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" {
			return nil
		}
		r := relation{kind: path.Base(xmlAttribute(e, "Type")), target: xmlAttribute(e, "Target"), inside: xmlAttribute(e, "TargetMode") != "External"}
		if r.inside {
			target := strings.ReplaceAll(r.target, `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", path.Dir(part), target)
			}
			r.target = strings.TrimPrefix(path.Clean(target), "/")
		}
		id := xmlAttribute(e, "Id")
		if _, twice := found[id]; !twice {
			found[id] = r
			ids = append(ids, id)
		}
		return nil
	})
	return found, ids
}

// related returns the parts that a part is tied to by relations of a kind, in
// the order of the file.
func (a *archive) related(part, kind string) []string {
	var out []string
	relations, ids := a.relations(part)
	for _, id := range ids {
		if r := relations[id]; r.kind == kind && r.inside && a.files[r.target] != nil {
			out = append(out, r.target)
		}
	}
	return out
}

// officeDocument returns the main part of an Office Open XML package.
func (a *archive) officeDocument() string {
	if main := a.related("", "officeDocument"); len(main) > 0 {
		return main[0]
	}
	for _, usual := range []string{"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"} {
		if a.files[usual] != nil {
			return usual
		}
	}
	return ""
}

// root returns the name of a part's first element, "" where there is no such part.
func (a *archive) root(part string) (string, error) {
	if a.files[part] == nil {
		return "", nil
	}
	name, found := "", errors.New("found")
	err := a.tokens(part, func(t xml.Token, _ int) error {
		if e, ok := t.(xml.StartElement); ok {
			name = e.Name.Local
			return found
		}
		return nil
	})
	if err == found || path.Ext(part) == ".bin" {
		err = nil
	}
	return name, err
}

// properties returns what a package says about itself (ECMA-376 part 2, 11): its
// title and the rest.
func (a *archive) properties() (string, golocal.Meta) {
	part := "docProps/core.xml"
	if named := a.related("", "core-properties"); len(named) > 0 {
		part = named[0]
	}
	if a.files[part] == nil {
		return "", golocal.Meta{}
	}
	values := map[string]string{}
	in := ""
	a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local
		case xml.EndElement:
			in = ""
		case xml.CharData:
			if in != "" && len(values[in]) < 4000 {
				values[in] += normal.Text(string(t))
			}
		}
		return nil
	})
	meta := golocal.Meta{
		Authors:  splitList(values["creator"], ";"),
		Created:  officeTime(values["created"]),
		Edited:   officeTime(values["modified"]),
		Tags:     splitList(values["keywords"], ",;"),
		Language: canonicalLanguage(values["language"]),
	}
	meta.Authors = slices.DeleteFunc(meta.Authors, func(s string) bool { // libraries that write files
		return s == "openpyxl" || s == "python-docx" || s == "python-pptx"
	})
	title := normal.OneLine(values["title"])
	switch title {
	case "PowerPoint Presentation", "Word Document", "Excel Workbook": // what Office fills in
		title = ""
	}
	return title, meta
}

// splitList splits a list at any of the separators.
func splitList(s, separators string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = normal.Shorten(normal.OneLine(part), 200); part != "" && len(out) < 100 {
			out = append(out, part)
		}
	}
	return out
}

// officeTime reads a date (W3CDTF); one from before there were such files is a
// program's zero.
func officeTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1980 && t.Year() < 10000 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// canonicalLanguage returns a language in BCP 47's usual spelling, "" for what is none.
func canonicalLanguage(s string) string {
	t, err := language.Parse(strings.TrimSpace(s))
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}

// finish adds to a document what its package says about it.
func (a *archive) finish(doc golocal.Document) golocal.Document {
	title, meta := a.properties()
	doc.Title = cmp.Or(normal.Shorten(title, 300), doc.Title)
	meta.Language = cmp.Or(meta.Language, doc.Meta.Language)
	doc.Meta = meta
	return doc
}
