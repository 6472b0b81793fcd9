package corpus

import (
	"path"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// wholes mean all that is asked of.
var wholes = [][]string{{"in", "this", "folder"}, {"in", "the", "folder"}, {"in", "my", "folder"}, {"in", "this", "directory"}, {"in", "the", "directory"}, {"in", "this", "collection"}, {"in", "my", "collection"},
	{"in", "my", "library"}, {"in", "the", "library"}, {"in", "the", "index"}, {"in", "my", "index"}, {"in", "here"}, {"all", "together"}, {"all", "told"}, {"in", "total"}, {"in", "all"}, {"here"}, {"right", "now"}, {"at", "the", "moment"},
	{"in", "diesem", "ordner"}, {"in", "dem", "ordner"}, {"im", "ordner"}, {"in", "diesem", "verzeichnis"}, {"im", "verzeichnis"}, {"in", "dieser", "sammlung"}, {"in", "meiner", "sammlung"}, {"im", "index"}, {"hier"}, {"gerade"}, {"derzeit"}}

// whole takes "in this folder" and the like, after the names of folders.
func (p *parse) whole() {
	for p.take(wholes) {
	}
}

// endings are what words of one meaning differ by, in English and German.
var endings = set("s es e en n er ern")

// sameWord tells that two folded words are forms of one noun.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) < 3 || len(b) < 3 {
		return false
	}
	if prose.Stem(a) == prose.Stem(b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, ok := strings.CutPrefix(b, a)
	return ok && (rest == "s" || len(a) > 3 && endings[rest])
}

// group takes a noun that files are called by here: the name of a folder, or a
// word in the names of several. What people call minutes lies in a folder of that
// name, or is named so.
func (p *parse) group() bool {
	for i, t := range p.toks {
		if t.used || t.phrase != "" || t.file > 0 || len(t.fold) < 3 || fillers[t.fold] || contextual[t.fold] || prose.Stop(t.fold) {
			continue
		}
		var in []folder
		if p.q.folders == nil {
			for _, f := range p.allFolders() {
				if f.path != "" && means(t.fold, spelt(f.name)) {
					in = append(in, f)
				}
			}
		}
		switch {
		case in != nil:
			p.q.folders, p.q.Folder = in, in[0].name
		case p.calledSo(t.fold) > 1 && p.q.Called == "":
			p.q.Called = t.fold
		default:
			continue
		}
		p.use(i, 1)
		if p.open(i - 1) {
			if k := p.adjective(p.toks[i-1].fold); k != "" && p.q.Kind == "" {
				p.q.Kind = k
				p.use(i-1, 1)
			}
		}
		return true
	}
	return false
}

// calledSo is how many files have a word in their names.
func (p *parse) calledSo(word string) (n int) {
	for _, d := range p.docs {
		if called(d, word) {
			n++
		}
	}
	return n
}

// called tells whether a file's name has a word, whatever it ends with.
func called(d golocal.Document, word string) bool {
	base := path.Base(d.Ref.Path)
	return slices.ContainsFunc(strings.Fields(spelt(strings.TrimSuffix(base, path.Ext(base)))), func(w string) bool { return means(word, w) })
}
