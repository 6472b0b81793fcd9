package parse

import (
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// parseCode reads source code of any language: its lines stay the file's own.
// It is cut where declarations part in nearly every language, at lines that
// stand at the outermost indent and follow a blank line or declare something;
// comments and annotations stay with what follows them. What holds declarations
// itself, a class say, is cut the same way at the indent of its members, which
// then stand under its declaration and their own.
func parseCode(_, text string) (golocal.Document, error) {
	doc := golocal.Document{Type: Code, Text: normal.NoPages(normal.Text(text))}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(Code, 0)
	}
	c := coder{text: doc.Text, lines: codeLines(doc.Text)}
	c.blocks(0, len(c.lines), 0, nil)
	doc.Sections = c.sections
	setPlaces(&doc)
	return doc, nil
}

// coder cuts code into blocks.
type coder struct {
	text     string
	lines    []codeLine
	sections []golocal.Section
}

// codeLine is a line of code.
type codeLine struct {
	span   golocal.Span
	text   string // without the white space around it, "" for a blank line
	indent int    // columns; a tab has eight
	inside bool   // begins inside a comment or string that spans lines
}

// deepest is how many declarations may stand around a block.
const deepest = 4

// blocks adds lines[from:to], whose declarations stand at the given indent
// under path.
func (c *coder) blocks(from, to, indent int, path []string) {
	starts := c.starts(from, to, indent)
	for i, start := range starts {
		end := to
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		under := path
		at, title := c.declared(start, end, indent)
		if title != "" {
			under = append(slices.Clone(path), title)
		}
		if at >= 0 && len(path) < deepest && holds(title) {
			if inner := c.bodyIndent(at+1, end, indent); inner > 0 {
				if members := c.starts(at+1, end, inner); len(members) > 1 {
					c.add(start, members[1], under)
					c.blocks(members[1], end, inner, under)
					continue
				}
			}
		}
		c.add(start, end, under)
	}
}

// starts returns the lines in lines[from:to] that blocks at an indent begin on,
// from always being the first.
func (c *coder) starts(from, to, indent int) []int {
	starts := []int{from}
	blank, lead := false, -1 // lead: the first of the comments and annotations just above
	for i := from; i < to; i++ {
		l := c.lines[i]
		switch {
		case l.inside:
			continue
		case l.text == "":
			blank, lead = true, -1
			continue
		case l.indent > indent:
			lead = -1
		case l.indent < indent || closes(l.text):
			lead = -1
		case blank:
			starts = append(starts, i)
			lead = -1
			if leads(l.text) {
				lead = i
			}
		case leads(l.text):
			if lead < 0 {
				lead = i
			}
		case declares(l.text, indent):
			at := i
			if lead >= 0 {
				at = lead
			}
			if at > starts[len(starts)-1] {
				starts = append(starts, at)
			}
			lead = -1
		default:
			lead = -1
		}
		blank = false
	}
	if len(starts) > 1 && c.empty(from, starts[1]) {
		starts = starts[1:]
		starts[0] = from
	}
	return starts
}

// empty reports whether lines[from:to] are all blank.
func (c *coder) empty(from, to int) bool {
	return !slices.ContainsFunc(c.lines[from:to], func(l codeLine) bool { return l.text != "" })
}

// declared returns the line of the declaration that a block begins with, after
// comments and annotations, and its title; -1 when there is none.
func (c *coder) declared(from, to, indent int) (int, string) {
	for i := from; i < min(to, from+60); i++ {
		l := c.lines[i]
		if l.text == "" || l.indent != indent || l.inside || leads(l.text) {
			continue
		}
		title := declaration(l.text, indent)
		if title == "" {
			return -1, ""
		}
		return i, title
	}
	return -1, ""
}

// bodyIndent is the least indent below a declaration; 0 when nothing is deeper.
func (c *coder) bodyIndent(from, to, indent int) int {
	least := 0
	for _, l := range c.lines[from:to] {
		if l.text != "" && !l.inside && l.indent > indent && (least == 0 || l.indent < least) {
			least = l.indent
		}
	}
	return least
}

func (c *coder) add(from, to int, path []string) {
	span := golocal.Span{Start: c.lines[from].span.Start, End: c.lines[to-1].span.End}
	if span = normal.Trim(c.text, span, true); strings.TrimSpace(c.text[span.Start:span.End]) != "" {
		c.sections = append(c.sections, golocal.Section{Kind: golocal.KindCode, Heading: path, Span: span})
	}
}

// codeLines cuts text into lines.
func codeLines(text string) []codeLine {
	var lines []codeLine
	comment, quote := false, ""
	for at := 0; at < len(text); {
		end, next := len(text), len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		l := codeLine{span: golocal.Span{Start: at, End: end}, text: strings.TrimSpace(text[at:end]), inside: comment || quote != ""}
		for _, r := range text[at:end] {
			if r != ' ' && r != '\t' {
				break
			}
			if l.indent++; r == '\t' {
				l.indent = (l.indent + 7) / 8 * 8
			}
		}
		switch {
		case comment:
			comment = !strings.Contains(l.text, "*/")
		case quote != "":
			if strings.Contains(l.text, quote) {
				quote = ""
			}
		case strings.HasPrefix(l.text, "/*"):
			comment = !strings.Contains(l.text[2:], "*/")
		default:
			for _, q := range []string{`"""`, `'''`} {
				if strings.Count(l.text, q)%2 == 1 {
					quote = q
				}
			}
		}
		lines = append(lines, l)
		at = next
	}
	return lines
}
