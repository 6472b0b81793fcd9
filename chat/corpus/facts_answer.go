package corpus

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// tallied is how many files go by a name.
type tallied struct {
	name  string
	files int
}

// tallies counts names, the commonest first.
func tallies(names []string) []tallied {
	at := map[string]int{}
	var out []tallied
	for _, n := range names {
		i, ok := at[n]
		if !ok {
			i = len(out)
			at[n] = i
			out = append(out, tallied{name: n})
		}
		out[i].files++
	}
	slices.SortStableFunc(out, func(a, b tallied) int { return cmp.Or(cmp.Compare(b.files, a.files), cmp.Compare(a.name, b.name)) })
	return out
}

// types answers which kinds of files there are, by what their names end with.
func types(q Question, docs []golocal.Document, r Result) Result {
	var names []string
	for _, d := range docs {
		switch e := ending(d); {
		case e != "":
			names = append(names, "."+e)
		case d.Type != "":
			names = append(names, d.Type)
		default:
			names = append(names, q.words().endless)
		}
	}
	return q.tallied("type", tallies(names), r)
}

// folders answers which folders there are and how many files lie in each, those in
// folders of its own left aside.
func (a Answerer) folders(q Question, docs []golocal.Document, r Result) Result {
	var names []string
	above := map[string]bool{}
	for _, d := range docs {
		whole := a.path(d, docs)
		if q.folders != nil {
			whole = d.Ref.Path
		}
		dir := path.Dir(whole)
		if dir == "." {
			dir = ""
		}
		names = append(names, dir)
		for up := dir; up != "" && up != "."; up = path.Dir(up) {
			above[up] = true
		}
	}
	if q.folders != nil { // the folder itself and those above it are none in it
		outer := func(name string) bool {
			return slices.ContainsFunc(q.folders, func(f folder) bool { return strings.HasPrefix(f.path+"/", name+"/") })
		}
		names = slices.DeleteFunc(names, outer)
		maps.DeleteFunc(above, func(name string, _ bool) bool { return outer(name) })
	}
	list := tallies(names)
	for _, t := range list {
		delete(above, t.name)
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range above {
			if !yield(n) {
				return
			}
		}
	}) { // they hold only folders
		list = append(list, tallied{name: name})
	}
	if q.Total.Most && len(list) > 0 {
		if list[0].name == "" {
			list[0].name = q.words().outside
		}
		r.Total, r.Items, r.Value = 0, nil, list[0].name
		r.Text = fmt.Sprintf(q.words().mostFiles, list[0].name, q.words().what(q).amount(list[0].files))
		if len(list) > 1 && list[1].files == list[0].files {
			r.Notes = append(r.Notes, fmt.Sprintf(q.words().alike, cmp.Or(list[1].name, q.words().outside)))
		}
		return r
	}
	r = q.tallied("folder", slices.DeleteFunc(slices.Clone(list), func(t tallied) bool { return t.name == "" }), r)
	if i := slices.IndexFunc(list, func(t tallied) bool { return t.name == "" }); i >= 0 {
		r.Lines = append(r.Lines, q.words().outside+": "+q.words().what(q).amount(list[i].files))
	}
	return r
}

// tallied writes counted names, a line each.
func (q Question) tallied(what string, list []tallied, r Result) Result {
	r.Total, r.Value = 0, strconv.Itoa(len(list))
	r.Text = fmt.Sprintf(q.words().some, q.words().amount(len(list), what), q.words().conditions(q))
	if len(list) == 1 {
		r.Text = fmt.Sprintf(q.words().one, q.words().amount(1, what), q.words().conditions(q))
	}
	for _, t := range list[:min(len(list), maxCells)] {
		r.Lines = append(r.Lines, t.name+": "+q.words().what(q).amount(t.files))
	}
	return r
}

// duplicates answers which files are alike, by the sums of their bytes.
func (a Answerer) duplicates(q Question, docs []golocal.Document, r Result) Result {
	first := map[golocal.Sum]golocal.Document{}
	twice := map[golocal.Sum]bool{}
	for _, d := range docs {
		if _, ok := first[d.Sum]; ok && d.Sum != (golocal.Sum{}) {
			twice[d.Sum] = true
			continue
		}
		first[d.Sum] = d
	}
	for _, d := range docs {
		if !twice[d.Sum] {
			continue
		}
		text := a.path(d, docs)
		if f := first[d.Sum]; f.ID != d.ID {
			text += ", " + fmt.Sprintf(q.words().same, a.path(f, docs))
		}
		r.Items = append(r.Items, Item{Doc: d, Text: text})
	}
	r.Total, r.Value = len(r.Items), strconv.Itoa(len(r.Items))
	if len(r.Items) == 0 {
		r.Text = fmt.Sprintf(q.words().noneAlike, q.words().conditions(q))
		return r
	}
	r.Text = fmt.Sprintf(q.words().alikes, q.words().what(q).amount(len(r.Items)), q.words().conditions(q))
	return r
}

// size answers how many bytes files have.
func (a Answerer) size(q Question, docs []golocal.Document, r Result) Result {
	sum := int64(0)
	for _, d := range docs {
		sum += d.Size
		r.Items = append(r.Items, Item{Doc: d, Text: a.path(d, docs) + ", " + q.words().amount(int(d.Size), "byte")})
	}
	slices.SortStableFunc(r.Items, func(x, y Item) int { return cmp.Compare(y.Doc.Size, x.Doc.Size) })
	r.Total, r.Value = len(r.Items), strconv.FormatInt(sum, 10)
	r.Coverage.Read, r.Coverage.Unread = len(docs), nil // no text is needed
	amount := q.words().amount(int(sum), "byte") + roughly(sum)
	switch {
	case len(docs) == 1:
		r.Text = fmt.Sprintf(q.words().has, a.path(docs[0], docs), amount)
	default:
		r.Text = fmt.Sprintf(q.words().pagesOf, q.words().what(q).amount(len(docs)), q.words().conditions(q), amount)
	}
	return r
}

