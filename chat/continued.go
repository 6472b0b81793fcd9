package chat

import "strings"

// continued keeps of what a base model writes the one answer: it goes on with the
// next question, as a text of such pairs does. The result does not depend on how
// the text is cut into writes.
type continued struct {
	begun bool
	over  bool   // the answer has ended; nothing more is let through
	held  string // may be the beginning of an end
}

// ends are what stands behind an answer.
var ends = []string{"\n\n", "\n\"\"\"", "\nQuestion:", "\nFrage:", "\nSources:", "\nAnswer:", "\nAntwort:"}

// write takes the next piece and returns what belongs to the answer.
func (c *continued) write(piece string) string {
	if c.over {
		return ""
	}
	s := c.held + piece
	if !c.begun {
		s = strings.TrimLeft(s, " \n\r\t")
		rest := strings.TrimLeft(s, `"`)
		if rest == "" { // a fence, or a quotation
			c.held = s
			return ""
		}
		if len(s)-len(rest) >= 3 {
			if rest = strings.TrimLeft(rest, " \n\r\t"); rest == "" {
				c.held = `"""`
				return ""
			}
			s = rest
		}
		c.begun = true
	}
	c.held = ""
	for i := range len(s) {
		if s[i] != '\n' {
			continue
		}
		for _, end := range ends {
			switch rest := s[i:]; {
			case strings.HasPrefix(rest, end):
				c.over = true
				return s[:i]
			case strings.HasPrefix(end, rest):
				c.held = rest
			}
		}
		if c.held != "" {
			return s[:i]
		}
	}
	return s
}

// end returns what was held back.
func (c *continued) end() string {
	s := c.held
	c.held = ""
	if !c.begun && len(s) >= 3 { // a fence and nothing in it
		return ""
	}
	return s
}
