package index

import (
	"slices"
	"strings"

	"golocal"
)

const (
	maxWords = 256 // of a query that are looked at
	maxTerms = 32  // that are searched for, the rarest
)

// columns by the names that a query may give them, as in title:budget.
var columns = map[string]string{
	"heading": "heading", "title": "title", "subject": "title", "path": "path", "author": "author", "from": "author",
	"to": "recipient", "tag": "tag", "date": "date", "language": "language",
}

// worded are the columns that words without a name are looked for in: a date or
// a language is asked for by name.
const worded = `{text heading title path author recipient tag}`

// expression is a parsed query. Every string is made of letters, digits and
// marks, so no query can be a syntax error.
type expression struct {
	words   []term     // any of them
	phrases [][]string // any of them too, words in this order, the quoted ones and those of a name
	names   [][]string // and of these, the parts of a name with a number
	fields  []field    // all of them
}

// field is a condition like path:invoices.
type field struct {
	column string
	words  []term
}

// parse reads a query: words; "a phrase"; prefix*; title:word and the other
// columns. What does not fit is words.
func parse(query string) expression {
	var e expression
	seen := map[term]bool{}
	for _, token := range tokens(query) {
		text, quoted := strings.CutPrefix(token, `"`)
		if !quoted {
			name, value, ok := strings.Cut(token, ":")
			if column := columns[strings.ToLower(name)]; ok && column != "" {
				if column == "date" {
					value = strings.NewReplacer("-", "", ".", "", "/", "").Replace(value) // as dateWords writes it
				}
				if words := terms(value); len(words) > 0 && len(e.fields) < 8 {
					e.fields = append(e.fields, field{column, words[:min(len(words), maxTerms)]})
					continue
				}
			}
		}
		words := terms(text)
		// The words of a name like retry_policy count once more where they stand
		// together, as those in quotes do, so that the name itself comes first. One
		// in camelCase is a word of its own.
		if order := inOrder(text); len(words) > 1 && len(order) > 1 && (quoted || !isName(text)) {
			e.phrases = append(e.phrases, order)
		}
		if parts := apart(text); len(parts) > 0 && len(e.names) < 8 {
			e.names = append(e.names, parts[:min(len(parts), maxTerms)])
		}
		if !quoted && strings.HasSuffix(text, "*") && len(words) > 0 {
			words[len(words)-1].prefix = true
		}
		for _, w := range words {
			if key := (term{strings.ToLower(w.text), w.prefix}); !seen[key] && len(e.words) < maxWords {
				seen[key] = true
				e.words = append(e.words, w)
			}
		}
	}
	e.phrases = e.phrases[:min(len(e.phrases), 8)]
	for i, p := range e.phrases {
		e.phrases[i] = p[:min(len(p), maxTerms)]
	}
	return e
}

// isName tells whether a text is one word of a spaced script, whatever its parts.
func isName(text string) bool {
	first, rest := golocal.Span{Start: -1}, false
	eachWord(text, func(w word) {
		if first.Start < 0 {
			first = w.span
		}
		rest = rest || w.span.End > first.End
	})
	return !rest
}

// tokens splits at white space, keeping what stands between two quotes together
// behind one quote.
func tokens(query string) []string {
	query = strings.Map(func(r rune) rune {
		switch r {
		case 0:
			return ' '
		case '“', '”', '„', '«', '»', '＂':
			return '"'
		}
		return r
	}, query)
	var out []string
	for query != "" {
		open := strings.IndexByte(query, '"')
		if open < 0 {
			return append(out, strings.Fields(query)...)
		}
		out = append(out, strings.Fields(query[:open])...)
		query = query[open+1:]
		end := strings.IndexByte(query, '"')
		if end < 0 { // no closing quote: not a phrase
			return append(out, strings.Fields(query)...)
		}
		if text := query[:end]; strings.TrimSpace(text) != "" {
			out = append(out, `"`+text)
		}
		query = query[end+1:]
	}
	return out
}

// fts5 is the expression in FTS5's language, "" when it has no words:
// https://www.sqlite.org/fts5.html#full_text_query_syntax.
func (e expression) fts5() string {
	var any, all []string
	for _, w := range e.words {
		any = append(any, w.fts5())
	}
	for _, p := range slices.Concat(e.phrases, e.names) {
		any = append(any, quote(strings.Join(p, " ")))
	}
	if len(any) > 0 {
		all = append(all, worded+" : ("+strings.Join(any, " OR ")+")")
	}
	for _, f := range e.fields {
		for _, w := range f.words {
			all = append(all, f.column+" : "+w.fts5())
		}
	}
	return strings.Join(all, " AND ")
}

func (t term) fts5() string {
	if t.prefix {
		return quote(t.text) + " *"
	}
	return quote(t.text)
}

// quote makes an FTS5 string. Words hold no quotes; this is the second lock.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
