package parse

import (
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

var (
	orgHeading  = regexp.MustCompile(`^(\*+)[ \t]+(.*)$`)
	orgTags     = regexp.MustCompile(`[ \t]+(:[\p{L}\p{N}_@#%:]+:)[ \t]*$`)
	orgKeyword  = regexp.MustCompile(`^[ \t]*#\+([A-Za-z_]+):[ \t]*(.*)$`)
	orgBegin    = regexp.MustCompile(`(?i)^[ \t]*#\+begin_(\S+)`)
	orgDrawer   = regexp.MustCompile(`^[ \t]*:[\w-]+:[ \t]*$`)
	orgNames    = regexp.MustCompile(`(?i)^[ \t]*:ROAM_(?:ALIASES|TAGS):[ \t]+(.+)$`)
	orgQuoted   = regexp.MustCompile(`"[^"]+"|\S+`)
	orgLink     = regexp.MustCompile(`\[\[([^\[\]]*)\](?:\[([^\[\]]*)\])?\]`)
	orgItem     = regexp.MustCompile(`^(?:[ \t]*(?:[-+]|\d+[.)])|[ \t]+\*)(?:[ \t]|$)`)
	orgPriority = regexp.MustCompile(`\[#\w\][ \t]*`)
	orgCookie   = regexp.MustCompile(`[ \t]*\[\d*(?:/\d*|%)\]`)
	orgStamp    = regexp.MustCompile(`[<\[](\d{4}-\d\d-\d\d)[^>\]]*[>\]]`)
)

// orgStates are the words before a heading that say how far it is; a file may
// define more with #+TODO.
const orgStates = "TODO DONE NEXT WAITING WAIT HOLD STARTED CANCELLED CANCELED SOMEDAY PROJ IDEA KILL STRT LOOP"

// parseOrg reads Org mode (orgmode.org, Org Syntax). States, priorities and
// counters are no part of a heading's title, tags go to Meta. Drawers, which the
// editor keeps folded, are left out; lines are counted as in the file.
func parseOrg(text string) (golocal.Document, error) {
	text, marks, names := withoutDrawers(normal.NoPages(normal.Text(text)))
	m := newMarkup(Org, text)
	m.doc.Marks, m.doc.Meta.Tags = marks, names
	states := set(orgStates)
	i := 0
	for i < len(m.lines) {
		l := m.lines[i]
		switch h := orgHeading.FindStringSubmatch(l.text); {
		case h != nil:
			title := h[2]
			if tags := orgTags.FindStringSubmatch(" " + title); tags != nil {
				m.doc.Meta.Tags = appendNew(m.doc.Meta.Tags, orgTagList(tags[1])...)
				title = strings.TrimSpace(orgTags.ReplaceAllString(" "+title, ""))
			}
			if first, rest, _ := strings.Cut(title, " "); states[first] {
				title = rest
			}
			title = orgPlain(orgCookie.ReplaceAllString(orgPriority.ReplaceAllString(title, ""), ""))
			m.title(len(h[1]), title, i, i+1)
			i++
		case l.blank():
			m.release(i)
			i++
		case orgBegin.MatchString(l.text):
			i = m.orgBlock(i)
		case orgKeyword.MatchString(l.text):
			k := orgKeyword.FindStringSubmatch(l.text)
			if m.orgDescribe(strings.ToLower(k[1]), strings.TrimSpace(k[2]), states) {
				end := m.while(i, func(l line) bool { return orgKeyword.MatchString(l.text) })
				for _, l := range m.lines[i+1 : end] {
					k := orgKeyword.FindStringSubmatch(l.text)
					m.orgDescribe(strings.ToLower(k[1]), strings.TrimSpace(k[2]), states)
				}
				m.block(golocal.KindCode, i, end)
				i = end
			} else {
				m.hold(i) // a caption or a name
				i++
			}
		case strings.HasPrefix(strings.TrimLeft(l.text, " \t"), "|"):
			end := m.while(i, func(l line) bool { return strings.HasPrefix(strings.TrimLeft(l.text, " \t"), "|") })
			m.block(golocal.KindTable, i, end)
			i = end
		case fixedWidth(l):
			end := m.while(i, fixedWidth)
			m.block(golocal.KindCode, i, end)
			i = end
		case orgItem.MatchString(l.text):
			end := m.orgList(i)
			m.block(golocal.KindList, i, end)
			i = end
		default:
			end := m.while(i+1, func(l line) bool {
				return !l.blank() && !orgHeading.MatchString(l.text) && !orgBegin.MatchString(l.text) && !orgKeyword.MatchString(l.text) &&
					!orgItem.MatchString(l.text) && !strings.HasPrefix(strings.TrimLeft(l.text, " \t"), "|")
			})
			m.block(golocal.KindParagraph, i, end)
			i = end
		}
	}
	return m.finish()
}

// withoutDrawers drops the drawers of a text: lines from ":NAME:" to ":END:"
// outside of blocks. The marks tie what is left to the lines of the file; names
// are those that org-roam keeps in a drawer for a note.
func withoutDrawers(text string) (string, []golocal.Mark, []string) {
	marks := []golocal.Mark{{Place: golocal.Place{Line: 1}}}
	var names []string
	var b strings.Builder
	lines := splitLines(text)
	dropped, block, looked := false, "", 0
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch open := orgBegin.FindStringSubmatch(l.text); {
		case block != "":
			if strings.EqualFold(strings.TrimSpace(l.text), block) {
				block = ""
			}
		case open != nil:
			block = "#+end_" + open[1]
		case orgDrawer.MatchString(l.text) && looked < 20*len(lines)+1000:
			end := i + 1
			for end < len(lines) && !strings.EqualFold(strings.TrimSpace(lines[end].text), ":end:") && !orgHeading.MatchString(lines[end].text) {
				end++
				looked++
			}
			if end < len(lines) && !orgHeading.MatchString(lines[end].text) {
				for _, l := range lines[i:end] {
					if m := orgNames.FindStringSubmatch(l.text); m != nil {
						for _, name := range orgQuoted.FindAllString(m[1], 100) {
							names = appendNew(names, normal.Shorten(normal.OneLine(strings.Trim(name, `"`)), 200))
						}
					}
				}
				i, dropped = end, true
				continue
			}
		}
		if dropped {
			p := golocal.Mark{At: b.Len(), Place: golocal.Place{Line: i + 1}}
			if dropped = false; p.At == 0 {
				marks = nil
			}
			marks = append(marks, p)
		}
		b.WriteString(text[l.start:min(l.next(), len(text))])
	}
	return b.String(), marks, names
}

