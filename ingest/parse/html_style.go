package parse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of style sheets: a page with more has its other rules ignored.
const (
	maxStyles       = 2 << 20 // bytes
	maxRules        = 20_000
	maxRulesPerName = 10
)

// styles holds the rules of a page's style sheets that can hide text. Only
// simple selectors count: .class, #id, element, and these together. What other
// rules hide is not known, and read.
type styles struct {
	rules map[string][]styleRule // by class, id or element name
	seen  map[styledAs]sight     // what was found out, for elements that are alike
}

// styledAs is all that a simple selector and a style attribute look at.
type styledAs struct{ tag, id, class, style string }

type styleRule struct {
	tag, id string
	classes []string
	weight  int // specificity, then order
	set     []property
}

type property struct{ key, value string }

// readStyles reads the <style> elements of a page.
func readStyles(root *html.Node) *styles {
	s := &styles{rules: map[string][]styleRule{}, seen: map[styledAs]sight{}}
	left, rules := maxStyles, 0
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth <= 4*maxDepth; c = c.NextSibling {
			if c.DataAtom == atom.Style && c.FirstChild != nil && c.Namespace == "" {
				if media := strings.ToLower(attribute(c, "media")); media == "" || media == "all" || media == "screen" {
					sheet := c.FirstChild.Data[:min(left, len(c.FirstChild.Data))]
					left -= len(sheet)
					s.sheet(sheet, &rules)
				}
			}
			visit(c, depth+1)
		}
	}
	visit(root, 0)
	return s
}

// sheet reads the rules of one style sheet (CSS Syntax 3); at-rules are skipped
// with their blocks, because they may not apply to who reads the page.
func (s *styles) sheet(css string, rules *int) {
	for *rules < maxRules {
		for { // comments and white space before a rule
			css = strings.TrimLeft(css, " \t\r\n\f")
			css = strings.TrimPrefix(strings.TrimPrefix(css, "<!--"), "-->")
			if !strings.HasPrefix(css, "/*") {
				break
			}
			_, css, _ = strings.Cut(css[2:], "*/")
		}
		if strings.HasPrefix(css, "@") {
			css = skipAtRule(css)
			continue
		}
		selectors, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		body, rest, _ := strings.Cut(rest, "}")
		css = rest
		set := hiding(body)
		if len(set) == 0 {
			continue
		}
		for selector := range strings.SplitSeq(selectors, ",") {
			if *rules++; *rules >= maxRules {
				return
			}
			s.rule(strings.TrimSpace(selector), set, *rules)
		}
	}
}

