package runner

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var inf = float32(math.Inf(1))

func ids(cs []candidate) []int32 {
	var out []int32
	for _, c := range cs {
		out = append(out, c.id)
	}
	return out
}

func TestSampler_Greedy(t *testing.T) {
	nan := float32(math.NaN())
	tests := []struct {
		name   string
		req    CompletionRequest
		logits []float32
		recent []int32
		want   int32 // -1: an error
	}{
		{"greatest", CompletionRequest{}, []float32{1, 3, 2}, nil, 1},
		{"tie goes to the lowest id", CompletionRequest{}, []float32{1, 3, 3}, nil, 1},
		{"all negative", CompletionRequest{}, []float32{-3, -1, -2}, nil, 1},
		{"masked tokens", CompletionRequest{}, []float32{-inf, -5, -inf}, nil, 1},
		{"sampling settings do not matter at temperature 0", CompletionRequest{TopK: 1, TopP: .1, MinP: .9, Seed: 7}, []float32{1, 3, 2}, nil, 1},
		{"negative temperature is greedy", CompletionRequest{Temperature: -1}, []float32{1, 3, 2}, nil, 1},
		{"a penalty divides positive logits", CompletionRequest{RepeatPenalty: 2, RepeatLastN: 4}, []float32{1, 3, 2}, []int32{1}, 2},
		{"and multiplies negative ones", CompletionRequest{RepeatPenalty: 2, RepeatLastN: 4}, []float32{-5, -3, -4}, []int32{1}, 2},
		{"a repeated token is penalised once", CompletionRequest{RepeatPenalty: 1.4, RepeatLastN: 4}, []float32{1, 3, 2}, []int32{1, 1, 1}, 1},
		{"only recent tokens", CompletionRequest{RepeatPenalty: 2, RepeatLastN: 1}, []float32{1, 3, 2}, []int32{1, 0}, 1},
		{"all tokens", CompletionRequest{RepeatPenalty: 2, RepeatLastN: -1}, []float32{1, 3, 2}, []int32{1, 0}, 2},
		{"no window, no penalty", CompletionRequest{RepeatPenalty: 2}, []float32{1, 3, 2}, []int32{1}, 1},
		{"tokens outside the logits", CompletionRequest{RepeatPenalty: 2, RepeatLastN: 4}, []float32{1, 3, 2}, []int32{-1, 99}, 1},
		{"no logits", CompletionRequest{}, nil, nil, -1},
		{"not a number", CompletionRequest{}, []float32{1, nan, 2}, nil, -1},
		{"nothing possible", CompletionRequest{}, []float32{-inf, -inf}, nil, -1},
		{"infinite", CompletionRequest{}, []float32{1, inf}, nil, -1},
		{"not a number when sampling", CompletionRequest{Temperature: 1}, []float32{1, nan, 2}, nil, -1},
	}
	for _, tt := range tests {
		got, err := newSampler(tt.req).next(slices.Clone(tt.logits), tt.recent)
		if tt.want < 0 && err == nil || tt.want >= 0 && (err != nil || got != tt.want) {
			t.Errorf("%s: got %d, %v; want %d", tt.name, got, err, tt.want)
		}
	}
}

func TestSampler_Likeliest(t *testing.T) {
	logits := []float32{4, 9, -inf, 7, 9, 1, 8, 7}
	tests := []struct {
		k    int
		want []int32 // as a set
	}{
		{1, []int32{1}}, {2, []int32{1, 4}}, {3, []int32{1, 4, 6}}, {4, []int32{1, 3, 4, 6}},
		{5, []int32{1, 3, 4, 6, 7}}, {0, []int32{0, 1, 3, 4, 5, 6, 7}}, {-1, []int32{0, 1, 3, 4, 5, 6, 7}}, {99, []int32{0, 1, 3, 4, 5, 6, 7}},
	}
	for _, tt := range tests {
		s := newSampler(CompletionRequest{TopK: tt.k})
		for range 2 { // the second time into a used buffer
			got := ids(s.likeliest(logits))
			if slices.Sort(got); !slices.Equal(got, tt.want) {
				t.Errorf("k=%d: %v, want %v", tt.k, got, tt.want)
			}
		}
	}
}