// roughly is a size for people, as " (1.2 MB)".
func roughly(bytes int64) string {
	for _, u := range []struct {
		name string
		of   int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}} {
		if bytes >= u.of {
			return fmt.Sprintf(" (%.1f %s)", float64(bytes)/float64(u.of), u.name)
		}
	}
	return ""
}

// changedAt answers when files were changed last.
func (a Answerer) changedAt(q Question, docs []golocal.Document, r Result) Result {
	var lines []string
	for _, d := range docs {
		at := d.Modified.Local().Format("2006-01-02 15:04")
		if r.Value == "" {
			r.Value = at
		}
		r.Items = append(r.Items, Item{Doc: d, Text: a.path(d, docs) + q.words().lastChanged + at})
		lines = append(lines, fmt.Sprintf(q.words().changedAt, a.path(d, docs), at))
	}
	r.Total, r.Text = len(r.Items), strings.Join(lines, "\n")
	r.Coverage.Read, r.Coverage.Unread = len(docs), nil
	return r
}

// maxCounted bounds, in bytes of files, what is read to count words.
const maxCounted = 256 << 20

// words answers how many words files have: runs of letters and digits, as they are
// read of them.
func (a Answerer) words(ctx context.Context, q Question, docs []golocal.Document, r Result) (Result, error) {
	sum := 0
	r.Coverage.Read = 0
	err := a.each(ctx, docs, &r, func(d golocal.Document) {
		n := len(prose.Words(d.Text))
		sum += n
		r.Items = append(r.Items, Item{Doc: bare(d), Text: a.path(d, docs) + ", " + q.words().amount(n, "term")})
	})
	r.Total, r.Value = len(r.Items), strconv.Itoa(sum)
	if len(docs) == 1 {
		r.Text = fmt.Sprintf(q.words().has, a.path(docs[0], docs), q.words().amount(sum, "term"))
	} else {
		r.Text = fmt.Sprintf(q.words().pagesOf, q.words().what(q).amount(len(r.Items)), q.words().conditions(q), q.words().amount(sum, "term"))
	}
	return r, err
}

// occurrences answers how often words stand in files, in any inflected form.
func (a Answerer) occurrences(ctx context.Context, q Question, docs []golocal.Document, r Result) (Result, error) {
	sum, words := 0, q.Mentions.All[0]
	count := map[int64]int{}
	unread := r.Coverage.Unread
	err := a.each(ctx, docs, &r, func(d golocal.Document) {
		if n := len(found(prose.Words(d.Text), prose.Words(words))); n > 0 {
			sum += n
			count[d.ID] = n
			r.Items = append(r.Items, Item{Doc: bare(d), Text: fmt.Sprintf("%s: %d", a.path(d, docs), n)})
		}
	})
	if err != nil {
		return r, err
	}
	if q.Guessed && sum == 0 {
		return r, ErrOrdinary
	}
	r.Coverage.Unread = unread
	slices.SortStableFunc(r.Items, func(x, y Item) int { return cmp.Compare(count[y.Doc.ID], count[x.Doc.ID]) })
	r.Total, r.Value = len(r.Items), strconv.Itoa(sum)
	r.Text = fmt.Sprintf(q.words().standsIn, fmt.Sprintf(q.words().mentioning, words), q.words().amount(sum, "place"), q.words().amount(len(r.Items), "file"))
	switch {
	case sum == 0:
		r.Text = fmt.Sprintf(q.words().nowhere, fmt.Sprintf(q.words().mentioning, words))
	case q.Total.Most:
		first := r.Items[0]
		r.Value = a.path(first.Doc, docs)
		r.Text = fmt.Sprintf(q.words().standsMost, fmt.Sprintf(q.words().mentioning, words), r.Value, q.words().amount(count[first.Doc.ID], "place"))
		if len(r.Items) > 1 && count[r.Items[1].Doc.ID] == count[first.Doc.ID] {
			r.Notes = append(r.Notes, fmt.Sprintf(q.words().alike, a.path(r.Items[1].Doc, docs)))
		}
	}
	for i := range r.Items[:min(len(r.Items), Quoted)] {
		if err := a.quote(ctx, &r.Items[i], words); err != nil {
			return r, err
		}
	}
	return r, nil
}

// each reads the texts of documents, as many as there is room for.
func (a Answerer) each(ctx context.Context, docs []golocal.Document, r *Result, do func(golocal.Document)) error {
	room := int64(maxCounted)
	for i, d := range docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if d.State != golocal.StateReady {
			continue
		}
		if room < d.Size {
			r.Coverage.Unread = append(r.Coverage.Unread, Unread{Doc: d, passed: true})
			continue
		}
		room -= d.Size
		whole, ok, err := a.Catalogue.DocumentByID(ctx, d.ID)
		if err != nil {
			return err
		}
		if ok {
			r.Coverage.Read = min(r.Coverage.Read+1, r.Coverage.Of)
			do(whole)
		}
		if a.Progress != nil && i%100 == 99 {
			if err := a.Progress(i+1, len(docs)); err != nil {
				return err
			}
		}
	}
	return nil
}

// found are the places where words stand one after another, in any inflected form,
// as indexes of the first of them.
func found(all, words []prose.Word) (at []int) {
	for i := 0; i+len(words) <= len(all) && len(words) > 0; i++ {
		same := true
		for j, w := range words {
			same = same && (all[i+j].Stem == w.Stem || all[i+j].Fold == w.Fold)
		}
		if same {
			at = append(at, i)
		}
	}
	return at
}
