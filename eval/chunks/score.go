package chunks

import (
	"cmp"
	"slices"
)

// Figures are shares, 0 to 1, of code points: of one question, or their mean
// over several.
type Figures struct {
	Recall    float64 `json:"recall"`    // of the references, what was retrieved
	Precision float64 `json:"precision"` // of what was retrieved, references
	IoU       float64 `json:"iou"`       // references that were retrieved, over retrieved and missed together
}

func (f *Figures) add(o Figures, share float64) {
	f.Recall += o.Recall * share
	f.Precision += o.Precision * share
	f.IoU += o.IoU * share
}

// Score measures retrieved spans against the references of a question, and
// returns what was missed. It counts as Chroma's evaluation does: text that two
// retrieved spans share is retrieved twice but covers a reference once, and
// spans of other corpora are retrieved for nothing.
func Score(retrieved, references []Span) (Figures, []Span) {
	var covered []Span
	missed := references
	all, wanted := 0, 0
	for _, r := range references {
		wanted += r.Len()
	}
	for _, s := range retrieved {
		all += s.Len()
		for _, r := range references {
			if both := intersect(s, r); both.Len() > 0 {
				covered = append(covered, both)
			}
		}
		missed = without(missed, s)
	}
	found := float64(size(covered))
	if found == 0 {
		return Figures{}, missed
	}
	left := 0
	for _, m := range missed {
		left += m.Len()
	}
	return Figures{Recall: found / float64(wanted), Precision: found / float64(all), IoU: found / float64(all+left)}, missed
}

// intersect returns what two spans share; its length is not above 0 when they
// share nothing.
func intersect(a, b Span) Span {
	if a.Corpus != b.Corpus {
		return Span{}
	}
	return Span{Corpus: a.Corpus, Start: max(a.Start, b.Start), End: min(a.End, b.End)}
}

// without returns what is left of spans outside s.
func without(spans []Span, s Span) []Span {
	var out []Span
	for _, one := range spans {
		both := intersect(one, s)
		if both.Len() <= 0 {
			out = append(out, one)
			continue
		}
		for _, rest := range []Span{{one.Corpus, one.Start, both.Start}, {one.Corpus, both.End, one.End}} {
			if rest.Len() > 0 {
				out = append(out, rest)
			}
		}
	}
	return out
}

// size is the number of code points in spans of one corpus, those that several
// share counted once.
func size(spans []Span) int {
	spans = slices.SortedFunc(slices.Values(spans), func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	n, end := 0, 0
	for _, s := range spans {
		n += max(0, s.End-max(s.Start, end))
		end = max(end, s.End)
	}
	return n
}
