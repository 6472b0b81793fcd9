package corpus

var (
	typeNouns   = set("filetype filetypes dateityp dateitypen dateiart dateiarten dateiformat dateiformate dateiendungen")
	typeOf      = set("type types kind kinds format formats sort sorts extension extensions typ typen art arten formate")
	folderNouns = set("folder folders directory directories subfolder subfolders subdirectories ordner unterordner verzeichnis verzeichnisse verzeichnissen ordnern")
	wordsOf     = set("words worter worten") // "Word documents" are files
	sizing      = set("size sizes big large space storage disk bytes room gross platz speicherplatz speicher grosse megabytes kilobytes mb kb")
	sizeWords   = set("byte bytes kb mb kilobyte megabyte insgesamt take up need occupy use belegen brauchen together combined overall total sum zusammen file files much how viel wie")
	dated       = set("when wann date datum")
	lastly      = set("letzte letzten mal zuletzt last zuletzt changed modified edited updated saved touched geandert bearbeitet gespeichert aktualisiert change changes file datei time")
)

// types reads "which file types are there" and "how many files of each type".
func (p *parse) types() (bool, error) {
	at := -1
	for i := range p.toks {
		if p.is(i, typeNouns) || p.is(i, typeOf) && (p.open(i-1) && fileNouns[p.toks[i-1].fold] || p.is(i+1, set("of von an")) && p.open(i+2) && p.filesAt(i+2) || p.is(i-1, grouping)) {
			at = i
			break
		}
	}
	if at < 0 {
		return false, nil
	}
	p.use(at, 1)
	p.readFolder()
	p.whole()
	p.kind()
	asked := p.take(counting) || p.take([][]string{{"how", "many"}})
	for p.take(listing) || p.take(counting) {
		asked = true
	}
	asked = asked || p.has(set("break breakdown split group"))
	p.q.Task = Types
	return asked && len(p.named) == 0 && len(p.left(grouping, set("break down breakdown split group type types kind kinds different verschiedene verschiedenen one davon jeweils have"))) == 0, nil
}

// foldersOf reads "how many folders are there", "files per folder" and "which folder
// has the most files".
func (p *parse) foldersOf() (bool, error) {
	at := -1
	for i := range p.toks {
		if p.is(i, folderNouns) {
			at = i
			break
		}
	}
	if at < 0 || len(p.named) > 0 {
		return false, nil
	}
	asked := p.take([][]string{{"how", "many"}, {"number", "of"}, {"wie", "viele"}, {"wieviele"}, {"anzahl"}, {"count"}})
	if asked && at > 0 && p.open(at-1) && !grouping[p.toks[at-1].fold] && !fillers[p.toks[at-1].fold] && !set("the my different verschiedene")[p.toks[at-1].fold] {
		return false, nil
	}
	for p.take(listing) {
		asked = true
	}
	p.use(at, 1)
	p.readDates()
	p.readFolder()
	p.take([][]string{{"in", "it"}, {"in", "them"}, {"darin"}})
	if super := p.take([][]string{{"most"}, {"meisten"}}); super {
		p.q.Total.Most = true
	}
	p.kind()
	p.q.Task = Folders
	return asked && len(p.left(grouping, folderNouns, set("counting including too auch mitgezahlt contain contains contained hold holds has have enthalt enthalten liegt"))) == 0, nil
}

// size reads "how big is plan.md" and "how much space do my PDFs take".
func (p *parse) size() (bool, error) {
	if !p.has(sizing) {
		return false, nil
	}
	p.readFolder()
	p.whole()
	for i := range p.toks {
		if p.is(i, sizing) {
			p.use(i, 1)
		}
	}
	p.take([][]string{{"how"}, {"wie"}, {"what"}})
	p.nameStems(1)
	p.useFiles()
	if len(p.q.Names) == 0 && !p.kind() && p.q.folders == nil && !p.group() {
		return false, nil
	}
	for p.take(listing) {
	}
	p.q.Task = Size
	return len(p.left(sizeWords)) == 0, nil
}

