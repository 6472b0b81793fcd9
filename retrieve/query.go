package retrieve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golocal"
	"golocal/internal/remark"
)

// maxConditions bounds what one text may ask; what is beyond is words.
const maxConditions = 16

// fields are the conditions that a text may name, by what they ask about. In
// German too: typ:, von:, an:.
var fields = map[string]string{
	"path": "path", "pfad": "path", "file": "path", "datei": "path",
	"folder": "folder", "dir": "folder", "ordner": "folder",
	"type": "type", "ext": "type", "filetype": "type", "typ": "type",
	"after": "after", "since": "after", "nach": "after", "seit": "after",
	"before": "before", "vor": "before", "until": "until", "bis": "until", "date": "date", "datum": "date",
	"tag": "tag", "author": "author", "from": "author", "von": "author", "to": "to", "an": "to",
	"title": "title", "subject": "title", "titel": "title", "betreff": "title",
	"heading": "heading", "language": "language", "lang": "language", "sprache": "language",
	"in": "in",
}

// kinds are types that people name by their program.
var kinds = map[string][]string{
	"word": {"docx", "doc", "odt", "rtf"}, "excel": {"xlsx", "xls", "ods", "csv"}, "spreadsheet": {"xlsx", "xls", "ods", "csv"},
	"powerpoint": {"pptx", "ppt", "odp"}, "slides": {"pptx", "ppt", "odp"}, "presentation": {"pptx", "ppt", "odp"},
	"mail": {"mail", "mailbox", "eml", "msg", "mbox"}, "email": {"mail", "mailbox", "eml", "msg", "mbox"},
	"md": {"markdown"}, "txt": {"text", "txt"}, "htm": {"html"}, "jpg": {"jpg", "jpeg"},
}

// Analyse reads the text of a search: words, "phrases" that must stand
// together, conditions like path:invoices, type:pdf, author:ann, tag:tax,
// after:2024-03 or in:NAME of a saved scope, each of them left out with a minus
// before it, and dates in plain words where they clearly ask for files of that
// time. scopes gives a saved scope's text; nil knows none. Whatever cannot be
// read is words: no text is an error. Analyse is pure.
func Analyse(text string, now time.Time, scopes func(name string) (string, bool)) golocal.Query {
	a := analysis{text: text, now: now, scopes: scopes}
	a.read()
	return a.query()
}

// analysis is a text that is being read.
type analysis struct {
	text   string
	now    time.Time
	scopes func(string) (string, bool)

	scope  golocal.Scope
	limits []golocal.Limit
	taken  [][2]int // byte ranges that are no words
	asked  int
}

func (a *analysis) read() {
	known := func(name string) bool { return fields[name] != "" }
	var quoted [][2]int
	for _, t := range tokenise(a.text, known) {
		if t.quoted {
			quoted = append(quoted, [2]int{t.start, t.end})
		}
		if !t.quoted && t.field == "" && !t.not || a.asked >= maxConditions {
			continue
		}
		said, says := a.condition(t)
		if said.Code == "" {
			continue
		}
		a.asked++
		a.limits = append(a.limits, golocal.Limit{Text: a.text[t.start:t.end], Says: cmp.Or(says, remark.Say("en", said)), Remark: said, Rest: without(a.text, t.start, t.end)})
		if t.field != "" || t.not { // the words of a phrase are searched for, too
			a.taken = append(a.taken, [2]int{t.start, t.end})
		}
	}
	inside := func(at int) bool {
		in := func(r [2]int) bool { return r[0] <= at && at < r[1] }
		return slices.ContainsFunc(quoted, in) || slices.ContainsFunc(a.taken, in)
	}
	if l, p, start, ok := dateFilter(a.text, a.now, inside); ok && a.scope.After == "" && a.scope.Before == "" {
		a.scope.After, a.scope.Before = p.within("", "")
		a.limits = append(a.limits, l)
		a.taken = append(a.taken, [2]int{start, start + len(l.Text)})
	}
}

// conditions are what a condition says: that only those are searched that meet it, or
// that those are not.
var conditions = map[string][2]remark.Code{
	"": {remark.LimitPhrase, remark.NotPhrase}, "path": {remark.LimitPath, remark.NotPath}, "folder": {remark.LimitFolder, remark.NotFolder},
	"author": {remark.LimitAuthor, remark.NotAuthor}, "to": {remark.LimitTo, remark.NotTo}, "tag": {remark.LimitTag, remark.NotTag},
	"title": {remark.LimitTitle, remark.NotTitle}, "heading": {remark.LimitHeading, remark.NotHeading}, "language": {remark.LimitLanguage, remark.NotLanguage},
}

// condition takes one condition into the scope and says it, with no code for what is
// none; says is it in English where that says more than the remark.
func (a *analysis) condition(t token) (said golocal.Remark, says string) {
	value := strings.TrimSpace(t.value)
	kind := fields[t.field]
	switch kind {
	case "":
		if !hasWord(value) {
			return golocal.Remark{}, ""
		}
	case "type":
		return a.types(value, t.not), ""
	case "after", "before", "until", "date":
		return a.dates(kind, value, t.not)
	case "in":
		return a.saved(value, t.not), ""
	}
	term := golocal.Term{Field: kind, Text: value}
	if kind == "tag" {
		term.Text = strings.TrimPrefix(value, "#")
	}
	if kind != "path" && kind != "folder" && !hasWord(term.Text) {
		return golocal.Remark{}, ""
	}
	if t.not {
		a.scope.Without = append(a.scope.Without, term)
		return remark.New(conditions[kind][1], value), ""
	}
	a.scope.With = append(a.scope.With, term)
	return remark.New(conditions[kind][0], value), ""
}

