package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// ErrOrdinary says that a question only looked like one about the files.
var ErrOrdinary = errors.New("no question about the files")

// Answerer answers questions that Recognise has read.
type Answerer struct {
	Catalogue Catalogue
	Root      func(id int64) string // path of a root
	// Progress is told how many of all texts have been read; nil for nobody.
	Progress func(done, all int) error
}

// Answer answers a question. Items are all that the answer counts. ErrOrdinary
// says that the files do not bear the question out: a description was taken for
// words that they mention. Other errors are the catalogue's, ctx's and Progress's.
func (a Answerer) Answer(ctx context.Context, q Question) (Result, error) {
	q.say = wordingIn(q.Language)
	r, err := a.answer(ctx, q)
	r.Coverage.say = q.say
	for i, u := range r.Coverage.Unread {
		switch {
		case u.passed:
			r.Coverage.Unread[i].Why = q.say.notLooked
		case u.Why == "":
			r.Coverage.Unread[i].Why = q.say.why(u.Doc)
		}
	}
	var notes []string
	for _, twins := range q.twins {
		notes = append(notes, fmt.Sprintf(q.words().twins, twins[0], twins[1]))
	}
	r.Notes = append(notes, r.Notes...)
	return r, err
}

func (a Answerer) answer(ctx context.Context, q Question) (Result, error) {
	switch q.Task {
	case Total:
		return a.total(ctx, q)
	case Compare, Only:
		return a.compare(ctx, q)
	case Summary:
		return a.summary(ctx, q)
	}
	docs, cover, err := a.choose(ctx, q)
	if err != nil {
		return Result{}, err
	}
	if q.Guessed && len(docs) == 0 {
		return Result{}, ErrOrdinary
	}
	r := Result{Task: q.Task, Coverage: cover, Total: len(docs)}
	switch q.Task {
	case Count, List:
		return a.listed(ctx, q, docs, r)
	case Newest, Oldest, Largest, Smallest:
		return a.first(q, docs, r), nil
	case Pages:
		return a.pages(q, docs, r), nil
	case Tags:
		return tags(q, docs, r), nil
	case Types:
		return types(q, docs, r), nil
	case Folders:
		return a.folders(q, docs, r), nil
	case Size:
		return a.size(q, docs, r), nil
	case Changed:
		return a.changedAt(q, docs, r), nil
	case Duplicates:
		return a.duplicates(q, docs, r), nil
	case Words:
		return a.words(ctx, q, docs, r)
	case Occurrences:
		return a.occurrences(ctx, q, docs, r)
	}
	return r, ErrOrdinary
}

// choose lists the files that a question is about, and what of them was read.
func (a Answerer) choose(ctx context.Context, q Question) ([]golocal.Document, Coverage, error) {
	scope := q.scope
	if !q.Changed {
		scope.After = max(scope.After, q.After)
		if q.Before != "" && (scope.Before == "" || q.Before < scope.Before) {
			scope.Before = q.Before
		}
	}
	var cover Coverage
	var docs []golocal.Document
	for d, err := range a.Catalogue.Documents(ctx, scope) {
		if err != nil {
			return nil, cover, err
		}
		if !fits(q, d) {
			continue
		}
		cover.Of++
		if d.State == golocal.StateReady {
			cover.Read++
		} else {
			cover.Unread = append(cover.Unread, Unread{Doc: d})
		}
		docs = append(docs, d)
	}
	if q.Mentions.empty() {
		return docs, cover, nil
	}
	saying := map[int64]bool{}
	for _, s := range q.Mentions.scopes(scope) {
		for d, err := range a.Catalogue.Documents(ctx, s) {
			if err != nil {
				return nil, cover, err
			}
			saying[d.ID] = true
		}
	}
	unsaid := len(q.Mentions.quotable()) == 0
	return slices.DeleteFunc(docs, func(d golocal.Document) bool {
		return !saying[d.ID] || unsaid && d.State != golocal.StateReady // what was not read is not known to lack a word
	}), cover, nil
}

// why says why a document has no text.
func (w *wording) why(d golocal.Document) string {
	if w.code != "en" {
		if s := remark.Say(w.code, d.Why); s != "" {
			return s
		}
	}
	if d.Reason != "" {
		return d.Reason
	}
	return w.cause(d)
}

// fits tells whether the catalogue's row of a document is what a question asks for.
func fits(q Question, d golocal.Document) bool {
	switch {
	case len(q.Names) > 0 && !slices.ContainsFunc(q.Names, func(n golocal.Document) bool { return n.ID == d.ID }),
		!isKind(d, q.Kind),
		!q.within(d),
		q.Tag != "" && !hasTag(d, q.Tag),
		q.Called != "" && !called(d, q.Called),
		!q.sized(d.Size):
		return false
	case q.Changed:
		day := d.Modified.Local().Format(time.DateOnly)
		return day >= q.After && (q.Before == "" || day < q.Before)
	}
	return true
}

// sized tells that a size in bytes is as the question says.
func (q Question) sized(bytes int64) bool {
	n := float64(bytes)
	switch q.Sized {
	case ">":
		return n > q.Than
	case ">=":
		return n >= q.Than
	case "<":
		return n < q.Than
	case "<=":
		return n <= q.Than
	}
	return true
}

// path is how a file is written: below its root, whose name goes before where
// there are several.
func (a Answerer) path(d golocal.Document, docs []golocal.Document) string {
	for _, o := range docs {
		if o.Ref.Root != d.Ref.Root {
			return filepath.Base(a.Root(d.Ref.Root)) + "/" + d.Ref.Path
		}
	}
	return d.Ref.Path
}