// changedAt reads "when was plan.md last changed".
func (p *parse) changedAt() (bool, error) {
	if !p.has(dated) || !p.has(changing) {
		return false, nil
	}
	for i := range p.toks {
		if p.is(i, dated) {
			p.use(i, 1)
		}
	}
	p.apposed()
	p.nameStems(1)
	p.useFiles()
	p.q.Task = Changed
	for p.take(listing) {
	}
	return len(p.q.Names) > 0 && len(p.left(lastly, changing)) == 0, nil
}

// words reads "how many words does plan.md have".
func (p *parse) words() (bool, error) {
	at := -1
	for i := range p.toks {
		if p.is(i, wordsOf) {
			at = i
		}
	}
	if at < 0 || !p.take([][]string{{"how", "many"}, {"number", "of"}, {"wie", "viele"}, {"wieviele"}, {"anzahl"}, {"how", "long"}, {"wie", "lang"}, {"count"}, {"word", "count"}}) {
		return false, nil
	}
	if p.open(at) {
		p.use(at, 1)
	}
	p.readFolder()
	p.nameStems(1)
	p.useFiles()
	if len(p.q.Names) == 0 && !p.kind() && p.q.folders == nil {
		return false, nil
	}
	p.q.Task = Words
	return len(p.left(fileNouns, set("note notes notiz notizen contain contains enthalt enthalten long lang"))) == 0, nil
}

// apposed takes a noun that stands before a file's name: the list list.csv.
func (p *parse) apposed() {
	for i, t := range p.toks {
		if t.file > 0 && p.open(i-1) && p.toks[i-1].phrase == "" && p.toks[i-1].file == 0 && (i < 2 || articled[p.toks[i-2].fold]) {
			p.use(i-1, 1)
		}
	}
}

// plain tells that word i says nothing by itself.
func (p *parse) plain(i int) bool {
	probe := *p
	probe.toks = p.toks[i : i+1]
	return len(probe.left()) == 0
}

var alikeWords = set("duplicate duplicates duplicated identical same content contents exactly copies copy twice duplikat duplikate doppelt doppelte doppelten gleiche gleichen gleich identisch identische identischen inhalt inhalte mehrfach kopien")

// duplicates reads "are there duplicates" and "which files are identical".
func (p *parse) duplicates() (bool, error) {
	if !p.has(set("duplicate duplicates duplicated identical duplikat duplikate doppelt doppelte doppelten identisch identische identischen mehrfach")) &&
		!(p.has(set("same gleichen gleiche")) && p.has(set("content contents inhalt"))) {
		return false, nil
	}
	p.readFolder()
	p.whole()
	asked := p.take(counting)
	for p.take(listing) || p.take(counting) {
		asked = true
	}
	p.kind()
	p.q.Task = Duplicates
	return asked && len(p.named) == 0 && len(p.left(alikeWords, fileNouns, lying, set("mean meine any"))) == 0, nil
}

// comparatives are superlatives of two.
var comparatives = map[string]Task{"longer": Largest, "bigger": Largest, "larger": Largest, "shorter": Smallest, "smaller": Smallest, "newer": Newest, "older": Oldest,
	"langer": Largest, "grosser": Largest, "kurzer": Smallest, "kleiner": Smallest, "neuer": Newest, "alter": Oldest}

// either reads "which is longer, a.md or b.md".
func (p *parse) either() (bool, error) {
	for i, t := range p.toks {
		task := comparatives[t.fold]
		if task == "" || t.used {
			continue
		}
		p.use(i, 1)
		p.nameStems(2)
		p.useFiles()
		for p.take(listing) {
		}
		p.q.Task = task
		return len(p.q.Names) == 2 && len(p.left(fileNouns, orWords, andWords)) == 0, nil
	}
	return false, nil
}
