package parse

import (
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

var (
	adocHeading   = regexp.MustCompile(`^(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+(?:={1,6}|#{1,6}))?[ \t]*$`)
	adocAttribute = regexp.MustCompile(`^:(!?[\w-]+!?):(?:[ \t]+(.*))?$`)
	adocItem      = regexp.MustCompile(`^[ \t]*(?:\*{1,5}|-|\.{1,5}|\d+\.|<\d+>|[a-z]\.)[ \t]+\S`)
	adocTerm      = regexp.MustCompile(`^[ \t]*\S.*?(?:::{1,3}|;;)(?:[ \t]|$)`)
	adocInclude   = regexp.MustCompile(`^include::([^\[]+)\[`)
	adocFormat    = regexp.MustCompile("\\*\\*?|__?|``?|##?|\\^|\\[\\[[^\\]]*\\]\\]|<<[^,>]*,?|>>")
	adocAuthor    = regexp.MustCompile(`^\p{L}[\p{L}\p{N}_'.-]*(?: \p{L}[\p{L}\p{N}_'.-]*){0,2}(?: <[^>]*>)?(?:; .*)?$`)
	adocDate      = regexp.MustCompile(`\d{4}-\d\d-\d\d`)
)

// adocDelimiters are the lines that open and close blocks, by their character.
// Blocks of code and tables are one section; the rest only part paragraphs.
var adocDelimiters = map[byte]golocal.Kind{'-': golocal.KindCode, '.': golocal.KindCode, '+': golocal.KindCode, '/': golocal.KindCode, '`': golocal.KindCode, '|': golocal.KindTable, ',': golocal.KindTable, '!': golocal.KindTable, '=': "", '*': "", '_': ""}

// parseAsciiDoc reads AsciiDoc (docs.asciidoctor.org, Language).
func parseAsciiDoc(text string) (golocal.Document, error) {
	m := newMarkup(AsciiDoc, text)
	for i := 0; i < len(m.lines); {
		l := m.lines[i]
		delimiter, kind := adocDelimiter(l.text)
		h := adocHeading.FindStringSubmatch(l.text)
		level, underlined := 0, false
		if h == nil && i+1 < len(m.lines) && (i == 0 || m.lines[i-1].blank() || m.held >= 0) {
			level = adocUnderline(l.text, m.lines[i+1].text)
			underlined = level > 0
		}
		switch {
		case l.blank():
			m.release(i)
			i++
		case underlined:
			m.title(level, adocPlain(l.text), i, i+2)
			if i += 2; level == 1 && i == 2 {
				i = m.adocHeader(i)
			}
		case h != nil:
			first := len(h[1]) == 1 && !m.titled
			m.title(len(h[1]), adocPlain(h[2]), i, i+1)
			if i++; first {
				i = m.adocHeader(i)
			}
		case adocAttribute.MatchString(l.text):
			end := m.while(i, func(l line) bool { return adocAttribute.MatchString(l.text) })
			for _, l := range m.lines[i:end] {
				m.adocDescribe(l.text)
			}
			m.block(golocal.KindCode, i, end)
			i = end
		case delimiter != "" && kind == "":
			m.hold(i)
			i++
		case delimiter != "":
			i = m.adocBlock(i, delimiter, kind)
		case adocInclude.MatchString(l.text):
			m.include(adocInclude.FindStringSubmatch(l.text)[1])
			m.hold(i)
			i++
		case strings.HasPrefix(l.text, "[") && strings.HasSuffix(strings.TrimRight(l.text, " "), "]"),
			len(l.text) > 1 && l.text[0] == '.' && l.text[1] != '.' && l.text[1] != ' ', strings.HasPrefix(l.text, "//"):
			m.hold(i)
			i++
		case adocItem.MatchString(l.text), adocTerm.MatchString(l.text):
			end := m.adocList(i)
			m.block(golocal.KindList, i, end)
			i = end
		case l.text[0] == ' ' || l.text[0] == '\t':
			end := m.while(i, func(l line) bool { return !l.blank() })
			m.block(golocal.KindCode, i, end) // a literal paragraph
			i = end
		default:
			end := m.while(i+1, func(l line) bool {
				d, _ := adocDelimiter(l.text)
				return !l.blank() && d == ""
			})
			m.block(golocal.KindParagraph, i, end)
			i = end
		}
	}
	return m.finish()
}

// adocDelimiter returns the delimiter that a line is, "" for none.
func adocDelimiter(s string) (string, golocal.Kind) {
	s = strings.TrimRight(s, " \t")
	if s == "--" {
		return s, ""
	}
	if strings.HasPrefix(s, "```") && !strings.Contains(s[3:], "`") {
		return "```", golocal.KindCode
	}
	if len(s) == 4 && (s[0] == '|' || s[0] == ',' || s[0] == '!' || s[0] == ':') && s[1:] == "===" {
		return s, golocal.KindTable
	}
	if len(s) < 4 || strings.Trim(s, s[:1]) != "" {
		return "", ""
	}
	kind, known := adocDelimiters[s[0]]
	if !known || kind == golocal.KindTable || s[0] == '`' {
		return "", ""
	}
	return s, kind
}

// adocBlock adds a delimited block of code or a table.
func (m *markup) adocBlock(i int, delimiter string, kind golocal.Kind) int {
	end := m.closing(i+1, func(l line) bool { return strings.TrimRight(l.text, " \t") == delimiter }, nil)
	if end == len(m.lines) { // never closed: a line like others
		m.hold(i)
		return i + 1
	}
	if kind == golocal.KindTable {
		m.release(i + 1)
		one, rows := 0, 0
		for _, l := range m.lines[i+1 : end] {
			if !l.blank() {
				rows++
				if strings.Count(l.text, "|") <= 1 && delimiter[0] == '|' {
					one++
				}
			}
		}
		if one*2 > rows {
			kind = golocal.KindList // a cell on each line: lines are no rows
		}
		m.block(kind, i+1, end)
		return end + 1
	}
	m.block(kind, i, end+1)
	return end + 1
}

// adocUnderline returns the level of a title with a line under it as long as
// itself, give or take two; 0 for none.
func adocUnderline(title, under string) int {
	under = strings.TrimRight(under, " ")
	n := len([]rune(strings.TrimRight(title, " ")))
	if len(under) < 4 || n < 2 || len(under) > n+2 || len(under) < n-2 || strings.Trim(under, under[:1]) != "" || !normal.HasWords(title) || title[0] == ' ' || title[0] == '.' || title[0] == '[' {
		return 0
	}
	return strings.IndexByte("=-~^+", under[0]) + 1
}

// adocHeader reads the lines under the document's title: authors, revision,
// attributes, up to a blank line.
func (m *markup) adocHeader(i int) int {
	end := m.while(i, func(l line) bool { return !l.blank() })
	if end == i {
		return i
	}
	for n, l := range m.lines[i:end] {
		switch {
		case adocAttribute.MatchString(l.text):
			m.adocDescribe(l.text)
		case strings.HasPrefix(l.text, "//"):
		case n == 0 && adocAuthor.MatchString(l.text):
			m.doc.Meta.Authors = appendNew(m.doc.Meta.Authors, authorsIn(l.text)...)
		case n == 1 && adocDate.MatchString(l.text):
			m.doc.Meta.Created = parseDate(adocDate.FindString(l.text))
		default:
			return i + n // text right under the title
		}
	}
	m.block(golocal.KindCode, i, end)
	return end
}

func (m *markup) adocDescribe(s string) {
	a := adocAttribute.FindStringSubmatch(s)
	meta := &m.doc.Meta
	switch value := a[2]; strings.ToLower(a[1]) {
	case "author", "authors":
		meta.Authors = appendNew(meta.Authors, authorsIn(value)...)
	case "revdate", "date", "docdate", "page-date", "created":
		meta.Created = parseDate(value)
	case "updated", "modified", "page-revdate":
		meta.Edited = parseDate(value)
	case "keywords", "page-tags", "tags", "jbake-tags":
		meta.Tags = appendNew(meta.Tags, texts(value, ", ")...)
	case "lang", "language":
		meta.Language = languageTag(value)
	case "doctitle", "title", "page-title":
		if m.doc.Title == "" {
			m.doc.Title = normal.Shorten(adocPlain(value), 300)
		}
	}
}

// adocList returns the end of a list: items, what goes on under them, blocks
// that a "+" ties to them, and blank lines between.
func (m *markup) adocList(i int) int {
	end := i + 1
	for i++; i < len(m.lines); i++ {
		l := m.lines[i]
		d, _ := adocDelimiter(l.text)
		switch {
		case l.blank():
		case strings.TrimSpace(l.text) == "+" && i+1 < len(m.lines):
			if d, _ := adocDelimiter(m.lines[i+1].text); d != "" {
				for i += 2; i < len(m.lines) && strings.TrimRight(m.lines[i].text, " ") != d; i++ {
				}
			}
			end = min(i+1, len(m.lines))
		case adocItem.MatchString(l.text), adocTerm.MatchString(l.text):
			end = i + 1
		case m.lines[i-1].blank() && l.text[0] != ' ' || d != "" || adocHeading.MatchString(l.text) || l.text[0] == '[' || adocInclude.MatchString(l.text):
			return end
		default:
			end = i + 1
		}
	}
	return end
}

// adocPlain is a title without marks of format.
func adocPlain(s string) string { return normal.OneLine(adocFormat.ReplaceAllString(s, "")) }
