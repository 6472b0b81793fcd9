package corpus

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golocal"
	"golocal/internal/place"
)

// Bounds of likeness between sentences, cosines of weighted stems.
const (
	sameTopic = .25 // two sentences are about one thing
	unlike    = .2  // nothing on the other side comes near
	pairs     = 4
	apart     = 3 // sentences shown that only one side has
)

// side is one of two documents that are compared.
type side struct {
	doc   golocal.Document
	ruler place.Ruler
	list  []sentence
	best  []float64 // for each sentence, how like the likest of the other side is
	at    []int     // and which
}

// compare quotes what two documents say of the same topics, and what only one of
// them says; for Only, all that the first alone says.
func (a Answerer) compare(ctx context.Context, q Question) (Result, error) {
	docs, cover, err := a.Chosen(ctx, q)
	r := Result{Task: q.Task, Coverage: cover}
	if err != nil {
		return r, err
	}
	if len(docs) != 2 {
		return r, ErrOrdinary
	}
	var sides [2]side
	for i, d := range docs {
		doc, ok, err := a.Catalogue.DocumentByID(ctx, d.ID)
		if err != nil {
			return r, err
		}
		if !ok {
			return r, ErrOrdinary
		}
		sides[i] = side{doc: doc, ruler: place.NewRuler(doc.Marks, doc.Text), list: sentencesOf(doc, 3)}
	}
	weigh(sides[0].list, sides[1].list)
	sides[0].match(sides[1].list)
	sides[1].match(sides[0].list)
	nameA, nameB := a.path(docs[0], docs), a.path(docs[1], docs)
	own := sides[0].own()
	if q.Task == Only {
		for _, s := range own {
			r.Items = append(r.Items, s.item(sides[0].doc, sides[0].ruler))
		}
		r.Total = len(own)
		r.Value = fmt.Sprint(len(own))
		format := q.words().onlyMany
		if len(own) == 1 {
			format = q.words().onlyOne
		}
		r.Text = fmt.Sprintf(format, q.words().amount(len(own), "sentence"), q.words().amount(len(sides[0].list), "sentence"), nameA, nameB)
		return r, nil
	}
	same := 0
	inB := map[string]bool{}
	for _, s := range sides[1].list {
		inB[s.key] = true
	}
	for _, s := range sides[0].list {
		if inB[s.key] {
			same++
		}
	}
	for _, p := range sides[0].pairs(sides[1]) {
		one, two := sides[0].list[p].item(sides[0].doc, sides[0].ruler), sides[1].list[sides[0].at[p]].item(sides[1].doc, sides[1].ruler)
		one.Text, two.Text = nameA+": "+one.Text, nameB+": "+two.Text
		r.Items = append(r.Items, one, two)
	}
	for i, s := range []*side{&sides[0], &sides[1]} {
		for _, x := range central(s.own(), apart) {
			it := x.item(s.doc, s.ruler)
			it.Text = fmt.Sprintf(q.words().only, []string{nameA, nameB}[i]) + it.Text
			r.Items = append(r.Items, it)
		}
	}
	r.Total = len(r.Items)
	r.Text = fmt.Sprintf(q.words().compared, nameA, q.words().amount(len(sides[0].list), "sentence"), nameB, q.words().amount(len(sides[1].list), "sentence"), same)
	return r, nil
}

// match finds for each sentence the likest of the other side.
func (s *side) match(others []sentence) {
	s.best, s.at = make([]float64, len(s.list)), make([]int, len(s.list))
	type entry struct {
		at int
		v  float64
	}
	by := map[string][]entry{}
	for i, o := range others {
		for w, v := range o.stems {
			by[w] = append(by[w], entry{i, v})
		}
	}
	sums := make([]float64, len(others))
	for i, x := range s.list {
		clear(sums)
		for w, v := range x.stems {
			for _, e := range by[w] {
				sums[e.at] += v * e.v
			}
		}
		for j, v := range sums {
			if v > s.best[i] || v == s.best[i] && x.key == others[j].key && v > 0 {
				s.best[i], s.at[i] = v, j
			}
		}
	}
}

// own are the sentences that the other side has nothing like.
func (s *side) own() []sentence {
	var out []sentence
	for i, x := range s.list {
		if s.best[i] < unlike {
			out = append(out, x)
		}
	}
	return out
}

// pairs are sentences of the first side about what the second says otherwise, the
// likest first, in the order of the text.
func (s *side) pairs(other side) []int {
	var all []int
	for i, x := range s.list {
		if s.best[i] >= sameTopic && x.key != other.list[s.at[i]].key {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(s.best[b], s.best[a]) })
	used := map[int]bool{}
	var out []int
	for _, i := range all {
		if !used[s.at[i]] && len(out) < pairs {
			used[s.at[i]] = true
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}
