package parse

import (
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// markup reads light markup (Org, AsciiDoc, reStructuredText) line by line. As
// in Markdown, Text is the source itself: that is what its owner reads, quotes
// are the file's own bytes and lines its own lines; only the structure is found.
type markup struct {
	*verbatim
	lines    []line
	held     int // first line of titles and attributes that go with the next block; -1 for none
	includes []string
	looked   int // lines passed in search of closing lines
}

func newMarkup(kind, text string) *markup {
	v := newVerbatim(kind, text)
	return &markup{verbatim: v, lines: splitLines(v.doc.Text), held: -1}
}

// hold keeps line i for the block that follows.
func (m *markup) hold(i int) {
	if m.held < 0 {
		m.held = i
	}
}

// release makes a block of the lines held, which nothing followed.
func (m *markup) release(i int) {
	if m.held >= 0 {
		from := m.held
		m.held = -1
		m.block(golocal.KindParagraph, from, i)
	}
}

// block adds lines [from, to), with the lines held before them.
func (m *markup) block(kind golocal.Kind, from, to int) {
	if m.held >= 0 && m.held < from {
		from = m.held
	}
	m.held = -1
	if from < to && to <= len(m.lines) {
		m.add(kind, m.lines[from].start, m.lines[to-1].end)
	}
}

// title adds the heading of lines [from, to).
func (m *markup) title(level int, title string, from, to int) {
	m.release(from)
	m.heading(level, title, m.lines[from].start, m.lines[to-1].end)
}

// while returns the index of the first line from i on for which test fails.
func (m *markup) while(i int, test func(l line) bool) int {
	for i < len(m.lines) && test(m.lines[i]) {
		i++
	}
	return i
}

// closing returns the first line from i on that passes shut, len(m.lines) for
// none before stop. In a text of blocks that are never closed it gives up.
func (m *markup) closing(i int, shut, stop func(l line) bool) int {
	for ; i < len(m.lines) && m.looked < 20*len(m.lines)+1000; i++ {
		if m.looked++; shut(m.lines[i]) {
			return i
		}
		if stop != nil && stop(m.lines[i]) {
			break
		}
	}
	return len(m.lines)
}

// indented returns the end of the lines from i on that are blank or indented
// deeper than least, without blank lines at the end.
func (m *markup) indented(i, least int) int {
	end := i
	for ; i < len(m.lines); i++ {
		if m.lines[i].blank() {
			continue
		}
		if m.lines[i].indent() <= least {
			break
		}
		end = i + 1
	}
	return end
}

// include remembers a file that the text takes in.
func (m *markup) include(name string) {
	if name = normal.OneLine(strings.Trim(name, ` "'`)); name != "" && len(m.includes) < 50 {
		m.includes = append(m.includes, name)
	}
}

// finish returns the document.
func (m *markup) finish() (golocal.Document, error) {
	m.release(len(m.lines))
	if len(m.includes) > 0 {
		note(&m.doc, remark.NoteIncludes, normal.Shorten(strings.Join(m.includes, ", "), 200))
	}
	return m.document()
}

// authorsIn reads "Ann Lee <ann@example.org>; Bob Ray".
func authorsIn(s string) []string {
	separators := ","
	if strings.Contains(s, ";") {
		separators = ";"
	}
	var out []string
	for one := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		for part := range strings.SplitSeq(one, " and ") {
			name, _, _ := strings.Cut(part, "<")
			if name = normal.OneLine(name); normal.HasWords(name) && len(name) <= 200 {
				out = append(out, name)
			}
		}
	}
	return out
}
