package parse

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseEPUB reads a book (EPUB 2 and 3): its documents in the order of the
// spine, with chapters and heading paths from the table of contents.
func parseEPUB(a *archive) (golocal.Document, error) {
	p, err := a.openPackage()
	if err != nil {
		return golocal.Document{}, Broken(EPUB, err)
	}
	if a.protected(p) {
		return golocal.Document{}, Failed(EPUB, remark.DRM)
	}
	b := &book{a: a, toc: a.contents(p)}
	for i, file := range p.spine {
		if err := b.read(file, i+1); err != nil {
			if errors.Is(err, errBomb) {
				return golocal.Document{}, Broken(EPUB, err)
			}
			b.out.note(remark.NoteChapter, i+1, err)
		}
		if b.out.cut {
			break
		}
	}
	b.out.meta = p.meta // of the book, not of a chapter
	doc, err := b.out.document(EPUB, p.title)
	if err != nil && len(b.out.notes) > 0 {
		return doc, Failed(EPUB, remark.Broken, b.out.notes[0])
	}
	return doc, err
}

// bookPackage is what matters of an OPF package document.
type bookPackage struct {
	title string
	meta  golocal.Meta
	spine []string // archive paths in reading order
	nav   string   // the navigation document of EPUB 3
	ncx   string   // the table of contents of EPUB 2
}

// openPackage reads META-INF/container.xml and the package document that it
// names (EPUB OCF 3.3, 4.2.6.3.1; EPUB 3.3, 5).
func (a *archive) openPackage() (*bookPackage, error) {
	opf := ""
	err := a.tokens("META-INF/container.xml", func(t xml.Token, _ int) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "rootfile" && opf == "" {
			opf = inside("", xmlAttribute(e, "full-path"))
		}
		return nil
	})
	if a.files[opf] == nil {
		opf = a.anyPackage()
	}
	if opf == "" {
		return nil, errors.Join(err, errors.New("no book in it"))
	}
	p := &bookPackage{}
	dir := path.Dir(opf)
	items, kinds := map[string]string{}, map[string]string{}
	var order []string
	toc := ""
	var text strings.Builder
	property := ""
	err = a.tokens(opf, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			text.Reset()
			switch t.Name.Local {
			case "meta":
				property = xmlAttribute(t, "property")
			case "item":
				id, file := xmlAttribute(t, "id"), inside(dir, xmlAttribute(t, "href"))
				items[id], kinds[file] = file, xmlAttribute(t, "media-type")
				if slices.Contains(strings.Fields(xmlAttribute(t, "properties")), "nav") {
					p.nav = file
				}
			case "spine":
				toc = xmlAttribute(t, "toc")
			case "itemref":
				if len(order) < maxEntries {
					order = append(order, xmlAttribute(t, "idref"))
				}
			}
		case xml.CharData:
			if text.Len() < 10_000 {
				text.Write(t)
			}
		case xml.EndElement:
			p.take(t.Name.Local, property, normal.OneLine(normal.Text(text.String())))
			text.Reset()
		}
		return nil
	})
	for _, id := range order {
		if file := items[id]; a.files[file] != nil && !slices.Contains(p.spine, file) && (kinds[file] == "" || strings.Contains(kinds[file], "html") || strings.Contains(kinds[file], "xml")) && kinds[file] != "image/svg+xml" {
			p.spine = append(p.spine, file)
		}
	}
	p.ncx = items[toc]
	for file, kind := range kinds {
		if p.ncx == "" && kind == "application/x-dtbncx+xml" {
			p.ncx = file
		}
	}
	if len(p.spine) == 0 {
		return nil, errors.Join(err, errors.New("it names no chapters that are there"))
	}
	return p, nil
}

// take takes an element of the package's metadata.
func (p *bookPackage) take(element, property, s string) {
	if s == "" {
		return
	}
	switch element {
	case "title":
		if p.title == "" {
			p.title = s
		}
	case "creator":
		if !slices.Contains(p.meta.Authors, s) && len(p.meta.Authors) < 50 {
			p.meta.Authors = append(p.meta.Authors, s)
		}
	case "subject":
		if !slices.Contains(p.meta.Tags, s) && len(p.meta.Tags) < 50 {
			p.meta.Tags = append(p.meta.Tags, s)
		}
	case "language":
		if p.meta.Language == "" {
			p.meta.Language = s
		}
	case "date":
		if p.meta.Created.IsZero() {
			p.meta.Created = isoTime(s)
		}
	case "meta":
		if property == "dcterms:modified" {
			p.meta.Edited = isoTime(s)
		}
	}
}

// anyPackage is the package document of a book whose container names none.
func (a *archive) anyPackage() string {
	found := ""
	for name := range a.files {
		if strings.HasSuffix(strings.ToLower(name), ".opf") && (found == "" || name < found) {
			found = name
		}
	}
	return found
}

