package parse

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"golocal"
	"golocal/ingest/normal"
)

// pageMeta reads what a page says about itself: <meta> by name (HTML standard,
// 4.2.5.1; Dublin Core) or property (Open Graph), and the root's lang.
func pageMeta(root *html.Node) golocal.Meta {
	var m golocal.Meta
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < 4; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Html:
				m.Language = cmp.Or(languageTag(strings.TrimSpace(attribute(c, "lang"))), languageTag(strings.TrimSpace(attribute(c, "xml:lang"))))
				visit(c, depth+1)
			case atom.Head:
				visit(c, depth+1)
			case atom.Meta:
				metaTag(&m, c)
			}
		}
	}
	visit(root, 0)
	return m
}

func metaTag(m *golocal.Meta, n *html.Node) {
	value := normal.OneLine(normal.Text(attribute(n, "content")))
	if value == "" {
		return
	}
	name := strings.ToLower(attribute(n, "name") + attribute(n, "property") + attribute(n, "itemprop"))
	switch name {
	case "author", "article:author", "dc.creator", "dcterms.creator", "citation_author":
		if len(m.Authors) < 50 && !strings.HasPrefix(value, "http") {
			m.Authors = append(m.Authors, normal.Shorten(value, 200))
		}
	case "keywords", "article:tag", "news_keywords":
		for tag := range strings.SplitSeq(value, ",") {
			if len(m.Tags) < maxTags {
				m.Tags = appendNew(m.Tags, normal.Shorten(strings.TrimSpace(tag), 100))
			}
		}
	case "article:published_time", "dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "date", "datepublished", "citation_date", "citation_publication_date":
		if m.Created.IsZero() {
			m.Created = parseDate(value)
		}
	case "article:modified_time", "dcterms.modified", "last-modified", "datemodified":
		if m.Edited.IsZero() {
			m.Edited = parseDate(value)
		}
	case "":
		if strings.EqualFold(attribute(n, "http-equiv"), "content-language") && m.Language == "" {
			m.Language = languageTag(value)
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
