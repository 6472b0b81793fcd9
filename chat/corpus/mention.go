package corpus

import (
	"slices"
	"strings"
	"unicode"

	"golocal"
)

// Mention is what words a file has, or has not.
type Mention struct {
	All  []string // words that stand together; each is somewhere in the file
	Any  []string // one of them is enough
	None []string // of these none is
}

// empty tells that nothing is asked of the words.
func (m Mention) empty() bool { return len(m.All)+len(m.Any)+len(m.None) == 0 }

// quotable are the words for which a place can be shown, the first asked for first.
func (m Mention) quotable() []string { return append(slices.Clip(m.All), m.Any...) }

// scopes are the scopes that together hold the files; a file may be in several.
func (m Mention) scopes(in golocal.Scope) []golocal.Scope {
	terms := func(words []string) (out []golocal.Term) {
		for _, w := range words {
			out = append(out, golocal.Term{Field: "text", Text: w})
		}
		return out
	}
	in.With = append(slices.Clip(in.With), terms(m.All)...)
	in.Without = append(slices.Clip(in.Without), terms(m.None)...)
	if len(m.Any) == 0 {
		return []golocal.Scope{in}
	}
	var out []golocal.Scope
	for _, t := range terms(m.Any) {
		one := in
		one.With = append(slices.Clip(in.With), t)
		out = append(out, one)
	}
	return out
}

var (
	mentioning = set("discuss discusses discussed cite cites cited reference references behandeln behandelt erwahnte erwahnten genannt mention mentions mentioning mentioned contain contains containing include includes including erwahnen erwahnt enthalten enthalt nennen nennt")
	appearing  = set("appear appears occur occurs used vorkommt vorkommen turn turns crop crops come comes vor auf")
	speaking   = set("talk talks talking speak speaks refer refers deal deals handeln handelt sprechen spricht berichten berichtet")
	wordNouns  = set("word words term phrase wort begriff")

	// Between the words that files mention.
	andWords  = set("and und sowie plus als as well auch also")
	orWords   = set("or oder either entweder")
	notWords  = set("not no never without nicht kein keine keinen ohne weder noch neither nor don doesn except ausser")
	butWords  = set("but aber jedoch yet")
	bothWords = set("both beide sowohl")
	auxiliary = set("do does t werden wird they it sie es have has")
	wordBegin = set("the das den die der a word words term terms phrase wort worter begriff name namen dem an of")
)

// filesAt tells that word i is a noun for files.
func (p *parse) filesAt(i int) bool {
	return fileNouns[p.toks[i].fold] || kindNouns[p.toks[i].fold] != ""
}

// readMention takes what the files are to mention; phrase tells that a word for
// mentioning is there.
func (p *parse) readMention() (phrase bool) {
	p.take([][]string{{"in", "them"}, {"in", "it"}, {"in", "ihnen"}, {"darin"}, {"drin"}, {"all", "three", "of", "them"}, {"both", "of", "them"}})
	if i := p.find([]string{"bring", "up"}); i >= 0 {
		p.use(i+1, 1)
		p.toks[i].fold = "mention"
	}
	from, to := p.mentionAt()
	if from < 0 {
		return to < 0
	}
	denied := false // "do not mention X", "erwähnen X nicht"
	for i := from - 2; i >= max(0, from-4); i-- {
		if p.is(i, notWords) {
			denied = true
			p.use(i, 1)
		} else if !p.is(i, auxiliary) {
			break
		} else {
			p.use(i, 1)
		}
	}
	for to > from && p.is(to-1, auxiliary) {
		to--
		p.use(to, 1)
	}
	if to > from && p.is(to-1, set("nicht not")) && !p.is(to-2, butWords) {
		denied = true
		to--
		p.use(to, 1)
	}
	var m Mention
	any, both, not, proper := false, false, denied, true
	var list []string
	put := func() {
		if not {
			m.None = append(m.None, list...)
		} else {
			m.All = append(m.All, list...)
		}
		list = nil
	}
	for i := from; i < to; {
		switch t := p.toks[i]; {
		case t.used && i == from:
			from++
			i++
		case t.used && len(list)+len(m.All)+len(m.None) > 0: // a date or a folder behind them
			to = i
		case t.used || t.file > 0:
			return true
		case t.phrase != "":
			list = append(list, t.phrase)
			p.use(i, 1)
			i++
		case p.is(i, andWords) && len(list) > 0:
			both = true
			p.use(i, 1)
			i++
		case p.is(i, andWords) || p.is(i, bothWords) && len(list) == 0 || p.is(i, wordBegin) || p.is(i, mentioning) && len(list) > 0:
			p.use(i, 1)
			i++
		case p.is(i, orWords):
			any = true
			p.use(i, 1)
			i++
		case p.is(i, butWords) || p.is(i, auxiliary) && len(list) > 0:
			p.use(i, 1)
			i++
		case p.is(i, notWords):
			if len(list) > 0 {
				put()
			}
			not = true
			p.use(i, 1)
			i++
		case contextual[t.fold]:
			return true
		default:
			words, end, named := p.mentionWords(i, to)
			if len(words) > 4 || slices.ContainsFunc(words, func(w string) bool { return changing[fold(w)] || making[fold(w)] }) { // another condition
				return true
			}
			proper = proper && (named || len(words) == 1)
			list = append(list, strings.Join(words, " "))
			p.use(i, end-i)
			i = end
		}
	}
	if any && (not || both || len(list) < 2) {
		return true // of what, it is not clear
	}
	if any {
		m.Any, list = list, nil
	}
	put()
	if m.empty() {
		return true
	}
	p.q.Mentions = m
	p.q.Guessed = p.q.Guessed || !proper
	return true
}

