package corpus

import (
	"path"
	"slices"
	"strings"

	"golocal"
)

var (
	summarising = [][]string{{"summarise"}, {"summarize"}, {"summary", "of"}, {"summary"}, {"sum", "up"}, {"overview", "of"}, {"zusammenfassung"}, {"fasse"}, {"fass"}, {"zusammenfassen"}}
	comparing   = set("compare comparison difference differences different differ differs between zwischen sich worin vergleiche vergleich unterschied unterschiede unterscheiden unterscheidet")
	lacking     = set("not doesn isn hasn lacks lack missing without nicht fehlt fehlen")
	contentWord = set("content contents main points point document file files documents notes note pdf datei dokument notizen zusammen inhalt contain contains say says kurz short brief both two beiden t")
)

// summary reads "summarise handbook.docx" and "what is the handbook about".
func (p *parse) summary() (bool, error) {
	about := p.find([]string{"about"})
	wants := p.take(summarising)
	if !wants && about < 0 {
		return false, nil
	}
	if !wants { // what is … about, and nothing behind it
		if about != len(p.toks)-1 || len(p.toks) < 4 || p.toks[0].fold != "what" || p.toks[1].fold != "is" && p.toks[1].fold != "s" {
			return false, nil
		}
		p.use(about, 1)
	}
	p.take(summarising)
	p.nameStems(1)
	p.useFiles()
	if len(p.q.Names) == 0 {
		p.readFolder()
		if p.q.folders == nil {
			p.bareFolder()
		}
		if p.q.folders == nil && wants {
			p.onlyFolder()
		}
		if p.q.folders == nil {
			return false, nil
		}
		p.kind()
	}
	p.take(listing)
	p.q.Task = Summary
	return len(p.left(contentWord)) == 0, nil
}

// onlyFolder takes the words that are left, if they are a folder's name and nothing
// else: what to sum up must be named whole, so that a matter is none.
func (p *parse) onlyFolder() {
	left := p.left(contentWord)
	if len(left) == 0 || left[len(left)-1] != left[0]+len(left)-1 {
		return
	}
	if f := p.folderNamed(left[0], len(left)); f != nil {
		p.use(left[0], len(left))
		p.q.folders, p.q.Folder = f, f[0].name
	}
}

// bareFolder takes "folder NAME" and "NAME folder" without a word before it.
func (p *parse) bareFolder() {
	for i := range p.toks {
		if !p.is(i, naming) || !p.open(i-1) {
			continue
		}
		if f := p.folderNamed(i-1, 1); f != nil {
			p.use(i-1, 2)
			p.q.folders, p.q.Folder = f, f[0].name
			return
		}
	}
}

// compare reads "compare a.pdf and b.pdf" and "what is in a.pdf but not in b.pdf".
func (p *parse) compare() (bool, error) {
	compares := p.has(comparing)
	p.take([][]string{{"how"}, {"wie"}})
	lacks := -1
	for i := range p.toks {
		if p.is(i, lacking) {
			lacks = i
			break
		}
	}
	if !compares && (lacks < 0 || len(p.named) != 2) {
		return false, nil
	}
	if len(p.named) < 2 {
		p.nameStems(2)
	}
	first := slices.IndexFunc(p.toks, func(t token) bool { return t.file > 0 && !t.used })
	p.useFiles()
	if len(p.q.Names) != 2 || p.q.Names[0].ID == p.q.Names[1].ID {
		return false, nil
	}
	p.q.Task = Compare
	if !compares {
		p.q.Task = Only
		if lacks < first {
			slices.Reverse(p.q.Names)
		}
	}
	p.take(listing)
	for i := range p.toks {
		if p.is(i, lacking) {
			p.use(i, 1)
		}
	}
	return len(p.left(comparing, contentWord)) == 0, nil
}

// nameStems takes words that spell a file's name without its ending, where only
// one file is called so, for as many files as are wanted.
func (p *parse) nameStems(wanted int) {
	if len(p.named) >= wanted {
		return
	}
	type stem struct {
		doc   golocal.Document
		words []string
	}
	byName := map[string][]golocal.Document{}
	for _, d := range p.docs {
		base := path.Base(d.Ref.Path)
		if s := spelt(strings.TrimSuffix(base, path.Ext(base))); s != "" {
			byName[s] = append(byName[s], d)
		}
	}
	var stems []stem
	for name, docs := range byName {
		if len(docs) == 1 {
			stems = append(stems, stem{docs[0], strings.Fields(name)})
		}
	}
	slices.SortFunc(stems, func(a, b stem) int { // the longest first
		if len(a.words) != len(b.words) {
			return len(b.words) - len(a.words)
		}
		return strings.Compare(strings.Join(a.words, " "), strings.Join(b.words, " "))
	})
	for _, s := range stems {
		if len(p.named) >= wanted {
			return
		}
		if i := p.find(s.words); i >= 0 && (i == 0 || !p.is(i-1, naming)) {
			p.named = append(p.named, s.doc)
			p.use(i, len(s.words))
			p.toks[i].used, p.toks[i].file = false, len(p.named)
		}
	}
}
