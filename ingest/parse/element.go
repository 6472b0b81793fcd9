package parse

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// skipped reports elements that a reader of the page does not see.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Iframe, atom.Object, atom.Embed, atom.Svg,
		atom.Canvas, atom.Audio, atom.Video, atom.Select, atom.Button, atom.Dialog, atom.Link, atom.Meta, atom.Input:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if strings.EqualFold(a.Val, "true") && n.DataAtom != atom.Html && n.DataAtom != atom.Body {
				return true
			}
		case "role":
			if a.Val == "navigation" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || hiddenSize(style) {
				return true
			}
		}
	}
	return false
}

// hiddenSize reports text too small or too faint to be seen.
func hiddenSize(style string) bool {
	for decl := range strings.SplitSeq(style, ";") {
		key, value, _ := strings.Cut(decl, ":")
		switch key {
		case "font-size":
			if number := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz%!"); strings.Trim(number, "0.") == "" && number != "" || strings.HasPrefix(value, "0.1p") {
				return true
			}
		case "opacity":
			if strings.Trim(value, "0.") == "" && value != "" {
				return true
			}
		}
	}
	return false
}

// inline reports elements that do not end a paragraph.
func inline(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return true
	}
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em,
		atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Map, atom.Mark, atom.Math, atom.Nobr, atom.Q, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp,
		atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return n.DataAtom == 0 // custom elements are inline unless styled otherwise
}
