package retrieve

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
	"golocal/internal/remark"
)

// searched is one search with all that it went through.
type searched struct {
	asked    golocal.Query
	legs     legs
	ranked   []scored      // fused, all of them
	hits     []golocal.Hit // the best of them, folded and collapsed
	features Features
	unknown  bool            // no word that means anything stands in any passage
	absent   map[string]bool // folded words that stand in none
	nothing  golocal.Remark  // why nothing was searched
}

// ask analyses a text and searches for it, in other ways where the first finds
// nothing.
func (r *Retriever) ask(ctx context.Context, text string, scope golocal.Scope, n int) (searched, error) {
	scope, saved, err := r.saved(scope)
	if err != nil {
		return searched{}, err
	}
	q := Analyse(text, r.o.Now(), r.o.Scopes)
	home(q.Scope.With)
	home(q.Scope.Without)
	own := q.Scope
	q.Scope = both(scope, own)
	if saved.Code != "" {
		q.Limits = append([]golocal.Limit{{Says: remark.Say("en", saved), Remark: saved, Rest: text}}, q.Limits...)
	}
	if q.Text == "" && len(q.Limits) == 0 {
		return searched{asked: q, nothing: remark.New(remark.EmptyQuestion)}, nil
	}
	s, err := r.run(ctx, q, n)
	if err != nil {
		return s, err
	}
	if i := slices.IndexFunc(q.Limits, func(l golocal.Limit) bool { return l.Guessed }); i >= 0 && !r.enough(s) {
		// The date may be one that the text is about after all.
		l, wide := q.Limits[i], q
		wide.Text = Analyse(strings.Replace(text, l.Text, "“"+l.Text+"”", 1), r.o.Now(), r.o.Scopes).Text // quoted, it is words
		wide.Limits = slices.Delete(slices.Clone(q.Limits), i, i+1)
		wide.Scope.After, wide.Scope.Before = scope.After, scope.Before
		other, err := r.run(ctx, wide, n)
		if err != nil {
			return s, err
		}
		if len(s.hits) == 0 && len(other.hits) > 0 || r.enough(other) {
			files := l.Remark
			files.Code = string(remark.FilesOf)
			note(&other.asked, remark.New(remark.DateLeft, files), fmt.Sprintf("the %s do not answer this: all files were searched", strings.TrimPrefix(l.Says, "only ")))
			s = other
		}
	}
	if len(s.hits) == 0 && slices.ContainsFunc(own.With, phrase) {
		loose := s.asked
		loose.Scope.With = slices.DeleteFunc(slices.Clone(loose.Scope.With), phrase)
		loose.Limits = slices.DeleteFunc(slices.Clone(loose.Limits), func(l golocal.Limit) bool { return l.Remark.Code == string(remark.LimitPhrase) })
		other, err := r.run(ctx, loose, n)
		if err != nil {
			return s, err
		}
		if len(other.hits) > 0 {
			note(&other.asked, remark.New(remark.PhraseLeft), "")
			s = other
		}
	}
	return r.respell(ctx, s, n)
}

// note adds what was searched for otherwise than typed; text is it in English where
// that says more than the remark.
func note(q *golocal.Query, r golocal.Remark, text string) {
	q.Notes, q.Remarks = append(q.Notes, cmp.Or(text, remark.Say("en", r))), append(q.Remarks, r)
}

// saved resolves the saved scope that a scope names, and says it.
func (r *Retriever) saved(scope golocal.Scope) (golocal.Scope, golocal.Remark, error) {
	name := scope.In
	if name == "" {
		return scope, golocal.Remark{}, nil
	}
	scope.In = ""
	var text string
	ok := false
	if r.o.Scopes != nil {
		text, ok = r.o.Scopes(name)
	}
	if !ok {
		return scope, golocal.Remark{}, unsaved(name)
	}
	q := Analyse(text, r.o.Now(), nil)
	home(q.Scope.With)
	home(q.Scope.Without)
	return both(scope, q.Scope), remark.New(remark.LimitSaved, name, text), nil
}

// unsaved is the name of a scope that is not there; it is fs.ErrNotExist.
type unsaved string

func (u unsaved) Error() string {
	return fmt.Sprintf("no scope is saved as %q; golocal scope ls lists them", string(u))
}
func (u unsaved) Is(target error) bool { return target == fs.ErrNotExist }

// phrase tells terms that a quoted phrase makes.
func phrase(t golocal.Term) bool { return t.Field == "" }

// home replaces a leading ~ in folders by the user's home.
func home(terms []golocal.Term) {
	for i, t := range terms {
		if rest, ok := strings.CutPrefix(t.Text, "~"); t.Field == "folder" && ok && (rest == "" || os.IsPathSeparator(rest[0])) {
			if dir, err := os.UserHomeDir(); err == nil {
				terms[i].Text = filepath.Join(dir, rest)
			}
		}
	}
}

func (r *Retriever) enough(s searched) bool {
	return len(s.hits) > 0 && Evidence(s.features) >= r.o.Threshold
}

