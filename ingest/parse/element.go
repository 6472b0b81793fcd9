package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal/ingest/normal"
)

// skipped reports elements that no reader of a page sees, or that hold no text
// of it: nothing of theirs was hidden from anybody.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Canvas, atom.Audio, atom.Video,
		atom.Link, atom.Meta, atom.Datalist, atom.AnnotationXml, atom.Annotation:
		return true
	case atom.Dialog:
		return !hasAttribute(n, "open")
	case atom.Button:
		// A button that unfolds something, or is a heading, names it.
		return !hasAttribute(n, "aria-expanded") && !hasAttribute(n, "aria-controls") && !under(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary)
	}
	return strings.EqualFold(attribute(n, "aria-hidden"), "true") && ornament(n)
}

// ornament reports an element hidden from screen readers that says nothing to
// others either: an icon, or the drawn form of a formula that stands beside it.
func ornament(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			if s.DataAtom == atom.Math || contains(s, atom.Math, 0) {
				return true
			}
			break
		}
	}
	var text strings.Builder
	collect(n, &text, 64)
	return utf8.RuneCountInString(strings.TrimSpace(text.String())) <= 2
}

// collect appends the text nodes in n, up to about most bytes.
func collect(n *html.Node, b *strings.Builder, most int) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript || n.DataAtom == atom.Template {
		return
	}
	for c := n.FirstChild; c != nil && b.Len() < most; c = c.NextSibling {
		collect(c, b, most)
		if !inline(c) {
			b.WriteByte(' ')
		}
	}
}

func under(n *html.Node, tags ...atom.Atom) bool {
	for p, up := n.Parent, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		for _, tag := range tags {
			if p.DataAtom == tag {
				return true
			}
		}
	}
	return false
}

// formValue is what a field of a form shows.
func formValue(n *html.Node) string {
	switch n.DataAtom {
	case atom.Input:
		switch strings.ToLower(attribute(n, "type")) {
		case "", "text", "email", "tel", "url", "number", "date", "time", "month", "week", "datetime-local":
			return attribute(n, "value")
		}
	case atom.Select:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			for o := range c.Descendants() {
				if o.DataAtom == atom.Option && hasAttribute(o, "selected") {
					return textOf(o)
				}
			}
			if c.DataAtom == atom.Option && hasAttribute(c, "selected") {
				return textOf(c)
			}
		}
	}
	return ""
}

// inner returns the text of an element on one line, hidden or not.
func inner(n *html.Node) string { return normal.OneLine(textOf(n)) }

func textOf(n *html.Node) string {
	var b strings.Builder
	collect(n, &b, 1<<20)
	return b.String()
}

func contains(n *html.Node, what atom.Atom, depth int) bool {
	for c := n.FirstChild; c != nil && depth <= maxDepth; c = c.NextSibling {
		if c.DataAtom == what || contains(c, what, depth+1) {
			return true
		}
	}
	return false
}

// inline reports elements that do not end a paragraph.
func inline(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Namespace == "math" {
		return true
	}
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Button, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em,
		atom.Font, atom.I, atom.Img, atom.Input, atom.Ins, atom.Kbd, atom.Label, atom.Map, atom.Mark, atom.Math, atom.Nobr, atom.Output, atom.Q, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp,
		atom.Select, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Picture, atom.Source:
		return true
	}
	return n.DataAtom == 0 // custom elements are inline unless styled otherwise
}
