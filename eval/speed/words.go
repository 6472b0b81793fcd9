package speed

import (
	"math/rand/v2"
	"strings"
)

// How many words make about 300, 512 and 1,500 tokens: most of those below are
// one token each in every vocabulary.
const (
	embedWords   = 285
	promptWords  = 485
	contextWords = 1380
)

var vocabulary = strings.Fields(`the harbour master counted four ships before dawn and wrote
	their names into a book that nobody reads because every line of it is wet from the rain which falls
	on this coast from autumn to spring people here say that water has a memory and that old walls
	remember who built them when stones were cheap and bread was dear so they keep the door open at night`)

// Words makes a text of n words; each seed gives another text.
func Words(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 11))
	var b strings.Builder
	for i := range n {
		w := vocabulary[r.IntN(len(vocabulary))]
		switch {
		case i%12 == 0:
			w = strings.ToUpper(w[:1]) + w[1:]
		case i%12 == 11:
			w += "."
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
