package corpus

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golocal"
)

var (
	inside   = set("in under inside within from unter im aus innerhalb")
	articled = set("the my a our den dem der die das meinem meinen meine unserem ordner folder directory verzeichnis")
	naming   = set("folder ordner directory verzeichnis")
)

// folder is a folder that holds documents.
type folder struct {
	root int64
	path string // below the root, "" for itself
	name string // as it is spelt
}

// under tells whether a document lies in the folder or below it.
func (f folder) under(d golocal.Document) bool {
	return d.Ref.Root == f.root && (f.path == "" || strings.HasPrefix(d.Ref.Path, f.path+"/"))
}

// within tells whether a document lies in any of the question's folders; where it
// names none, every one does.
func (q Question) within(d golocal.Document) bool {
	return q.folders == nil || slices.ContainsFunc(q.folders, func(f folder) bool { return f.under(d) })
}

// allFolders are the folders of the documents, roots among them.
func (p *parse) allFolders() []folder {
	if p.folders != nil {
		return p.folders
	}
	seen := map[folder]bool{}
	add := func(f folder) {
		if !seen[f] {
			seen[f] = true
			p.folders = append(p.folders, f)
		}
	}
	for _, d := range p.docs {
		add(folder{d.Ref.Root, "", filepath.Base(p.root(d.Ref.Root))})
		for dir := path.Dir(d.Ref.Path); dir != "." && dir != "/"; dir = path.Dir(dir) {
			add(folder{d.Ref.Root, dir, path.Base(dir)})
		}
	}
	return p.folders
}

// readFolder takes "in the folder Notes" where there is such a folder.
func (p *parse) readFolder() {
	for i := range p.toks {
		marked := p.is(i, naming)
		if !marked && !p.is(i, inside) {
			continue
		}
		j := i + 1
		for p.is(j, articled) {
			marked = marked || naming[p.toks[j].fold]
			j++
		}
		for n := min(4, len(p.toks)-j); n > 0; n-- {
			if !p.open(j) {
				break
			}
			if f := p.folderNamed(j, n); f != nil {
				p.use(i, j+n-i)
				if p.is(j+n, naming) {
					p.use(j+n, 1)
				}
				p.q.folders, p.q.Folder = f, f[0].name
				return
			}
		}
	}
}

// folderNamed are the folders that n words from i on name, the highest of several.
func (p *parse) folderNamed(i, n int) []folder {
	var words []string
	for j := i; j < i+n; j++ {
		if p.toks[j].used || p.toks[j].file > 0 {
			return nil
		}
		if p.toks[j].phrase != "" {
			words = append(words, fold(p.toks[j].phrase))
			continue
		}
		words = append(words, p.toks[j].fold)
	}
	want := strings.Join(words, " ")
	var best []folder
	for _, f := range p.allFolders() {
		whole := spelt(f.path)
		if f.path == "" {
			whole = spelt(f.name)
		}
		if spelt(f.name) != want && whole != want {
			continue
		}
		switch {
		case best == nil || depth(f) < depth(best[0]):
			best = []folder{f}
		case depth(f) == depth(best[0]):
			best = append(best, f)
		}
	}
	return best
}

func depth(f folder) int {
	if f.path == "" {
		return 0
	}
	return 1 + strings.Count(f.path, "/")
}

// spelt is a name as people say it: words with spaces between.
func spelt(name string) string {
	return strings.Join(strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

var tagged = set("tagged tag tags schlagwort getaggt label labelled labeled")

// readTag takes "#tax", "tagged tax" and "with the tag tax" where a file has it.
func (p *parse) readTag() {
	at := -1
	for i, t := range p.toks {
		if t.used {
			continue
		}
		if strings.HasPrefix(t.fold, "#") && len(t.fold) > 1 {
			at = i
			break
		}
		if tagged[t.fold] && p.open(i+1) {
			at = i + 1
			for p.is(at, set("with as mit als")) {
				at++
			}
			break
		}
	}
	if !p.open(at) {
		return
	}
	name := p.toks[at].raw
	if p.toks[at].phrase != "" {
		name = p.toks[at].phrase
	}
	name = strings.TrimPrefix(name, "#")
	explicit := strings.HasPrefix(p.toks[at].fold, "#")
	for _, d := range p.docs {
		explicit = explicit || hasTag(d, name)
	}
	if !explicit {
		return
	}
	p.q.Tag = name
	p.use(at, 1)
	for i := at - 1; i >= 0 && (p.is(i, tagged) || p.is(i, set("with the mit dem als as carry carries carrying bear have has the a tragen tragt haben hat das den"))); i-- {
		p.use(i, 1)
	}
}

func hasTag(d golocal.Document, tag string) bool {
	return slices.ContainsFunc(d.Meta.Tags, func(t string) bool { return fold(strings.TrimPrefix(t, "#")) == fold(tag) })
}
