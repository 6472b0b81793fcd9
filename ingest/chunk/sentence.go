package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
)

// sentences cuts text[s.Start:s.End] after the ends of its sentences and at
// blank lines. The spans are in order, without white space around them, and
// leave nothing but white space out. The rules are those of Kiss and Strunk
// (Computational Linguistics 32:4, 2006) with a fixed list of abbreviations:
// a stop ends a sentence unless it follows an abbreviation, an initial or an
// ordinal, or a lower-case word goes on after it. Chinese and Japanese stops
// need no space behind them.
func sentences(text string, s golocal.Span) []golocal.Span {
	var spans []golocal.Span
	start := s.Start
	cut := func(end int) {
		if one := normal.Trim(text, golocal.Span{Start: start, End: end}, false); one.End > one.Start {
			spans = append(spans, one)
		}
		start = end
	}
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(text[i:s.End])
		i += n
		switch {
		case r == '\n' && normal.BlankAhead(text[i:s.End]):
			cut(i)
		case wideStop(r):
			i += closers(text[i:s.End])
			cut(i)
		case r == '.' || r == '!' || r == '?' || r == '…' || r == '؟' || r == '।':
			for i < s.End && (text[i] == '.' || text[i] == '!' || text[i] == '?') {
				i++
			}
			end := i + closers(text[i:s.End])
			if end >= s.End || !spaceAt(text[end:s.End]) {
				continue
			}
			if goesOn(text[end:s.End]) && (r == '.' || r == '…' || end > i) {
				continue
			}
			if r == '.' && i-1 >= start && text[i-1] == '.' && shortened(text[start:i-1]) {
				continue
			}
			i = end
			cut(end)
		}
	}
	cut(s.End)
	return spans
}

func wideStop(r rune) bool { return r == '。' || r == '！' || r == '？' || r == '｡' }

// closers returns the length of the quotes and brackets that close a sentence.
func closers(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune(`"')]}»”’›」』）】*_`, r) {
			break
		}
		n += size
	}
	return n
}

func spaceAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// goesOn reports whether the next word begins in lower case.
func goesOn(s string) bool {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// shortened reports whether the word at the end of s, before a full stop, is an
// abbreviation, an initial or an ordinal at the start of a line.
func shortened(s string) bool {
	i := strings.LastIndexFunc(s[max(0, len(s)-40):], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '[' || r == '"' })
	i += max(0, len(s)-40)
	word := s
	if i >= 0 && i < len(s) {
		_, n := utf8.DecodeRuneInString(s[i:])
		word = s[min(len(s), i+n):]
	}
	if r, n := utf8.DecodeRuneInString(word); n > 0 && n == len(word) && unicode.IsUpper(r) && r != 'I' {
		return true // J. Doe
	}
	if strings.TrimFunc(word, func(r rune) bool { return r >= '0' && r <= '9' }) == "" && word != "" && len(word) <= 3 {
		return strings.TrimSpace(s[:len(s)-len(word)]) == "" || strings.HasSuffix(strings.TrimRight(s[:len(s)-len(word)], " \t"), "\n") // 3. item
	}
	return abbreviations[strings.ToLower(word)]
}

// abbreviations are those that are seldom the end of a sentence, in lower case
// and without the last stop: English, German, French, Spanish.
var abbreviations = set(`mr mrs ms dr prof sr jr st rev hon gen col capt lt sgt gov sen rep pres
	vs e.g i.e eg ie cf viz approx ca incl excl resp al seq fig figs eq eqs sec secs ch chap vol vols no nos pp p ed eds par para art
	dept univ assn inc ltd co corp bros tel ext est min max avg jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri
	z.b d.h u.a u.ä o.ä v.a bzw bspw evtl ggf inkl exkl zzgl vgl nr abs abb kap str hr fr frau dipl ing jh jhd s.o s.u m.e i.d.r
	m mm mme mlle env p.ex c.-à-d ex av apr.j.-c sra srta ud uds núm pág págs ej p.ej`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
