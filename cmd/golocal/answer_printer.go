package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"

	"golocal"
	"golocal/chat"
	"golocal/internal/place"
)

// answerPrinter writes an answer's events for people as they arrive.
type answerPrinter struct {
	t      terminal
	bar    *progress // phases before the first sentence; nil when not on a terminal
	wrote  bool      // a sentence is on the screen
	notes  reasoning
	open   bool   // general knowledge is allowed, so its mark may come
	speaks string // the question's language, in which places are written
	answer chat.Answer
	done   bool
}

// event shows one event.
func (p *answerPrinter) event(e chat.Event) {
	switch e := e.(type) {
	case chat.Status:
		if e.Phase == chat.PhaseNotice {
			p.bar.clear()
			p.t.notef("%s\n", warn.Render(printable(e.Text)))
		} else {
			p.bar.phase(e.Text)
		}
	case chat.Standalone:
		p.bar.clear()
		p.t.notef("%s\n", faint.Render("searched as: "+printable(oneLine(e.Text))))
	case chat.Reasoning:
		p.notes.add(p.t, p.bar, e.Text)
	case chat.Sentence:
		p.notes.end(p.t, p.bar)
		p.bar.clear()
		p.sentence(e)
	case chat.Answer:
		p.notes.end(p.t, p.bar)
		p.bar.clear()
		p.answer, p.done = e, true
		p.finish()
	}
}

// marks are how a verdict looks: a shape and a word, so that colour is never
// needed to read it.
var marks = map[chat.Verdict]struct {
	text  string
	style lipgloss.Style
}{
	chat.Supported:    {"✓ supported", good},
	chat.Partly:       {"≈ partly", warn},
	chat.Unsupported:  {"✗ unsupported", bad},
	chat.NotFromFiles: {"◇ not from your files", extra},
	chat.NotAClaim:    {"· no claim", faint},
}

// mark writes a verdict's mark, and how wide the column of marks is.
func (p *answerPrinter) mark(v chat.Verdict) (mark string, wide int) {
	wide = utf8.RuneCountInString(marks[chat.Unsupported].text)
	if p.open {
		wide = utf8.RuneCountInString(marks[chat.NotFromFiles].text)
	}
	m := marks[v]
	return m.style.Render(m.text) + strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(m.text))), wide
}

func (p *answerPrinter) sentence(s chat.Sentence) {
	p.wrote = true
	var cited strings.Builder
	for _, c := range s.Citations {
		fmt.Fprintf(&cited, " [%d]", c.Source)
	}
	mark, wide := p.mark(s.Verdict)
	below := strings.Repeat(" ", wide+2)
	text := wrap(printable(oneLine(s.Text))+cited.String(), width(p.t.out)-wide-3)
	p.t.printf("%s  %s\n", mark, strings.ReplaceAll(text, "\n", "\n"+below))
	for _, r := range s.Reasons {
		p.t.printf("%s%s\n", below, faint.Render(printable(r)))
	}
}

func (p *answerPrinter) finish() {
	a := p.answer
	switch a.Kind {
	case chat.KindNone:
		p.t.printf("%s\n", bold.Render(printable(orText(a.Text, "Your files don't answer this."))))
		if len(a.Quotes) > 0 {
			p.t.printf("\n%s\n", faint.Render("The nearest that was found:"))
			p.quotes(a.Quotes[:min(3, len(a.Quotes))])
		}
		p.widen(a.Widen)
	case chat.KindQuotes:
		p.quotes(a.Quotes)
	case chat.KindComputed:
		p.computed(a)
	case chat.KindGenerated:
		if a.Folded {
			p.t.printf("\n%s\n", warn.Render("What your files say, word for word:"))
			p.quotes(a.Quotes)
		}
		p.sources(a)
	}
	if a.Note != "" {
		p.t.notef("%s\n", warn.Render(printable(a.Note)))
	}
	p.t.notef("%s\n", faint.Render(summary(a)))
	if s := ran(a.Ledger); s != "" {
		p.t.notef("%s\n", faint.Render(printable(s)))
	}
}

// widen prints what may help who got no answer, with the command that does it.
func (p *answerPrinter) widen(steps []chat.Widening) {
	for i, w := range steps {
		if i == 0 {
			p.t.printf("\n")
		}
		text := printable(oneLine(w.Text))
		switch {
		case w.Kind == chat.WidenOpen:
			text += ": --open"
		case w.Kind == chat.WidenFolder && w.State == chat.FolderPaused:
			text += ": golocal resume"
		case w.Kind == chat.WidenLimit:
			text += ": “" + printable(oneLine(w.Query)) + "”"
		}
		p.t.printf("  → %s\n", strings.ReplaceAll(wrap(text, width(p.t.out)-5), "\n", "\n    "))
	}
}

