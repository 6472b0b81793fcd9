package runner

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// candidate is a token that may come next. value is its logit, and after
// softmax its probability.
type candidate struct {
	id    int32
	value float32
}

// sampler picks tokens from logits: repeat penalty, then the k likeliest, then
// temperature, then nucleus and minimum probability (Holtzman et al. 2020,
// arXiv:1904.09751; Nguyen et al. 2024, arXiv:2407.01082), in Ollama's order,
// so that the same settings mean the same. It belongs to one completion.
type sampler struct {
	temperature   float32
	topK          int
	topP, minP    float32
	repeatPenalty float32
	repeatLastN   int
	rng           *rand.Rand
	buf           []candidate
	seen          map[int32]bool
}

func newSampler(req CompletionRequest) *sampler {
	s := &sampler{
		temperature:   max(req.Temperature, 0),
		topK:          req.TopK,
		topP:          req.TopP,
		minP:          min(max(req.MinP, 0), 1),
		repeatPenalty: req.RepeatPenalty,
		repeatLastN:   req.RepeatLastN,
		seen:          map[int32]bool{},
	}
	if s.topP <= 0 || s.topP > 1 {
		s.topP = 1
	}
	if s.repeatPenalty <= 0 {
		s.repeatPenalty = 1
	}
	seed := uint64(req.Seed)
	if req.Seed < 0 {
		seed = rand.Uint64()
	}
	s.rng = rand.New(rand.NewPCG(seed, seed^0x9E3779B97F4A7C15)) // a second word far from the first
	return s
}

// next picks the token that follows recent, given one logit per token id.
// It may change logits.
func (s *sampler) next(logits []float32, recent []int32) (int32, error) {
	if len(logits) == 0 {
		return 0, errors.New("the model gave no logits")
	}
	s.penalise(logits, recent)
	best, err := greatest(logits)
	if err != nil || s.temperature == 0 {
		return best, err
	}
	cs := s.likeliest(logits)
	softmax(cs, s.temperature)
	cs = nucleus(cs, s.topP)
	cs = above(cs, s.minP)
	return draw(cs, s.rng.Float32()), nil
}

// penalise makes the tokens of the recent text less likely, each once however
// often it stands there: a positive logit is divided, a negative one multiplied
// (Keskar et al. 2019, arXiv:1909.05858).
func (s *sampler) penalise(logits []float32, recent []int32) {
	if s.repeatPenalty == 1 || s.repeatLastN == 0 {
		return
	}
	if s.repeatLastN > 0 {
		recent = recent[max(0, len(recent)-s.repeatLastN):]
	}
	clear(s.seen)
	for _, id := range recent {
		if s.seen[id] || id < 0 || int(id) >= len(logits) {
			continue
		}
		s.seen[id] = true
		if logits[id] > 0 {
			logits[id] /= s.repeatPenalty
		} else {
			logits[id] *= s.repeatPenalty
		}
	}
}

// greatest returns the id of the greatest logit, the lowest id among equals.
func greatest(logits []float32) (int32, error) {
	best, top := -1, float32(math.Inf(-1))
	for i, v := range logits {
		if v != v {
			return 0, errors.New("the model gave a logit that is not a number")
		}
		if v > top {
			best, top = i, v
		}
	}
	if best < 0 || math.IsInf(float64(top), 1) {
		return 0, errors.New("the model gave no finite logit")
	}
	return int32(best), nil
}

// likelier orders candidates: greatest value first, lower ids first among equals.
func likelier(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.id, b.id))
}

// likeliest returns the topK greatest logits; when topK is 0 or less, or the
// whole vocabulary, all that are possible, in the order of their ids.
func (s *sampler) likeliest(logits []float32) []candidate {
	k := s.topK
	if k <= 0 || k > len(logits) {
		k = len(logits)
	}
	// Collect up to 2k candidates that beat the worst of the best k so far, then
	// sort and cut: far fewer comparisons than a heap for k ≪ vocabulary.
	cs, floor := s.buf[:0], float32(math.Inf(-1))
	for i, v := range logits {
		if v < floor || math.IsInf(float64(v), -1) {
			continue
		}
		if cs = append(cs, candidate{int32(i), v}); len(cs) == 2*k {
			slices.SortFunc(cs, likelier)
			cs = cs[:k]
			floor = cs[k-1].value
		}
	}
	s.buf = cs
	if len(cs) > k {
		slices.SortFunc(cs, likelier)
		cs = cs[:k]
	}
	return cs
}

// softmax turns the logits of cs into probabilities at a temperature.
func softmax(cs []candidate, temperature float32) {
	t, top := float64(max(temperature, 1e-7)), float64(likeliestOf(cs))
	var sum float64
	for i := range cs {
		p := math.Exp((float64(cs[i].value) - top) / t)
		cs[i].value = float32(p)
		sum += p
	}
	for i := range cs {
		cs[i].value = float32(float64(cs[i].value) / sum)
	}
}

func likeliestOf(cs []candidate) float32 {
	top := cs[0].value
	for _, c := range cs {
		top = max(top, c.value)
	}
	return top
}

// nucleus keeps the likeliest of cs whose probabilities first exceed p. It may
// reorder cs. To sort a whole vocabulary would take as long as to compute the
// token, so it sorts what may matter: first those within a thousandth of the
// likeliest, then a millionth, and so on.
func nucleus(cs []candidate, p float32) []candidate {
	if p >= 1 {
		return cs
	}
	floor, sorted := likeliestOf(cs), 0
	var sum float32
	for sorted < len(cs) {
		if floor /= 1000; floor < 1e-12 {
			floor = 0
		}
		n := sorted
		for i := n; i < len(cs); i++ {
			if cs[i].value >= floor {
				cs[i], cs[n] = cs[n], cs[i]
				n++
			}
		}
		slices.SortFunc(cs[sorted:n], likelier)
		for ; sorted < n; sorted++ {
			if sum += cs[sorted].value; sum > p {
				return cs[:sorted+1]
			}
		}
	}
	return cs
}

// above keeps those of cs with at least p times the likeliest's probability.
func above(cs []candidate, p float32) []candidate {
	if p <= 0 {
		return cs
	}
	floor := likeliestOf(cs) * p
	return slices.DeleteFunc(cs, func(c candidate) bool { return c.value < floor })
}

// draw picks from cs in proportion to its probabilities; at is in [0, 1).
func draw(cs []candidate, at float32) int32 {
	var sum float32
	for _, c := range cs {
		sum += c.value
	}
	at *= sum
	for _, c := range cs {
		if at -= c.value; at < 0 {
			return c.id
		}
	}
	return cs[len(cs)-1].id // rounding left a little over
}