// skipAtRule drops an at-rule, with the blocks that it holds.
func skipAtRule(css string) string {
	depth := 0
	for i := range len(css) {
		switch css[i] {
		case ';':
			if depth == 0 {
				return css[i+1:]
			}
		case '{':
			depth++
		case '}':
			if depth--; depth <= 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

// rule enters a rule whose selector is simple.
func (s *styles) rule(selector string, set []property, order int) {
	if selector == "" || strings.ContainsAny(selector, " \t\n>+~:[*|\\") || len(selector) > 200 {
		return
	}
	r := styleRule{set: set}
	for rest := selector; rest != ""; {
		end := strings.IndexAny(rest[1:], ".#") + 1
		if end == 0 {
			end = len(rest)
		}
		switch piece := rest[:end]; piece[0] {
		case '.':
			r.classes = append(r.classes, piece[1:])
		case '#':
			r.id = piece[1:]
		default:
			r.tag = strings.ToLower(piece)
		}
		rest = rest[end:]
	}
	key := r.tag
	if r.weight = order; r.tag != "" {
		r.weight += 1 << 20
	}
	if len(r.classes) > 0 {
		key = "." + r.classes[0]
		r.weight += len(r.classes) << 24
	}
	if r.id != "" {
		key = "#" + r.id
		r.weight += 1 << 32
	}
	if len(s.rules[key]) < maxRulesPerName {
		s.rules[key] = append(s.rules[key], r)
	}
}

// of returns the declarations that hold for an element, the strongest last.
func (s *styles) of(n *html.Node, as styledAs) []property {
	var rules []styleRule
	id, classes := as.id, strings.Fields(as.class)
	if len(s.rules) > 0 {
		keys := []string{n.Data, "#" + id}
		for _, c := range classes[:min(len(classes), 20)] {
			keys = append(keys, "."+c)
		}
		for _, key := range keys {
			for _, r := range s.rules[key] {
				if (r.tag == "" || r.tag == n.Data) && (r.id == "" || r.id == id) && !slices.ContainsFunc(r.classes, func(c string) bool { return !slices.Contains(classes, c) }) {
					rules = append(rules, r)
				}
			}
		}
		slices.SortStableFunc(rules, func(a, b styleRule) int { return cmp.Compare(a.weight, b.weight) })
	}
	var set []property
	for _, r := range rules {
		set = append(set, r.set...)
	}
	return append(set, hiding(as.style)...)
}

// sight tells how an element's style lets its text be seen.
func (s *styles) sight(n *html.Node) sight {
	as := styledAs{n.Data, attribute(n, "id"), attribute(n, "class"), attribute(n, "style")}
	switch {
	case s == nil:
		return look(hiding(as.style))
	case len(s.rules) == 0 && as.style == "":
		return sight{}
	}
	one, ok := s.seen[as]
	if !ok {
		if one = look(s.of(n, as)); len(s.seen) < maxRules {
			s.seen[as] = one
		}
	}
	return one
}

// hiding returns the declarations of a block that bear on whether text is seen.
func hiding(block string) []property {
	var out []property
	if len(block) > 10_000 {
		return nil
	}
	for decl := range strings.SplitSeq(strings.ToLower(block), ";") {
		key, value, _ := strings.Cut(decl, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch key = strings.TrimSpace(key); key {
		case "display", "visibility", "opacity", "font-size", "position", "left", "right", "top", "margin-left", "text-indent", "clip", "clip-path", "color", "background-color", "background":
			out = append(out, property{key, value})
		}
	}
	return out
}

// sight is how an element's style lets its text be seen.
type sight struct {
	why       string // the element and all in it is hidden: why
	tiny      int    // of its own text: 1 is too small to see, -1 is not, 0 is as around it
	invisible int    // likewise
}

// look tells how declarations, the strongest last, let text be seen.
func look(set []property) sight {
	var out sight
	if len(set) == 0 {
		return out
	}
	v := map[string]string{}
	for _, d := range set {
		v[d.key] = d.value
	}
	placed := v["position"] == "absolute" || v["position"] == "fixed"
	switch {
	case v["display"] == "none":
		out.why = "display:none"
	case v["opacity"] != "" && strings.Trim(v["opacity"], "0.%") == "":
		out.why = "opacity:0"
	case placed && (far(v["left"]) || far(v["top"]) || far(v["right"])), far(v["text-indent"]), far(v["margin-left"]):
		out.why = "off the page"
	case placed && (strings.HasPrefix(v["clip"], "rect(0") || strings.HasPrefix(v["clip"], "rect(1px")), strings.HasPrefix(v["clip-path"], "inset(50%") || strings.HasPrefix(v["clip-path"], "inset(100%"):
		out.why = "clipped away"
	case ownColour(v["color"]) && (v["color"] == v["background-color"] || v["color"] == v["background"]):
		out.why = "in the colour of its background"
	}
	switch v["visibility"] {
	case "hidden", "collapse":
		out.invisible = 1
	case "visible":
		out.invisible = -1
	}
	if size := v["font-size"]; size != "" && size != "inherit" {
		if out.tiny = -1; unreadable(size) {
			out.tiny = 1
		}
	}
	return out
}

// ownColour reports a colour of its own: transparent letters may be drawn by what
// is behind them.
func ownColour(colour string) bool {
	switch colour {
	case "", "transparent", "inherit", "initial", "unset", "currentcolor":
		return false
	}
	return true
}

// far reports a length of more than a page to the left or above.
func far(value string) bool {
	n, unit, ok := length(value)
	return ok && (n <= -500 && unit != "em" && unit != "rem" || n <= -50 && (unit == "em" || unit == "rem"))
}

// unreadable reports a font size that nobody reads.
func unreadable(value string) bool {
	n, unit, ok := length(value)
	switch {
	case !ok || n < 0:
		return false
	case unit == "em" || unit == "rem":
		return n < 0.15
	case unit == "%":
		return n < 15
	}
	return n < 2
}

func length(value string) (n float64, unit string, ok bool) {
	i := strings.LastIndexAny(value, "0123456789.") + 1
	n, err := strconv.ParseFloat(value[:i], 64)
	return n, value[i:], err == nil
}
