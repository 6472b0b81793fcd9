package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/ingest/normal"
)

// scan reads a piece of the source that begins at offset base.
func (t *tex) scan(s string, base int) {
	if t.depth > maxTeXDepth {
		return
	}
	t.depth++
	defer func() { t.depth-- }()
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '\\':
			i = t.command(s, i, base)
		case '%':
			end := strings.IndexByte(s[i:], '\n')
			if end < 0 {
				return
			}
			i += end + 1
			next := i
			for next < len(s) && (s[next] == ' ' || s[next] == '\t') {
				next++
			}
			if next < len(s) && s[next] == '\n' {
				t.flush() // a comment, then a blank line
			} else if line := strings.TrimLeft(s[strings.LastIndexByte(s[:i-1], '\n')+1:i-1], " \t"); strings.HasPrefix(line, "%") {
				t.newline(base + i)
			}
			i = next
		case '\n':
			i++
			if normal.BlankAhead(s[i:]) {
				t.blank(base + i)
			} else {
				t.newline(base + i)
			}
			for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n') {
				i++
			}
		case '$':
			i = t.dollar(s, i, base)
		case '{', '}':
			i++
		case '~':
			t.write(" ", base+i)
			i++
		case '&':
			if t.table == 1 && !t.apart {
				t.cell()
			} else {
				t.write(" ", base+i)
			}
			i++
		case '-', '`', '\'', '?', '!':
			text, n := ligature(s[i:])
			t.write(text, base+i)
			i += n
		default:
			end := i + 1
			for end < len(s) && strings.IndexByte("\\%\n${}~&-`'?!", s[end]) < 0 {
				end++
			}
			t.write(s[i:end], base+i)
			i = end
		}
	}
}

// blank ends a paragraph; inside of an item it is only a space.
func (t *tex) blank(i int) {
	if t.lists > 0 {
		t.newline(i)
		return
	}
	t.flush()
}

// ligature reads what TeX fonts join: dashes and quotes.
func ligature(s string) (string, int) {
	for _, l := range []struct{ in, out string }{{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}, {"`", "‘"}, {"'", "’"}, {"?`", "¿"}, {"!`", "¡"}} {
		if strings.HasPrefix(s, l.in) {
			return l.out, len(l.in)
		}
	}
	return s[:1], 1
}

// dollar keeps a formula as it is written.
func (t *tex) dollar(s string, i, base int) int {
	mark := "$"
	if strings.HasPrefix(s[i:], "$$") {
		mark = "$$"
	}
	start := i + len(mark)
	for end := start; end < len(s) && end < start+maxTeXArgument; end++ {
		switch {
		case s[end] == '\\':
			end++
		case s[end] == '\n' && normal.BlankAhead(s[end+1:]):
			return t.bare(s, i, len(mark), base)
		case strings.HasPrefix(s[end:], mark):
			t.formula(mark, s[start:end], base+i)
			return end + len(mark)
		}
	}
	return t.bare(s, i, len(mark), base)
}

func (t *tex) bare(s string, i, n, base int) int {
	t.write(s[i:i+n], base+i)
	return i + n
}

// formula writes a formula on one line, without labels and comments.
func (t *tex) formula(mark, s string, i int) {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		for at := 0; at < len(line); at++ {
			if line[at] == '%' && (at == 0 || line[at-1] != '\\') {
				line = line[:at]
			}
		}
		b.WriteString(line + " ")
	}
	s = normal.OneLine(b.String())
	for {
		before, after, found := strings.Cut(s, `\label{`)
		if !found {
			break
		}
		_, rest, closed := strings.Cut(after, "}")
		if !closed {
			break
		}
		s = strings.TrimSpace(before + strings.TrimLeft(rest, " "))
	}
	if s != "" {
		t.write(mark+s+mark, i)
	}
}

// commandName reads the name of a command behind its backslash: letters, or
// one other character; a star is part of it.
func commandName(s string) (name string, n int) {
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || s[n] == '@') {
		n++
	}
	if n == 0 {
		if s == "" {
			return "", 0
		}
		_, n = utf8.DecodeRuneInString(s)
		return s[:n], n
	}
	return s[:n], n
}

// skipSpace returns the offset of what follows white space, one line end at the most.
func skipSpace(s string, i int) int {
	lines := 0
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' && lines == 0) {
		if s[i] == '\n' {
			lines++
		}
		i++
	}
	return i
}

// group reads {…} or […] at i, behind white space, and returns what is inside
// and the offset behind it; ok is false where there is none.
func group(s string, i int, open byte) (inside string, at, next int, ok bool) {
	j := skipSpace(s, i)
	if j >= len(s) || s[j] != open {
		return "", i, i, false
	}
	shut := byte('}')
	if open == '[' {
		shut = ']'
	}
	depth, braces := 0, 0
	for k := j; k < len(s) && k < j+maxTeXArgument; k++ {
		switch c := s[k]; {
		case c == '\\':
			k++
		case c == '%' && open == '{':
			if end := strings.IndexByte(s[k:], '\n'); end >= 0 {
				k += end
			}
		case open == '[' && c == '{':
			braces++
		case open == '[' && c == '}':
			if braces--; braces < 0 {
				return "", i, i, false
			}
		case c == open:
			depth++
		case c == shut && braces == 0:
			if depth--; depth == 0 {
				return s[j+1 : k], j + 1, k + 1, true
			}
		}
	}
	return "", i, i, false
}

// argument is group for a required argument, which may be a single token.
func argument(s string, i int) (inside string, at, next int) {
	if inside, at, next, ok := group(s, i, '{'); ok {
		return inside, at, next
	}
	j := skipSpace(s, i)
	if j >= len(s) || s[j] == '}' || s[j] == '{' {
		return "", i, i
	}
	if s[j] == '\\' {
		_, n := commandName(s[j+1:])
		return s[j : j+1+n], j, j + 1 + n
	}
	_, n := utf8.DecodeRuneInString(s[j:])
	return s[j : j+n], j, j + n
}

// texAccents are the marks that a command puts on the letter after it.
var texAccents = map[string]rune{"'": 0x301, "`": 0x300, "^": 0x302, `"`: 0x308, "~": 0x303, "=": 0x304, ".": 0x307, "u": 0x306, "v": 0x30c, "H": 0x30b, "c": 0x327, "k": 0x328, "r": 0x30a, "d": 0x323, "b": 0x331}

// accent writes the letter of an accent command whose name ends at i.
func (t *tex) accent(name, s string, i, base int) int {
	letter, _, next := argument(s, i)
	if strings.HasPrefix(letter, `\`) {
		next = gobble(s, next)
	}
	switch strings.TrimSpace(letter) {
	case `\i`:
		letter = "i"
	case `\j`:
		letter = "j"
	}
	r, n := utf8.DecodeRuneInString(letter)
	if letter == "" || !unicode.IsLetter(r) {
		t.write(map[string]string{"~": "~", "^": "^"}[name], base+i)
		if letter != "" && !strings.HasPrefix(letter, `\`) {
			t.write(letter, base+i)
		}
		return next
	}
	t.write(letter[:n]+string(texAccents[name])+letter[n:], base+i)
	return next
}
