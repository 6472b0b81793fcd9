package parse

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/go-shiori/dom"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits within which a page is looked at by readability.
const (
	maxArticleNodes = 30_000
	leastArticle    = 0.4 // of a page's text: an article that is less is not what the page is about
)

// furniture tells what a website puts around the text of its pages. Some of it
// says so itself: navigation, search, questions about cookies. The rest is only
// suspected, by its element, role or class, or because it is all links; it is
// left out where readability (Mozilla's method for the reading view) does not
// take it for part of the article either, and the article is most of the page.
// What nothing speaks against is kept: no text is lost because it is unlike an
// article's.
type furniture struct {
	styles   *styles
	total    size
	nodes    int
	blocks   map[*html.Node]size // of suspects and of what says so itself
	certain  map[*html.Node]bool
	suspects []*html.Node
}

// size is how much text an element holds, in bytes, how much of it in links,
// and whether there is a title of level 1 in it, which furniture has not, or
// something to press.
type size struct {
	text, links int
	title       bool
	controls    bool // buttons or a form
}

// findFurniture returns the elements of a page to leave out.
func findFurniture(root *html.Node, styles *styles) map[*html.Node]bool {
	f := &furniture{styles: styles, blocks: map[*html.Node]size{}, certain: map[*html.Node]bool{}}
	f.total = f.measure(root, false, false, 0)
	out := map[*html.Node]bool{}
	rest := f.total.text
	for n := range f.certain {
		if s := f.blocks[n]; s.text*2 <= f.total.text || s.links*10 >= s.text*9 {
			out[n] = true
		}
	}
	for n := range out {
		if !insideOf(n, out) {
			rest -= f.blocks[n].text
		}
	}
	if len(f.suspects) == 0 || !website(root) || f.nodes > maxArticleNodes {
		return out
	}
	article, length := articleText(root)
	if float64(length) < leastArticle*float64(rest) {
		return out
	}
	weak := map[*html.Node]bool{}
	left := rest
	for _, n := range slices.Backward(f.suspects) { // outer ones first
		s := f.blocks[n]
		if insideOf(n, out) || insideOf(n, weak) || s.text*2 > rest || known(n, article)*10 > s.text {
			continue
		}
		weak[n] = true
		left -= s.text
	}
	if float64(left) < leastArticle*float64(rest) {
		return out
	}
	for n := range weak {
		out[n] = true
	}
	return out
}

// insideOf reports that an element lies in one of a set.
func insideOf(n *html.Node, set map[*html.Node]bool) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if set[p] {
			return true
		}
	}
	return false
}

// measure walks the page: how much text each element holds, how much of it in
// links, and what the element itself says that it is.
func (f *furniture) measure(n *html.Node, link, article bool, depth int) size {
	f.nodes++
	var s size
	if n.Type == html.TextNode {
		s.text = len(strings.TrimSpace(n.Data))
		if link {
			s.links = s.text
		}
		return s
	}
	if s.controls = n.DataAtom == atom.Button; n.Type == html.ElementNode && (skipped(n) || hasAttribute(n, "hidden") || f.styles.sight(n).why != "") || depth > 4*maxDepth {
		return s
	}
	link = link || n.DataAtom == atom.A
	within := article || n.DataAtom == atom.Article || n.DataAtom == atom.Main
	s.title = n.DataAtom == atom.H1
	s.controls = s.controls || n.DataAtom == atom.Form
	links := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		one := f.measure(c, link, within, depth+1)
		s.text += one.text
		s.links += one.links
		s.title = s.title || one.title
		s.controls = s.controls || one.controls
		if one.links > 0 {
			links++
		}
	}
	if n.Type != html.ElementNode || s.text == 0 {
		return s
	}
	switch {
	case certain(n, s):
		f.certain[n] = true
		f.blocks[n] = s
	case !s.title && (suspect(n, s, article) || links >= 4 && s.links*10 >= s.text*8 && s.links <= 30*links && !inline(n) && n.DataAtom != atom.Tr && n.DataAtom != atom.Td):
		f.suspects = append(f.suspects, n)
		f.blocks[n] = s
	}
	return s
}

