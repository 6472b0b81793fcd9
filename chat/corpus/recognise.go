package corpus

import (
	"cmp"
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"golocal"
)

// cue is what a question about the files has at least: a noun for files, a file's
// name, or a word for a total or a summary. Everything else costs nothing.
var cue = regexp.MustCompile(`(?i)\b(everything|tagged|did (i|we)|have (i|we)|habe ich|haben wir|files?|documents?|docs?|notes?|pdfs?|csvs?|spreadsheets?|workbooks?|presentations?|e-?mails?|images?|pictures?|photos?|tags?|papers|things?|` +
	`datei\w*|textdatei\w*|[a-z]+dateien|dokument(e|en)?|notiz(en)?|tabellen|präsentation(en)?|bilder?|fotos?|unterlagen|papiere|` +
	`(sub)?folders?|(sub)?director(y|ies)|(unter)?ordnern?|verzeichnis(se)?|duplicates?|identical|duplikate?|doppelte?n?|identische?n?|` +
	`occurrences|how often|how many times|wie oft|wie häufig|mentions?|mentioned|erwähn\w*|the (word|term)|(das|dem|den) (wort|begriff)|kommt .* vor|` +
	`compare|differences?|differ|vergleich\w*|unterschiede?|summari[sz]e|summary|zusammenfassung|fasse|sum up|about|` +
	`total|sum|average|mean|minimum|maximum|lowest|highest|smallest|largest|biggest|add up|summe|durchschnitt\w*|höchste\w*|niedrigste\w*|größte\w*|kleinste\w*)\b|\.[a-z0-9]{2,5}\b|summe|\w-maximum`)

// weak is what a question has that may be about files by the names they go by here,
// as "minutes" are, or about the columns of tables; those are looked up before more
// is done.
var weak = regexp.MustCompile(`(?i)^\W*(please |kindly |bitte )?(can you |could you |kannst du )?((with|for|at|from|by|in|to|bei|von|für|in|an|mit) )?(how many|which|list|show|name|count|number of|how much|who|whose|what did|what was the|what is the|what are the|wie ?viel|wie (hoch|groß|lang)|wer|was (ist|war|sind)|newest|latest|oldest|cheapest|most|wie ?viele|welche[nrms]?|wem|wen|zeige?|liste|nenne|anzahl|zähle)\b|` +
	`\b(when|wann|how (big|large|long)|size|space|words|wörter|per|by|je|pro|insgesamt|gesamt\w*|zusammen\w*|addier\w*|summier\w*)\b`)

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
	lastly  bool // it asks when files were changed last
	bare    bool // its days are a month without a year
	tables  []*Table
	folders []folder
}

// Recognise reads a question; ok is false where it is not about the files
// themselves. root gives the path of a root. Errors are the catalogue's.
func Recognise(ctx context.Context, cat Catalogue, root func(int64) string, text string, scope golocal.Scope) (q Question, ok bool, err error) {
	sure := cue.MatchString(text)
	if !sure && !weak.MatchString(text) || len(text) > 400 {
		return q, false, nil
	}
	p := parse{ctx: ctx, cat: cat, root: root, masked: map[string]*mask{}}
	base, err := cat.Understand("", scope)
	if err != nil {
		return q, false, err
	}
	rules := []func() (bool, error){p.either, p.compare, p.summary, p.pages, p.tags, p.often, p.types, p.changedAt, p.words, p.size, p.duplicates, p.files, p.foldersOf, p.total}
	if !sure {
		rules, err = p.worthwhile(text, base.Scope)
		if err != nil || rules == nil {
			return q, false, err
		}
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
	for _, rule := range rules {
		toks := slices.Clone(p.toks)
		asked := p.q
		if ok, err = rule(); ok || err != nil {
			return p.q, ok, err
		}
		p.toks, p.q = toks, asked
	}
	return p.q, false, nil
}

// worthwhile are the rules that may fit a question whose words alone do not say that
// it is about the files: one of its first words is in the name of a file or folder,
// or all that mean something are in one table. Nil for none.
func (p *parse) worthwhile(text string, scope golocal.Scope) (rules []func() (bool, error), err error) {
	probe := *p
	probe.toks = probe.tokens(text)
	probe.q.scope = scope
	for p := &probe; p.take(counting) || p.take(listing); { // they are no names
	}
	looked := 0
	for _, at := range probe.left() {
		word := strings.TrimRight(probe.toks[at].fold, "s")
		if contextual[word] || len(word) < 3 {
			continue
		}
		if looked++; looked > namesNear {
			break
		}
		named := scope
		named.With = append(slices.Clip(scope.With), golocal.Term{Field: "path", Text: strings.TrimRight(probe.toks[at].raw, "sS")})
		found, err := p.any(named)
		if err != nil {
			return nil, err
		}
		if found {
			rules = append(rules, p.either, p.pages, p.changedAt, p.words, p.size, p.files)
			break
		}
	}
	probe.toks = probe.tokens(text)
	if w, ok := probe.wanted(); ok {
		docs, err := probe.holding(w)
		if err != nil {
			return nil, err
		}
		if len(docs) > 0 {
			rules = append(rules, p.total)
		}
	}
	return rules, nil
}

// namesNear is how many words that mean something are looked up as names.
const namesNear = 2

// any tells that a document is in scope.
func (p *parse) any(scope golocal.Scope) (bool, error) {
	for _, err := range p.cat.Documents(p.ctx, scope) {
		return err == nil, err
	}
	return false, nil
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

// polite takes "can you …, please", wherever it stands.
func (p *parse) polite() {
	for p.take([][]string{{"can", "you"}, {"could", "you"}, {"would", "you"}, {"will", "you"}, {"kannst", "du"}, {"konntest", "du"}, {"konnen", "sie"}, {"konnten", "sie"}, {"wurdest", "du"}, {"tell", "me"}, {"sag", "mir"}, {"mir", "sagen"}, {"sagen", "sie", "mir"}, {"i", "would", "like", "to", "know"}, {"i", "want", "to", "know"}, {"i", "need", "to", "know"}, {"ich", "mochte", "wissen"}, {"do", "you", "know"}, {"weisst", "du"}, {"just", "the", "file", "names"}, {"only", "the", "file", "names"}, {"just", "the", "names"}, {"zahlen"}, {"which", "ones"}, {"ich", "hatte", "gern"}, {"ich", "hatte", "gerne"}, {"ich", "mochte"}, {"ich", "brauche"}, {"i", "would", "like"}, {"i", "d", "like"}, {"i", "need"}, {"it", "s", "in"}, {"it", "is", "in"}, {"they", "are", "in"}, {"not", "counting", "the", "header"}, {"without", "the", "header"}, {"excluding", "the", "header"}, {"ohne", "kopfzeile"}, {"ohne", "die", "kopfzeile"}, {"going", "by"}, {"by", "the", "way"}}) {
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
			if len(kept) > 0 && kept[len(kept)-1].start == f.start && kept[len(kept)-1].doc != f.doc { // a path may be a name alone
				p.q.twins = append(p.q.twins, [2]string{p.docs[kept[len(kept)-1].doc].Ref.Path, p.docs[f.doc].Ref.Path})
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
