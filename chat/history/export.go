package history

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/chat"
	"golocal/internal/place"
)

// FileTitle is a title as the name of a file, without what file systems refuse.
func FileTitle(title string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|…`, r) {
			return -1
		}
		return r
	}, title)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if name == "" {
		return "conversation"
	}
	if end := 100; len(name) > end {
		for !utf8.RuneStart(name[end]) {
			end--
		}
		name = name[:end]
	}
	return name
}

// WriteMarkdown writes the turns of a conversation one after the other, as they
// are in w: choose a Branch first. Each citation is a footnote with the file, the
// place, the quote, and how it stood to the file when it was checked. What no
// source proves is marked.
func WriteMarkdown(out io.Writer, w Whole) error {
	b := bufio.NewWriter(out)
	m := markdown{b: b}
	fmt.Fprintf(b, "# %s\n\n%s\n", inline(w.Title), w.Created.Local().Format("2006-01-02 15:04"))
	for _, t := range w.Turns {
		m.turn(t)
	}
	if len(m.notes) > 0 {
		b.WriteString("\n")
	}
	for i, n := range m.notes {
		fmt.Fprintf(b, "[^%d]: %s\n", i+1, n)
	}
	return b.Flush()
}

// markdown gathers footnotes while turns are written.
type markdown struct {
	b     *bufio.Writer
	notes []string
}

func (m *markdown) turn(t Turn) {
	fmt.Fprintf(m.b, "\n## %s\n\n", inline(t.Question))
	if t.Standalone != "" && !strings.EqualFold(strings.TrimSpace(t.Standalone), strings.TrimSpace(t.Question)) {
		fmt.Fprintf(m.b, "*Searched as: %s*\n\n", inline(t.Standalone))
	}
	if t.Open {
		m.b.WriteString("*General knowledge was allowed.*\n\n")
	}
	a := t.Answer
	switch {
	case a == nil:
	case a.Kind == chat.KindQuotes:
		m.quotes(a.Quotes)
	case len(a.Sentences) > 0:
		m.sentences(a.Sentences)
		if a.Folded {
			m.b.WriteString("*Too little of this answer is proven. What the files say, word for word:*\n\n")
			m.quotes(a.Quotes)
		}
	default:
		fmt.Fprintf(m.b, "%s\n\n", block(a.Text))
		if a.Kind == chat.KindNone && len(a.Quotes) > 0 {
			m.b.WriteString("The nearest that was found:\n\n")
			m.quotes(a.Quotes[:min(3, len(a.Quotes))])
		}
	}
	switch t.State {
	case Stopped, Running:
		m.b.WriteString("*This answer was stopped before it was finished.*\n")
	case Failed:
		fmt.Fprintf(m.b, "*There is no answer: %s*\n", inline(t.Problem))
	}
	if a != nil && a.Ledger.Model != "" {
		fmt.Fprintf(m.b, "*%s, %.0f %% proven*\n", inline(a.Ledger.Model), 100*a.Support)
	}
}

func (m *markdown) quotes(quotes []chat.Quote) {
	for _, q := range quotes {
		text := strings.TrimSpace(q.Plain)
		if q.Header != nil && !q.Header.Paired {
			text = q.Header.Text + "\n" + text
		}
		if q.Cut {
			text += "\n…"
		}
		fmt.Fprintf(m.b, "> %s%s\n\n", strings.ReplaceAll(block(text), "\n", "\n> "), m.note(q.Citation))
	}
}

func (m *markdown) sentences(sentences []chat.Sentence) {
	var text strings.Builder
	for _, s := range sentences {
		lead := s.Lead
		if lead == "" && text.Len() > 0 {
			lead = " "
		}
		text.WriteString(lead + escape(s.Text))
		for _, c := range s.Citations {
			text.WriteString(m.note(c))
		}
		switch s.Verdict {
		case chat.Unsupported:
			text.WriteString(" *(not proven)*")
		case chat.Partly:
			text.WriteString(" *(partly proven)*")
		case chat.NotFromFiles:
			text.WriteString(" *(not from your files)*")
		case chat.NotAClaim:
			if len(s.Reasons) > 0 { // nobody has checked it
				fmt.Fprintf(&text, " *(%s)*", escape(s.Reasons[0]))
			}
		}
	}
	fmt.Fprintf(m.b, "%s\n\n", strings.TrimSpace(text.String()))
}

// note adds a footnote and gives its mark.
func (m *markdown) note(c golocal.Citation) string {
	var b strings.Builder
	b.WriteString(inline(c.Path))
	if p := place.Name(c.Place); p != "" {
		b.WriteString(", " + inline(p))
	}
	fmt.Fprintf(&b, ": “%s”", inline(c.Quote))
	if s := Standing(c); s != "" {
		b.WriteString(" — " + inline(s))
	}
	if i := slices.Index(m.notes, b.String()); i >= 0 {
		return fmt.Sprintf("[^%d]", i+1)
	}
	m.notes = append(m.notes, b.String())
	return fmt.Sprintf("[^%d]", len(m.notes))
}

// Standing says in a few words how a citation stands to the files, and when that
// was found out.
func Standing(c golocal.Citation) string {
	s := ""
	switch c.State {
	case golocal.Current:
		s = "still there"
		if c.Now != nil {
			if p := place.Name(c.Now.Place); p != "" && c.Now.Place != c.Place {
				s += ", now at " + p
			}
		}
	case golocal.Changed:
		s = "changed since"
		if c.Now != nil {
			s += ", now: “" + c.Now.Quote + "”"
		}
	case golocal.Moved:
		s = "moved"
		if c.Now != nil {
			s += " to " + c.Now.Path
		}
	case golocal.Gone:
		s = "the file is gone"
	default:
		return ""
	}
	if !c.Checked.IsZero() {
		s += " (checked " + c.Checked.Local().Format("2006-01-02 15:04") + ")"
	}
	return s
}

// escape keeps text from being read as Markdown's or HTML's own.
var escape = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, "`", "\\`", `[`, `\[`, `]`, `\]`, `<`, `\<`, `|`, `\|`, `#`, `\#`).Replace

// inline is a text on one line.
func inline(s string) string { return escape(strings.Join(strings.Fields(s), " ")) }

// block is a text of several lines.
func block(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = escape(strings.TrimRightFunc(l, unicode.IsSpace))
	}
	return strings.Join(lines, "\n")
}