func fixedWidth(l line) bool {
	t := strings.TrimLeft(l.text, " \t")
	return t == ":" || strings.HasPrefix(t, ": ")
}

// orgBlock adds what stands between #+begin_x and #+end_x.
func (m *markup) orgBlock(i int) int {
	name := strings.ToLower(orgBegin.FindStringSubmatch(m.lines[i].text)[1])
	end := m.closing(i+1, func(l line) bool { return strings.EqualFold(strings.TrimSpace(l.text), "#+end_"+name) }, nil)
	if end == len(m.lines) { // never closed: a line like others
		m.block(golocal.KindParagraph, i, i+1)
		return i + 1
	}
	kind := golocal.KindCode
	switch name {
	case "quote", "verse", "center", "abstract", "note", "warning", "tip", "important", "example_text":
		kind = golocal.KindParagraph
	}
	m.block(kind, i, end+1)
	return end + 1
}

// orgList returns the end of a list: items, what is indented under them, and
// single blank lines between.
func (m *markup) orgList(i int) int {
	least, end := m.lines[i].indent(), i+1
	for i++; i < len(m.lines); i++ {
		switch l := m.lines[i]; {
		case l.blank():
			if i+1 < len(m.lines) && m.lines[i+1].blank() {
				return end
			}
		case orgHeading.MatchString(l.text) || !orgItem.MatchString(l.text) && l.indent() <= least:
			return end
		default:
			end = i + 1
		}
	}
	return end
}

// orgDescribe takes what a keyword says about the file; false for those that
// belong to the next block.
func (m *markup) orgDescribe(key, value string, states map[string]bool) bool {
	meta := &m.doc.Meta
	switch key {
	case "title":
		m.doc.Title = normal.Shorten(normal.OneLine(strings.TrimSpace(m.doc.Title+" "+orgPlain(value))), 300)
	case "author":
		meta.Authors = appendNew(meta.Authors, authorsIn(value)...)
	case "date":
		if s := orgStamp.FindStringSubmatch(value); s != nil {
			value = s[1]
		}
		meta.Created = parseDate(value)
	case "filetags":
		meta.Tags = appendNew(meta.Tags, orgTagList(value)...)
	case "keywords", "tags":
		meta.Tags = appendNew(meta.Tags, texts(value, ", ")...)
	case "language":
		meta.Language = languageTag(value)
	case "todo", "seq_todo", "typ_todo":
		for word := range strings.FieldsSeq(value) {
			word, _, _ = strings.Cut(word, "(")
			states[word] = word != "|"
		}
	case "include":
		file, _, _ := strings.Cut(strings.TrimPrefix(value, `"`), `"`)
		m.include(file)
	case "caption", "name", "label", "results", "header", "tblname", "plot":
		return false
	default:
		return !strings.HasPrefix(key, "attr_")
	}
	return true
}

func orgTagList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ':' || r == ' ' || r == '\t' })
}

// orgPlain is a title with its links shown by their names.
func orgPlain(s string) string {
	return normal.OneLine(orgLink.ReplaceAllStringFunc(s, func(link string) string {
		m := orgLink.FindStringSubmatch(link)
		if m[2] != "" {
			return m[2]
		}
		return m[1]
	}))
}