// respell searches for the nearest words where no word stands anywhere as typed.
// Where the search went by meaning too it only proposes them: boats are no
// misspelt bolts because no file has the word. Where some words stand somewhere
// and there is no answer, it proposes what has one.
func (r *Retriever) respell(ctx context.Context, s searched, n int) (searched, error) {
	if r.o.Speller == nil || !s.unknown && r.enough(s) {
		return s, nil
	}
	q := s.asked
	var typed, instead []string
	for _, w := range prose.Content(prose.Words(q.Text)) {
		if !s.absent[w.Fold] {
			continue
		}
		word := q.Text[w.Start:w.End]
		near, ok, err := r.o.Speller.Near(ctx, w.Fold)
		if err != nil {
			return s, fmt.Errorf("look for words like %q: %w", word, err)
		}
		if ok && !slices.Contains(typed, word) {
			typed, instead = append(typed, word), append(instead, near)
		}
	}
	if len(typed) == 0 {
		return s, nil
	}
	for i, w := range typed {
		q.Text = strings.ReplaceAll(q.Text, w, instead[i])
	}
	propose := func() {
		note(&s.asked, remark.New(remark.SpellingMeant, strings.Join(typed, " "), strings.Join(instead, " ")), "")
		s.asked.Meant = q.Text
	}
	if s.unknown && len(s.legs.dense) > 0 {
		propose()
		return s, nil
	}
	other, err := r.run(ctx, q, n)
	if err != nil || len(other.hits) == 0 {
		return s, err
	}
	if !s.unknown {
		if r.enough(other) {
			propose()
		}
		return s, nil
	}
	note(&other.asked, remark.New(remark.SpellingTaken, strings.Join(typed, " "), strings.Join(instead, " ")), "")
	return other, nil
}

// run searches for a query as it was understood.
func (r *Retriever) run(ctx context.Context, q golocal.Query, n int) (searched, error) {
	s := searched{asked: q}
	var err error
	if s.legs, err = r.search(ctx, q.Text, q.Scope); err != nil {
		return s, fmt.Errorf("search: %w", err)
	}
	s.ranked = fuse(s.legs.keyword, s.legs.dense, r.o.Weight)
	// Enough beyond n that copies and a document's further passages can be passed over.
	if s.hits, err = r.lookup(ctx, s.ranked[:min(len(s.ranked), max(4*n, reranked))]); err != nil {
		return s, fmt.Errorf("look passages up: %w", err)
	}
	weights, err := r.weigh(ctx, &s)
	if err != nil {
		return s, err
	}
	if err := r.rank(ctx, &s, weights); err != nil {
		return s, err
	}
	if err := r.exact(ctx, &s); err != nil {
		return s, err
	}
	s.hits = collapse(fold(s.hits), r.o.PerDoc)
	s.features = measure(s.asked.Text, weights, s.legs.keyword, s.legs.dense, s.hits)
	return s, nil
}

// exact brings the passages forward that hold the query's rare identifiers and
// numbers word for word, those that neither leg has found among them.
func (r *Retriever) exact(ctx context.Context, s *searched) error {
	if len(s.asked.Exact) == 0 || r.o.Rarity == nil {
		return nil
	}
	counts, total, err := r.o.Rarity.Frequency(ctx, s.asked.Exact)
	if err != nil {
		return fmt.Errorf("weigh the question's words: %w", err)
	}
	weights := weighRare(s.asked.Exact, counts, total)
	have := map[int64]bool{}
	for _, h := range s.hits {
		have[h.Chunk.ID] = true
	}
	var missing []scored
	at := map[int64]scored{}
	for _, x := range s.ranked {
		at[x.chunk] = x
	}
	for _, word := range s.asked.Exact {
		if weights[word] == 0 {
			continue
		}
		in := s.asked.Scope
		in.With = append(slices.Clip(in.With), golocal.Term{Text: word})
		found, err := r.o.Searcher.Match(ctx, Keywords(s.asked.Text), depth, in)
		if err != nil {
			return fmt.Errorf("search: %w", err)
		}
		for _, m := range found {
			if !have[m.Chunk] {
				have[m.Chunk] = true
				x := at[m.Chunk]
				x.chunk = m.Chunk
				missing = append(missing, x)
			}
		}
	}
	more, err := r.lookup(ctx, missing)
	if err != nil {
		return fmt.Errorf("look passages up: %w", err)
	}
	s.hits = append(s.hits, more...)
	prefer(s.hits, weights)
	return nil
}

// weigh asks how rare the query's content words are.
func (r *Retriever) weigh(ctx context.Context, s *searched) (prose.Weights, error) {
	words := prose.Content(prose.Words(s.asked.Text))
	var counts []int
	total := 0
	if r.o.Rarity != nil {
		folds := make([]string, len(words))
		for i, w := range words {
			folds[i] = w.Fold
		}
		var err error
		if counts, total, err = r.o.Rarity.Frequency(ctx, folds); err != nil {
			return nil, fmt.Errorf("weigh the question's words: %w", err)
		}
		s.absent = map[string]bool{}
		for i, n := range counts {
			s.absent[folds[i]] = n == 0 && total > 0
		}
		s.unknown = total > 0 && len(words) > 0 && !slices.ContainsFunc(counts, func(n int) bool { return n > 0 })
	}
	return prose.Weigh(words, counts, total), nil
}
