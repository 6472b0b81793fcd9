package retrieve

import "math"

// Threshold is the evidence from which the files count as answering a question.
//
// At .4 the gate answers 77 and 83 % of squad2_dev_half (its first four
// articles, on which it was fitted, and the others) and 90 % of nq_oracle's
// second half. With the gold passages withheld, when near passages of the same
// article remain, it still answers 26, 25 and 25 %. Questions about things that
// no file touches come out under .2.
const Threshold = .4

// gateWeights are those of a logistic regression; none is negative, so more
// evidence never lowers the result.
type gateWeights struct {
	bias, coverage, sentence, rarest, fit, margin, agree, cosine, lead float64
}

// Fitted on questions with their gold passages present and withheld:
// squad2_dev_half (first four articles) and nq_oracle (first half), each set
// weighing the same, all-MiniLM-L6-v2 and FTS5's bm25. AUROC on the parts left
// out: hybrid .872 and .898 (anthropic_docs .781), keyword .863 and .830 (.753).
// BM25 of the first hit got no weight: Margin says the same, better.
var (
	hybridGate  = gateWeights{bias: -4.78, coverage: .39, sentence: .50, fit: 1.78, margin: 2.64, agree: .40, cosine: 2.53, lead: 3.97}
	keywordGate = gateWeights{bias: -3.02, coverage: .19, sentence: .27, rarest: .60, fit: 1.83, margin: 4.18}
)

// Evidence is the probability, 0 to 1, that the files answer the question.
// Cosines of other embedding models lie elsewhere; the words keep the balance.
func Evidence(f Features) float64 {
	w := keywordGate
	if f.Dense {
		w = hybridGate
	}
	z := w.bias + w.coverage*f.Coverage + w.sentence*f.Sentence + w.rarest*f.Rarest + w.fit*f.Fit + w.margin*f.Margin
	if f.Dense {
		z += w.agree*f.Agree + w.cosine*f.Cosine + w.lead*f.Lead
	}
	return 1 / (1 + math.Exp(-z))
}
