package chat

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// verifier checks sentences against the sources of one answer.
type verifier struct {
	sources []source
	idf     map[string]int // in how many pieces of the sources a stem occurs
	pieces  int
	words   *wording // of reasons
	asked   *asked   // nil: fragments are checked as statements
	// likeness compares meanings where the words prove nothing; nil: none is done.
	likeness *likeness
}

// source is a Source taken apart.
type source struct {
	golocal.Source
	text    string // what may be quoted: the passage's own bytes
	words   []prose.Word
	content []prose.Word // those of words that mean something
	pieces  []piece
	units   []unit
	stems   map[string]bool // of text and what stands over it
	above   map[string]bool // of title and headings
	numbers []fact
	nouns   bool // each noun has a capital, as in German: it makes no name
}

// piece is one unit of a source, or two neighbours.
type piece struct {
	start, end int
	words      []prose.Word
	stems      map[string]bool
	near       [2]int // the same with a unit on each side
}

func newVerifier(sources []golocal.Source) *verifier {
	v := &verifier{idf: map[string]int{}, words: &english}
	for _, s := range sources {
		x := source{Source: s, text: s.Hit.Chunk.Text}
		if strings.HasPrefix(x.text, s.Text) {
			x.text = s.Text // packing may have cut it: what the model did not see proves nothing it said
		}
		x.words = terms(x.text)
		x.content = substance(x.words)
		x.numbers = numbers(x.text, x.words)
		x.nouns = languageOf(x.text[:min(len(x.text), languageBytes)]) == "de"
		x.above = prose.Stems(prose.Words(s.Hit.Doc.Title + "\n" + strings.Join(s.Hit.Chunk.Heading, "\n")))
		x.stems = prose.Stems(x.words)
		for t := range x.above {
			x.stems[t] = true
		}
		var units []prose.Unit
		for _, u := range prose.Units(x.text, layout(s.Hit)) {
			if u.Kind != prose.Rule && runeSafe(x.text, u.Start, u.End) {
				units = append(units, u)
			}
		}
		x.units = x.scoped(units)
		for i, u := range units {
			near := [2]int{units[max(i-1, 0)].Start, units[min(i+1, len(units)-1)].End}
			p := x.piece(u.Start, u.End, near)
			for t := range p.stems {
				v.idf[t]++
			}
			v.pieces++
			x.pieces = append(x.pieces, p)
			if i+1 < len(units) && units[i+1].Block == u.Block && units[i+1].End-u.Start <= maxQuote {
				x.pieces = append(x.pieces, x.piece(u.Start, units[i+1].End, near))
			}
		}
		v.sources = append(v.sources, x)
	}
	return v
}

func (s source) piece(start, end int, near [2]int) piece {
	from, _ := slices.BinarySearchFunc(s.words, start, func(w prose.Word, at int) int { return cmp.Compare(w.Start, at) })
	to, _ := slices.BinarySearchFunc(s.words, end, func(w prose.Word, at int) int { return cmp.Compare(w.Start, at) })
	ws := s.words[from:to]
	return piece{start: start, end: end, words: ws, stems: prose.Stems(ws), near: [2]int{min(near[0], start), max(near[1], end)}}
}

// languageBytes is how much of a text tells its language.
const languageBytes = 2000

// Limits of the verdict, as shares of a sentence's words.
const (
	wholeCoverage = .95 // all of it, but for a word
	fullCoverage  = .72
	mostPlain     = .6
	someCoverage  = .45
	leastWords    = 2 // content words under which a sentence claims nothing
)

// check compares a sentence with the sources. cited are the numbers that the
// model named; another source is taken when it fits clearly better.
func (v *verifier) check(d draft) (Verdict, []string, *findings) {
	if v.asked != nil {
		d = bare(d)
	}
	words := terms(d.text)
	if !claims(d, words) || v.onlyNames(words) {
		return NotAClaim, nil, nil
	}
	if v.asked != nil && fragment(words) {
		return v.checkFragment(d, words)
	}
	var best *findings
	var bestScore float64
	for i := range v.sources {
		f := v.compare(d.text, words, i)
		score := f.coverage - .25*float64(len(f.missing)) - .1*float64(len(f.astray))
		if f.flipped {
			score -= .5
		}
		if f.of != nil {
			score -= .1
		}
		if slices.Contains(d.markers, v.sources[i].Number) {
			score += .12
		}
		if best == nil || score > bestScore {
			best, bestScore = &f, score
		}
	}
	if best == nil {
		return Unsupported, []string{v.words.noSource}, nil
	}
	verdict, reasons := judge(*best, v.words)
	if verdict == Partly || verdict == Supported && best.coverage < wholeCoverage {
		if cut := parts(d.text, words); len(cut) > 1 {
			each, why, all := v.checkParts(cut, d)
			switch {
			case each == Supported:
				return Supported, nil, all
			case verdict == Supported:
				return Partly, why, best
			}
		}
	}
	if verdict == Unsupported && best.coverage < someCoverage {
		if f := v.inOtherWords(d.text, words); f != nil {
			return Partly, []string{v.words.otherWords}, f
		}
		return verdict, reasons, nil // no citation deserves to stand here
	}
	return verdict, reasons, best
}

