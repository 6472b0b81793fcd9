package eval

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestPaired(t *testing.T) {
	repeat := func(values ...float64) []float64 {
		var out []float64
		for range 100 / len(values) {
			out = append(out, values...)
		}
		return out
	}
	zeros := make([]float64, 100)
	for _, c := range []struct {
		name          string
		after, before []float64
		mean          float64
		low, high     [2]float64 // bounds of the bounds
		p             [2]float64
		better, worse int
	}{
		{"equal", repeat(.3, .7), repeat(.3, .7), 0, [2]float64{0, 0}, [2]float64{0, 0}, [2]float64{1, 1}, 0, 0},
		// Always better by the same: every resample has the same mean, and none but the
		// seen one is as far from 0 when shifted.
		{"always .1 better", repeat(.4), repeat(.3), .1, [2]float64{.1 - 1e-9, .1 + 1e-9}, [2]float64{.1 - 1e-9, .1 + 1e-9}, [2]float64{0, .0002}, 100, 0},
		// Plus and minus 1 in turn: the mean's standard error is 1/√100 = .1, so the
		// interval is about ±1.96 · .1, and every resample is as far from 0 as 0 is.
		{"a coin", repeat(1, -1), zeros, 0, [2]float64{-.21, -.18}, [2]float64{.18, .21}, [2]float64{1, 1}, 50, 50},
		// 60 better, 40 worse by 1: mean .2, standard error √(.96/100) = .098. P of a
		// normal with z = .2/.098 = 2.04 is .041.
		{"60 to 40", append(repeat(1)[:60], repeat(-1)[:40]...), zeros, .2, [2]float64{-.02, .03}, [2]float64{.37, .41}, [2]float64{.02, .07}, 60, 40},
	} {
		d := Paired(c.after, c.before, 1)
		in := func(v float64, r [2]float64) bool { return v >= r[0]-1e-12 && v <= r[1]+1e-12 }
		if d.Questions != 100 || math.Abs(d.Mean-c.mean) > 1e-9 || !in(d.Low, c.low) || !in(d.High, c.high) || !in(d.P, c.p) || d.Better != c.better || d.Worse != c.worse {
			t.Errorf("%s: %+v", c.name, d)
		}
		if again := Paired(c.after, c.before, 1); again != d {
			t.Errorf("%s: the same seed gives %+v, then %+v", c.name, d, again)
		}
	}
	if d := Paired(nil, nil, 1); d.Questions != 0 || d.P != 1 {
		t.Errorf("no question: %+v", d)
	}
}

// TestPaired_KeepsItsPromise draws pairs between which there is no difference:
// p below .05 must then be about as rare as it says.
func TestPaired_KeepsItsPromise(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	const trials, n = 60, 40
	wrong := 0
	for range trials {
		after, before := make([]float64, n), make([]float64, n)
		for i := range n {
			after[i], before[i] = random.NormFloat64(), random.NormFloat64()
		}
		if Paired(after, before, 3).P < .05 {
			wrong++
		}
	}
	// Of 60 about 3 are expected; 11 or more have a chance of 1 in 5,000.
	if wrong > 10 {
		t.Errorf("%d of %d comparisons of equals come out different", wrong, trials)
	}
}
