package corpus

import (
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"

	"golocal"
)

// files reads count, list and superlatives.
func (p *parse) files() (bool, error) {
	p.readDates()
	p.readFolder()
	p.whole()
	p.readTag()
	where := p.is(0, set("where wo worin")) && p.wherein()
	if where {
		p.use(0, 1)
	}
	phrase := p.readMention()
	if p.q.Mentions.empty() && phrase {
		return false, nil
	}
	p.q.Nth = p.ordinal()
	super := p.superlative()
	n := p.number(super != "")
	noun := p.kind()
	p.readSize()
	counts, lists := p.take(counting), where
	for p.take(listing) {
		lists = true
	}
	if len(p.left()) > 0 {
		noun = p.group() || noun
	}
	if where = where && len(p.q.Mentions.All) > 0; where { // where is it mentioned
		noun = true
	}
	if !noun && (p.q.When == "" || !p.has(set("i we ich wir"))) { // "what did I change today" needs no noun
		return false, nil
	}
	asksChange := p.lastly
	for i := range p.toks {
		if p.is(i, changing) || p.is(i, making) && (p.q.When != "" || super != "") {
			asksChange = asksChange || changing[p.toks[i].fold]
			p.use(i, 1)
		}
	}
	p.q.Changed = asksChange && p.q.When != ""
	if p.q.Kind == "" && p.q.When != "" && !asksChange && !noun && !p.nouned() {
		return false, nil
	}
	switch {
	case super != "":
		p.q.Task, p.q.N = super, n
	case counts:
		p.q.Task = Count
	case lists, p.q.When != "" || p.q.Tag != "" || !p.q.Mentions.empty():
		p.q.Task = List
	default:
		return false, nil
	}
	if asksChange && p.q.When == "" && super == "" {
		return false, nil
	}
	return len(p.named) == 0 && len(p.left(lying)) == 0, nil
}

// wherein tells that "where" asks for files: where a word stands, or what is mentioned.
// Where else things occur the files may tell.
func (p *parse) wherein() bool {
	for i := range p.toks {
		if p.appears(i) {
			return p.has(wordNouns) || slices.ContainsFunc(p.toks, func(t token) bool { return t.phrase != "" })
		}
	}
	return p.has(mentioning)
}

// readSize takes "bigger than 30 KB".
func (p *parse) readSize() {
	saved := slices.Clone(p.toks)
	b, ok := p.readBound()
	if !ok {
		return
	}
	at := slices.IndexFunc(p.toks, func(t token) bool { return t.raw == b.text })
	unit := b.n.unit
	if unit == "" && p.open(at+1) {
		unit = p.toks[at+1].fold
		p.use(at+1, 1)
	}
	of := map[string]int64{"b": 1, "byte": 1, "bytes": 1, "kb": 1e3, "kilobyte": 1e3, "kilobytes": 1e3, "mb": 1e6, "megabyte": 1e6, "megabytes": 1e6, "gb": 1e9, "gigabyte": 1e9, "gigabytes": 1e9}[fold(unit)]
	if of == 0 {
		p.toks = saved
		return
	}
	p.q.Than, _ = new(big.Rat).Mul(b.n.value(), big.NewRat(of, 1)).Float64()
	p.q.Sized = b.sign
}

// lying are verbs that say no more of files than that they are there.
var lying = set("sit sits lie lies live lives stored kept keep reside resides located placed belong belongs own owned hab hast haben stecken steckt befindet abgelegt gespeichert come comes stammen stammt aufgelistet auf")

// pluralNouns ask for several files.
var pluralNouns = set("files documents docs notes dateien dokumente dokumenten notizen pdfs papers letters")

// superlative reads newest, largest and the like.
func (p *parse) superlative() Task {
	for _, seq := range [][]string{{"last", "file", "changed"}, {"most", "recently", "modified"}, {"most", "recently", "changed"}, {"most", "recently", "edited"}, {"most", "recently"}, {"most", "recent"}, {"zuletzt"}, {"changed", "last"}, {"modified", "last"}, {"edited", "last"}, {"last", "changed"}, {"last", "modified"}, {"last", "edited"}} {
		if !p.take([][]string{seq}) {
			continue
		}
		if p.q.When != "" && p.has(pluralNouns) { // the files that were last changed in May are many
			p.lastly = true
			return ""
		}
		return Newest
	}
	for i, t := range p.toks {
		if task, ok := superlatives[t.fold]; ok && !t.used {
			p.use(i, 1)
			return task
		}
	}
	return ""
}

// ordinals are "the second newest" and "die zweitälteste".
var ordinals = map[string]int{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "zweit": 2, "dritt": 3, "viert": 4, "funft": 5}

