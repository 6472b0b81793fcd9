// Package alike tells texts that say nearly the same: passages by the runs of
// words that they share, whole documents by sketches of them. Everything here is
// pure.
package alike

import "slices"

// Passage is what is compared of a short text. It is not safe for concurrent use.
type Passage struct {
	pieces []uint64 // hashes of all runs of words, sorted and each once when sorted is set
	sorted bool     // most passages are like no other by their probes: then it is not needed
	probes []uint64
	facts  []uint64 // of the words with digits and of negations, sorted
}

// NewPassage prepares a text.
func NewPassage(text string) *Passage {
	p := new(Passage)
	hashes := make([]uint64, 0, len(text)/6)
	each(text, func(w word) {
		hashes = append(hashes, w.hash)
		if w.fact {
			p.facts = append(p.facts, w.hash)
		}
	})
	p.pieces = make([]uint64, 0, len(hashes))
	pieces(hashes, func(h uint64) { p.pieces = append(p.pieces, h) })
	p.probes = smallest(p.pieces)
	slices.Sort(p.facts)
	return p
}

// sort puts the pieces in order, each once.
func (p *Passage) sort() {
	if !p.sorted {
		slices.Sort(p.pieces)
		p.pieces, p.sorted = slices.Compact(p.pieces), true
	}
}

// Same is from which share of common runs of words on two passages say the same.
const Same = .8

// Like is the share of the runs of words in p or q that stand in both, 0 to 1
// (Jaccard); 0 where their numbers or negations differ: two invoices on one form
// are two invoices.
func (p *Passage) Like(q *Passage) float64 {
	if !slices.Equal(p.facts, q.facts) || len(p.pieces) == 0 || len(q.pieces) == 0 {
		return 0
	}
	p.sort()
	q.sort()
	common := shared(p.pieces, q.pieces)
	return float64(common) / float64(len(p.pieces)+len(q.pieces)-common)
}

// shared counts the common elements of two sorted sets.
func shared(a, b []uint64) int {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	return common
}

// Finder finds the passages among those added that may be the same as another,
// so that not every pair has to be compared.
type Finder struct {
	at    map[uint64][]int32
	added int
}

// NewFinder returns an empty Finder.
func NewFinder() *Finder { return &Finder{at: map[uint64][]int32{}} }

// Add adds the next passage.
func (f *Finder) Add(p *Passage) {
	for _, h := range p.probes {
		f.at[h] = append(f.at[h], int32(f.added))
	}
	f.added++
}

// Near lists the numbers, from 0 in the order of Add, of the passages that may be
// the same as p, in order.
func (f *Finder) Near(p *Passage) []int {
	var out []int
	for _, h := range p.probes {
		for _, i := range f.at[h] {
			out = append(out, int(i))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// smallest returns the eight smallest of pieces, ascending, each once: a sample of
// both texts' pieces taken alike (bottom-k sketches: Cohen and Kaplan, 2007). Two
// passages that share four fifths of theirs have one of eight in common but for
// about one case in 100,000.
func smallest(pieces []uint64) []uint64 {
	const most = 8
	out := make([]uint64, 0, most)
	for _, h := range pieces {
		if len(out) == most && h >= out[most-1] {
			continue
		}
		at, there := slices.BinarySearch(out, h)
		if there {
			continue
		}
		if len(out) == most {
			out = out[:most-1]
		}
		out = slices.Insert(out, at, h)
	}
	return out
}
