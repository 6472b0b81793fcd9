package chat

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// How many candidates are compared by their meaning, the best by words first:
// comparing 32 changed the first quote of none of the 1,282 questions that the signs
// were fitted on; fewer where a model writes the answer, whose first word waits for it.
const (
	compared       = 12
	comparedBeside = 6
)

// Embedder compares meanings. EmbedQuery embeds the question, EmbedSentences
// pieces of documents; both give unit vectors of one space. Errors cost the
// comparison, never the answer.
type Embedder interface {
	EmbedQuery(ctx context.Context, text string) ([]float32, error)
	EmbedSentences(ctx context.Context, texts []string) ([][]float32, error)
}

// ranked is a candidate with its score.
type ranked struct {
	candidate
	signs    signs
	score    float64
	compared bool // by its meaning
}

// rank orders the quotable pieces of hits by how well they answer question,
// best first. The meaning of the best most ones by words is compared; similar
// may be nil.
func rank(question string, hits []golocal.Hit, tables *grids, similar func([]string) []float64, most int) []ranked {
	words := prose.Words(question)
	cands := candidates(hits, listed(words, prose.Expects(question)), tables)
	out := make([]ranked, len(cands))
	for i, s := range take(question, words, cands).measure(cands, hits) {
		out[i] = ranked{candidate: cands[i], signs: s, score: s.weighed(&byWords)}
	}
	sortRanked(out)
	if similar != nil {
		n := min(most, len(out))
		texts := make([]string, 0, 2*n) // bare, then under title and heading where there are any
		for _, r := range out[:n] {
			texts = append(texts, r.said)
		}
		for _, r := range out[:n] {
			if under := r.under(hits); under != r.said {
				texts = append(texts, under)
			}
		}
		if sims := similar(texts); len(sims) == len(texts) {
			out = out[:n] // the rest has no comparable score
			under := sims[n:]
			for i := range out {
				r := &out[i]
				r.signs[signSimilar], r.signs[signUnder], r.compared = sims[i], sims[i], true
				if r.under(hits) != r.said {
					r.signs[signUnder], under = under[0], under[1:]
				}
				r.score = r.signs.weighed(&byMeaning)
			}
			sortRanked(out)
		}
	}
	return dedupe(out, hits)
}

// under is what a candidate says under the title and the heading that it stands
// under: "It opens at nine" means little without them.
func (c candidate) under(hits []golocal.Hit) string {
	h := hits[c.hit]
	over := h.Doc.Title
	if n := len(h.Chunk.Heading); n > 0 && h.Chunk.Heading[n-1] != over {
		over = strings.TrimPrefix(over+", "+h.Chunk.Heading[n-1], ", ")
	}
	return strings.TrimPrefix(over+": "+c.said, ": ")
}

func sortRanked(r []ranked) {
	slices.SortStableFunc(r, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.hit, b.hit), cmp.Compare(a.start, b.start))
	})
}

// dedupe leaves out what overlaps a better piece of the same document, and what
// says the same words as a better piece of any document.
func dedupe(in []ranked, hits []golocal.Hit) []ranked {
	var out []ranked
	said := map[string]bool{}
	for _, r := range in {
		span := hits[r.hit].Chunk.Span.Start
		overlaps := slices.ContainsFunc(out, func(o ranked) bool {
			at := hits[o.hit].Chunk.Span.Start
			return hits[o.hit].Doc.ID == hits[r.hit].Doc.ID && span+r.start < at+o.end && at+o.start < span+r.end
		})
		var key strings.Builder
		for _, w := range r.words {
			key.WriteString(w.Fold + " ")
		}
		if overlaps || said[key.String()] {
			continue
		}
		said[key.String()] = true
		out = append(out, r)
	}
	return out
}

// cosine compares a question's vector with others; nil when they don't fit together.
func cosine(question []float32, others [][]float32) []float64 {
	out := make([]float64, len(others))
	for i, v := range others {
		if len(v) != len(question) {
			return nil
		}
		var dot, a, b float64
		for j, x := range v {
			dot += float64(x) * float64(question[j])
			a += float64(x) * float64(x)
			b += float64(question[j]) * float64(question[j])
		}
		if out[i] = 0; a > 0 && b > 0 {
			out[i] = dot / math.Sqrt(a*b)
		}
		if math.IsNaN(out[i]) || math.IsInf(out[i], 0) {
			return nil
		}
	}
	return out
}

// asQuote makes a ranked piece a Quote; its citation's Path and State are not
// set yet.
func (r ranked) asQuote(hits []golocal.Hit, source int) Quote {
	h := hits[r.hit]
	q := Quote{
		Citation: cite(h, source, r.start, r.end),
		Plain:    r.said,
		Cut:      r.cut,
		Title:    h.Doc.Title,
		Heading:  h.Chunk.Heading,
		Score:    r.score,
	}
	if r.table != nil {
		header := r.table.header
		header.Paired = r.paired
		q.Header = &header
	}
	if r.before < r.start && refers(r.words) {
		q.Before = strings.TrimSpace(h.Chunk.Text[r.before:r.start])
	}
	return q
}