// mentionWords are the words from i on that stand together, where they end, and
// whether each is written as a name.
func (p *parse) mentionWords(i, to int) (words []string, end int, named bool) {
	named = true
	for ; i < to && p.open(i); i++ {
		t := p.toks[i]
		if t.phrase != "" || t.file > 0 || andWords[t.fold] || orWords[t.fold] || notWords[t.fold] || butWords[t.fold] || mentioning[t.fold] || contextual[t.fold] {
			break
		}
		first := []rune(t.raw)[0]
		named = named && (unicode.IsUpper(first) || unicode.IsDigit(first))
		if t.dash && len(words) > 0 {
			words[len(words)-1] += "-" + t.raw
		} else {
			words = append(words, t.raw)
		}
		if t.comma { // another follows
			i++
			break
		}
	}
	return words, i, named
}

// mentionAt finds where the words that files are to mention begin and end, and
// takes the words before and behind them. from is -1 where there are none; to is -1
// with it where they stand in an order that is not read.
func (p *parse) mentionAt() (from, to int) {
	from, to = -1, len(p.toks)
	for i := range p.toks { // does the word X occur
		if !p.appears(i) {
			continue
		}
		if comingUp[p.toks[i].fold] {
			p.use(i+1, 1)
		}
		for j := i - 1; j >= 0 && from < 0; j-- {
			if p.is(j, set("does do kommt kommen taucht tauchen")) {
				from, to = j+1, i
			}
		}
		if from < 0 && i > 0 && p.toks[i].fold != "vor" && p.open(i-1) {
			return -1, -1
		}
	}
	for i := range p.toks {
		if from >= 0 {
			break
		}
		switch {
		case p.is(i, mentioning):
			from = i + 1
		case p.is(i, speaking) && p.is(i+1, set("about of to with von uber")):
			from = i + 2
		case p.is(i, set("about uber")) && i > 0 && p.filesAt(i-1):
			from, p.q.Guessed = i+1, true
		case p.is(i, wordNouns) && p.is(i-1, set("the dem das den")) && !(p.open(i+1) && p.filesAt(i+1)): // not the Word documents
			from = i + 1
		}
	}
	if from >= 0 && to == len(p.toks) && !p.anythingFrom(from) { // in how many files is X mentioned
		if begin := p.behindAuxiliary(from - 1); begin >= 0 {
			p.use(from-1, 1)
			return begin, from - 1
		}
	}
	for i := range p.toks { // in which files does X stand: German puts the verb first
		if from < 0 && i > 0 && p.is(i, set("steht stehen steckt stecken")) && p.filesAt(i-1) && p.has(set("in")) {
			p.use(i, 1)
			return i + 1, len(p.toks)
		}
	}
	if from > 0 {
		p.use(from-1, 1)
		if p.is(from-2, speaking) {
			p.use(from-2, 1)
		}
		if to < len(p.toks) {
			p.use(to, 1)
		}
	}
	return from, to
}

// comingUp are verbs that mean appearing with "up" behind them.
var comingUp = set("turn turns crop crops come comes")

// appears tells that word i is a verb for appearing.
func (p *parse) appears(i int) bool {
	switch {
	case !p.is(i, appearing):
		return false
	case comingUp[p.toks[i].fold]:
		return p.is(i+1, set("up"))
	case p.toks[i].fold == "auf":
		return p.has(set("taucht tauchen"))
	}
	return true
}

// anythingFrom tells that a word that means something is behind word i.
func (p *parse) anythingFrom(i int) bool {
	for ; i < len(p.toks); i++ {
		if !p.toks[i].used && !p.plain(i) {
			return true
		}
	}
	return false
}

// behindAuxiliary is the word behind the verb that a question with its verb at the
// end, word at, begins with: "is" of "in how many files is X mentioned"; -1 for none.
func (p *parse) behindAuxiliary(at int) int {
	for i := range at {
		if p.is(i, set("is are was were does do did wird werden ist sind wurde wurden")) && i+1 < at && i > 0 && (p.filesAt(i-1) || set("where wo worin")[p.toks[i-1].fold]) {
			p.use(i, 1)
			return i + 1
		}
	}
	return -1
}
