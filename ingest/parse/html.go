package parse

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal"
	"golocal/ingest/normal"
)

// maxHTML is the largest page that is parsed, in bytes: building the tree costs
// about ten times as much memory.
const maxHTML = 32 << 20

// parseHTML reads the text of a page: one paragraph, list item or table row per
// line. Scripts, styles, navigation and hidden elements are left out.
func parseHTML(data []byte) (golocal.Document, error) {
	if len(data) > maxHTML {
		return golocal.Document{}, Failed(HTML, "too large: %s, and pages are read up to %s", Megabytes(int64(len(data))), Megabytes(maxHTML))
	}
	source, ok := decodeHTML(data)
	if !ok {
		return golocal.Document{}, Failed(HTML, "broken: the bytes are no text in any known charset")
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return flatHTML(source) // nested too deep for the tree builder
	}
	p := &page{}
	p.walk(root, 0)
	p.flush()
	return p.out.document(HTML, p.title)
}

// page collects the blocks of a page.
type page struct {
	out   layout
	title string
	line  strings.Builder // text of the paragraph under way
	items []string        // finished lines of the list under way
	lists int             // depth of lists
	pre   int             // depth of preformatted elements
}

const maxDepth = 512

func (p *page) walk(n *html.Node, depth int) {
	if depth > 4*maxDepth {
		return
	}
	switch n.Type {
	case html.TextNode:
		p.write(n.Data)
		return
	case html.ElementNode:
		if skipped(n) {
			return
		}
	}
	switch n.DataAtom {
	case atom.Title:
		if p.title == "" && n.Namespace == "" {
			p.title = inner(n)
		}
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.flush()
		p.out.add(golocal.KindHeading, int(n.Data[1]-'0'), inner(n))
		return
	case atom.Br:
		if p.pre > 0 {
			p.line.WriteByte('\n')
		} else {
			p.line.WriteByte(' ')
		}
		return
	case atom.Table:
		if rows := tableRows(n); len(rows) > 0 {
			p.flush()
			p.out.add(golocal.KindTable, 0, strings.Join(rows, "\n"))
			return
		}
	case atom.Ul, atom.Ol, atom.Dl:
		if p.lists == 0 {
			p.flush()
		}
		p.endLine()
		p.lists++
		p.children(n, depth)
		p.endLine()
		if p.lists--; p.lists == 0 {
			p.flush()
		}
		return
	case atom.Pre, atom.Textarea, atom.Listing, atom.Xmp:
		p.flush()
		p.pre++
		p.children(n, depth)
		p.pre--
		p.out.add(golocal.KindCode, 0, p.take())
		return
	case atom.Img:
		p.write(" " + attribute(n, "alt") + " ")
		return
	}
	if !inline(n) {
		p.endBlock()
		p.children(n, depth)
		p.endBlock()
		return
	}
	p.children(n, depth)
}

func (p *page) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c, depth+1)
	}
}

// write appends running text, its white space folded outside of preformatted text.
func (p *page) write(s string) {
	if p.pre > 0 {
		p.line.WriteString(strings.ReplaceAll(s, "\r\n", "\n"))
		return
	}
	fold(&p.line, s)
}

// fold appends s with every run of white space made one space.
func fold(b *strings.Builder, s string) {
	for i, word := range strings.FieldsFunc(s, isHTMLSpace) {
		if i > 0 || isHTMLSpace(rune(s[0])) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	if s != "" && isHTMLSpace(rune(s[len(s)-1])) {
		b.WriteByte(' ')
	}
}

func isHTMLSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func (p *page) take() string {
	s := p.line.String()
	p.line.Reset()
	return s
}

// endLine ends a list item's line.
func (p *page) endLine() {
	s := normal.OneLine(p.take())
	if s == "" {
		return
	}
	if p.lists > 0 {
		p.items = append(p.items, s)
	} else {
		p.out.add(golocal.KindParagraph, 0, s)
	}
}

// endBlock ends a paragraph; inside of preformatted text there is none.
func (p *page) endBlock() {
	if p.pre == 0 {
		p.endLine()
	}
}

// flush ends the block under way, a list with all its items.
func (p *page) flush() {
	p.endLine()
	if len(p.items) > 0 {
		p.out.add(golocal.KindList, 0, strings.Join(p.items, "\n"))
		p.items = nil
	}
}

// tableRows returns the rows of a table of data, cells joined by " | ". Tables
// that only lay out a page (one column, or tables inside) give none: their
// content is read as blocks.
func tableRows(table *html.Node) []string {
	var rows []string
	widest := 0
	nested := false
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		if depth > maxDepth || nested {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || skipped(c) {
				continue
			}
			switch c.DataAtom {
			case atom.Tr:
				var cells []string
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.Type == html.ElementNode && (d.DataAtom == atom.Td || d.DataAtom == atom.Th) && !skipped(d) {
						if contains(d, atom.Table, 0) || contains(d, atom.H1, 0) || contains(d, atom.H2, 0) {
							nested = true
							return
						}
						cells = append(cells, inner(d))
					}
				}
				widest = max(widest, len(cells))
				if row := strings.Join(cells, " | "); strings.Trim(row, " |") != "" {
					rows = append(rows, row)
				}
			case atom.Caption:
				if s := inner(c); s != "" {
					rows = append(rows, s)
				}
			default:
				visit(c, depth+1)
			}
		}
	}
	visit(table, 0)
	if nested || widest < 2 {
		return nil
	}
	return rows
}

func contains(n *html.Node, what atom.Atom, depth int) bool {
	for c := n.FirstChild; c != nil && depth <= maxDepth; c = c.NextSibling {
		if c.DataAtom == what || contains(c, what, depth+1) {
			return true
		}
	}
	return false
}

// inner returns the visible text of an element on one line.
func inner(n *html.Node) string {
	var b strings.Builder
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth <= 4*maxDepth; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type == html.ElementNode && !skipped(c):
				if c.DataAtom == atom.Img {
					b.WriteString(" " + attribute(c, "alt") + " ")
				}
				if !inline(c) {
					b.WriteByte(' ')
				}
				visit(c, depth+1)
				if !inline(c) {
					b.WriteByte(' ')
				}
			}
		}
	}
	visit(n, 0)
	return normal.OneLine(b.String())
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// flatHTML reads a page that the tree builder refuses, by its tokens alone: the
// text between tags, block elements as paragraph ends.
func flatHTML(source string) (golocal.Document, error) {
	var out layout
	var line strings.Builder
	var title string
	quiet := atom.Atom(0) // the element whose text is not shown
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return golocal.Document{}, Broken(HTML, err)
			}
			out.add(golocal.KindParagraph, 0, normal.OneLine(line.String()))
			return out.document(HTML, title)
		case html.TextToken:
			switch text := string(z.Text()); quiet {
			case 0:
				fold(&line, text)
			case atom.Title:
				title = normal.OneLine(text)
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == atom.Script || tag == atom.Style || tag == atom.Title {
				quiet = tag
			}
			if !inline(&html.Node{Type: html.ElementNode, DataAtom: tag}) {
				out.add(golocal.KindParagraph, 0, normal.OneLine(line.String()))
				line.Reset()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if atom.Lookup(name) == quiet {
				quiet = 0
			}
		}
	}
}
