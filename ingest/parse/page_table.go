package parse

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxSpan is how many rows a cell is repeated in, maxRepeated how long such a
// cell may be, in bytes, and maxAdded how many cells a table gets by that.
const (
	maxSpan     = 200
	maxRepeated = 100
	maxAdded    = 20_000
)

// grid is a table of data.
type grid struct {
	caption string
	rows    []string
	widest  int
	below   map[int]spanned // cells of rows above that go on, by column
	added   int             // cells repeated so far
}

type spanned struct {
	text string
	left int // rows
}

// readTable reads a table of data. Tables that only lay out a page (one column,
// or tables and headings inside) are none: their content is read as blocks.
func (p *page) readTable(table *html.Node, depth int) (*grid, bool) {
	if p.layoutTable(table) {
		return nil, false
	}
	hidden, unseen := len(p.out.hidden), p.out.unseen
	g := &grid{below: map[int]spanned{}}
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth <= 4*maxDepth; c = c.NextSibling {
			if c.Type != html.ElementNode || !p.shows(c) {
				continue
			}
			leave := p.style(c)
			if leave == nil {
				continue
			}
			switch c.DataAtom {
			case atom.Tr:
				p.row(g, c, depth)
			case atom.Caption:
				g.caption = p.inner(c, depth)
			default:
				visit(c, depth+1)
			}
			leave()
		}
	}
	visit(table, depth)
	if g.widest < 2 {
		p.out.hidden, p.out.unseen = p.out.hidden[:hidden], unseen // met again when it is read as blocks
		return nil, false
	}
	return g, true
}

// row reads a table row; a short cell that spans rows stands in each of them.
func (p *page) row(g *grid, tr *html.Node, depth int) {
	var cells []string
	fill := func() {
		for {
			s, ok := g.below[len(cells)]
			if !ok {
				return
			}
			if s.left--; s.left <= 0 {
				delete(g.below, len(cells))
			} else {
				g.below[len(cells)] = s
			}
			cells = append(cells, s.text)
		}
	}
	for d := tr.FirstChild; d != nil; d = d.NextSibling {
		if d.Type != html.ElementNode || d.DataAtom != atom.Td && d.DataAtom != atom.Th || !p.shows(d) {
			continue
		}
		leave := p.style(d)
		if leave == nil {
			continue
		}
		fill()
		text := p.inner(d, depth)
		leave()
		if rows, err := strconv.Atoi(attribute(d, "rowspan")); err == nil && rows > 1 && rows <= maxSpan && len(text) <= maxRepeated && g.added < maxAdded {
			g.added += rows - 1
			g.below[len(cells)] = spanned{text, rows - 1}
		}
		cells = append(cells, text)
		if columns, err := strconv.Atoi(attribute(d, "colspan")); err == nil && columns > 1 && columns <= maxSpan && len(g.below) > 0 && g.added < maxAdded {
			g.added += columns
			for range columns - 1 {
				cells = append(cells, "")
			}
		}
	}
	fill()
	g.widest = max(g.widest, len(cells))
	if row := strings.Join(cells, " | "); strings.Trim(row, " |") != "" {
		g.rows = append(g.rows, row)
	}
}

// layoutTable reports a table with tables or sections in its cells.
func (p *page) layoutTable(table *html.Node) bool {
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Table, atom.H1, atom.H2:
			return true
		}
	}
	return false
}
