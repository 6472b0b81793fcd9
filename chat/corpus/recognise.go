package corpus

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golocal"
)

// cue is what a question about the files has at least: a noun for files, a file's
// name, or a word for a total or a summary. Everything else costs nothing.
var cue = regexp.MustCompile(`(?i)\b(everything|tagged|did (i|we)|have (i|we)|habe ich|haben wir|files?|documents?|docs?|notes?|pdfs?|csvs?|spreadsheets?|workbooks?|presentations?|e-?mails?|images?|pictures?|photos?|tags?|` +
	`datei(en)?|[a-z]+dateien|dokument(e|en)?|notiz(en)?|tabellen|präsentation(en)?|bilder?|fotos?|` +
	`compare|differences?|differ|vergleich\w*|unterschiede?|summari[sz]e|summary|zusammenfassung|fasse|sum up|about|` +
	`total|sum|average|mean|minimum|maximum|lowest|highest|smallest|largest|biggest|add up|summe|durchschnitt\w*|höchste\w*|niedrigste\w*|größte\w*|kleinste\w*)\b|\.[a-z0-9]{2,5}\b|summe|\w-maximum`)

// parse is a question that is being read.
type parse struct {
	ctx     context.Context
	cat     Catalogue
	root    func(int64) string // path of a root
	docs    []golocal.Document // in scope
	masked  map[string]*mask
	named   []golocal.Document // files of the question, in order
	toks    []token
	q       Question
	tables  []*Table
	listed  bool // tables have been looked for
	folders []folder
}

// Recognise reads a question; ok is false where it is not about the files
// themselves. root gives the path of a root. Errors are the catalogue's.
func Recognise(ctx context.Context, cat Catalogue, root func(int64) string, text string, scope golocal.Scope) (q Question, ok bool, err error) {
	if !cue.MatchString(text) || len(text) > 400 {
		return q, false, nil
	}
	p := parse{ctx: ctx, cat: cat, root: root, masked: map[string]*mask{}}
	base, err := cat.Understand("", scope)
	if err != nil {
		return q, false, err
	}
	if p.docs, err = p.list(base.Scope); err != nil {
		return q, false, err
	}
	text = p.maskQuotes(strings.Map(func(r rune) rune {
		if r == openMask || r == closeMask {
			return ' '
		}
		return r
	}, text))
	text = p.maskFiles(text)
	asked, err := cat.Understand(text, scope)
	if err != nil {
		return q, false, err
	}
	p.q.scope = asked.Scope
	for _, l := range asked.Limits {
		if l.Guessed { // dates of files are read below, where it is known which
			p.q.scope.After, p.q.scope.Before = base.Scope.After, base.Scope.Before
			asked.Text = text
			for _, other := range asked.Limits {
				if !other.Guessed {
					asked.Text = strings.Replace(asked.Text, other.Text, " ", 1)
				}
			}
		}
	}
	if len(asked.Limits) > 0 {
		if p.docs, err = p.list(p.q.scope); err != nil {
			return q, false, err
		}
	}
	p.toks = p.tokens(asked.Text)
	p.polite()
	for _, rule := range []func() (bool, error){p.compare, p.summary, p.pages, p.total, p.tags, p.files} {
		toks := slices.Clone(p.toks)
		asked := p.q
		if ok, err = rule(); ok || err != nil {
			return p.q, ok, err
		}
		p.toks, p.q = toks, asked
	}
	return p.q, false, nil
}

