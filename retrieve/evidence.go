package retrieve

import (
	"math"
	"strings"

	"golocal"
	"golocal/internal/place"
	"golocal/internal/prose"
)

// depth is how many of the best hits the evidence is taken from.
const depth = 5

// maxMargin keeps a single keyword hit on a rare word from deciding alone.
const maxMargin = 1

// Features are what the evidence gate knows of a search. Each is finite and,
// save Margin, 0 to 1; each pleads for an answer when it is higher.
type Features struct {
	Coverage float64 // of the question's words, by idf, in the best of the first 5 passages (headings and title included)
	Sentence float64 // the same in the best single sentence of them, or row of a table with its header
	Rarest   float64 // share of the weight of the three rarest words that the best passage has
	Fit      float64 // a sentence near the best coverage holds what the question asks for: a number, a name, a date
	Margin   float64 // the first keyword hit's BM25 over the fourth's, per idf of the question
	Agree    float64 // the legs share the first hit (1) or hits among their first three (1/3 each)
	Cosine   float64 // of the first vector hit
	Lead     float64 // its cosine over the tenth's
	Dense    bool    // there was a vector leg: Agree, Cosine and Lead mean something
}

// measure takes the features from the legs and the fused hits. weights are
// those of the question's content words.
func measure(question string, weights prose.Weights, keyword, dense []golocal.Match, hits []golocal.Hit) Features {
	f := Features{Dense: len(dense) > 0}
	all := weights.Sum()
	if all == 0 || len(hits) == 0 {
		return f
	}
	asked := prose.Stems(prose.Words(question))
	expect := prose.Expects(question)
	rare := rarest(weights, 3)
	best := 0.0
	for _, h := range hits[:min(depth, len(hits))] {
		text := h.Chunk.Text
		above := prose.Stems(prose.Words(h.Doc.Title + "\n" + strings.Join(h.Chunk.Heading, "\n")))
		in := func(stems map[string]bool) map[string]bool {
			for s := range above {
				stems[s] = true
			}
			return stems
		}
		ws := prose.Words(text)
		head := headerOf(h, above)
		whole := in(prose.Stems(ws))
		for s := range head.above {
			whole[s] = true
		}
		f.Coverage = max(f.Coverage, weights.Coverage(whole))
		f.Rarest = max(f.Rarest, rare.Coverage(whole))
		i := 0
		units := prose.Units(text, layout(h))
		for at, u := range units {
			for i < len(ws) && ws[i].Start < u.Start {
				i++
			}
			j := i
			for j < len(ws) && ws[j].End <= u.End {
				j++
			}
			under, names := head.of(units, at)
			if u.Kind == prose.Heading || u.Kind == prose.Rule || names {
				i = j
				continue
			}
			said := prose.Stems(ws[i:j])
			for s := range under {
				said[s] = true
			}
			// Headings count half for a sentence: they stand over all of a section's.
			own := weights.Coverage(said)
			c := (own + weights.Coverage(in(said))) / 2
			f.Sentence = max(f.Sentence, c)
			fit := 1.0
			if expect != prose.Anything {
				fit = expect.Fits(text, u, ws[i:j], asked)
			}
			if v := c * (1 + fit); v > best {
				best, f.Fit = v, c*fit
			}
			i = j
		}
	}
	if len(keyword) > 0 {
		fourth := 0.0
		if len(keyword) > 3 {
			fourth = keyword[3].Score
		}
		f.Margin = math.Max(0, math.Min((keyword[0].Score-fourth)/all, maxMargin))
	}
	if f.Dense {
		f.Cosine = math.Max(0, math.Min(1, dense[0].Score))
		f.Lead = math.Max(0, math.Min(1, dense[0].Score-dense[min(9, len(dense)-1)].Score))
		f.Agree = agree(keyword, dense)
	}
	return f
}

// agree compares the heads of the legs.
func agree(keyword, dense []golocal.Match) float64 {
	if len(keyword) == 0 || len(dense) == 0 {
		return 0
	}
	if keyword[0].Chunk == dense[0].Chunk {
		return 1
	}
	n := 0
	for _, k := range keyword[:min(3, len(keyword))] {
		for _, d := range dense[:min(3, len(dense))] {
			if k.Chunk == d.Chunk {
				n++
			}
		}
	}
	return float64(n) / 3
}

// rarest keeps the n heaviest words, those of equal weight to the last included.
func rarest(w prose.Weights, n int) prose.Weights {
	out := make(prose.Weights, n)
	for len(out) < min(n, len(w)) {
		top := 0.0
		for s, v := range w {
			if _, taken := out[s]; !taken && v > top {
				top = v
			}
		}
		if top == 0 {
			break
		}
		for s, v := range w {
			if v == top {
				out[s] = v
			}
		}
	}
	return out
}

// layout tells how a hit's lines relate to its paragraphs.
func layout(h golocal.Hit) prose.Layout {
	switch {
	case h.Chunk.Code:
		return prose.Source
	case h.Doc.Type == "csv":
		return prose.Rows
	case place.LinePerParagraph(h.Chunk.Place):
		return prose.Lines
	}
	return prose.Wrapped
}
