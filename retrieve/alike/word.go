package alike

import (
	"unicode"
	"unicode/utf8"
)

// word is a word of a text as far as it is compared.
type word struct {
	hash uint64
	fact bool // has a digit, or turns round what is said
}

const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// each gives the words of a text in order, by a hash (FNV-1a) of their letters in
// lower case, which is the same in every process. A word's end in 't turns it
// round; characters of scripts without spaces are words each.
func each(text string, yield func(word)) {
	var w word
	w.hash = offset
	length := 0
	flush := func(rest string) {
		if length == 0 {
			return
		}
		w.fact = w.fact || negations[w.hash] || contracted(rest)
		yield(w)
		w, length = word{hash: offset}, 0
	}
	add := func(r rune) {
		length++
		for {
			w.hash = (w.hash ^ uint64(r&0xff)) * prime
			if r >>= 8; r == 0 {
				return
			}
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c >= 'a' && c <= 'z':
				add(rune(c))
			case c >= 'A' && c <= 'Z':
				add(rune(c) + 'a' - 'A')
			case c >= '0' && c <= '9':
				w.fact = true
				add(rune(c))
			default:
				flush(text[i:])
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			flush("")
			add(r)
			flush("")
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
			add(unicode.ToLower(r))
		case unicode.IsDigit(r):
			w.fact = true
			add(r)
		default:
			flush(text[i:])
		}
		i += n
	}
	flush("")
}

// contracted tells whether what follows a word is the 't of don't.
func contracted(rest string) bool {
	for _, mark := range []string{"'t", "’t"} {
		if len(rest) >= len(mark) && rest[:len(mark)] == mark {
			after, _ := utf8.DecodeRuneInString(rest[len(mark):])
			return !unicode.IsLetter(after)
		}
	}
	return false
}

// negations turn what a passage says round, so that passages that differ in one
// are never the same.
var negations = func() map[uint64]bool {
	set := map[uint64]bool{}
	for _, w := range []string{
		"not", "no", "never", "none", "without", "except", "cannot", "neither", "nor",
		"nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "ohne", "ne", "pas", "jamais", "sans", "sin", "nunca", "non", "senza", "niet", "geen", "не", "нет", "不", "没", "無",
	} {
		h := uint64(offset)
		for _, r := range w {
			for {
				h = (h ^ uint64(r&0xff)) * prime
				if r >>= 8; r == 0 {
					break
				}
			}
		}
		set[h] = true
	}
	return set
}()

// run is how many words in a row count as one piece of a text (a shingle:
// Broder, "On the resemblance and containment of documents", 1997).
const run = 4

// pieces gives the hashes of all runs of words, in order; a text of fewer words
// has one.
func pieces(hashes []uint64, yield func(uint64)) {
	n := min(run, len(hashes))
	for i := 0; n > 0 && i+n <= len(hashes); i++ {
		var h uint64
		for _, x := range hashes[i : i+n] {
			h = (h ^ x) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
		yield(h)
	}
}
