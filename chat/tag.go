package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// closing is what closeOf came to.
type closing uint8

const (
	found   closing = iota // at the index
	never                  // not within maxHeld bytes of the same paragraph
	further                // the text so far does not tell
)

// closeOf finds the bracket that closes the one s opens with.
func closeOf(s string, open, shut byte, final bool) (int, closing) {
	depth := 0
	for i := 0; i < len(s) && i < maxHeld; i++ {
		switch s[i] {
		case '\\':
			i++
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return i, found
			}
		case '\n':
			if i+1 < len(s) && s[i+1] == '\n' {
				return 0, never
			}
		}
	}
	if final || len(s) >= maxHeld {
		return 0, never
	}
	return 0, further
}

// tag decides a "<" at the head of s: HTML is dropped, an address in angle
// brackets is shown, anything else stays.
func tag(s string, final bool) (n int, text string, more bool) {
	if len(s) == 1 {
		return 1, "<", !final
	}
	r, _ := utf8.DecodeRuneInString(s[1:])
	if !unicode.IsLetter(r) && !strings.ContainsRune("/!?", r) {
		return 1, "<", false
	}
	end := strings.IndexByte(s[:min(len(s), maxHeld)], '>')
	if end < 0 {
		if !final && len(s) < maxHeld {
			return 0, "", true
		}
		return 1, "<", false // put keeps it from opening a tag
	}
	inside := s[1:end]
	name := strings.ToLower(strings.TrimLeft(inside, "/"))
	if i := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }); i >= 0 {
		name = name[:i]
	}
	switch {
	case strings.Contains(inside, "://") || strings.HasPrefix(strings.ToLower(inside), "mailto:"):
		if !strings.ContainsAny(inside, " \n=\"'") {
			return end + 1, strings.Trim(address(inside), " ()"), false
		}
		return end + 1, "", false
	case elements[name], strings.ContainsAny(inside, "=/!?"):
		return end + 1, "", false
	}
	return 1, "<", false
}

// elements are the HTML, SVG and MathML elements that models write.
var elements = func() map[string]bool {
	m := map[string]bool{}
	for n := range strings.FieldsSeq(`a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col
colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
head header hr html i iframe image img input ins kbd label legend li link main map mark marquee math menu meta meter nav noscript object ol
optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script section select slot small source span strike strong
style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr xmp`) {
		m[n] = true
	}
	return m
}()
