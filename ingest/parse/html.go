package parse

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// maxHTML is the largest page that is parsed, in bytes: building the tree costs
// about ten times as much memory.
const maxHTML = 32 << 20

// maxMarkup is how many tags a page may have for its tree to be built, at some
// 130 bytes for each tag and each text between.
const maxMarkup = 1_000_000

// parseHTML reads the text of a page: one paragraph, list item or table row per
// line. Scripts, styles and hidden elements are left out; so is what a website
// puts around its pages (furniture.go).
func parseHTML(data []byte) (golocal.Document, error) {
	if len(data) > maxHTML {
		return golocal.Document{}, Failed(HTML, remark.TooLargePage, len(data), maxHTML)
	}
	source, ok := decodeHTML(data)
	if !ok {
		return golocal.Document{}, Failed(HTML, remark.BrokenCharset)
	}
	out := &layout{}
	title, err := readPage(source, out, pageOptions{})
	if err != nil {
		return golocal.Document{}, Broken(HTML, err)
	}
	return out.document(HTML, title)
}

// pageOptions say how a page is read that is part of something else.
type pageOptions struct {
	under  bool // its headings stand under one of level 1
	letter bool // it is the body of a message: no website around it, and line breaks count
}

// readPage writes the text of a page and returns its title. What the page tells
// about itself becomes out's metadata unless it is a letter.
func readPage(source string, out *layout, o pageOptions) (string, error) {
	if strings.Count(source, "<") > maxMarkup {
		out.note(remark.NoteManyTags)
		return flatHTML(source, out)
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return flatHTML(source, out) // nested too deep for the tree builder
	}
	p := &page{out: out, options: o, styles: readStyles(root)}
	if !o.letter {
		out.meta = pageMeta(root)
		p.furniture = findFurniture(root, p.styles)
	}
	p.walk(root, 0)
	p.flush()
	if p.leftOut {
		out.note(remark.NoteFurniture)
	}
	return p.title, nil
}

// flatHTML reads a page that the tree builder refuses, by its tokens alone: the
// text between tags, block elements as paragraph ends.
func flatHTML(source string, out *layout) (title string, err error) {
	var line strings.Builder
	quiet := atom.Atom(0) // the element whose text is not shown
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return "", err
			}
			out.add(golocal.KindParagraph, 0, normal.OneLine(line.String()))
			return title, nil
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
