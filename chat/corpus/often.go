package corpus

import "strings"

var (
	occurrences = [][]string{{"occurrences", "of"}, {"mentions", "of"}, {"vorkommen", "von"}}
	oftenAsks   = [][]string{{"how", "often"}, {"how", "many", "times"}, {"number", "of", "times"}, {"wie", "oft"}, {"wie", "haufig"}, {"wieoft"}}
	mostOften   = [][]string{{"most", "often"}, {"most", "frequently"}, {"the", "most"}, {"am", "haufigsten"}, {"am", "oftesten"}, {"am", "meisten"}}
	// everywhere is where words are counted if nothing else is said.
	everywhere = [][]string{{"across", "everything"}, {"in", "everything"}, {"across", "all", "files"}, {"across", "all", "my", "files"}, {"in", "all", "files"}, {"in", "all", "my", "files"}, {"in", "my", "files"},
		{"anywhere"}, {"everywhere"}, {"in", "allen", "dateien"}, {"in", "meinen", "dateien"}, {"uberall"}}
)

// often reads "how often is the turbine mentioned", "the occurrences of X" and "which
// file mentions X most often".
func (p *parse) often() (bool, error) {
	of := -1
	for _, seq := range occurrences {
		if i := p.find(seq); i >= 0 {
			p.use(i, len(seq))
			of = i + len(seq)
		}
	}
	asked := p.take(oftenAsks) || of >= 0
	most := !asked && p.take(mostOften)
	if !asked && !most {
		return false, nil
	}
	p.inFile() // before the folder of that name is read in it
	p.readFolder()
	p.whole()
	p.take(everywhere)
	p.useFiles()
	if of >= 0 {
		p.wordsFrom(of)
	} else if asked {
		p.wordsBefore()
	}
	if p.q.Mentions.empty() {
		p.readMention()
	}
	if len(p.q.Mentions.All) != 1 || len(p.q.Mentions.Any)+len(p.q.Mentions.None) > 0 {
		return false, nil
	}
	noun := p.kind() || len(p.q.Names) > 0
	for p.take(listing) || p.take(counting) {
	}
	if len(p.left()) > 0 {
		noun = p.group() || noun
	}
	p.q.Task, p.q.Total.Most = Occurrences, most
	return (asked || noun) && len(p.left()) == 0, nil
}

// wordsFrom takes the words from i on as those that are counted.
func (p *parse) wordsFrom(i int) {
	for p.is(i, wordBegin) {
		p.use(i, 1)
		i++
	}
	if p.open(i) && p.toks[i].phrase != "" {
		p.q.Mentions = Mention{All: []string{p.toks[i].phrase}}
		p.use(i, 1)
		return
	}
	if words, end, _ := p.mentionWords(i, len(p.toks)); len(words) > 0 {
		p.q.Mentions = Mention{All: []string{strings.Join(words, " ")}}
		p.use(i, end-i)
	}
}

// wordsBefore takes the words before a verb with nothing behind it as those that are
// counted: how often does X occur.
func (p *parse) wordsBefore() {
	for i, t := range p.toks {
		if t.used || !mentioning[t.fold] && !p.appears(i) {
			continue
		}
		if comingUp[t.fold] {
			p.use(i+1, 1)
		}
		for j := i + 1; j < len(p.toks); j++ {
			if !p.toks[j].used && !p.plain(j) && !p.filesAt(j) {
				return
			}
		}
		if words := p.saidIn(i); len(words) > 0 && len(words) <= 4 {
			p.q.Mentions = Mention{All: []string{strings.Join(words, " ")}}
			p.q.Guessed = len(words) > 1 // they may be more than the words that are meant
			p.use(0, i+1)
		}
		return
	}
}

// saidIn are the words before word end, without those at both ends that say nothing.
func (p *parse) saidIn(end int) (words []string) {
	var at []int
	for i, k := range p.toks[:end] {
		if !k.used && (k.phrase != "" || !p.plain(i) && !auxiliary[k.fold] && !wordBegin[k.fold] || len(at) > 0) {
			at = append(at, i)
		}
	}
	for len(at) > 0 && p.toks[at[len(at)-1]].phrase == "" && p.plain(at[len(at)-1]) {
		at = at[:len(at)-1]
	}
	for _, i := range at {
		if p.toks[i].phrase != "" {
			words = append(words, p.toks[i].phrase)
		} else {
			words = append(words, p.toks[i].raw)
		}
	}
	return words
}

// inFile takes "in the handbook", where a file is called so.
func (p *parse) inFile() {
	for _, d := range p.docs {
		at, n := p.stem(d)
		if n == 0 || len(p.named) > 0 {
			continue
		}
		from := at - 1
		for p.is(from, articled) {
			from--
		}
		if p.is(from, inside) {
			p.use(from, at+n-from)
			p.q.Names = append(p.q.Names, d)
			return
		}
	}
}
