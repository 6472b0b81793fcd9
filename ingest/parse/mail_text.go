package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
)

// writeLetter writes the plain text of a message: paragraphs whose lines were
// broken to a width become one line each, as format=flowed says (RFC 3676) or
// as the lines themselves show. Quoted text keeps one mark of each depth.
func writeLetter(l *layout, text string, flowed, joined bool) {
	lines := strings.Split(text, "\n")
	width := wrapWidth(lines)
	var block []string // lines of the paragraph under way
	var mark string    // of quoted text before it
	open := false      // the last of these goes on in the next line
	end := func() {
		if len(block) == 0 {
			return
		}
		kind := golocal.KindParagraph
		if len(block) > 1 && normal.Item(block[0]) && normal.Item(block[1]) {
			kind = golocal.KindList
		}
		l.add(kind, 0, strings.Join(dedent(block), "\n"))
		block, open = nil, false
	}
	for i, line := range lines {
		depth, s := unquote(line)
		if flowed && depth == 0 {
			s = strings.TrimPrefix(s, " ") // stuffed
		}
		last := mark
		if mark = strings.Repeat(">", depth); mark != "" {
			mark += " "
		}
		signature := s == "-- "
		plain := strings.TrimRight(s, " \t")
		if flowed && joined { // one space shows that the line goes on, no more (RFC 3676, 4.1)
			plain = strings.TrimSuffix(s, " ")
		}
		switch {
		case strings.TrimSpace(s) == "":
			end()
			continue
		case mark != last:
			end()
		}
		if open && mark == last && !normal.Item(plain) {
			if flowed && joined {
				block[len(block)-1] += plain
			} else {
				block[len(block)-1] += " " + strings.TrimSpace(plain)
			}
		} else {
			block = append(block, mark+plain)
		}
		switch {
		case signature:
			open = false
		case flowed:
			open = strings.HasSuffix(s, " ")
		default:
			open = i+1 < len(lines) && broken(plain, lines[i+1], width-len(mark))
		}
	}
	end()
}

// dedent drops the spaces that all lines begin with.
func dedent(lines []string) []string {
	least := 100
	for _, line := range lines {
		least = min(least, len(line)-len(strings.TrimLeft(line, " ")))
	}
	for i := range lines {
		lines[i] = lines[i][least:]
	}
	return lines
}

// unquote strips the marks of quoted text and tells how many there were.
func unquote(line string) (depth int, rest string) {
	for {
		s := strings.TrimPrefix(line, " ")
		if !strings.HasPrefix(s, ">") || depth == 20 {
			if depth > 0 {
				return depth, s
			}
			return 0, line
		}
		line = s[1:]
		depth++
	}
}

// wrapWidth is the width to which the lines of a text were broken, in
// characters; 0 where they were not: paragraphs are lines of their own.
func wrapWidth(lines []string) int {
	var counts [101]int
	long, all := 0, 0
	for _, line := range lines {
		n := utf8.RuneCountInString(strings.TrimRight(line, " \t"))
		if n == 0 {
			continue
		}
		all++
		if n > 100 {
			if strings.Contains(strings.TrimSpace(line), " ") {
				long++ // not just an address
			}
			continue
		}
		counts[n]++
	}
	if long*10 > all {
		return 0
	}
	seen := 0
	for n := 100; n >= 50; n-- {
		if seen += counts[n]; seen >= 2 && seen*50 >= all {
			return n
		}
	}
	return 0
}

// broken reports that a line ends only because the first word of the next did
// not fit.
func broken(line, next string, width int) bool {
	if width <= 0 || line == "" || line[0] == ' ' || line[0] == '\t' {
		return false
	}
	_, next = unquote(next)
	if next == "" || next[0] == ' ' || next[0] == '\t' || normal.Item(next) {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	n := utf8.RuneCountInString(line)
	return n <= width+20 && n+1+utf8.RuneCountInString(word) > width
}

var (
	escapedFrom = regexp.MustCompile(`(?m)^>(>*From )`)
	richTag     = regexp.MustCompile(`<(/?[A-Za-z][A-Za-z0-9-]*)>`)
)

// unescapeFrom undoes the mark that mailboxes put before lines that begin with
// "From ".
func unescapeFrom(text string) string {
	if !strings.Contains(text, ">From ") {
		return text
	}
	return escapedFrom.ReplaceAllString(text, "$1")
}

// plainEnriched drops the marks of text/enriched (RFC 1896).
func plainEnriched(text string) string {
	return strings.ReplaceAll(richTag.ReplaceAllString(text, ""), "<<", "<")
}