// website reports a page that was saved from one: it names itself to search
// engines and other sites, loads scripts, has a part for navigation.
func website(root *html.Node) bool {
	var named, scripts, parts int
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Meta:
			if p := attribute(n, "property") + attribute(n, "name"); strings.HasPrefix(p, "og:") || strings.HasPrefix(p, "twitter:") {
				named = 1
			}
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				named = 1
			}
		case atom.Script:
			scripts = 1
		case atom.Nav, atom.Header, atom.Footer:
			parts = 1
		default:
			if attribute(n, "role") == "navigation" {
				parts = 1
			}
		}
	}
	return named+scripts+parts >= 2
}

// certain reports an element that says itself that it is furniture.
func certain(n *html.Node, s size) bool {
	switch strings.ToLower(attribute(n, "role")) {
	case "navigation", "search", "menu", "menubar", "dialog", "alertdialog":
		return s.links*3 >= s.text || s.text < 300
	}
	switch n.DataAtom {
	case atom.Nav:
		return s.links*3 >= s.text || s.text < 300
	case atom.A:
		to := attribute(n, "href")
		text := strings.ToLower(strings.TrimSpace(textOf(n)))
		return strings.HasPrefix(to, "#") && (strings.HasPrefix(text, "skip to ") || strings.HasPrefix(text, "jump to content"))
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	}
	if s.text < 5000 {
		for word := range nameWords(n) {
			if consentWords[word] {
				return true
			}
		}
	}
	return false
}

// suspect reports an element that is furniture on most pages.
func suspect(n *html.Node, s size, article bool) bool {
	switch strings.ToLower(attribute(n, "role")) {
	case "banner", "contentinfo", "complementary":
		return true
	case "main", "article", "note":
		return false
	}
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article, atom.Table, atom.Tbody, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.P, atom.Li, atom.Pre:
		return false
	case atom.Header, atom.Footer, atom.Aside:
		return !article
	}
	if inline(n) {
		return false
	}
	for word := range nameWords(n) {
		if frameWords[word] || offerWords[word] && (s.links*3 >= s.text || s.controls) {
			return true
		}
	}
	return false
}

var (
	consentWords = set("cookie cookies consent gdpr ccpa onetrust cookiebanner cookieconsent cookiebot")
	frameWords   = set("nav navbar navigation menu sidebar breadcrumb breadcrumbs pagination pager footer header masthead toolbar")
	offerWords   = set("share sharing social related recommended recommendations newsletter subscribe signup promo advert advertisement ads sponsor sponsored widget popup modal banner trending")
)

// nameWords yields the words of an element's classes and id: "siteNav-main" is
// site, nav, main.
func nameWords(n *html.Node) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		name := attribute(n, "class") + " " + attribute(n, "id")
		name = name[:min(len(name), 500)]
		start := 0
		for i, r := range name + " " {
			if unicode.IsLetter(r) && !unicode.IsUpper(r) || unicode.IsUpper(r) && i == start {
				continue
			}
			if i > start && !yield(strings.ToLower(name[start:i])) {
				return
			}
			if start = i; !unicode.IsLetter(r) {
				start = i + len(string(r))
			}
		}
	}
}

// articleText returns the pieces of text that readability takes for the
// article, and how long they are together.
func articleText(root *html.Node) (map[string]bool, int) {
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxArticleNodes
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(dom.Clone(root, true), &url.URL{})
	if err != nil || found.Node == nil {
		return nil, 0
	}
	pieces, length := map[string]bool{}, 0
	for n := range found.Node.Descendants() {
		if s := strings.TrimSpace(n.Data); n.Type == html.TextNode && s != "" {
			pieces[s] = true
			length += len(s)
		}
	}
	return pieces, length
}

// known returns how much of an element's text is in the article.
func known(n *html.Node, article map[string]bool) int {
	bytes := 0
	for d := range n.Descendants() {
		if s := strings.TrimSpace(d.Data); d.Type == html.TextNode && len(s) > 3 && article[s] {
			bytes += len(s)
		}
	}
	return bytes
}