// quotes prints each passage with the place it stands at.
func (p *answerPrinter) quotes(quotes []chat.Quote) {
	for i, q := range quotes {
		if i > 0 {
			p.t.printf("\n")
		}
		if h := q.Header; h != nil && !h.Paired {
			p.t.printf("  %s\n", faint.Render(printable(h.Text)))
		}
		text := wrap(printable(strings.TrimSpace(q.Plain)), width(p.t.out)-4)
		for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
			if i == 0 && p.answer.Kind == chat.KindQuotes {
				line = bold.Render(line)
			}
			p.t.printf("  %s\n", line)
		}
		if q.Cut {
			p.t.printf("  %s\n", faint.Render("… the list goes on in the file"))
		}
		p.t.printf("  %s\n", p.where(q.Citation, q.Heading))
	}
}

// sources lists what the answer cites, each once.
func (p *answerPrinter) sources(a chat.Answer) {
	seen := map[int]bool{}
	for _, s := range a.Sentences {
		for _, c := range s.Citations {
			if seen[c.Source] {
				continue
			}
			if len(seen) == 0 {
				p.t.printf("\n")
			}
			seen[c.Source] = true
			p.t.printf("  [%d] %s\n", c.Source, p.where(c, nil))
		}
	}
}

// where writes path:line, the headings above it, and whether the file still
// says so.
func (p *answerPrinter) where(c golocal.Citation, heading []string) string {
	s := link(p.t, c.Path, shortPath(c.Path)+placeIn(p.speaks, c.Place))
	if len(heading) > 0 {
		s += faint.Render("  " + printable(strings.Join(heading, " › ")))
	}
	switch c.State {
	case golocal.Changed:
		if c.Checked.IsZero() {
			s += warn.Render("  changed since it was indexed")
			break
		}
		s += warn.Render("  changed since")
		if c.Now != nil {
			s += warn.Render(", now: " + printable(oneLine(c.Now.Quote)))
		}
	case golocal.Moved:
		s += warn.Render("  moved")
		if c.Now != nil {
			s += warn.Render(" to ") + link(p.t, c.Now.Path, shortPath(c.Now.Path)+placeIn(p.speaks, c.Now.Place))
		}
	case golocal.Gone:
		s += bad.Render("  the file is gone")
	}
	return s
}

// placeText is what follows a path: ":12", ":12-14", " page 3", " Budget!A5:D9".
func placeText(p golocal.Place) string { return placeIn("en", p) }

// placeIn is placeText in a language.
func placeIn(language string, p golocal.Place) string {
	name := place.NameIn(language, p)
	if only := (golocal.Place{Line: p.Line, LineEnd: p.LineEnd}); p == only && p.Line > 0 { // as editors and terminals open it
		if p.LineEnd > p.Line {
			return fmt.Sprintf(":%d-%d", p.Line, p.LineEnd)
		}
		return fmt.Sprintf(":%d", p.Line)
	}
	if name == "" {
		return ""
	}
	return " " + printable(name)
}

// shortPath writes path from the working directory where that is shorter.
func shortPath(path string) string {
	short := path
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil && len(rel) < len(path) {
			short = rel
		}
	}
	return printableName(short)
}

// link makes text an OSC 8 hyperlink to the file where out is a terminal.
func link(t terminal, path, text string) string {
	if !isTerminal(t.out) || printable(path) != path {
		return text
	}
	return "\x1b]8;;file://" + (&urlPath{path}).String() + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// ran tells how fast the model ran, and where; "" when none did.
func ran(l chat.Ledger) string {
	var parts []string
	if l.Seconds.Load >= 0.05 {
		parts = append(parts, fmt.Sprintf("loaded in %.1f s", l.Seconds.Load))
	}
	if l.PromptRate > 0 {
		parts = append(parts, fmt.Sprintf("reads %s tokens/s", rateText(l.PromptRate)))
	}
	if l.Rate > 0 {
		parts = append(parts, fmt.Sprintf("writes %s tokens/s", rateText(l.Rate)))
	}
	if l.Where != "" {
		parts = append(parts, l.Where)
	}
	return strings.Join(parts, " · ")
}

func summary(a chat.Answer) string {
	if a.Kind == chat.KindComputed {
		return fmt.Sprintf("computed from %s · %.1f s", plural(a.Counted.Of, "file"), a.Ledger.Seconds.Total)
	}
	files := map[int64]bool{}
	for _, s := range a.Sources {
		files[s.Hit.Doc.ID] = true
	}
	parts := []string{fmt.Sprintf("%s from %s", plural(len(a.Sources), "passage"), plural(len(files), "file"))}
	parts = append(parts, fmt.Sprintf("evidence %.2f", a.Ledger.Evidence))
	if a.Kind == chat.KindGenerated {
		parts = append(parts, fmt.Sprintf("%.0f %% supported", a.Support*100), a.Ledger.Model)
		if used := a.Ledger.PromptTokens + a.Ledger.Tokens; used > 0 {
			parts = append(parts, fmt.Sprintf("%d of %d tokens", used, a.Ledger.Window))
		}
	}
	parts = append(parts, fmt.Sprintf("%.1f s", a.Ledger.Seconds.Total))
	return strings.Join(parts, " · ")
}