// claims tells whether a sentence states something that could be proven.
func claims(d draft, words []prose.Word) bool {
	if d.kind == prose.Heading || d.kind == prose.Rule || strings.HasSuffix(d.text, "?") || refuses(d.text) {
		return false
	}
	content, number := 0, false
	for _, w := range words {
		number = number || w.Number
		if !prose.Stop(w.Fold) && !filler[w.Fold] {
			content++
		}
	}
	if strings.HasSuffix(d.text, ":") && content <= 6 && !number {
		return false // leads in what follows
	}
	return content >= leastWords || number || content == 1 && len(words) <= 3 && !filler[words[0].Fold]
}

// onlyNames tells that a sentence does nothing but name a source: "The source of this
// information was: 1973 oil crisis".
func (v *verifier) onlyNames(words []prose.Word) bool {
	var rest []prose.Word
	names := false
	for _, w := range substance(words) {
		if names = names || origins[w.Fold]; !origins[w.Fold] && !filler[w.Fold] {
			rest = append(rest, w)
		}
	}
	return names && slices.ContainsFunc(v.sources, func(s source) bool {
		return !slices.ContainsFunc(rest, func(w prose.Word) bool { return !s.above[w.Stem] })
	})
}

// origins are the words for what something is from.
var origins = wordSet("source sources document documents passage passages article file quelle quellen dokument textstelle artikel datei")

// filler words make sentences that claim nothing: "Sure, here is the answer
// based on the sources."
var filler = wordSet(`sure certainly okay ok yes answer answers question questions source sources provided based document documents text passage passages
context information following here help hope let know feel free happy glad welcome thanks thank note summary summarize conclusion according mentioned stated`)

// measures go with numbers and are as often left out or written as a sign.
var measures = map[string]bool{"thousand": true, "million": true, "billion": true, "trillion": true, "dollar": true, "dollars": true, "usd": true,
	"euro": true, "euros": true, "eur": true, "pounds": true, "percent": true, "per": true, "cent": true}

func (v *verifier) compare(text string, words []prose.Word, i int) findings {
	s := v.sources[i]
	f := findings{source: i}
	weights := prose.Weights{}
	for _, w := range prose.Content(words) {
		if _, numeral := numerals[w.Fold]; numeral || prose.Digits(w.Fold) != "" || filler[w.Fold] || measures[w.Fold] {
			continue // numbers are compared by value
		}
		weights[w.Stem] = prose.Idf(v.idf[w.Stem], v.pieces)
	}
	counted, named := numbers(text, words), names(text, words)
	var at piece
	best := -1.0
	for _, p := range s.pieces {
		got := s.covered(p, weights)
		// A pair of units must earn its length.
		if score := got - .00008*float64(p.end-p.start); score > best {
			best, at, f.coverage = score, p, got
		}
	}
	plain := maps.Clone(weights)
	for _, n := range named {
		delete(plain, n.stem)
	}
	f.plainly = s.covered(s.inScope(at), plain)
	f.start, f.end = at.start, at.end
	for t := range weights {
		if !at.stems[t] && !s.above[t] && !s.stems[t] {
			for _, w := range words {
				if w.Stem == t {
					f.words = append(f.words, text[w.Start:w.End])
					break
				}
			}
		}
	}
	slices.Sort(f.words)
	near := s.piece(at.near[0], at.near[1], at.near)
	nearby := numbers(s.text, near.words)
	elsewhere := s.bound(text, words, weights, named, counted)
	for _, n := range counted {
		switch {
		case slices.Contains(elsewhere, n):
			f.astray = append(f.astray, n)
		case holds(nearby, n):
			f.kept++
		case holds(s.numbers, n) || s.above[strings.ToLower(n.text)]:
			f.astray = append(f.astray, n)
		default:
			f.missing = append(f.missing, n)
		}
	}
	for _, n := range named {
		switch {
		case slices.Contains(elsewhere, n):
			f.astray = append(f.astray, n)
		case s.stems[n.stem] || similarName(s.stems, n.stem):
			f.kept++
		case !n.first:
			f.missing = append(f.missing, n)
		}
	}
	for _, n := range elsewhere {
		if n.noun {
			f.astray = append(f.astray, n)
		}
	}
	if a, wrong := s.misattributed(text, words, weights); wrong {
		f.of = &a
	}
	f.flipped = flipped(text, words, s.text, at)
	return f
}

// covered is the share of words by weight that a piece has. What stands over the whole
// text proves none of what is said, and does not count against it.
func (s source) covered(p piece, weights prose.Weights) float64 {
	var got, sum, above float64
	for t, x := range weights {
		switch {
		case p.stems[t]:
			got, sum = got+x, sum+x
		case s.above[t]:
			above += x
		default:
			sum += x
		}
	}
	switch {
	case sum > 0:
		return got / sum
	case above > 0:
		return someCoverage // "The source is: 1973 oil crisis" names it and says nothing of it
	}
	return 1 // nothing but numbers
}

// inScope is a piece with what its pronouns mean and what leads its list in.
func (s source) inScope(p piece) piece {
	p.stems = maps.Clone(p.stems)
	for _, u := range s.units {
		if u.start >= p.start && u.end <= p.end {
			maps.Copy(p.stems, u.scope)
		}
	}
	return p
}

func holds(in []fact, n fact) bool {
	return slices.ContainsFunc(in, func(x fact) bool { return x.value == n.value })
}

// similarName allows the forms of one name: America and American.
func similarName(stems map[string]bool, name string) bool {
	if len(name) < 5 {
		return false
	}
	for t := range stems {
		short, long := t, name
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) >= 5 && len(long)-len(short) <= 2 && strings.HasPrefix(long, short) {
			return true
		}
	}
	return false
}