func (a *analysis) types(value string, not bool) golocal.Remark {
	var list []string
	for name := range strings.SplitSeq(strings.ToLower(value), ",") {
		if name = strings.Trim(name, " ."); name == "" {
			continue
		}
		if known := kinds[name]; known != nil {
			list = append(list, known...)
			if !slices.Contains(known, name) {
				continue
			}
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	switch {
	case len(list) == 0:
		return golocal.Remark{}
	case not:
		for _, name := range list {
			a.scope.Without = append(a.scope.Without, golocal.Term{Field: "type", Text: name})
		}
		return remark.New(remark.NotType, value)
	}
	a.scope.Types = append(a.scope.Types, list...)
	return remark.New(remark.LimitType, value)
}

func (a *analysis) dates(kind, value string, not bool) (said golocal.Remark, says string) {
	p, ok := asDate(value, a.now)
	if first, last, ranged := strings.Cut(value, ".."); ranged {
		var until period
		p, ok = asDate(first, a.now)
		if until, ranged = asDate(last, a.now); ok && ranged {
			p.end = until.end
		}
		ok = ok && ranged && kind == "date"
	}
	if !ok {
		return golocal.Remark{}, ""
	}
	switch kind {
	case "after":
		p.end = time.Time{}
	case "before":
		p = period{end: p.start}
	case "until":
		p = period{end: p.end}
	}
	if not { // -after: is before:, and the other way round
		switch {
		case p.end.IsZero():
			p = period{end: p.start}
		case p.start.IsZero():
			p = period{start: p.end}
		default:
			return golocal.Remark{}, ""
		}
	}
	a.scope.After, a.scope.Before = p.within(a.scope.After, a.scope.Before)
	return p.limit(), "only files " + p.says(a.now)
}

// saved takes a saved scope in. One in another is not read: no circles.
func (a *analysis) saved(name string, not bool) golocal.Remark {
	if not || a.scopes == nil {
		return golocal.Remark{}
	}
	text, ok := a.scopes(name)
	if !ok {
		return golocal.Remark{}
	}
	q := Analyse(text, a.now, nil)
	a.scope = both(a.scope, q.Scope)
	return remark.New(remark.LimitSaved, name, text)
}

// query puts together what was read.
func (a *analysis) query() golocal.Query {
	slices.SortFunc(a.taken, func(x, y [2]int) int { return x[0] - y[0] })
	var b strings.Builder
	at := 0
	for _, r := range a.taken {
		b.WriteString(a.text[at:r[0]])
		b.WriteByte(' ')
		at = max(at, r[1])
	}
	b.WriteString(a.text[at:])
	text := strings.Map(func(r rune) rune {
		if isQuote(r) || r == 0 {
			return ' '
		}
		return r
	}, b.String())
	text = strings.Join(strings.Fields(text), " ")
	if !hasWord(text) {
		text = ""
	}
	return golocal.Query{Text: text, Scope: a.scope, Limits: a.limits, Exact: exact(text)}
}

// both is the scope where a and b hold. Of lists that name one of several, what
// stands in both is left.
func both(a, b golocal.Scope) golocal.Scope {
	out := a
	out.Roots = meet(a.Roots, b.Roots, 0)
	out.Docs = meet(a.Docs, b.Docs, 0)
	out.Types = meet(a.Types, b.Types, "-")
	if out.Folder == "" {
		out.Folder = b.Folder
	} else if b.Folder != "" {
		out.With = append(out.With, golocal.Term{Field: "folder", Text: b.Folder})
	}
	switch {
	case len(a.Paths) == 0:
		out.Paths = b.Paths
	case len(b.Paths) == 1:
		out.With = append(out.With, golocal.Term{Field: "folder", Text: b.Paths[0]})
	case len(b.Paths) > 1:
		out.Paths = meet(a.Paths, b.Paths, "/-")
	}
	out.After = max(a.After, b.After)
	if out.Before = min(a.Before, b.Before); out.Before == "" {
		out.Before = max(a.Before, b.Before)
	}
	out.With = append(slices.Clip(out.With), b.With...)
	out.Without = append(slices.Clip(out.Without), b.Without...)
	return out
}

// meet is what stands in both lists, an empty one standing for everything; none
// stands for nothing.
func meet[T comparable](a, b []T, none T) []T {
	if len(a) == 0 || len(b) == 0 {
		return append(slices.Clip(a), b...)
	}
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return []T{none}
	}
	return out
}

// hasWord tells whether anything in s can be searched for.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) })
}

// Conditions tells whether a text narrows searches and holds nothing else, as a
// saved scope's must; the error says what is wrong with it.
func Conditions(text string, now time.Time) error {
	q := Analyse(text, now, nil)
	switch {
	case len(q.Limits) == 0:
		return fmt.Errorf("%q narrows nothing; use conditions such as path:invoices, type:pdf, after:2024 or tag:tax", text)
	case !quotedOnly(text, q):
		return fmt.Errorf("%q holds words beside its conditions; put words that must stand in a passage between quotes", text)
	}
	return nil
}

// quotedOnly tells whether every word of a text stands in a limit.
func quotedOnly(text string, q golocal.Query) bool {
	for _, l := range q.Limits {
		text = strings.Replace(text, l.Text, " ", 1)
	}
	return !hasWord(text)
}
