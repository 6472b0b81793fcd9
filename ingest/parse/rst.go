package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
)

var (
	rstDirective = regexp.MustCompile(`^[ \t]*\.\. (?:\|[^|]+\| )?([\w:+.-]+?)::(?:[ \t]+(.*))?$`)
	rstItem      = regexp.MustCompile(`^[ \t]*(?:[-*+•‣⁃]|\(?(?:\d+|#|[a-zA-Z]|[ivxIVX]+)[.)])(?:[ \t]+\S|$)`)
	rstField     = regexp.MustCompile(`^[ \t]*:([^:\n]+):(?:[ \t]+(.*))?$`)
	rstRole      = regexp.MustCompile("(?::[\\w:+.-]+:)?`([^`<]*?)\\s*(?:<[^`>]*>)?`_{0,2}")
	rstFormat    = regexp.MustCompile("\\*\\*?|``|\\|")
	rstGrid      = regexp.MustCompile(`^[ \t]*\+[-=+]{2,}\+[ \t]*$`)
	rstSimple    = regexp.MustCompile(`^[ \t]*={2,}(?: +={2,})+[ \t]*$`)
)

// rstCode are the directives whose content is not prose.
var rstCode = set("code code-block sourcecode parsed-literal highlight math literalinclude raw prompt ipython doctest testcode testoutput testsetup graphviz digraph graph uml plantuml mermaid productionlist command-output")

// parseRST reads reStructuredText (docutils.sourceforge.io, reStructuredText
// Markup Specification). The level of a heading is that of the order in which
// its kind of line first appears.
func parseRST(text string) (golocal.Document, error) {
	m := newMarkup(RST, text)
	var styles []string
	literal := false // the last paragraph ended with "::"
	for i := 0; i < len(m.lines); {
		l := m.lines[i]
		if l.blank() {
			i++
			continue
		}
		wasLiteral := literal
		literal = false
		switch title, style, n := m.rstTitle(i); {
		case n > 0:
			level := 0
			for level < len(styles) && styles[level] != style {
				level++
			}
			if level == len(styles) {
				styles = append(styles, style)
			}
			first := !m.titled
			m.title(level+1, rstPlain(title), i, i+n)
			if i += n; first {
				i = m.rstInfo(i)
			}
		case wasLiteral && (l.indent() > 0 || quotedLiteral(l)):
			end := m.indented(i, 0)
			if l.indent() == 0 {
				end = m.while(i, quotedLiteral)
			}
			m.block(golocal.KindCode, i, end)
			i = end
		case strings.HasPrefix(strings.TrimLeft(l.text, " \t"), ".. _") && strings.HasSuffix(l.text, ":"):
			m.hold(i) // a name for what follows
			i++
		case rstDirective.MatchString(l.text):
			i = m.rstBlock(i)
		case strings.HasPrefix(strings.TrimLeft(l.text, " \t"), ".. ") || strings.TrimSpace(l.text) == "..":
			end := m.indented(i+1, l.indent())
			m.block(golocal.KindParagraph, i, max(end, i+1)) // a comment, footnote or target
			i = max(end, i+1)
		case rstGrid.MatchString(l.text):
			end := m.while(i, func(l line) bool {
				t := strings.TrimSpace(l.text)
				return strings.HasPrefix(t, "+") || strings.HasPrefix(t, "|")
			})
			m.rstTable(i, end)
			i = end
		case rstSimple.MatchString(l.text):
			end := i + 1
			for rules := 1; end < len(m.lines); end++ {
				if rstSimple.MatchString(m.lines[end].text) {
					rules++
					if next := end + 1; rules > 1 && (next >= len(m.lines) || m.lines[next].blank()) {
						end++
						break
					}
				}
			}
			m.rstTable(i, end)
			i = end
		case strings.HasPrefix(l.text, ">>> "):
			end := m.while(i, func(l line) bool { return !l.blank() })
			m.block(golocal.KindCode, i, end)
			i = end
		case rstItem.MatchString(l.text), rstField.MatchString(l.text):
			end := m.rstList(i)
			m.block(golocal.KindList, i, end)
			literal = strings.HasSuffix(strings.TrimRight(m.lines[end-1].text, " "), "::")
			i = end
		default:
			end := m.while(i+1, func(l line) bool { return !l.blank() })
			for k := i + 1; k < end; k++ { // a heading without a blank line before it
				if _, _, n := m.rstTitle(k); n > 0 && m.lines[k].indent() == 0 {
					end = k
				}
			}
			m.block(golocal.KindParagraph, i, end)
			literal = strings.HasSuffix(strings.TrimRight(m.lines[end-1].text, " "), "::")
			i = end
		}
	}
	return m.finish()
}

