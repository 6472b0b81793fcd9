package parse

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal"
	"golocal/ingest/normal"
)

const maxDepth = 512

// page collects the blocks of a page.
type page struct {
	out       *layout
	options   pageOptions
	styles    *styles
	furniture map[*html.Node]bool // left out
	leftOut   bool

	title  string
	line   strings.Builder // text of the paragraph under way
	items  []string        // finished lines of the list under way
	counts []int           // number of the next item of each list around, 0 where items have none
	number int             // of the item whose line begins, else 0
	pre    int             // depth of preformatted elements
	cell   int             // depth of headings and cells, which are one line
	breaks int             // line breaks in a row

	tiny, invisible bool // how the text under way is styled
}

func (p *page) walk(n *html.Node, depth int) {
	if depth > 4*maxDepth {
		return
	}
	switch n.Type {
	case html.TextNode:
		p.write(n.Data)
		return
	case html.ElementNode:
		if !p.shows(n) {
			return
		}
		if restore := p.style(n); restore != nil {
			defer restore()
		} else {
			return
		}
	}
	if p.cell > 0 {
		p.inside(n, depth)
		return
	}
	switch n.DataAtom {
	case atom.Title:
		if p.title == "" && n.Namespace == "" {
			p.title = inner(n)
		}
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.flush()
		level := int(n.Data[1] - '0')
		if p.options.under {
			level = min(level+1, 6)
		}
		p.out.add(golocal.KindHeading, level, p.inner(n, depth))
		return
	case atom.Br:
		p.lineBreak()
		return
	case atom.Table:
		if t, ok := p.readTable(n, depth); ok {
			p.flush()
			p.out.add(golocal.KindParagraph, 0, t.caption)
			p.out.add(golocal.KindTable, 0, strings.Join(t.rows, "\n"))
			return
		}
	case atom.Ul, atom.Ol, atom.Dl, atom.Menu:
		p.list(n, depth)
		return
	case atom.Li:
		p.item(n)
	case atom.Pre, atom.Textarea, atom.Listing, atom.Xmp:
		p.flush()
		p.pre++
		p.children(n, depth)
		p.pre--
		p.out.add(golocal.KindCode, 0, p.take())
		return
	case atom.Svg:
		p.endBlock()
		p.drawing(n, depth)
		p.endBlock()
		return
	}
	if p.word(n, depth) {
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

// inside walks what lies in a heading or a cell: all of it is one line.
func (p *page) inside(n *html.Node, depth int) {
	switch {
	case n.DataAtom == atom.Br:
		p.line.WriteByte(' ')
	case n.DataAtom == atom.Svg:
		p.drawing(n, depth)
	case p.word(n, depth):
	case inline(n):
		p.children(n, depth)
	default:
		p.line.WriteByte(' ')
		p.children(n, depth)
		p.line.WriteByte(' ')
	}
}

// word writes elements that stand in a line and are not just their text.
func (p *page) word(n *html.Node, depth int) bool {
	switch n.DataAtom {
	case atom.Img:
		p.write(" " + attribute(n, "alt") + " ")
	case atom.Input, atom.Select:
		p.write(" " + formValue(n) + " ")
	case atom.Rt: // a reading: "漢字(かんじ)"
		if n.Parent == nil || contains(n.Parent, atom.Rp, maxDepth-1) {
			return false
		}
		p.write("(")
		p.children(n, depth)
		p.write(")")
	default:
		return false
	}
	return true
}

func (p *page) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c, depth+1)
	}
}

// inner returns the visible text of an element on one line.
func (p *page) inner(n *html.Node, depth int) string {
	outer := p.line
	p.line = strings.Builder{}
	p.cell++
	p.children(n, depth)
	p.cell--
	s := normal.OneLine(p.take())
	p.line = outer
	return s
}

// shows reports whether an element is text of the page at all.
func (p *page) shows(n *html.Node) bool {
	if p.furniture[n] {
		p.leftOut = true
		return false
	}
	return !skipped(n)
}

