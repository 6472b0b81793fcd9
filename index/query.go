package index

import (
	"strings"
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
	words   []term   // any of them
	with    []string // all of them too, in FTS5's language
	without []string // none of them
}

// parse reads words, and prefix* for all that begin so. What the words mean is
// for the retriever to know.
func parse(query string) expression {
	var e expression
	seen := map[term]bool{}
	for _, token := range strings.Fields(strings.ReplaceAll(query, "\x00", " ")) {
		words := terms(token)
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

// trimLone drops the last word of a segmented phrase when the phrase ends
// within a script without spaces: there the run may go on in the text.
func trimLone(segmented, text string) string {
	var last piece
	for p := range pieces(text) {
		last = p
	}
	if last.kind == unspaced && len([]rune(last.text)) > 1 {
		return segmented[:strings.LastIndexByte(segmented, ' ')]
	}
	return segmented
}

// fts5 is the expression in FTS5's language, "" when nothing must be there:
// https://www.sqlite.org/fts5.html#full_text_query_syntax.
func (e expression) fts5() string {
	all := e.with
	if len(e.words) > 0 {
		any := make([]string, len(e.words))
		for i, w := range e.words {
			any[i] = w.fts5()
		}
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
