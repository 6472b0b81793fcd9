package chat

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeld is how many bytes of a reply are held back at most to see whether a
// bracket or tag closes.
const maxHeld = 2000

// cleaner makes a model's reply safe to show while it streams. It resolves
// citation markers to "[n]" with n from 1 to sources and removes all others;
// drops images and HTML; turns links into their text with the address in
// parentheses; and drops control, bidirectional and tag characters. In code no
// construct is resolved.
//
// Two steps keep this simple and safe. resolve recognises constructs; it may be
// fooled. put, which every byte passes, breaks up what would still be one:
// after it no "![", "](", "]:" or "<" before a letter, "/", "!" or "?" exists,
// and without those CommonMark has no image, no link, no reference and no HTML.
//
// The output does not depend on how the input is cut into writes.
type cleaner struct {
	sources int
	part    string // bytes of a character that is not whole yet
	held    string // seen, not decided
	last    rune   // the last character put
	begun   bool   // its line has more than white space
	fence   int    // backticks of the code block that is open, 0 outside of one
	out     strings.Builder
}

// write takes the next piece and returns what is decided.
func (c *cleaner) write(s string) string {
	c.held += c.visible(c.part + s)
	c.resolve(false)
	return c.take()
}

// visible drops what is no character and what hides; the head of a character
// that is not whole yet is kept for the next write.
func (c *cleaner) visible(s string) string {
	var b strings.Builder
	c.part = ""
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !utf8.FullRuneInString(s[i:]):
			c.part = s[i:]
			return b.String()
		case r != utf8.RuneError && !hidden(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// end returns the rest.
func (c *cleaner) end() string {
	c.resolve(true)
	return c.take()
}

func (c *cleaner) take() string {
	s := c.out.String()
	c.out.Reset()
	return s
}

// put writes s and breaks what must not stand together.
func (c *cleaner) put(s string) {
	for _, r := range s {
		switch {
		case c.last == '!' && r == '[', c.last == ']' && (r == '(' || r == ':'),
			c.last == '<' && (unicode.IsLetter(r) || r == '/' || r == '!' || r == '?'):
			c.out.WriteByte(' ')
		}
		c.out.WriteRune(r)
		c.last = r
		c.begun = r != '\n' && (c.begun || r != ' ' && r != '\t')
	}
}

// hidden tells characters that a reader cannot see and that change or hide text:
// control characters, bidirectional overrides, tags and zero-width marks. The
// joiners that emoji and some scripts need stay.
func hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), r == 0x200B, r == 0xFEFF, r == 0x2060, r == 0x00AD:
		return true
	case r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// resolve decides as much of held as can be decided.
func (c *cleaner) resolve(final bool) {
	s := c.held
	for len(s) > 0 {
		if c.fence > 0 {
			n, more := c.fenced(s, final)
			c.put(s[:n])
			if s = s[n:]; more {
				break
			}
			continue
		}
		i := strings.IndexAny(s, "[!<【 `")
		if i < 0 {
			c.put(s)
			s = ""
			break
		}
		c.put(s[:i])
		s = s[i:]
		n, text, more := c.construct(s, final)
		if more {
			break
		}
		c.put(text)
		s = s[n:]
	}
	c.held = s
}

// construct decides what s, which opens with a space, a backtick, "[", "【", "!" or "<",
// begins with: it is n bytes long and shows as text. more means that the next
// piece is needed to tell.
func (c *cleaner) construct(s string, final bool) (n int, text string, more bool) {
	switch s[0] {
	case '`':
		return c.code(s, final)
	case ' ':
		k := len(s) - len(strings.TrimLeft(s, " "))
		rest := s[k:]
		if rest == "" {
			return k, s[:k], !final
		}
		if rest[0] != '[' && !strings.HasPrefix(rest, "【") {
			return k, s[:k], false
		}
		n, text, more = c.bracket(rest, final)
		if text == "" && !more {
			return k + n, "", false // the space before a marker goes with it
		}
		return k + n, s[:k] + text, more
	case '!':
		if len(s) == 1 && !final {
			return 0, "", true
		}
		if len(s) > 1 && s[1] == '[' {
			n, _, more = c.bracket(s[1:], final)
			return n + 1, "", more // an image, or what could become one
		}
		return 1, "!", false
	case '<':
		return tag(s, final)
	}
	return c.bracket(s, final)
}

// bracket decides a "[…]" or "【…】" at the head of s with what belongs to it.
func (c *cleaner) bracket(s string, final bool) (n int, text string, more bool) {
	if strings.HasPrefix(s, "【") {
		return c.lenticular(s, final)
	}
	end, state := closeOf(s, '[', ']', final)
	if state != found {
		return 1, "(", state == further // "[" could make a marker with what follows
	}
	inside, rest := s[1:end], s[end+1:]
	if rest == "" && !final {
		return 0, "", true
	}
	marks, marker := c.markers(inside)
	n = end + 1
	switch {
	case strings.HasPrefix(rest, "("):
		to, state := closeOf(rest, '(', ')', final)
		switch {
		case state == further:
			return 0, "", true
		case state == never && marker:
			return n, marks, false
		case state == never:
			return n, c.label(inside), false
		case marker:
			return n + to + 1, marks, false
		}
		return n + to + 1, c.label(inside) + address(rest[1:to]), false
	case marker:
		return n, marks, false
	case strings.HasPrefix(rest, "["):
		to, state := closeOf(rest, '[', ']', final)
		if state == further {
			return 0, "", true
		}
		if state == never {
			return n, c.label(inside), false
		}
		if m, ok := c.markers(rest[1:to]); ok {
			return n + to + 1, c.label(inside) + pad(m), false
		}
		return n + to + 1, c.label(inside), false // a link by reference
	}
	label := c.label(inside)
	if marks, ok := c.markers(label); ok {
		return n, marks, false
	}
	return n, "[" + label + "]", false
}

// lenticular decides a "【1】", as some models write their markers.
func (c *cleaner) lenticular(s string, final bool) (n int, text string, more bool) {
	const most = 60
	open := len("【")
	end := strings.IndexAny(s[:min(len(s), most)], "】\n")
	if end > 0 && s[end] != '\n' {
		if marks, ok := c.markers(s[open:end]); ok {
			return end + len("】"), marks, false
		}
	}
	return open, s[:open], end < 0 && len(s) < most && !final
}

// label is the text of a link or bracket: the same rules, all at once.
func (c *cleaner) label(s string) string {
	inner := cleaner{sources: c.sources, begun: true}
	return inner.write(s) + inner.end()
}

func pad(m string) string {
	if m == "" {
		return ""
	}
	return " " + m
}

// markers reads the inside of a bracket as citation numbers: "2", "1, 3",
// "source 4", "1-3". Those that name no source are left out. ok is false when
// it is no marker at all.
func (c *cleaner) markers(inside string) (text string, ok bool) {
	t := strings.ToLower(strings.TrimSpace(inside))
	for _, p := range []string{"sources", "source", "src", "ref", "^", "#"} {
		t = strings.TrimSpace(strings.TrimPrefix(t, p))
	}
	if t == "" || len(t) > 40 {
		return "", false
	}
	seen := map[int]bool{}
	var b strings.Builder
	add := func(n int) {
		if n >= 1 && n <= c.sources && !seen[n] {
			seen[n] = true
			b.WriteString("[" + strconv.Itoa(n) + "]")
		}
	}
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '&' || r == '†' }) {
		lo, hi, isRange := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		a, err := strconv.Atoi(lo)
		if err != nil || len(lo) > 3 || a < 0 {
			return "", false
		}
		z := a
		if isRange {
			if z, err = strconv.Atoi(hi); err != nil || len(hi) > 3 {
				return "", false
			}
		}
		for n := a; n <= min(z, c.sources); n++ {
			add(n)
		}
	}
	return b.String(), true
}

// address shows where a link led, as text, when it is a kind that a person may
// want to follow.
func address(dest string) string {
	dest = strings.Trim(strings.TrimSpace(dest), "<>")
	if i := strings.IndexAny(dest, " \t\n"); i >= 0 {
		dest = dest[:i]
	}
	l := strings.ToLower(dest)
	if strings.HasPrefix(l, "http://") || strings.HasPrefix(l, "https://") || strings.HasPrefix(l, "mailto:") {
		return " (" + strings.NewReplacer("(", "%28", ")", "%29", "[", "%5B", "]", "%5D", "<", "%3C", ">", "%3E").Replace(dest) + ")"
	}
	return ""
}
