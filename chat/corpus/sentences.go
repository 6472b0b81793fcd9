package corpus

import (
	"context"
	"math"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/place"
	"golocal/internal/prose"
)

// Quoted is for how many files a place that mentions the words is looked up.
const Quoted = 20

// maxSentences bounds what of one document is compared.
const maxSentences = 4000

// place says where a cell stands.
func (w *wording) place(c Cell) string { return place.NameIn(w.code, c.Place) }

// sentence is one of a document, as a bag of its stems.
type sentence struct {
	span  golocal.Span
	stems map[string]float64
	text  string
	key   string // its words, for equality
}

// sentencesOf are the sentences of a document that can stand alone; long ones
// of tables and code are left out.
func sentencesOf(doc golocal.Document, least int) []sentence {
	if doc.Type == "code" {
		return nil
	}
	layout := prose.Wrapped
	ruler := place.NewRuler(doc.Marks, doc.Text)
	if place.LinePerParagraph(ruler.At(0)) {
		layout = prose.Lines
	}
	var out []sentence
	for _, u := range prose.Units(doc.Text, layout) {
		if u.Kind == prose.Code || u.Kind == prose.Rule || u.Kind == prose.Heading || u.Kind == prose.Row {
			continue
		}
		words := prose.Words(doc.Text[u.Start:u.End])
		if len(words) < least || len(words) > 80 {
			continue
		}
		s := sentence{span: golocal.Span{Start: u.Start, End: u.End}, text: doc.Text[u.Start:u.End], stems: map[string]float64{}}
		var key strings.Builder
		for _, w := range words {
			key.WriteString(w.Fold + " ")
		}
		for _, w := range prose.Content(words) {
			s.stems[w.Stem]++
		}
		if s.key = key.String(); len(s.stems) > 0 {
			out = append(out, s)
		}
		if len(out) == maxSentences {
			break
		}
	}
	return out
}

// weigh multiplies the counts of all sentences by how rare their stems are, and
// makes each of length 1.
func weigh(all ...[]sentence) {
	df, n := map[string]float64{}, 0.0
	for _, list := range all {
		for _, s := range list {
			n++
			for w := range s.stems {
				df[w]++
			}
		}
	}
	for _, list := range all {
		for _, s := range list {
			sum := 0.0
			for w, c := range s.stems {
				v := (1 + math.Log(c)) * math.Log(1+n/df[w])
				s.stems[w] = v
				sum += v * v
			}
			for w := range s.stems {
				s.stems[w] /= math.Sqrt(sum)
			}
		}
	}
}

func dot(a, b map[string]float64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	sum := 0.0
	for w, v := range a {
		sum += v * b[w]
	}
	return sum
}

// central picks the n sentences that say most of what all of them say: nearest to
// their centroid, each as unlike those picked before as it can be (Radev et al.
// 2004, MEAD; Carbonell and Goldstein 1998, MMR). They come in the order of the
// text.
func central(list []sentence, n int) []sentence {
	centroid := map[string]float64{}
	for _, s := range list {
		for w, v := range s.stems {
			centroid[w] += v
		}
	}
	norm := 0.0
	for _, v := range centroid {
		norm += v * v
	}
	norm = math.Sqrt(norm)
	score := make([]float64, len(list))
	for i, s := range list {
		score[i] = dot(s.stems, centroid) / max(norm, 1e-9)
		score[i] += .1 / float64(1+i) // what opens a text tells what it is about
		if strings.HasSuffix(s.text, "?") {
			score[i] /= 2
		}
	}
	likest := make([]float64, len(list))
	taken := make([]bool, len(list))
	var picked []sentence
	for len(picked) < n {
		best := -1
		for i := range list {
			if !taken[i] && (best < 0 || .7*score[i]-.3*likest[i] > .7*score[best]-.3*likest[best]) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		taken[best] = true
		picked = append(picked, list[best])
		for i := range list {
			likest[i] = max(likest[i], dot(list[i].stems, list[best].stems))
		}
	}
	slices.SortFunc(picked, func(a, b sentence) int { return a.span.Start - b.span.Start })
	return picked
}

// item makes a sentence one of a result.
func (s sentence) item(doc golocal.Document, ruler place.Ruler) Item {
	return Item{Doc: bare(doc), Text: strings.Join(strings.Fields(s.text), " "), Span: s.span, Place: ruler.Of(s.span), Quote: s.text}
}

// quote finds where a document mentions words: the sentence of the first place.
func (a Answerer) quote(ctx context.Context, it *Item, words string) error {
	doc, ok, err := a.Catalogue.DocumentByID(ctx, it.Doc.ID)
	if err != nil || !ok {
		return err
	}
	want := prose.Words(words)
	all := prose.Words(doc.Text)
	heading := func(at int) bool {
		return slices.ContainsFunc(doc.Sections, func(s golocal.Section) bool {
			return s.Kind == golocal.KindHeading && s.Span.Start <= at && at < s.Span.End
		})
	}
	at := -1
	for _, i := range found(all, want) {
		if at < 0 {
			at = i
		}
		if !heading(all[i].Start) { // what stands below it says more
			at = i
			break
		}
	}
	if at < 0 || len(want) == 0 {
		return nil
	}
	start, end := all[at].Start, all[at+len(want)-1].End
	ruler := place.NewRuler(doc.Marks, doc.Text)
	from, to := max(0, start-600), min(len(doc.Text), end+600)
	for from > 0 && doc.Text[from]&0xC0 == 0x80 {
		from--
	}
	for to < len(doc.Text) && doc.Text[to]&0xC0 == 0x80 {
		to++
	}
	layout := prose.Wrapped
	if place.LinePerParagraph(ruler.At(start)) {
		layout = prose.Lines
	}
	it.Span = golocal.Span{Start: start, End: end}
	for _, u := range prose.Units(doc.Text[from:to], layout) {
		if from+u.Start <= start && from+u.End >= end {
			it.Span = golocal.Span{Start: from + u.Start, End: from + u.End}
			break
		}
	}
	it.Place, it.Quote = ruler.Of(it.Span), doc.Text[it.Span.Start:it.Span.End]
	return nil
}