// style enters an element and returns what leaves it; nil where the element is
// hidden with all that it holds.
func (p *page) style(n *html.Node) (leave func()) {
	s := p.styles.sight(n)
	if hasAttribute(n, "hidden") && s.why == "" && !strings.EqualFold(attribute(n, "hidden"), "until-found") {
		s.why = "hidden"
	}
	if s.why != "" && n.DataAtom != atom.Html && n.DataAtom != atom.Body {
		p.hide(s.why, textOf(n))
		return nil
	}
	if s.tiny == 0 && s.invisible == 0 {
		return func() {}
	}
	tiny, invisible := p.tiny, p.invisible
	p.tiny = s.tiny > 0 || s.tiny == 0 && tiny
	p.invisible = s.invisible > 0 || s.invisible == 0 && invisible
	return func() { p.tiny, p.invisible = tiny, invisible }
}

func (p *page) hide(why, text string) {
	if text = normal.Text(text); normal.HasWords(text) {
		p.out.hide(why, text)
	}
}

// write appends running text, its white space folded outside of preformatted text.
func (p *page) write(s string) {
	switch {
	case p.tiny:
		p.hide("too small to see", s)
		s = " "
	case p.invisible:
		p.hide("visibility:hidden", s)
		s = " "
	}
	if p.pre > 0 {
		p.line.WriteString(strings.ReplaceAll(s, "\r\n", "\n"))
		return
	}
	if strings.TrimLeft(s, " \n\t\r\f") != "" {
		p.breaks = 0
		if p.number > 0 && p.cell == 0 {
			p.line.WriteString(strconv.Itoa(p.number) + ". ")
			p.number = 0
		}
	}
	fold(&p.line, s)
}

// lineBreak ends a line: in preformatted text as it stands, in a letter always,
// elsewhere when there are two, which is how some write paragraphs.
func (p *page) lineBreak() {
	p.breaks++
	switch {
	case p.pre > 0:
		p.line.WriteByte('\n')
	case p.options.letter || p.breaks > 1:
		p.endLine()
	default:
		p.line.WriteByte(' ')
	}
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

// list walks a list; lists in lists go on in the same block.
func (p *page) list(n *html.Node, depth int) {
	if len(p.counts) == 0 {
		p.flush()
	}
	p.endLine()
	next := 0
	if n.DataAtom == atom.Ol {
		next = 1
		if start, err := strconv.Atoi(attribute(n, "start")); err == nil && start > 0 && start < 1e6 {
			next = start
		}
		if t := attribute(n, "type"); t != "" && t != "1" || hasAttribute(n, "reversed") {
			next = 0 // letters, or counted down
		}
	}
	p.counts = append(p.counts, next)
	p.children(n, depth)
	p.endLine()
	p.number = 0
	if p.counts = p.counts[:len(p.counts)-1]; len(p.counts) == 0 {
		p.flush()
	}
}

// item begins a list item: in an ordered list its line begins with its number.
func (p *page) item(n *html.Node) {
	p.endLine()
	p.number = 0
	if last := len(p.counts) - 1; last >= 0 && p.counts[last] > 0 {
		if value, err := strconv.Atoi(attribute(n, "value")); err == nil && value > 0 && value < 1e6 {
			p.counts[last] = value
		}
		p.number = p.counts[last]
		p.counts[last]++
	}
}

// endLine ends a list item's line.
func (p *page) endLine() {
	s := normal.OneLine(p.take())
	if s == "" {
		return
	}
	if len(p.counts) > 0 {
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

// drawing writes the words of a picture that is drawn in the page (SVG 2, 11.2).
func (p *page) drawing(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil && depth < 4*maxDepth; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || skipped(c):
		case c.Data == "text":
			p.write(" " + textOf(c) + " ")
		case c.Data == "foreignObject":
			p.write(" " + textOf(c) + " ")
		default:
			p.drawing(c, depth+1)
		}
	}
}
