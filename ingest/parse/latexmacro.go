package parse

import "strings"

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
