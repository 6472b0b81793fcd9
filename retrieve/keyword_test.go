package retrieve

import "testing"

func TestKeywords_OnlyWhatTells(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"What is the notice period of the harbour office?", "notice period harbour office?"},
		{"how many boats", "boats"},
		{"to be or not to be", "to be or not to be"}, // it has no others
		{"the who", "the who"},
		{"a how-to for retry_policy", "how-to retry_policy"},
		{"what begins with th*", "begins th*"},
		{"Was kostet ein verlorener Schlüssel?", "kostet verlorener Schlüssel?"},
		{"wo liegt der Hafen", "liegt Hafen"},
		{"港口在哪里", "港口在哪里"},
		{"where are the 🍎 and the boats", "🍎 boats"},
		{"where is the 🍐", "where is the 🍐"}, // no other words
		{"  \t ", ""},
		{"", ""},
		{"harbour\u00a0office", "harbour office"},
	} {
		if got := Keywords(c.query); got != c.want {
			t.Errorf("%q: %q, want %q", c.query, got, c.want)
		}
	}
}

// FuzzKeywords: what is asked for stands in the query, in its order.
func FuzzKeywords(f *testing.F) {
	f.Add("what is the harbour* \xff\u2003x")
	f.Fuzz(func(t *testing.T, query string) {
		got, i := []rune(Keywords(query)), 0
		for _, r := range query {
			if i < len(got) && (got[i] == r || got[i] == ' ') {
				i++
			}
		}
		if i < len(got) {
			t.Errorf("%q of %q", string(got), query)
		}
	})
}
