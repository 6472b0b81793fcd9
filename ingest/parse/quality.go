package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// verdict says what the text of a page is worth.
type verdict int

const (
	pageReadable verdict = iota
	pageBlank            // nothing to read
	pageGarbled          // letters, but not those that the page shows
)

// Bounds of garbled text. Each is far from what pages of any language, of tables,
// formulas or code have: to leave out a page that can be read is worse than to
// keep one that cannot.
const (
	fewestLetters  = 20   // below, junk is judged and nothing else
	fewestWords    = 25   // long words, for their shape to be judged
	mostJunk       = 0.25 // of all characters: private, unknown or unassigned ones
	mostOdd        = 0.3  // of the letters: phonetic, archaic and modifying ones
	mostAccented   = 0.55 // of Latin letters; Vietnamese has 0.3
	mostMixed      = 0.15 // of the words: scripts that change more than once
	mostSymbols    = 0.3  // of the words: with a sign such as "¤" between letters
	mostPunctuated = 0.55 // of all characters: punctuation, repeated marks aside
	mostVowelless  = 0.25 // of different words of five letters or more
	fewestVowels   = 0.3  // of the letters of such words; Polish and Czech have 0.38
	mostConsonants = 0.2  // of these letters: in runs of five consonants or more
	fewestUsual    = 0.42 // of these, if Latin: a, e, i, n, o, r, s or t; all languages have 0.5
)

// judge tells whether the lines of a page are text. Fonts without a table of
// their characters, or with a wrong one, give private characters, letters of
// several scripts in a word, or the letters of another code ("7KH TXLFN" for "The
// quick"); nothing but such marks gives them away, and no dictionary is needed.
func judge(lines []string) verdict {
	var q quality
	for _, l := range lines {
		q.read(l)
	}
	switch {
	case q.letters+q.digits+q.symbols == 0 && q.junk < fewestLetters:
		return pageBlank
	case q.garbled():
		return pageGarbled
	}
	return pageReadable
}

// quality counts what the characters and words of a page are.
type quality struct {
	junk, letters, digits, symbols int
	odd, latin, accented           int
	words, mixed, signed           int // words of letters
	punctuation                    int // marks that differ from the one before
	long, vowelless                int // different words of five letters or more in an alphabet with vowels
	longLetters, vowels, crowded   int // their letters, vowels, and letters in long runs of consonants
	longLatin, usual               int // their Latin letters, and the frequent ones of these
	seen                           map[string]bool
}

func (q *quality) garbled() bool {
	share := func(part, of int) float64 { return float64(part) / float64(max(1, of)) }
	all := q.junk + q.letters + q.digits + q.symbols
	switch {
	case q.junk >= fewestLetters/2 && share(q.junk, all) > mostJunk:
		return true
	case q.punctuation >= 5*fewestLetters && share(q.punctuation, q.punctuation+all) > mostPunctuated:
		return true
	case q.letters < fewestLetters:
		return false
	case share(q.odd, q.letters) > mostOdd:
		return true
	case q.latin >= 3*fewestLetters && share(q.accented, q.latin) > mostAccented:
		return true
	case q.mixed >= 6 && share(q.mixed, q.words) > mostMixed:
		return true
	case q.signed >= 10 && share(q.signed, q.words) > mostSymbols:
		return true
	case q.long < fewestWords:
		return false
	}
	return share(q.vowelless, q.long) > mostVowelless && share(q.vowels, q.longLetters) < fewestVowels ||
		share(q.crowded, q.longLetters) > mostConsonants ||
		q.longLatin > q.longLetters/2 && share(q.usual, q.longLatin) < fewestUsual
}

// read counts a line.
func (q *quality) read(line string) {
	last := rune(-1)
	for _, r := range line {
		switch {
		case unicode.IsPunct(r) && r != last:
			q.punctuation++
		case r == utf8.RuneError || unicode.Is(unicode.Co, r) || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C):
			q.junk++
		case unicode.IsLetter(r):
			q.letters++
			if oddLetter(r) {
				q.odd++
			}
			if unicode.Is(unicode.Latin, r) {
				q.latin++
				if r >= 0x80 {
					q.accented++
				}
			}
		case unicode.IsNumber(r):
			q.digits++
		case unicode.IsSymbol(r):
			q.symbols++
		}
		last = r
	}
	for _, word := range strings.FieldsFunc(line, unicode.IsSpace) {
		q.word(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
	}
}

