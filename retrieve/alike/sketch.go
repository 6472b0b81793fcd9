package alike

import (
	"math/bits"
	"slices"
)

const (
	kept  = 512 // smallest pieces of a document: a share is right within about .02
	bins  = 128 // of the search for candidates
	rows  = 4   // bins that must agree: pairs that share .8 are missed once in a million
	short = 16  // words; shorter documents are the same or not
)

// Sketch is what is compared of a document.
type Sketch struct {
	text   uint64   // hash of all its words in order
	words  int      // how many
	pieces []uint64 // the smallest of its runs of words, sorted, each once
	all    bool     // pieces are all of them
	bands  [bins / rows]uint64
}

// NewSketch makes the sketch of a text.
func NewSketch(text string) Sketch {
	s := Sketch{text: offset}
	hashes := make([]uint64, 0, len(text)/6)
	each(text, func(w word) {
		hashes = append(hashes, w.hash)
		s.text = (s.text ^ w.hash) * prime
		s.text ^= s.text >> 31
	})
	s.words = len(hashes)
	var least [bins]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	low := make([]uint64, 0, 4*kept)
	most := ^uint64(0)
	s.all = true
	pieces(hashes, func(h uint64) {
		// One permutation, many bins: Li, Owen and Zhang (2012).
		b := h >> (64 - 7)
		least[b] = min(least[b], bits.RotateLeft64(h, 7))
		if h > most {
			s.all = false
			return
		}
		if low = append(low, h); len(low) == cap(low) {
			low = s.smallest(low)
			if len(low) == kept {
				most = low[kept-1]
			}
		}
	})
	s.pieces = slices.Clone(s.smallest(low))
	if s.words < short {
		return s
	}
	// An empty bin borrows from the next that is not (Shrivastava and Li,
	// "Densifying one permutation hashing", 2014).
	full := least
	for b := range least {
		for step := 1; least[b] == ^uint64(0) && step < bins; step++ {
			if v := full[(b+step)%bins]; v != ^uint64(0) {
				least[b] = v + uint64(step)*prime
			}
		}
	}
	for i := range s.bands {
		h := uint64(offset) ^ uint64(i)
		for _, v := range least[i*rows : (i+1)*rows] {
			h = (h ^ v) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
		s.bands[i] = h
	}
	return s
}

// smallest keeps the kept smallest of hashes, each once, sorted.
func (s *Sketch) smallest(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	if len(hashes) > kept {
		s.all = false
		hashes = hashes[:kept]
	}
	return hashes
}

// SameText tells whether two documents have the same words in the same order, as
// one text in two formats has.
func (s *Sketch) SameText(t *Sketch) bool {
	return s.words > 0 && s.words == t.words && s.text == t.text
}

// Like is the share of the runs of words in s or t that stand in both, 0 to 1: exact
// for documents of up to 512 runs, else an estimate from the 512 smallest of both.
func (s *Sketch) Like(t *Sketch) float64 {
	if s.SameText(t) {
		return 1
	}
	a, b := s.pieces, t.pieces
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if !s.all || !t.all { // what is above the largest of either is not known of both
		top := ^uint64(0)
		if !s.all {
			top = a[len(a)-1]
		}
		if !t.all {
			top = min(top, b[len(b)-1])
		}
		cut := func(x []uint64) []uint64 {
			i, found := slices.BinarySearch(x, top)
			if found {
				i++
			}
			return x[:i]
		}
		a, b = cut(a), cut(b)
	}
	common := shared(a, b)
	return float64(common) / float64(len(a)+len(b)-common)
}

// Pairs calls each for every pair of sketches, by their places, that is the same
// text or likely to share half of its runs of words or more; a pair comes once.
func Pairs(sketches []Sketch, each func(i, j int)) {
	seen := map[[2]int32]bool{}
	at := map[uint64][]int32{}
	bucket := func(key func(*Sketch) (uint64, bool)) {
		clear(at)
		for i := range sketches {
			if k, ok := key(&sketches[i]); ok {
				at[k] = append(at[k], int32(i))
			}
		}
		for _, all := range at {
			// A crowd is compared with its first alone: they share one text.
			for n, j := range all {
				from := all[:n]
				if len(all) > crowd {
					from = all[:min(n, 1)]
				}
				for _, i := range from {
					if p := [2]int32{i, j}; !seen[p] {
						seen[p] = true
						each(int(i), int(j))
					}
				}
			}
		}
	}
	bucket(func(s *Sketch) (uint64, bool) { return s.text ^ uint64(s.words), s.words > 0 })
	for b := range bins / rows {
		bucket(func(s *Sketch) (uint64, bool) { return s.bands[b], s.words >= short })
	}
}

// crowd is from how many documents in one bucket on not every pair is compared.
const crowd = 200
