package eval

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Resamples is how many times a bootstrap draws.
const Resamples = 10_000

// Difference is how far a run is from an earlier one over the same questions.
type Difference struct {
	Questions int     `json:"questions"` // that both runs asked
	Mean      float64 `json:"mean"`      // this run less the earlier one, per question
	Low       float64 `json:"low"`       // of the 95 % interval
	High      float64 `json:"high"`
	P         float64 `json:"p"` // two-sided: how often chance alone gives so large a mean where there is none
	Better    int     `json:"better"`
	Worse     int     `json:"worse"`
}

// Paired compares two figures per question, after[i] and before[i] of the same
// one, by resampling their differences with replacement. The interval holds the
// middle 95 % of the resampled means (Efron and Tibshirani, An Introduction to
// the Bootstrap, 1993, section 13.3). For P the differences are shifted to a
// mean of 0, and it is the share of resamples at least as far from 0 as the mean
// that was seen (section 16.4; Koehn, Statistical Significance Tests for Machine
// Translation Evaluation, 2004, pairs in the same way), the seen one counted, so
// that P is never 0. Equal seeds give equal results.
func Paired(after, before []float64, seed uint64) Difference {
	n := min(len(after), len(before))
	d := Difference{Questions: n, P: 1}
	if n == 0 {
		return d
	}
	diffs := make([]float64, n)
	for i := range n {
		diffs[i] = after[i] - before[i]
		d.Mean += diffs[i] / float64(n)
		switch {
		case diffs[i] > 1e-9:
			d.Better++
		case diffs[i] < -1e-9:
			d.Worse++
		}
	}
	random := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	means := make([]float64, Resamples)
	extreme := 1
	for r := range means {
		sum := 0.0
		for range n {
			sum += diffs[random.IntN(n)]
		}
		means[r] = sum / float64(n)
		if math.Abs(means[r]-d.Mean) >= math.Abs(d.Mean)-1e-12 {
			extreme++
		}
	}
	slices.Sort(means)
	d.Low, d.High = quantile(means, .025), quantile(means, .975)
	d.P = float64(extreme) / float64(Resamples+1)
	return d
}

// quantile is that of sorted values, between two of them in proportion.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
