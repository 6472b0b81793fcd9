package main

import (
	"strings"
	"unicode"

	"golocal"
)

// found is how the words that were asked for look in a passage: bold and
// underlined. lipgloss would write an underline letter by letter.
var found = func(s ...string) string { return "\x1b[1;4m" + strings.Join(s, "") + "\x1b[22;24m" }

// excerptText writes the part of a passage that stands for it in one line, with
// the words that were found marked, and says where it was cut.
func excerptText(text string, part golocal.Span, marks []golocal.Span) string {
	var b strings.Builder
	space := true // the last character written was white space
	write := func(s string, style func(...string) string) {
		var line strings.Builder
		for _, r := range s {
			if white := unicode.IsSpace(r); !white {
				line.WriteRune(r)
				space = false
			} else if !space {
				line.WriteByte(' ')
				space = true
			}
		}
		if out := printable(line.String()); style != nil && out != "" {
			b.WriteString(style(out))
		} else {
			b.WriteString(out)
		}
	}
	if strings.TrimSpace(text[:part.Start]) != "" {
		b.WriteString("… ")
	}
	at := part.Start
	for _, m := range marks {
		if m.Start < part.Start || m.End > part.End {
			continue
		}
		write(text[at:m.Start], nil)
		write(text[m.Start:m.End], found)
		at = m.End
	}
	write(text[at:part.End], nil)
	out := strings.TrimRight(b.String(), " ")
	if strings.TrimSpace(text[part.End:]) != "" {
		out += " …"
	}
	return out
}
