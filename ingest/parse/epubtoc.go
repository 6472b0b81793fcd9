package parse

import (
	"encoding/xml"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal/ingest/normal"
)

// tocEntry is a line of a table of contents.
type tocEntry struct {
	title    string
	above    []string // titles that it stands under, outermost first
	fragment string   // id of the element that it points to; "" for the whole document
	listed   bool     // it is from the table of contents
}

const maxTOC = 20_000 // entries

// contents reads the table of contents: the navigation document of EPUB 3, else
// the NCX of EPUB 2; by archive path. A broken one costs titles only.
func (a *archive) contents(p *bookPackage) map[string][]tocEntry {
	toc := map[string][]tocEntry{}
	n := 0
	add := func(dir, link string, above []string, title string) {
		title = normal.Shorten(normal.OneLine(normal.Text(title)), 200)
		_, fragment, _ := strings.Cut(link, "#")
		if file := inside(dir, link); file != "" && title != "" && n < maxTOC {
			n++
			toc[file] = append(toc[file], tocEntry{title, above, unescapePath(fragment), true})
		}
	}
	if a.files[p.nav] != nil {
		a.readNav(p.nav, add)
	}
	if len(toc) == 0 && a.files[p.ncx] != nil {
		a.readNCX(p.ncx, add)
	}
	return toc
}

type addEntry func(dir, link string, above []string, title string)

// readNav reads the nav element of type toc: nested lists of links (EPUB 3.3, 7).
func (a *archive) readNav(file string, add addEntry) {
	r, err := a.open(file)
	if err != nil {
		return
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, 8<<20))
	if err != nil {
		return
	}
	root, err := html.Parse(strings.NewReader(openTags(string(data))))
	if err != nil {
		return
	}
	var list func(n *html.Node, above []string, depth int)
	list = func(n *html.Node, above []string, depth int) {
		title := ""
		for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
			switch c.DataAtom {
			case atom.A, atom.Span:
				title = inner(c)
				if link := attribute(c, "href"); link != "" {
					add(path.Dir(file), link, above, title)
				}
			case atom.Ol, atom.Ul:
				under := above
				if title != "" && len(above) < 5 {
					under = append(above[:len(above):len(above)], normal.Shorten(title, 200))
				}
				list(c, under, depth+1)
			case atom.Li:
				list(c, above, depth+1)
			}
		}
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Nav && strings.Contains(attribute(n, "epub:type"), "toc") {
			list(n, nil, 0)
			return
		}
	}
}

// readNCX reads the navMap of an NCX (OPF 2.0.1, 2.4.1).
func (a *archive) readNCX(file string, add addEntry) {
	var titles []string // of the points under way
	var label strings.Builder
	in := false // a point's label
	a.tokens(file, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "navPoint":
				titles = append(titles, "")
			case "navLabel":
				in = true
				label.Reset()
			case "content":
				if n := len(titles); n > 0 {
					above := titles[:n-1]
					add(path.Dir(file), xmlAttribute(t, "src"), append([]string(nil), above[:min(n-1, 5)]...), titles[n-1])
				}
			case "pageList", "navList":
				return io.EOF
			}
		case xml.CharData:
			if in && label.Len() < 2000 {
				label.Write(t)
			}
		case xml.EndElement:
			switch n := len(titles); t.Name.Local {
			case "navLabel":
				in = false
				if n > 0 {
					titles[n-1] = normal.Shorten(normal.OneLine(normal.Text(label.String())), 200)
				}
			case "navPoint":
				titles = titles[:max(n-1, 0)]
			}
		}
		return nil
	})
}

// navigation returns the elements of a navigation document that repeat the table
// of contents, or list figures and pages.
func navigation(root *html.Node) map[*html.Node]bool {
	found := map[*html.Node]bool{}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Nav && hasAttribute(n, "epub:type") {
			found[n] = true
		}
	}
	return found
}

func unescapePath(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

var (
	closedTag = regexp.MustCompile(`<([A-Za-z][\w:.-]*)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?)/>`)
	voidTags  = set("area base br col embed hr img input link meta param source track wbr")
	cdata     = regexp.MustCompile(`(?s)<!\[CDATA\[(.*?)\]\]>`)
)

// openTags makes HTML of XHTML: HTML knows no <title/>, and would take all that
// follows for the title.
func openTags(source string) string {
	source = cdata.ReplaceAllStringFunc(source, func(s string) string {
		return html.EscapeString(s[len("<![CDATA[") : len(s)-len("]]>")])
	})
	return closedTag.ReplaceAllStringFunc(source, func(s string) string {
		m := closedTag.FindStringSubmatch(s)
		if voidTags[strings.ToLower(m[1])] {
			return s
		}
		return "<" + m[1] + m[2] + "></" + m[1] + ">"
	})
}

// onlyLinks reports a cover or a table of contents: hardly any words that are no links.
func onlyLinks(root *html.Node) bool {
	all, linked, links := 0, 0, 0
	var visit func(n *html.Node, in bool, depth int)
	visit = func(n *html.Node, in bool, depth int) {
		switch {
		case n.Type == html.TextNode:
			size := len(strings.TrimSpace(n.Data))
			if all += size; in {
				linked += size
			}
		case n.Type == html.ElementNode && (skipped(n) && n.DataAtom != atom.Nav || n.DataAtom == atom.Head):
			return
		case n.DataAtom == atom.A && attribute(n, "href") != "":
			in = true
			links++
		}
		for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
			visit(c, in, depth+1)
		}
	}
	visit(root, false, 0)
	return links >= 3 && linked*10 >= all*8
}

// firstTitle returns the first heading at or below n.
func firstTitle(n *html.Node) string {
	var found string
	var visit func(n *html.Node, depth int) bool
	visit = func(n *html.Node, depth int) bool {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			if found = normal.Shorten(normal.Text(inner(n)), 200); found != "" {
				return true
			}
		}
		for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
			if (c.Type != html.ElementNode || !skipped(c)) && visit(c, depth+1) {
				return true
			}
		}
		return false
	}
	visit(n, 0)
	return found
}

// saysTitle reports a heading that says a title, and perhaps more.
func saysTitle(heading, title string) bool {
	squeeze := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	return strings.HasPrefix(squeeze(heading), squeeze(title))
}

// ids returns the ids of the elements at and below n, and the names of anchors.
func ids(n *html.Node, into map[string]bool) map[string]bool {
	if n.Type == html.ElementNode {
		into[attribute(n, "id")] = true
		if n.DataAtom == atom.A {
			into[attribute(n, "name")] = true
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		ids(c, into)
	}
	return into
}

// pointed returns the first id at or below n that the table of contents points to.
func pointed(n *html.Node, at map[string]tocEntry) string {
	if e, ok := at[attribute(n, "id")]; ok && e.fragment != "" {
		return e.fragment
	}
	if e, ok := at[attribute(n, "name")]; ok && n.DataAtom == atom.A && e.fragment != "" {
		return e.fragment
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if id := pointed(c, at); id != "" {
			return id
		}
	}
	return ""
}

// division reports elements that only hold blocks.
func division(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Blockquote, atom.Aside, atom.Hgroup:
		return true
	}
	return false
}
