package retrieve

import (
	"strings"
	"unicode"

	"golocal"
	"golocal/internal/prose"
)

// header finds what names the columns of the rows of one passage: a row means
// nothing without it, so that its words count for each row below.
type header struct {
	text  string
	sheet bool            // the passage's file is one table
	above map[string]bool // stems of what the passage's input says before its text, title and headings left out
	row   int             // byte where the header in the passage begins; -1 where none is known yet
	stems map[string]bool // of that header
}

// headerOf looks at a passage. named are the stems of its title and headings.
func headerOf(h golocal.Hit, named map[string]bool) header {
	out := header{text: h.Chunk.Text, row: -1}
	switch h.Doc.Type {
	case "csv", "xlsx", "xls", "ods":
		out.sheet = true
	}
	if lead, ok := strings.CutSuffix(h.Chunk.Input, h.Chunk.Text); ok { // a table's header goes before the text of every passage below it
		out.above = prose.Stems(prose.Words(lead))
		for s := range named {
			delete(out.above, s)
		}
	}
	return out
}

// of gives the stems of the header that unit i of the passage stands under; is tells
// that the unit is the header itself.
func (h *header) of(units []prose.Unit, i int) (stems map[string]bool, is bool) {
	u := units[i]
	if u.Kind == prose.Rule {
		return nil, false
	}
	if u.Kind != prose.Row {
		h.row = -1
		return nil, false
	}
	line := h.text[u.Start:u.End]
	ruled := i+1 < len(units) && units[i+1].Kind == prose.Rule && strings.Contains(h.text[units[i+1].Start:units[i+1].End], "-")
	// In a sheet or CSV the first row of the first passage names the columns, unless it
	// has numbers.
	first := h.sheet && i == 0 && len(units) > 1 && len(h.above) == 0 && !strings.ContainsFunc(line, unicode.IsDigit)
	if ruled || first {
		h.row, h.stems = u.Start, prose.Stems(prose.Words(line))
		return nil, true
	}
	if h.row >= 0 {
		return h.stems, false
	}
	return h.above, false
}
