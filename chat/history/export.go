package history

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/chat"
	"golocal/internal/place"
	"golocal/internal/remark"
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
// source proves is marked. Its own words are in the language of the questions.
func WriteMarkdown(out io.Writer, w Whole) error {
	b := bufio.NewWriter(out)
	m := markdown{b: b, language: languageOf(w)}
	fmt.Fprintf(b, "# %s\n\n%s\n", inline(w.Title), moment(m.language, w.Created))
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
	b        *bufio.Writer
	language string // BCP 47, of its own words
	notes    []string
}

// languageOf is the language of the first question that tells it.
func languageOf(w Whole) string {
	var questions []golocal.Message
	for _, t := range slices.Backward(w.Turns) {
		questions = append(questions, golocal.Message{Role: "user", Content: t.Question})
	}
	return chat.Request{Messages: questions}.Language() // which takes the last that tells
}

// moment writes a time as a language does.
func moment(language string, t time.Time) string {
	if language == "de" {
		return t.Local().Format("2.1.2006, 15:04")
	}
	return t.Local().Format("2006-01-02 15:04")
}

// says is what the file itself says.
func (m *markdown) says(code remark.Code, values ...any) string {
	return remark.Say(m.language, remark.New(code, values...))
}

func (m *markdown) turn(t Turn) {
	fmt.Fprintf(m.b, "\n## %s\n\n", inline(t.Question))
	if t.Standalone != "" && !strings.EqualFold(strings.TrimSpace(t.Standalone), strings.TrimSpace(t.Question)) {
		fmt.Fprintf(m.b, "*%s*\n\n", m.says(remark.ExportSearched, inline(t.Standalone)))
	}
	if t.Open {
		fmt.Fprintf(m.b, "*%s*\n\n", m.says(remark.ExportOpen))
	}
	a := t.Answer
	switch {
	case a == nil:
	case a.Kind == chat.KindQuotes:
		m.quotes(a.Quotes)
	case len(a.Sentences) > 0:
		m.sentences(a.Sentences)
		if a.Folded {
			fmt.Fprintf(m.b, "*%s*\n\n", m.says(remark.ExportFolded))
			m.quotes(a.Quotes)
		}
	default:
		fmt.Fprintf(m.b, "%s\n\n", block(a.Text))
		if a.Kind == chat.KindNone && len(a.Quotes) > 0 {
			fmt.Fprintf(m.b, "%s\n\n", m.says(remark.ExportNearest))
			m.quotes(a.Quotes[:min(3, len(a.Quotes))])
		}
	}
	switch t.State {
	case Stopped, Running:
		fmt.Fprintf(m.b, "*%s*\n", m.says(remark.ExportStopped))
	case Failed:
		fmt.Fprintf(m.b, "*%s*\n", m.says(remark.ExportNone, inline(remark.Or(m.language, t.Why, t.Problem))))
	}
	if a != nil && a.Ledger.Model != "" {
		fmt.Fprintf(m.b, "*%s*\n", m.says(remark.ExportProven, inline(a.Ledger.Model), fmt.Sprintf("%.0f", 100*a.Support)))
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
			text.WriteString(" *(" + m.says(remark.ProvenNot) + ")*")
		case chat.Partly:
			text.WriteString(" *(" + m.says(remark.ProvenPartly) + ")*")
		case chat.NotFromFiles:
			text.WriteString(" *(" + m.says(remark.ProvenElsewhere) + ")*")
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
	where := inline(c.Path)
	if p := place.NameIn(m.language, c.Place); p != "" {
		where += ", " + inline(p)
	}
	note := m.says(remark.ExportQuote, where, inline(c.Quote))
	if s := m.standing(c); s != "" {
		note += " — " + inline(s)
	}
	if i := slices.Index(m.notes, note); i >= 0 {
		return fmt.Sprintf("[^%d]", i+1)
	}
	m.notes = append(m.notes, note)
	return fmt.Sprintf("[^%d]", len(m.notes))
}

// standing says in a few words how a citation stands to the files, and when that
// was found out.
func (m *markdown) standing(c golocal.Citation) string {
	var is golocal.Remark
	switch c.State {
	case golocal.Current:
		is = remark.New(remark.StillThere)
		if c.Now != nil && c.Now.Place != c.Place && place.Name(c.Now.Place) != "" {
			is = remark.New(remark.StillThereAt, c.Now.Place)
		}
	case golocal.Changed:
		is = remark.New(remark.ChangedSince)
		if c.Now != nil {
			is = remark.New(remark.ChangedSinceNow, c.Now.Quote)
		}
	case golocal.Moved:
		is = remark.New(remark.FileMoved)
		if c.Now != nil {
			is = remark.New(remark.FileMovedTo, c.Now.Path)
		}
	case golocal.Gone:
		is = remark.New(remark.FileGone)
	default:
		return ""
	}
	if !c.Checked.IsZero() {
		return m.says(remark.StandingChecked, is, moment(m.language, c.Checked))
	}
	return remark.Say(m.language, is)
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