func TestSampler_Filters(t *testing.T) {
	// Logits whose probabilities at temperature 1 are .125 .5 .25 .125.
	logits := []float32{0, float32(math.Log(4)), float32(math.Log(2)), 0}
	fresh := func() []candidate {
		cs := newSampler(CompletionRequest{}).likeliest(logits)
		softmax(cs, 1)
		return cs
	}
	for i, want := range []float64{.125, .5, .25, .125} {
		if got := float64(fresh()[i].value); math.Abs(got-want) > 1e-6 {
			t.Errorf("probability %d is %v, want %v", i, got, want)
		}
	}
	order := []int32{1, 2, 0, 3}
	for p, want := range map[float32]int{0: 1, .4: 1, .6: 2, .76: 3, .9: 4} {
		if got := ids(nucleus(fresh(), p)); !slices.Equal(got, order[:want]) {
			t.Errorf("nucleus %v keeps %v, want %v", p, got, order[:want])
		}
	}
	if got := nucleus(fresh(), 1); len(got) != 4 {
		t.Errorf("nucleus 1 keeps %v", got)
	}
	for p, want := range map[float32][]int32{0: {0, 1, 2, 3}, .2: {0, 1, 2, 3}, .3: {1, 2}, .6: {1}, 1: {1}} {
		if got := ids(above(fresh(), p)); !slices.Equal(got, want) {
			t.Errorf("minimum %v keeps %v, want %v", p, got, want)
		}
	}
	for at, want := range map[float32]int32{0: 0, .124: 0, .126: 1, .624: 1, .626: 2, .874: 2, .876: 3, .99999994: 3} {
		if got := draw(fresh(), at); got != want {
			t.Errorf("draw at %v gives %d, want %d", at, got, want)
		}
	}
	// After a filter the rest is drawn from as a whole: .5 and .25 become 2 in 3 and 1 in 3.
	for at, want := range map[float32]int32{.66: 1, .67: 2} {
		if got := draw(nucleus(fresh(), .6), at); got != want {
			t.Errorf("draw from the filtered at %v: %d, want %d", at, got, want)
		}
	}
	// Temperature one half squares the odds: 1:16:4:1.
	cs := newSampler(CompletionRequest{}).likeliest(logits)
	softmax(cs, .5)
	if got := cs[1].value; math.Abs(float64(got)-16.0/22) > 1e-6 {
		t.Errorf("at temperature .5 the likeliest has %v, want %v", got, 16.0/22)
	}
	// Extreme logits and temperatures neither overflow nor vanish.
	cs = newSampler(CompletionRequest{}).likeliest([]float32{-1e30, 1e30, 0})
	softmax(cs, 1e-30)
	if cs[1].value != 1 || cs[0].value != 0 {
		t.Errorf("extreme logits: %v", cs)
	}
}

// The staged nucleus is the plain one: sort everything, add up.
func TestSampler_NucleusOfManyScales(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		cs := make([]candidate, 1+rng.IntN(300))
		for i := range cs {
			cs[i] = candidate{int32(i), float32(rng.NormFloat64() * 12)}
		}
		softmax(cs, 1)
		want := slices.Clone(cs)
		slices.SortFunc(want, likelier)
		p := 1 - float32(math.Pow(10, -6*rng.Float64()))
		var sum float32
		for i, c := range want {
			if sum += c.value; sum > p {
				want = want[:i+1]
				break
			}
		}
		if got := nucleus(cs, p); !slices.Equal(got, want) {
			t.Fatalf("nucleus %v of %d keeps %d, want %d", p, len(cs), len(got), len(want))
		}
	}
}

func TestSampler_FrequenciesAndSeed(t *testing.T) {
	logits := []float32{float32(math.Log(4)), float32(math.Log(2)), 0, 0}
	const n = 40000
	s := newSampler(CompletionRequest{Temperature: 1, Seed: 42})
	var count [4]float64
	for range n {
		id, err := s.next(slices.Clone(logits), nil)
		if err != nil {
			t.Fatal(err)
		}
		count[id]++
	}
	for i, p := range []float64{.5, .25, .125, .125} {
		if sd := math.Sqrt(n * p * (1 - p)); math.Abs(count[i]-n*p) > 5*sd {
			t.Errorf("token %d drawn %v times of %d, want %v ± %.0f", i, count[i], n, n*p, 5*sd)
		}
	}
	run := func(seed int) (out []int32) {
		s := newSampler(CompletionRequest{Temperature: 1, Seed: seed})
		for range 64 {
			id, _ := s.next(slices.Clone(logits), nil)
			out = append(out, id)
		}
		return out
	}
	if !slices.Equal(run(0), run(0)) || slices.Equal(run(0), run(1)) {
		t.Error("a seed does not fix the run")
	}
	if slices.Equal(run(-1), run(-1)) {
		t.Error("a negative seed gives the same run twice")
	}
}

// The quick selection is the slow one: sort everything, take k.
func FuzzSampler_Likeliest(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 250, 4, 4, 0}, 3)
	f.Add([]byte{9, 9, 9, 9, 9, 9, 9}, 2)
	f.Add([]byte{}, 1)
	f.Fuzz(func(t *testing.T, raw []byte, k int) {
		logits := make([]float32, len(raw))
		order := make([]int32, len(raw))
		for i, b := range raw {
			logits[i], order[i] = float32(int8(b)), int32(i)
		}
		slices.SortStableFunc(order, func(a, b int32) int { return int(logits[b] - logits[a]) })
		if k > 0 && k < len(order) {
			order = order[:k]
		}
		got := ids(newSampler(CompletionRequest{TopK: k}).likeliest(logits))
		slices.Sort(got)
		if slices.Sort(order); !slices.Equal(got, order) {
			t.Errorf("k=%d of %v: %v, want %v", k, logits, got, order)
		}
	})
}
