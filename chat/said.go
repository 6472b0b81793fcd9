package chat

import (
	"regexp"
	"strings"
)

var citationMark = regexp.MustCompile(` ?\[\d{1,3}\]`)

// Said is what an answer says, without markers: the text of a generated one or of
// a refusal, else the quotes, one a line. It is what a later question leans on
// and what a search of the conversations looks in.
func (a Answer) Said() string {
	if a.Kind == KindQuotes {
		var b strings.Builder
		for i, q := range a.Quotes {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(strings.TrimSpace(q.Plain))
		}
		return b.String()
	}
	return citationMark.ReplaceAllString(a.Text, "")
}
