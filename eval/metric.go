package eval

import (
	"cmp"
	"math"
	"slices"
)

// Deepest is the last place of a ranking that counts.
const Deepest = 100

// Metrics are means over queries, 0 to 1.
type Metrics struct {
	NDCG10    float64 `json:"ndcg@10"` // linear gain, log2 discount, as trec_eval's ndcg_cut_10
	Recall10  float64 `json:"recall@10"`
	Recall100 float64 `json:"recall@100"`
	MRR10     float64 `json:"mrr@10"`
}

// MetricNames are the figures of Metrics in their order, by their JSON keys.
func MetricNames() []string { return []string{"ndcg@10", "recall@10", "recall@100", "mrr@10"} }

// Value is the figure with that JSON key; an unknown key is 0.
func (m Metrics) Value(key string) float64 {
	switch key {
	case "ndcg@10":
		return m.NDCG10
	case "recall@10":
		return m.Recall10
	case "recall@100":
		return m.Recall100
	case "mrr@10":
		return m.MRR10
	}
	return 0
}

// Ranks gives the places, from 1, of the judged documents in a ranking of
// document ids, best first; one that is not among the first Deepest is absent.
// Repeated ids count once, at their best place.
func Ranks(ranked []string, judged map[string]int) map[string]int {
	ranks := map[string]int{}
	seen := make(map[string]bool, len(ranked))
	for _, id := range ranked {
		if seen[id] {
			continue
		}
		seen[id] = true
		if len(seen) > Deepest {
			break
		}
		if judged[id] > 0 {
			ranks[id] = len(seen)
		}
	}
	return ranks
}

// Score measures one ranking of document ids, best first, against the
// relevance of the judged documents. Repeated ids count once, at their best
// place.
func Score(ranked []string, judged map[string]int) Metrics {
	return measure(Ranks(ranked, judged), judged)
}

// measure takes the figures from the ranks of the judged documents.
func measure(ranks, judged map[string]int) Metrics {
	var m Metrics
	var rels []int
	var gains []float64
	first, relevant10 := 0, 0
	for id, rel := range judged {
		if rel <= 0 {
			continue
		}
		rels = append(rels, rel)
		rank := ranks[id]
		if rank == 0 || rank > 10 {
			continue
		}
		relevant10++
		gains = append(gains, float64(rel)/math.Log2(float64(rank+1)))
		if first == 0 || rank < first {
			first = rank
		}
	}
	if len(rels) == 0 {
		return m
	}
	slices.SortFunc(rels, func(a, b int) int { return cmp.Compare(b, a) })
	var gain, ideal float64
	for i, rel := range rels[:min(10, len(rels))] {
		ideal += float64(rel) / math.Log2(float64(i+2))
	}
	slices.Sort(gains) // a map's order must not change the last digit
	for _, g := range gains {
		gain += g
	}
	m.NDCG10 = gain / ideal
	m.Recall10 = float64(relevant10) / float64(len(rels))
	m.Recall100 = float64(len(ranks)) / float64(len(rels))
	if first > 0 {
		m.MRR10 = 1 / float64(first)
	}
	return m
}

func (m *Metrics) add(o Metrics) {
	m.NDCG10 += o.NDCG10
	m.Recall10 += o.Recall10
	m.Recall100 += o.Recall100
	m.MRR10 += o.MRR10
}

// over divides sums by how many there were: divided once, a mean of ones is 1.
func (m Metrics) over(n float64) Metrics {
	return Metrics{m.NDCG10 / n, m.Recall10 / n, m.Recall100 / n, m.MRR10 / n}
}
