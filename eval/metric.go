package eval

import (
	"cmp"
	"math"
	"slices"
)

// Metrics are means over queries, 0 to 1.
type Metrics struct {
	NDCG10    float64 `json:"ndcg@10"` // linear gain, log2 discount, as trec_eval's ndcg_cut_10
	Recall10  float64 `json:"recall@10"`
	Recall100 float64 `json:"recall@100"`
	MRR10     float64 `json:"mrr@10"`
}

// Score measures one ranking of document ids, best first, against the
// relevance of the judged documents. Repeated ids count once, at their best
// place.
func Score(ranked []string, judged map[string]int) Metrics {
	var m Metrics
	var gain float64
	relevant10, relevant100, place := 0, 0, 0
	seen := make(map[string]bool, len(ranked))
	for _, id := range ranked {
		if seen[id] {
			continue
		}
		seen[id] = true
		place++
		rel := judged[id]
		if place > 100 || rel <= 0 {
			continue
		}
		relevant100++
		if place > 10 {
			continue
		}
		relevant10++
		gain += float64(rel) / math.Log2(float64(place+1))
		if m.MRR10 == 0 {
			m.MRR10 = 1 / float64(place)
		}
	}
	rels := make([]int, 0, len(judged))
	for _, rel := range judged {
		if rel > 0 {
			rels = append(rels, rel)
		}
	}
	if len(rels) == 0 {
		return m
	}
	slices.SortFunc(rels, func(a, b int) int { return cmp.Compare(b, a) })
	var ideal float64
	for i, rel := range rels[:min(10, len(rels))] {
		ideal += float64(rel) / math.Log2(float64(i+2))
	}
	m.NDCG10 = gain / ideal
	m.Recall10 = float64(relevant10) / float64(len(rels))
	m.Recall100 = float64(relevant100) / float64(len(rels))
	return m
}

func (m *Metrics) add(o Metrics, share float64) {
	m.NDCG10 += o.NDCG10 * share
	m.Recall10 += o.Recall10 * share
	m.Recall100 += o.Recall100 * share
	m.MRR10 += o.MRR10 * share
}