// listed answers count and list.
func (a Answerer) listed(ctx context.Context, q Question, docs []golocal.Document, r Result) (Result, error) {
	for _, d := range docs {
		r.Items = append(r.Items, Item{Doc: d, Text: a.path(d, docs)})
	}
	r.Value = strconv.Itoa(len(docs))
	kind := q.words().what(q)
	switch {
	case len(docs) == 0:
		r.Text = fmt.Sprintf(q.words().none, kind.no, q.words().conditions(q))
	case len(docs) == 1:
		r.Text = fmt.Sprintf(q.words().one, kind.amount(1), q.words().conditions(q))
	default:
		r.Text = fmt.Sprintf(q.words().some, kind.amount(len(docs)), q.words().conditions(q))
	}
	for i := range r.Items[:min(len(r.Items), Quoted)] { // where each says it
		for _, words := range q.Mentions.quotable() {
			if err := a.quote(ctx, &r.Items[i], words); err != nil {
				return r, err
			}
			if r.Items[i].Quote != "" {
				break
			}
		}
	}
	return r, nil
}

// first answers newest, oldest, largest and smallest.
func (a Answerer) first(q Question, docs []golocal.Document, r Result) Result {
	by := func(x, y golocal.Document) int { return y.Modified.Compare(x.Modified) }
	switch q.Task {
	case Oldest:
		by = func(x, y golocal.Document) int { return x.Modified.Compare(y.Modified) }
	case Largest:
		by = func(x, y golocal.Document) int { return cmp.Compare(y.Size, x.Size) }
	case Smallest:
		by = func(x, y golocal.Document) int { return cmp.Compare(x.Size, y.Size) }
	}
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, by)
	sorted = sorted[min(len(sorted), max(q.Nth-1, 0)):]
	n := min(max(q.N, 1), len(sorted))
	for _, d := range sorted[:n] {
		text := a.path(d, docs) + q.words().lastChanged + d.Modified.Local().Format("2006-01-02 15:04")
		if q.Task == Largest || q.Task == Smallest {
			text = a.path(d, docs) + ", " + q.words().amount(int(d.Size), "byte")
		}
		r.Items = append(r.Items, Item{Doc: d, Text: text})
	}
	r.Total = n
	switch {
	case n == 0:
		r.Text = fmt.Sprintf(q.words().none, q.words().what(q).no, q.words().conditions(q))
	case n == 1:
		r.Value = a.path(sorted[0], docs)
		r.Text = fmt.Sprintf(q.words().first, q.words().nth(q.Nth)+q.words().superlatives[q.Task], q.words().what(q).amount(len(docs)), q.words().conditions(q), r.Items[0].Text)
	default:
		r.Text = fmt.Sprintf(q.words().firsts, n, q.words().superlatives[q.Task], q.words().what(q).amount(len(docs)), q.words().conditions(q))
	}
	if n < len(sorted) && n > 0 && by(sorted[n-1], sorted[n]) == 0 {
		r.Notes = append(r.Notes, q.words().level)
	}
	return r
}

// pages answers how many pages files have.
func (a Answerer) pages(q Question, docs []golocal.Document, r Result) Result {
	sum := 0
	r.Coverage.Read = 0
	r.Coverage.Unread = nil
	for _, d := range docs {
		if d.Pages == 0 {
			r.Coverage.Unread = append(r.Coverage.Unread, Unread{Doc: d, Why: q.words().pagesUnknown})
			continue
		}
		r.Coverage.Read++
		sum += d.Pages
		r.Items = append(r.Items, Item{Doc: d, Text: a.path(d, docs) + ", " + q.words().amount(d.Pages, "page")})
	}
	r.Total, r.Value = len(r.Items), strconv.Itoa(sum)
	switch {
	case len(r.Items) == 0 && len(docs) > 0:
		r.Text, r.Value = fmt.Sprintf(q.words().noPages, a.path(docs[0], docs)), ""
	case len(docs) == 1:
		r.Text = fmt.Sprintf(q.words().has, a.path(docs[0], docs), q.words().amount(sum, "page"))
	default:
		r.Text = fmt.Sprintf(q.words().pagesOf, q.words().what(q).amount(len(r.Items)), q.words().conditions(q), q.words().amount(sum, "page"))
	}
	return r
}

// tags answers which tags there are.
func tags(q Question, docs []golocal.Document, r Result) Result {
	counts := map[string]int{}
	var names []string
	for _, d := range docs {
		seen := map[string]bool{}
		for _, t := range d.Meta.Tags {
			t = strings.TrimPrefix(t, "#")
			if !seen[t] {
				seen[t] = true
				if counts[t]++; counts[t] == 1 {
					names = append(names, t)
				}
			}
		}
		if len(seen) > 0 {
			r.Items = append(r.Items, Item{Doc: d, Text: d.Ref.Path + ": #" + strings.Join(d.Meta.Tags, " #")})
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	r.Total, r.Value = len(r.Items), strconv.Itoa(len(names))
	if len(names) == 0 {
		r.Text = q.words().noTag
		return r
	}
	var list []string
	for _, n := range names {
		list = append(list, fmt.Sprintf("#%s (%d)", n, counts[n]))
	}
	r.Text = fmt.Sprintf("%s: %s.", q.words().amount(len(names), "tag"), strings.Join(list, ", "))
	return r
}