func (p *parse) list(scope golocal.Scope) ([]golocal.Document, error) {
	var out []golocal.Document
	for d, err := range p.cat.Documents(p.ctx, scope) {
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// polite takes "can you …, please".
func (p *parse) polite() {
	for _, seq := range [][]string{{"can", "you"}, {"could", "you"}, {"would", "you"}, {"kannst", "du"}, {"tell", "me"}, {"sag", "mir"}} {
		if p.find(seq) == 0 {
			p.use(0, len(seq))
		}
	}
}

var quoted = regexp.MustCompile(`["“”„«»]([^"“”„«»]{1,80})["“”„«»]`)

// maskQuotes hides quoted phrases that no condition holds (path:"my notes").
func (p *parse) maskQuotes(text string) string {
	all := quoted.FindAllStringSubmatchIndex(text, -1)
	for _, m := range slices.Backward(all) {
		if m[0] > 0 && (text[m[0]-1] == ':' || text[m[0]-1] == '-') {
			continue
		}
		text = p.hide(text, m[0], m[1], mask{phrase: text[m[2]:m[3]]})
	}
	return text
}

// maskFiles hides names of files, the longest first: as they are written, with
// their ending.
func (p *parse) maskFiles(text string) string {
	type name struct {
		doc        int
		start, end int
	}
	var found []name
	lower := strings.ToLower(text)
	for i, d := range p.docs {
		for _, n := range []string{strings.ToLower(d.Ref.Path), strings.ToLower(path.Base(d.Ref.Path))} {
			if path.Ext(n) == "" || len(lower) != len(text) {
				continue
			}
			for at := 0; ; {
				j := strings.Index(lower[at:], n)
				if j < 0 {
					break
				}
				j += at
				at = j + len(n)
				if edge(lower, j, at) {
					found = append(found, name{i, j, at})
					break
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b name) int { return cmp.Or((b.end-b.start)-(a.end-a.start), a.start-b.start) })
	var kept []name
	for i, f := range found {
		if i > 0 && found[i-1].start == f.start && found[i-1].end == f.end {
			if len(kept) > 0 && kept[len(kept)-1].start == f.start {
				p.q.notes = append(p.q.notes, fmt.Sprintf("more than one file is called so: this is about %s; for %s write more of its path", p.docs[kept[len(kept)-1].doc].Ref.Path, p.docs[f.doc].Ref.Path))
			}
			continue
		}
		if !slices.ContainsFunc(kept, func(k name) bool { return f.start < k.end && k.start < f.end }) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b name) int { return a.start - b.start })
	for _, k := range kept {
		p.named = append(p.named, p.docs[k.doc])
	}
	for i, k := range slices.Backward(kept) {
		text = p.hide(text, k.start, k.end, mask{file: i + 1})
	}
	return text
}

// edge tells that a name stands by itself in a text.
func edge(s string, start, end int) bool {
	inName := func(c byte) bool {
		return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '_' || c == '-' || c >= 0x80
	}
	return (start == 0 || !inName(s[start-1]) && s[start-1] != '.') && (end == len(s) || !inName(s[end]))
}

// files reads count, list and superlatives.
func (p *parse) files() (bool, error) {
	p.readDates()
	p.readFolder()
	p.readTag()
	phrase := p.readMention()
	if p.q.Mentions == "" && phrase {
		return false, nil
	}
	super := p.superlative()
	n := p.number(super != "")
	if !p.kind() && (p.q.When == "" || !p.has(set("i we ich wir"))) { // "what did I change today" needs no noun
		return false, nil
	}
	asksChange := false
	for i := range p.toks {
		if p.is(i, changing) || p.is(i, making) && (p.q.When != "" || super != "") {
			asksChange = asksChange || changing[p.toks[i].fold]
			p.use(i, 1)
		}
	}
	p.q.Changed = asksChange && p.q.When != ""
	if p.q.Kind == "" && p.q.When != "" && !asksChange && !p.nouned() {
		return false, nil
	}
	counts, lists := p.take(counting), false
	for p.take(listing) {
		lists = true
	}
	switch {
	case super != "":
		p.q.Task, p.q.N = super, n
	case counts:
		p.q.Task = Count
	case lists, p.q.When != "" || p.q.Tag != "" || p.q.Mentions != "":
		p.q.Task = List
	default:
		return false, nil
	}
	if asksChange && p.q.When == "" && super == "" {
		return false, nil
	}
	if len(p.named) > 0 || len(p.left()) > 0 {
		return false, nil
	}
	return true, nil
}

// superlative reads newest, largest and the like.
func (p *parse) superlative() Task {
	for _, seq := range [][]string{{"most", "recently"}, {"most", "recent"}, {"zuletzt"}, {"changed", "last"}, {"modified", "last"}, {"edited", "last"}, {"last", "changed"}, {"last", "modified"}, {"last", "edited"}} {
		if p.take([][]string{seq}) {
			return Newest
		}
	}
	for i, t := range p.toks {
		if task, ok := superlatives[t.fold]; ok && !t.used {
			p.use(i, 1)
			return task
		}
	}
	return ""
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
	for i, t := range p.toks {
		if k, ok := kindNouns[t.fold]; ok && !t.used {
			p.q.Kind = k
			p.use(i, 1)
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
