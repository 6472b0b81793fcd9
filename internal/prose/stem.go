package prose

import (
	"hash/maphash"
	"sync/atomic"

	"github.com/kljensen/snowball/english"
)

// stemmed is a word and its stem.
type stemmed struct{ fold, stem string }

// stems remembers the words that were stemmed last, one in each place: a text
// repeats its words, and looking one up takes a tenth of stemming it. It holds
// about 1 MB at most.
var (
	stems    [1 << 13]atomic.Pointer[stemmed]
	stemSeed = maphash.MakeSeed()
)

// Stem cuts the endings off a folded English word (Porter2, Snowball's
// English). Words with digits or letters beyond a to z stay as they are.
func Stem(fold string) string {
	for i := range len(fold) {
		if fold[i] < 'a' || fold[i] > 'z' {
			return fold
		}
	}
	if len(fold) > 40 {
		return fold
	}
	at := &stems[maphash.String(stemSeed, fold)%uint64(len(stems))]
	if s := at.Load(); s != nil && s.fold == fold {
		return s.stem
	}
	// fold may be a part of a long text, which must not be kept for its sake.
	s := &stemmed{fold: string([]byte(fold))}
	s.stem = english.Stem(s.fold, false)
	at.Store(s)
	return s.stem
}