// inside returns the archive path of a link in a document of folder dir,
// without its fragment.
func inside(dir, link string) string {
	link, _, _ = strings.Cut(link, "#")
	if link == "" {
		return ""
	}
	return strings.TrimPrefix(path.Join("/", dir, unescapePath(link)), "/")
}

// protected reports chapters that are encrypted: META-INF/encryption.xml names
// more than fonts (EPUB OCF 3.3, 4.2.6.3.2; fonts may be obfuscated).
func (a *archive) protected(p *bookPackage) bool {
	if a.files["META-INF/encryption.xml"] == nil {
		return false
	}
	found := false
	a.tokens("META-INF/encryption.xml", func(t xml.Token, _ int) error { // broken: chapters tell
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "CipherReference" && slices.Contains(p.spine, inside("", xmlAttribute(e, "URI"))) {
			found = true
		}
		return nil
	})
	return found
}

// book is the state of reading a book.
type book struct {
	a    *archive
	toc  map[string][]tocEntry // by archive path
	out  layout
	page *page    // of the document under way
	last tocEntry // the chapter before
}

// read reads the number-th document of the spine.
func (b *book) read(file string, number int) error {
	r, err := b.a.open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxHTML+1))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(data) > maxHTML {
		return fmt.Errorf("%s is too large: chapters are read up to %s", file, Megabytes(maxHTML))
	}
	source, ok := decodeHTML(data)
	if !ok {
		return fmt.Errorf("%s is no text in any known charset", file)
	}
	root, err := html.Parse(strings.NewReader(openTags(source)))
	if err != nil {
		return b.readFlat(source, number) // nested too deep for the tree builder
	}
	if onlyLinks(root) {
		return nil
	}
	at, known := map[string]tocEntry{}, ids(root, map[string]bool{})
	start := tocEntry{}
	for _, e := range b.toc[file] {
		switch {
		case e.fragment != "" && known[e.fragment]:
			if _, twice := at[e.fragment]; !twice {
				at[e.fragment] = e
			}
		case start.title == "":
			start = e
		}
	}
	if start.title == "" {
		switch heading := firstTitle(root); {
		case b.last.title != "" && len(at) > 0, heading == "" && b.last.title != "":
			start = b.last // goes on in the next file
		case heading != "":
			start = tocEntry{title: heading}
		default:
			start = tocEntry{title: strconv.Itoa(number)}
		}
	}
	b.page = &page{out: &b.out, styles: readStyles(root), furniture: navigation(root)}
	before := b.out.text.Len()
	b.begin(start, root)
	b.walk(root, at, 0)
	b.page.flush()
	if b.out.text.Len() > before {
		b.out.end()
	}
	return nil
}

// readFlat reads a document without its structure.
func (b *book) readFlat(source string, number int) error {
	b.out.mark(golocal.Place{Chapter: strconv.Itoa(number), Paragraph: 1})
	b.out.outline = outline{}
	_, err := flatHTML(source, &b.out)
	b.out.end()
	return err
}

// begin begins a chapter: what follows stands under the chapters around it in
// the table of contents, and under its own title where no heading says it.
func (b *book) begin(e tocEntry, n *html.Node) {
	b.page.flush()
	b.out.mark(golocal.Place{Chapter: e.title, Paragraph: 1})
	b.out.outline = outline{titles: slices.Clone(e.above), levels: make([]int, len(e.above))} // no heading in the chapter ends these
	heading := firstTitle(n)
	for next := n.NextSibling; heading == "" && next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode { // an anchor stands before its heading
			heading = firstTitle(next)
			break
		}
	}
	if e.listed && !saysTitle(heading, e.title) {
		b.out.outline.titles = append(b.out.outline.titles, e.title)
		b.out.outline.levels = append(b.out.outline.levels, 0)
	}
	if e.listed {
		b.last = e
	}
}

// walk reads a document; at the elements that the table of contents points to
// the chapter changes. Chapters that begin inside of a paragraph, list or table
// begin before it.
func (b *book) walk(n *html.Node, at map[string]tocEntry, depth int) {
	if len(at) == 0 || depth > maxDepth {
		b.page.walk(n, depth)
		return
	}
	if n.Type == html.ElementNode {
		if !b.page.shows(n) {
			return
		}
		leave := b.page.style(n)
		if leave == nil {
			return
		}
		defer leave()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		id := pointed(c, at)
		switch {
		case id == "":
			b.page.walk(c, depth+1)
		case division(c) && attribute(c, "id") != id:
			b.page.endBlock()
			b.walk(c, at, depth+1)
			b.page.endBlock()
		default:
			e := at[id]
			delete(at, id)
			b.begin(e, c)
			if division(c) {
				b.walk(c, at, depth+1)
				b.page.endBlock()
			} else {
				b.page.walk(c, depth+1)
			}
		}
	}
}
