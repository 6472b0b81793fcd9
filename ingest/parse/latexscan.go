package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
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

// define reads \newcommand and its like, or \def.
func (t *tex) define(name, s string, i int) int {
	if name == "def" || name == "gdef" || name == "edef" {
		j := skipSpace(s, i)
		if j >= len(s) || s[j] != '\\' {
			return i
		}
		macro, n := commandName(s[j+1:])
		j += 1 + n
		args := 0
		for j+1 < len(s) && s[j] == '#' {
			args++
			j += 2
		}
		plain := true
		for j < len(s) && s[j] != '{' && s[j] != '\n' { // its arguments end at other letters
			plain = false
			j++
		}
		body, _, next, ok := group(s, j, '{')
		if ok && plain && args <= 9 {
			t.macros[macro] = texMacro{args: args, body: body}
		}
		return next
	}
	if i < len(s) && s[i] == '*' {
		i++
	}
	macro, _, i := argument(s, i)
	m := texMacro{}
	if count, _, next, ok := group(s, i, '['); ok {
		if i = next; len(count) == 1 && count[0] >= '0' && count[0] <= '9' {
			m.args = int(count[0] - '0')
		}
	}
	if value, _, next, ok := group(s, i, '['); ok {
		m.optional, m.hasOpt, i = value, true, next
	}
	body, _, next := argument(s, i)
	if m.body = body; name != "providecommand" || t.macros[strings.TrimPrefix(macro, `\`)].body == "" {
		if name == "DeclareMathOperator" {
			return next
		}
		t.macros[strings.TrimPrefix(strings.TrimSpace(macro), `\`)] = m
	}
	return next
}

// expand replaces a macro by its body.
func (t *tex) expand(m texMacro, s string, i, base int) int {
	var values []string
	for n := range m.args {
		if n == 0 && m.hasOpt {
			value, _, next, ok := group(s, i, '[')
			if !ok {
				value, next = m.optional, i
			}
			values, i = append(values, value), next
			continue
		}
		value, _, next := argument(s, i)
		values, i = append(values, value), next
	}
	if m.args == 0 {
		i = gobble(s, i)
	}
	var b strings.Builder
	for k := 0; k < len(m.body) && t.expanded+b.Len() < maxTeXExpansion; k++ {
		if c := m.body[k]; c == '#' && k+1 < len(m.body) && m.body[k+1] >= '1' && m.body[k+1] <= '9' {
			if n := int(m.body[k+1] - '1'); n < len(values) {
				b.WriteString(values[n])
			}
			k++
		} else {
			b.WriteByte(c)
		}
	}
	if t.expanded += b.Len() + 1; t.expanded > maxTeXExpansion {
		return i
	}
	fixed := t.fixed
	t.fixed = t.lineOf(base + i)
	t.scan(b.String(), base+i)
	t.fixed = fixed
	return i
}

// gobble skips the spaces that end a command's name.
func gobble(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// environment handles \begin{name} whose name ends before i.
func (t *tex) environment(name, s string, i, base int) int {
	plain := strings.TrimSuffix(name, "*")
	switch {
	case texVerbatim[plain]:
		if _, _, next, ok := group(s, i, '['); ok {
			i = next
		}
		if plain == "minted" {
			_, _, i = argument(s, i)
		}
		body, next := untilEnd(s, i, name)
		if plain != "comment" && plain != "filecontents" {
			t.flush()
			lead := len(body) - len(strings.TrimLeft(body, "\n"))
			t.block(golocal.KindCode, run{body[lead:], golocal.Place{Line: t.lineOf(base + i + lead)}})
		}
		return next
	case texDropped[plain]:
		_, next := untilEnd(s, i, name)
		return next
	case texMath[plain]:
		if plain == "alignat" || plain == "gatherat" {
			_, _, i = argument(s, i)
		}
		body, next := untilEnd(s, i, name)
		mark := "$$"
		if plain == "math" {
			mark = "$"
		}
		t.formula(mark, body, base+i)
		return next
	case texLists[plain]:
		if t.lists == 0 {
			t.flush()
		} else {
			t.item()
		}
		t.lists++
		if plain == "thebibliography" {
			t.lists--
			t.heading(t.section, "References", base+i)
			t.lists++
		}
	case texTables[plain]:
		if plain == "tabularx" || plain == "tabulary" || name == "tabular*" {
			_, _, i = argument(s, i)
		}
		if t.table == 0 {
			t.flush()
		}
		t.table++
		t.begun = t.begun && t.table > 1
	case plain == "abstract":
		t.heading(t.section, "Abstract", base+i)
	case texProofs[plain]:
		t.flush()
	default:
		t.flush()
	}
	if title, at, next, ok := group(s, i, '['); ok {
		if i = next; texProofs[plain] {
			t.write("("+t.aside(title, base+at)+") ", base+i)
		}
	}
	for n := texArguments[plain]; n > 0; n-- {
		_, _, i = argument(s, i)
	}
	return i
}

// block adds a section of its own in the middle of others.
func (t *tex) block(kind golocal.Kind, r run) {
	if t.apart || t.table > 0 {
		t.write(" "+r.text+" ", 0)
		return
	}
	t.out.addRuns(kind, 0, "", r)
}

// leave handles \end{name}.
func (t *tex) leave(name string) {
	plain := strings.TrimSuffix(name, "*")
	switch {
	case texLists[plain]:
		if t.lists > 0 {
			if t.lists == 1 {
				t.flush()
			} else {
				t.item()
			}
			t.lists--
		}
	case texTables[plain]:
		if t.table == 1 && !t.apart {
			t.endRow()
			rows := t.rows
			t.rows, t.table = nil, 0
			t.out.addRuns(golocal.KindTable, 0, "\n", rows...)
		} else if t.table > 1 {
			t.table--
		}
	default:
		t.flush()
	}
}

// untilEnd returns what stands before \end{name} and the offset behind it.
func untilEnd(s string, i int, name string) (string, int) {
	end := strings.Index(s[i:], `\end{`+name+`}`)
	if end < 0 {
		return s[i:], len(s)
	}
	return s[i : i+end], i + end + len(`\end{}`) + len(name)
}

var (
	texVerbatim  = set("verbatim Verbatim BVerbatim lstlisting minted alltt comment filecontents program code semiverbatim")
	texDropped   = set("tikzpicture pgfpicture picture pspicture CCSXML asy feynman forest")
	texMath      = set("equation align gather multline displaymath eqnarray math alignat flalign dmath gatherat empheq IEEEeqnarray")
	texLists     = set("itemize enumerate description thebibliography compactitem compactenum inparaenum asparaenum list trivlist enumerate*")
	texTables    = set("tabular tabularx longtable tabulary tabu array supertabular xltabular longtabu")
	texProofs    = set("theorem lemma proposition corollary definition remark example proof conjecture claim note problem question exercise solution assumption fact observation")
	texArguments = map[string]int{"minipage": 1, "multicols": 1, "wrapfigure": 2, "subfigure": 1, "subtable": 1, "tabular": 1, "tabularx": 1, "longtable": 1, "tabulary": 1, "tabu": 1, "array": 1,
		"thebibliography": 1, "list": 2, "adjustbox": 1, "spacing": 1, "wraptable": 2, "frame": 0, "block": 1, "alertblock": 1, "exampleblock": 1, "column": 1, "supertabular": 1, "xltabular": 2, "letter": 1, "otherlanguage": 1}
)
