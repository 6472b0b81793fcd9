package main

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// column is a column of a table.
type column struct {
	title string
	right bool // numbers end where the others end
	rank  int  // where the lines would be too long, columns of the highest rank go first; 0 stays
}

// row is a line of a table, and lines that belong to it.
type row struct {
	cells []string
	below []string
}

// table lays rows out in columns of at most width places; width 0 is any, for
// programs that read it. The first cell is a name that people copy: it is never
// cut, and a long one has a line to itself.
func table(columns []column, rows []row, width int) string {
	const gap, longest = 2, 40
	shown := make([]int, 0, len(columns))
	for i := range columns {
		if i == 0 || slices.ContainsFunc(rows, func(r row) bool { return r.cells[i] != "" }) {
			shown = append(shown, i)
		}
	}
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = lipgloss.Width(c.title)
		for _, r := range rows {
			if w := lipgloss.Width(r.cells[i]); i > 0 || width == 0 || w <= longest {
				widths[i] = max(widths[i], w)
			}
		}
	}
	total := func() int {
		n := -gap
		for _, i := range shown {
			n += widths[i] + gap
		}
		return n
	}
	for width > 0 && total() > width {
		worst := slices.MaxFunc(shown, func(a, b int) int { return columns[a].rank - columns[b].rank })
		if columns[worst].rank == 0 {
			break
		}
		shown = slices.DeleteFunc(shown, func(i int) bool { return i == worst })
	}
	var b strings.Builder
	line := func(cells []string, style func(...string) string) {
		var l strings.Builder
		for n, i := range shown {
			cell := cells[i]
			space := strings.Repeat(" ", max(widths[i]-lipgloss.Width(cell), 0))
			if n == 0 && lipgloss.Width(cell) > widths[i] {
				l.WriteString(cell + "\n")
				cell, space = "", strings.Repeat(" ", widths[i])
			}
			if columns[i].right {
				cell = space + cell
			} else {
				cell += space
			}
			l.WriteString(cell + strings.Repeat(" ", gap))
		}
		text := strings.TrimRight(l.String(), " ")
		if style != nil {
			text = style(text)
		}
		b.WriteString(text + "\n")
	}
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.title
	}
	line(titles, faint.Render)
	for _, r := range rows {
		line(r.cells, nil)
		for _, l := range r.below {
			b.WriteString("  " + l + "\n")
		}
	}
	return b.String()
}
