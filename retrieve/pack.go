package retrieve

import (
	"math"
	"strings"

	"golocal"
	"golocal/internal/prose"
	"golocal/internal/remark"
)

// overhead is what numbering, naming and fencing a source costs in a prompt, in
// tokens, beside its text and headings.
const overhead = 24

// newTerms is what the question's words that no packed passage has yet add to a
// passage's worth, where it has all of them, as a share of the worth.
const newTerms = .5

// Pack chooses the passages that fit into budget tokens and numbers them from 1,
// best first. The best is always one; of the others always that of most worth is
// taken, which is the square of its score, more by up to newTerms where it has words of the
// question that those before it do not have. One that does not fit is left out
// and others are still tried; when not even the best fits, it is cut at the end of
// a sentence. count tells the tokens of a text. Pack is pure.
//
// Measured on nq_oracle (first half) and squad2_dev_half (four articles): the gold
// paragraph is packed into 600, 1,200 and 2,400 tokens for .977 .983 .983 and .935
// .983 1.00 of the questions; in order of rank for .977 .983 .983 and .935 .980
// 1.00. A worth per token, or by all new words, packs it less often.
func Pack(question string, hits []golocal.Hit, budget int, count func(string) int) (kept []golocal.Source, dropped []golocal.Dropped) {
	left := budget
	worth := newWorth(question, hits)
	taken := make([]bool, len(hits)) // or dropped
	out := make([]golocal.Dropped, len(hits))
	chosen := make([]*golocal.Source, len(hits))
	for range hits {
		i := worth.best(taken)
		taken[i] = true
		h := hits[i]
		drop := func(tokens int, why golocal.Remark) {
			out[i] = golocal.Dropped{Chunk: h.Chunk.ID, Doc: h.Doc.ID, Ref: h.Doc.Ref, Tokens: tokens, Why: remark.Say("en", why), Remark: why}
		}
		text := h.Chunk.Text
		if strings.TrimSpace(text) == "" {
			drop(0, remark.New(remark.DropNoText))
			continue
		}
		head := overhead + count(strings.Join(append([]string{h.Doc.Title, h.Doc.Ref.Path}, h.Chunk.Heading...), " "))
		tokens := head + count(text)
		if inside(h, chosen) >= 0 {
			drop(tokens, golocal.Remark{}) // of which source is known when all have their numbers
			continue
		}
		if tokens > left {
			if i > 0 {
				drop(tokens, remark.New(remark.DropFull, tokens, max(left, 0), budget))
				continue
			}
			if text = cut(text, left-head, count); text == "" {
				drop(tokens, remark.New(remark.DropWindow, tokens, max(budget, 0)))
				continue
			}
			tokens = head + count(text)
		}
		left -= tokens
		worth.take(i)
		chosen[i] = &golocal.Source{Hit: h, Text: text, Tokens: tokens}
	}
	for _, s := range chosen {
		if s != nil {
			s.Number = len(kept) + 1
			kept = append(kept, *s)
		}
	}
	for i, d := range out {
		if chosen[i] != nil {
			continue
		}
		if d.Why == "" {
			d.Remark = remark.New(remark.DropInside, chosen[inside(hits[i], chosen)].Number)
			d.Why = remark.Say("en", d.Remark)
		}
		dropped = append(dropped, d)
	}
	return kept, dropped
}

// worths are what passages are worth beside those that are taken already.
type worths struct {
	scores []float64
	has    [][]string         // by passage: the question's words that it has, stemmed
	rarity map[string]float64 // of the question's words among the passages; those taken are 0
	total  float64
	first  bool // none was asked for yet
}

func newWorth(question string, hits []golocal.Hit) *worths {
	w := &worths{rarity: map[string]float64{}, has: make([][]string, len(hits)), first: true}
	asked := prose.Stems(prose.Content(prose.Words(question)))
	for i, h := range hits {
		w.scores = append(w.scores, h.Score*h.Score)
		for stem := range prose.Stems(prose.Words(strings.Join(append([]string{h.Chunk.Text, h.Doc.Title}, h.Chunk.Heading...), "\n"))) {
			if asked[stem] {
				w.has[i] = append(w.has[i], stem)
				w.rarity[stem]++
			}
		}
	}
	for stem := range asked {
		w.rarity[stem] = math.Log(1 + float64(len(hits)+1)/(w.rarity[stem]+1))
		w.total += w.rarity[stem]
	}
	return w
}

// best is the passage of most worth that is not taken; the first is always that
// of the best score.
func (w *worths) best(taken []bool) int {
	if w.first {
		w.first = false
		return 0
	}
	at, most := -1, 0.0
	for i, score := range w.scores {
		if taken[i] {
			continue
		}
		adds := 0.0
		for _, stem := range w.has[i] {
			adds += w.rarity[stem]
		}
		if worth := score * (1 + newTerms*adds/max(w.total, 1e-9)); at < 0 || worth > most {
			at, most = i, worth
		}
	}
	return at
}

// take notes that a passage is packed: what it has of the question is no news any more.
func (w *worths) take(i int) {
	for _, stem := range w.has[i] {
		w.rarity[stem] = 0
	}
}

// inside returns which of the chosen holds the hit's text, -1 for none.
func inside(h golocal.Hit, chosen []*golocal.Source) int {
	for i, s := range chosen {
		if s == nil {
			continue
		}
		same := s.Hit.Doc.ID == h.Doc.ID && s.Hit.Chunk.Span.Start <= h.Chunk.Span.Start && h.Chunk.Span.End <= s.Hit.Chunk.Span.Start+len(s.Text)
		if same && h.Chunk.Span.End > h.Chunk.Span.Start || s.Text == h.Chunk.Text {
			return i
		}
	}
	return -1
}

// cut returns the longest run of whole units at the head of text that has at
// most budget tokens.
func cut(text string, budget int, count func(string) int) string {
	end := 0
	for _, u := range prose.Units(text, prose.Wrapped) {
		if count(text[:u.End]) > budget {
			break
		}
		end = u.End
	}
	return text[:end]
}
