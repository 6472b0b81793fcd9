package chat

import "strings"

// What a reply has in code is shown as it is: "rows[1]" cites nothing. Code stands
// between fences of at least three backticks at the head of a line, or between two
// equal runs of backticks in one line (CommonMark 0.31.2, 4.5 and 6.1).

// leastFence is how many backticks open a fence.
const leastFence = 3

// backticks is how many s begins with.
func backticks(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// spanEnd is the byte behind a code span at the head of s, whose first run has n
// backticks; never says that its line ends before the second.
func spanEnd(s string, n int, final bool) (end int, state closing) {
	whole := final || len(s) >= maxHeld
	s = s[:min(len(s), maxHeld)]
	for i := n; i < len(s); {
		if s[i] == '\n' {
			return 0, never
		}
		k := backticks(s[i:])
		if i+k == len(s) && k > 0 && !whole {
			break // more of them may follow
		}
		if i += max(k, 1); k == n {
			return i, found
		}
	}
	if whole {
		return 0, never
	}
	return 0, further
}

// codeRanges are the byte ranges of a text that are code, in order; an open fence
// runs to the end.
func codeRanges(text string) (out [][2]int) {
	fence, from := 0, 0
	blank := true // nothing stands in the line yet
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\n':
			blank = true
			i++
			continue
		case c == ' ' || c == '\t':
			i++
			continue
		case c != '`':
			blank = false
			i++
			continue
		}
		n := backticks(text[i:])
		switch {
		case fence > 0:
			if blank && n >= fence {
				out = append(out, [2]int{from, i + n})
				fence = 0
			}
		case blank && n >= leastFence:
			fence, from = n, i
		default:
			if end, state := spanEnd(text[i:], n, true); state == found {
				out = append(out, [2]int{i, i + end})
				n = end
			}
		}
		i += n
		blank = false
	}
	if fence > 0 {
		out = append(out, [2]int{from, len(text)})
	}
	return out
}

// inCode tells that the byte at stands in one of ranges.
func inCode(ranges [][2]int, at int) bool {
	for _, r := range ranges {
		if r[0] <= at && at < r[1] {
			return true
		}
	}
	return false
}

// code decides a run of backticks at the head of s: it opens a block, has a span
// behind it, or is nothing but itself.
func (c *cleaner) code(s string, final bool) (n int, text string, more bool) {
	n = backticks(s)
	switch {
	case n == len(s) && !final:
		return 0, "", true
	case !c.begun && n >= leastFence:
		c.fence = n
	default:
		end, state := spanEnd(s, n, final)
		if state == further {
			return 0, "", true
		}
		n = max(n, end)
	}
	if c.last == '`' { // two runs that something stood between must not become one
		return n, " " + s[:n], false
	}
	return n, s[:n], false
}

// fenced is how many bytes of s belong to the open code block and can be shown.
func (c *cleaner) fenced(s string, final bool) (n int, more bool) {
	if !c.begun {
		head := len(s) - len(strings.TrimLeft(s, " \t"))
		k := backticks(s[head:])
		switch {
		case head+k == len(s) && !final:
			return 0, true
		case k >= c.fence:
			c.fence = 0
			return head + k, false
		}
	}
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i + 1, false
	}
	return len(s), false
}
