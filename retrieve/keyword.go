package retrieve

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/internal/prose"
)

// Keywords is what the keyword leg is asked for a query: without the words that
// questions are built with, in the query's language, unless it has no others.
// BM25 gives them little weight, but a passage that holds many of them passes one
// that is about the matter. What is joined to another word (how-to) stays.
func Keywords(query string) string {
	words := prose.Words(query)
	kept := prose.Content(words)
	// next takes the words that begin before end off the list, and counts them.
	next := func(list *[]prose.Word, end int) (n int) {
		for n < len(*list) && (*list)[n].Start < end {
			n++
		}
		*list = (*list)[n:]
		return n
	}
	var out []string
	at := 0
	for i, r := range query + " " {
		if !unicode.IsSpace(r) {
			continue
		}
		token, all, tell := query[at:i], next(&words, i), next(&kept, i)
		// One without a word is a symbol; one with two is joined.
		if token != "" && (all != 1 || tell > 0 || strings.HasSuffix(token, "*")) {
			out = append(out, token)
		}
		at = i + utf8.RuneLen(r)
	}
	return strings.Join(out, " ")
}