func quotedLiteral(l line) bool {
	return l.text != "" && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", l.text[0]) >= 0
}

// adornment returns the character that a line consists of, 0 for none.
func adornment(s string) byte {
	s = strings.TrimRight(s, " ")
	if len(s) < 2 || !quotedLiteral(line{text: s}) || strings.Trim(s, s[:1]) != "" {
		return 0
	}
	return s[0]
}

// rstTitle reads a heading at line i: its title, its kind of lines, and how many
// lines it takes; 0 for none.
func (m *markup) rstTitle(i int) (title, style string, n int) {
	line := func(k int) string {
		if k < len(m.lines) {
			return m.lines[k].text
		}
		return ""
	}
	width := func(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }
	if c := adornment(line(i)); c != 0 {
		if adornment(line(i+2)) == c && adornment(line(i+1)) == 0 && width(line(i+1)) > 0 && width(line(i+1)) <= width(line(i))+2 {
			return strings.TrimSpace(line(i + 1)), string(c) + "over", 3
		}
		return "", "", 0
	}
	c := adornment(line(i + 1))
	if c == 0 || m.lines[i].indent() > 0 || rstItem.MatchString(line(i)) && width(line(i+1)) < width(line(i)) {
		return "", "", 0
	}
	if w := width(line(i + 1)); w < width(line(i)) && w < 4 || w*2 < width(line(i)) || !normal.HasWords(line(i)) {
		return "", "", 0
	}
	return strings.TrimSpace(line(i)), string(c), 2
}

// rstInfo reads the fields under the document's title.
func (m *markup) rstInfo(i int) int {
	at := m.while(i, line.blank)
	if at >= len(m.lines) || !rstField.MatchString(m.lines[at].text) {
		return i
	}
	end := m.while(at, func(l line) bool { return rstField.MatchString(l.text) || !l.blank() && l.indent() > 0 })
	meta := &m.doc.Meta
	for _, l := range m.lines[at:end] {
		f := rstField.FindStringSubmatch(l.text)
		if f == nil {
			continue
		}
		switch key := strings.ToLower(f[1]); key {
		case "author", "authors":
			meta.Authors = appendNew(meta.Authors, authorsIn(f[2])...)
		case "date", "created":
			meta.Created = parseDate(strings.Trim(f[2], "$ "))
		case "updated", "modified", "last-modified":
			meta.Edited = parseDate(f[2])
		case "tags", "keywords", "category":
			meta.Tags = appendNew(meta.Tags, texts(f[2], ", ")...)
		case "lang", "language":
			meta.Language = languageTag(f[2])
		}
	}
	m.block(golocal.KindCode, at, end)
	return end
}

// rstBlock adds a directive with what is indented under it.
func (m *markup) rstBlock(i int) int {
	d := rstDirective.FindStringSubmatch(m.lines[i].text)
	name := strings.ToLower(d[1])
	end := max(i+1, m.indented(i+1, m.lines[i].indent()))
	switch name {
	case "include":
		m.include(d[2])
	case "meta":
		for _, l := range m.lines[i+1 : end] {
			if f := rstField.FindStringSubmatch(l.text); f != nil && strings.EqualFold(f[1], "keywords") {
				m.doc.Meta.Tags = appendNew(m.doc.Meta.Tags, texts(f[2], ",")...)
			}
		}
	}
	kind := golocal.KindParagraph
	switch {
	case rstCode[name]:
		kind = golocal.KindCode
	case name == "list-table" || name == "toctree" || name == "csv-table" || name == "hlist":
		kind = golocal.KindList
	}
	m.block(kind, i, end)
	return end
}

// rstTable adds a table without the line above its header.
func (m *markup) rstTable(from, to int) {
	m.release(from)
	if to-from > 2 {
		m.add(golocal.KindTable, m.lines[from+1].start, m.lines[to-1].end)
	} else {
		m.block(golocal.KindParagraph, from, to)
	}
}

// rstList returns the end of a list: items and what is indented under them.
func (m *markup) rstList(i int) int {
	least, end := m.lines[i].indent(), i+1
	for i++; i < len(m.lines); i++ {
		l := m.lines[i]
		switch {
		case l.blank():
		case l.indent() > least, l.indent() == least && (rstItem.MatchString(l.text) || rstField.MatchString(l.text)):
			if _, _, n := m.rstTitle(i); n > 0 && l.indent() == 0 {
				return end
			}
			end = i + 1
		default:
			return end
		}
	}
	return end
}

// rstPlain is a title as it is printed.
func rstPlain(s string) string {
	return normal.OneLine(rstFormat.ReplaceAllString(rstRole.ReplaceAllString(s, "$1"), ""))
}