// oddLetter reports whether a letter belongs to no living language's spelling:
// phonetic and modifying letters, archaic Greek, Coptic, and what old code pages
// turn into.
func oddLetter(r rune) bool {
	return r >= 0x1aa && r <= 0x1bf || r >= 0x2b0 && r <= 0x2ff || r >= 0x370 && r <= 0x377 || r >= 0x3d0 && r <= 0x3ff || r >= 0x2c80 && r <= 0x2cff || r >= 0xa720 && r <= 0xa7ff
}

// word counts a word, given without the marks around it.
func (q *quality) word(word string) {
	letters, changes, greek, signs := 0, 0, 0, 0
	plain, last := true, 0
	previous := ' '
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
			s := scriptOf(r)
			if s == 0 {
				plain = false // Chinese and the like, which may hold a Latin word
			} else if last != 0 && s != last {
				changes++
			}
			if last = s; s == greekScript {
				greek++
			}
			if unicode.IsUpper(r) && unicode.IsLower(previous) {
				plain = false // an identifier, or a code
			}
		case unicode.IsMark(r):
		case r >= 0xa1 && r <= 0xbf && r != 0xaa && r != 0xad && r != 0xb0 && r != 0xb5 && r != 0xb7 && r != 0xba, r == 0xd7, r == 0xf7:
			signs++
			plain, last = false, 0
		default:
			plain, last = false, 0
		}
		previous = r
	}
	if letters == 0 {
		return
	}
	q.words++
	if changes > 1 && greek != 1 {
		q.mixed++
	}
	if signs > 0 && letters > 1 {
		q.signed++
	}
	if plain && changes == 0 && letters >= 5 && last <= cyrillicScript {
		q.shape(word)
	}
}

// Scripts that words may be mixed of by mistake.
const (
	latinScript = iota + 1
	greekScript
	cyrillicScript
)

// scripts are those of alphabets whose letters do not stand in a word with others.
// Chinese, Japanese and Korean letters do, and count for nothing.
var scripts = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Hebrew, unicode.Arabic, unicode.Georgian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
	unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Thai, unicode.Lao, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Ethiopic, unicode.Cherokee, unicode.Coptic,
}

// scriptOf returns the 1-based number of a letter's script, 0 for none of them.
func scriptOf(r rune) int {
	if r < 0x80 {
		return latinScript
	}
	if r == 0xb5 || r == 0x2126 || r == 0x212a || r == 0x212b { // signs of units
		return 0
	}
	for i, s := range scripts {
		if unicode.Is(s, r) {
			return i + 1
		}
	}
	return 0
}

// vowels of the Latin, Greek and Cyrillic alphabets, without accents.
const vowels = "aeiouyæøœıəɛɔαεηιουωаеиоуыэюяієѣѵ"

// digraphs are consonants that take several letters.
var digraphs = strings.NewReplacer("tsch", "c", "sch", "c", "szcz", "c", "ch", "c", "ck", "c", "sh", "c", "sz", "c", "cz", "c", "rz", "c", "dz", "c", "th", "c", "ph", "c", "ng", "c", "gh", "c", "ts", "c", "tz", "c")

// shape counts the vowels and consonants of a word. Letters of other languages,
// such as "ß" or "ь", are consonants.
func (q *quality) shape(word string) {
	word = norm.NFD.String(strings.ToLower(word))
	if q.seen[word] {
		return
	}
	if q.seen == nil {
		q.seen = map[string]bool{}
	}
	q.seen[word] = true
	for _, r := range word {
		if r >= 'a' && r <= 'z' || r == 'ı' {
			q.longLatin++
			if strings.ContainsRune("aeinorstı", r) {
				q.usual++
			}
		}
	}
	letters, with, run, crowded := 0, 0, 0, 0
	for _, r := range digraphs.Replace(word) {
		if unicode.IsMark(r) {
			continue
		}
		letters++
		if strings.ContainsRune(vowels, r) {
			with++
			run = 0
			continue
		}
		if run++; run == 5 {
			crowded += 5
		} else if run > 5 {
			crowded++
		}
	}
	q.long++
	q.longLetters += letters
	q.vowels += with
	q.crowded += crowded
	if with == 0 && !strings.ContainsRune(word, 'w') { // a vowel of Welsh
		q.vowelless++
	}
}
