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

// worded are the columns that words without a name are looked for in: a date or
// a language is asked for by name.
const worded = `{text heading title path author recipient tag}`

// expression is a query for the postings. Every string is made of letters,
// digits and marks, so no query can be a syntax error.
type expression struct {
	words   []term     // any of them
	phrases [][]string // any of them too, words in this order: those of a name
	names   [][]string // and of these, the parts of a name with a number
	with    []string   // all of them too, in FTS5's language
	without []string   // none of them
}

// parse reads words, and prefix* for all that begin so. What the words mean is
// for the retriever to know.
func parse(query string) expression {
	var e expression
	seen := map[term]bool{}
	for _, token := range strings.Fields(strings.ReplaceAll(query, "\x00", " ")) {
		words := terms(token)
		// The words of a name like retry_policy count once more where they stand
		// together, so that the name itself comes first. One in camelCase is a word
		// of its own.
		if order := inOrder(token); len(words) > 1 && len(order) > 1 && len(e.phrases) < 8 && !isName(token) {
			e.phrases = append(e.phrases, order[:min(len(order), maxTerms)])
		}
		if parts := apart(token); len(parts) > 0 && len(e.names) < 8 {
			e.names = append(e.names, parts[:min(len(parts), maxTerms)])
		}
		if strings.HasSuffix(token, "*") && len(words) > 0 {
			words[len(words)-1].prefix = true
		}
		for _, w := range words {
			if key := (term{strings.ToLower(w.text), w.prefix}); !seen[key] && len(e.words) < maxWords {
				seen[key] = true
				e.words = append(e.words, w)
			}
		}
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

// fts5 is the expression in FTS5's language, "" when nothing must be there:
// https://www.sqlite.org/fts5.html#full_text_query_syntax.
func (e expression) fts5() string {
	all := e.with
	var any []string
	for _, w := range e.words {
		any = append(any, w.fts5())
	}
	for _, p := range slices.Concat(e.phrases, e.names) {
		any = append(any, quote(strings.Join(p, " ")))
	}
	if len(any) > 0 {
		all = append([]string{worded + " : (" + strings.Join(any, " OR ") + ")"}, all...)
	}
	if len(all) == 0 || len(e.without) == 0 {
		return strings.Join(all, " AND ")
	}
	return "(" + strings.Join(all, " AND ") + ") NOT (" + strings.Join(e.without, " OR ") + ")"
}

func (t term) fts5() string {
	if t.prefix {
		return quote(t.text) + " *"
	}
	return quote(t.text)
}

// quote makes an FTS5 string. Words hold no quotes; this is the second lock.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
