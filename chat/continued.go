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
var ends = []string{"\n\n", "\nQuestion:", "\nFrage:", "\nSources:", "\nAnswer:", "\nAntwort:"}

// write takes the next piece and returns what belongs to the answer.
func (c *continued) write(piece string) string {
	if c.over {
		return ""
	}
	s := c.held + piece
	if !c.begun {
		s = strings.TrimLeft(s, " \n\r\t")
		c.begun = s != ""
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
	return s
}
