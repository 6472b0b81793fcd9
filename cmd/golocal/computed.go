package main

import (
	"strings"

	"golocal/chat"
)

// computed prints an answer that was counted or computed over the files: what it
// is, then what it counts, each with the place to open, then what was read.
func (p *answerPrinter) computed(a chat.Answer) {
	for _, s := range a.Sentences {
		text := wrap(printable(oneLine(s.Text)), width(p.t.out)-4)
		switch {
		case strings.HasSuffix(s.Lead, "- "):
			p.t.printf("  %s\n", strings.ReplaceAll(text, "\n", "\n  "))
			if len(s.Citations) == 0 {
				continue
			}
			c := s.Citations[0]
			if where := p.where(c, nil); where != text {
				p.t.printf("    %s\n", faint.Render(where))
			}
			if c.Quote != "" && !strings.Contains(s.Text, oneLine(c.Quote)) {
				p.t.printf("    %s\n", strings.ReplaceAll(wrap(printable(oneLine(c.Quote)), width(p.t.out)-6), "\n", "\n    "))
			}
		case s.Verdict == chat.NotAClaim:
			p.t.printf("%s\n", faint.Render(text))
		default:
			p.t.printf("%s\n", bold.Render(text))
		}
	}
}