// ordinal reads which of those that a superlative orders is meant; 0 for the first.
func (p *parse) ordinal() int {
	for i, t := range p.toks {
		if t.used {
			continue
		}
		if n := ordinals[t.fold]; n > 0 && i+1 < len(p.toks) && superlatives[p.toks[i+1].fold] != "" {
			p.use(i, 1)
			return n
		}
		for word, n := range ordinals {
			if rest, ok := strings.CutPrefix(t.fold, word); ok && superlatives[rest] != "" {
				p.toks[i].fold = rest
				return n
			}
		}
	}
	return 0
}

// number reads how many files are asked for.
func (p *parse) number(wanted bool) int {
	if !wanted {
		return 0
	}
	for i, t := range p.toks {
		n := numbers[t.fold]
		if v, err := strconv.Atoi(t.fold); err == nil && v > 0 && v <= 1000 {
			n = v
		}
		if n > 0 && !t.used {
			p.use(i, 1)
			return n
		}
	}
	return 0
}

// nouned tells that a noun for files has been read.
func (p *parse) nouned() bool {
	return slices.ContainsFunc(p.toks, func(t token) bool { return t.used && (fileNouns[t.fold] || kindNouns[t.fold] != "") })
}

// kind reads the noun for the files asked about.
func (p *parse) kind() bool {
	for i, t := range p.toks {
		if t.used {
			continue
		}
		if fileNouns[t.fold] {
			p.use(i, 1)
			if p.open(i - 1) {
				if k := p.adjective(p.toks[i-1].fold); k != "" {
					p.q.Kind = k
					p.use(i-1, 1)
				}
			}
			return true
		}
		if end, ok := strings.CutSuffix(t.fold, "dateien"); ok {
			if k := p.adjective(end); k != "" {
				p.q.Kind = k
				p.use(i, 1)
				return true
			}
		}
	}
	for i := range p.toks {
		if p.is(i, set("page pages seite seiten")) && p.open(i-1) && p.toks[i-1].fold == "html" {
			p.q.Kind = "html"
			p.use(i-1, 2)
			return true
		}
	}
	for i, t := range p.toks {
		if k, ok := kindNouns[t.fold]; ok && !t.used {
			p.q.Kind = k
			p.use(i, 1)
			if p.open(i - 1) {
				if k := p.adjective(p.toks[i-1].fold); k != "" { // Markdown notes
					p.q.Kind = k
					p.use(i-1, 1)
				}
			}
			return true
		}
	}
	return false
}

// adjective is the kind that a word before "files" names, an ending that files
// here have among them.
func (p *parse) adjective(word string) string {
	if k := kindAdjectives[word]; k != "" {
		return k
	}
	if word != "" && slices.ContainsFunc(p.docs, func(d golocal.Document) bool { return d.Type == word || ending(d) == word }) {
		return word
	}
	return ""
}

// ending is a file's name's, without the dot, lower case.
func ending(d golocal.Document) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(d.Ref.Path), "."))
}

// isKind tells whether a document is of a kind.
func isKind(d golocal.Document, kind string) bool {
	types, ok := kindTypes[kind]
	switch {
	case kind == "":
		return true
	case !ok:
		return d.Type == kind || ending(d) == kind
	case kind == "csv":
		return ending(d) == "csv" || d.Type == "csv" && ending(d) != "tsv"
	}
	return types[d.Type] || types[ending(d)]
}

// tags reads "which tags are there".
func (p *parse) tags() (bool, error) {
	p.readFolder()
	if !p.take([][]string{{"tags"}, {"schlagworter"}}) {
		return false, nil
	}
	asked := p.take(counting)
	for p.take(listing) {
		asked = true
	}
	p.q.Task = Tags
	p.kind()
	return asked && len(p.named) == 0 && len(p.left()) == 0, nil
}

// pages reads "how many pages has report.pdf".
func (p *parse) pages() (bool, error) {
	if !p.take([][]string{{"pages"}, {"seiten"}}) {
		return false, nil
	}
	p.readFolder()
	p.take([][]string{{"long"}, {"lang"}})
	if !p.take(counting) && !p.take([][]string{{"how"}, {"wie"}}) {
		return false, nil
	}
	p.useFiles()
	if len(p.q.Names) == 0 && !p.kind() {
		return false, nil
	}
	p.q.Task = Pages
	return len(p.left()) == 0, nil
}

// useFiles takes the names of files as what the question is about.
func (p *parse) useFiles() {
	for i, t := range p.toks {
		if t.file > 0 && !t.used {
			p.use(i, 1)
			p.q.Names = append(p.q.Names, p.named[t.file-1])
		}
	}
}
