package chat

import "math"

// Threshold is the confidence from which the best quotes count as an answer,
// unless Options say otherwise.
const Threshold = .4

// maxLead keeps a quote without rivals from deciding alone.
const maxLead = 4

// confidenceWeights are those of a logistic regression; none is negative.
type confidenceWeights struct {
	bias, evidence, lead, similar float64
}

// Fitted on questions with their gold passages there and withheld: the first four
// articles of squad2_dev_half and the first half of nq_oracle, all-MiniLM-L6-v2. The
// bias is set so that Threshold lets through 12 % of the withheld ones of squad2's
// part; other passages do answer some of nq_oracle's. Cosines of other embedding
// models lie elsewhere; the rest keeps the balance.
var (
	meaningConfidence = confidenceWeights{bias: -3.97, evidence: .61, lead: .39, similar: 4.11}
	wordsConfidence   = confidenceWeights{bias: -1.43, evidence: .83, lead: .31}
)

// confidence is the probability, 0 to 1, that the best quotes answer the question,
// given the evidence of the search: a quote that answers stands out from those of
// other passages, and is near to the question.
func confidence(evidence float64, best []ranked) float64 {
	if len(best) == 0 {
		return evidence // a model may still read what cannot be quoted
	}
	lead := float64(maxLead)
	for _, r := range best[1:] {
		if r.hit != best[0].hit {
			lead = min(lead, best[0].score-r.score)
			break
		}
	}
	similar := 0.0
	for _, r := range best[:min(quotesShown, len(best))] {
		similar = max(similar, r.signs[signSimilar])
	}
	w := wordsConfidence
	if best[0].compared {
		w = meaningConfidence
	}
	e := max(.001, min(evidence, .999))
	z := w.bias + w.evidence*math.Log(e/(1-e)) + w.lead*lead + w.similar*similar
	return 1 / (1 + math.Exp(-z))
}
