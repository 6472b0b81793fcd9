//go:build cgo

package runner

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal/internal/tinymodel"
)

func TestProcess_EmbedOrderShapeDeterminism(t *testing.T) {
	p := start(t, options(tinymodel.Bert().Write(t)))
	inputs := []string{"hello world", "a", "hello", "", "a b c d e f g h", "zebra, lion", "a"}
	res, err := p.Embed(t.Context(), EmbedRequest{Inputs: inputs})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{4, 3, 3, 2, 10, 12, 3}; !slices.Equal(res.Tokens, want) {
		t.Errorf("tokens %v, want %v", res.Tokens, want)
	}
	if !slices.Equal(res.Vectors[1], res.Vectors[6]) {
		t.Error("equal texts have different vectors")
	}
	for i, s := range inputs {
		one, err := p.Embed(t.Context(), EmbedRequest{Inputs: []string{s}})
		if err != nil {
			t.Fatal(err)
		}
		if d := cosine(one.Vectors[0], res.Vectors[i]); d < 0.99999 {
			t.Errorf("input %d alone and in the batch: cosine %v", i, d)
		}
		for j := range i {
			if inputs[j] != s && cosine(one.Vectors[0], res.Vectors[j]) > 0.9999 {
				t.Errorf("inputs %d and %d have the same vector", i, j)
			}
		}
	}
}

func TestProcess_EmbedTooLong(t *testing.T) {
	p := start(t, options(tinymodel.Bert().Write(t)))
	long := strings.Repeat("a ", 63) // 65 tokens with the two special ones
	_, err := p.Embed(t.Context(), EmbedRequest{Inputs: []string{"a", long}})
	if !errors.Is(err, ErrTooLong) || !strings.Contains(err.Error(), "input 1 of 65 tokens, at most 64") {
		t.Errorf("got %v", err)
	}
	res, err := p.Embed(t.Context(), EmbedRequest{Inputs: []string{long, strings.Repeat("a ", 62), "a"}, Truncate: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{64, 64, 3}; !slices.Equal(res.Tokens, want) {
		t.Errorf("tokens %v, want %v", res.Tokens, want)
	}
	if cosine(res.Vectors[0], res.Vectors[1]) < 0.99999 {
		t.Error("a truncated text differs from the text of its first tokens: its end token is lost")
	}
}

// A short request does not wait for the end of a long one.
func TestProcess_EmbedTakesTurns(t *testing.T) {
	p := start(t, options(tinymodel.Bert().Write(t)))
	long := make(chan error, 1)
	go func() {
		_, err := p.Embed(t.Context(), EmbedRequest{Inputs: slices.Repeat([]string{strings.Repeat("a ", 62)}, 10000)})
		long <- err
	}()
	time.Sleep(100 * time.Millisecond)
	if _, err := p.Embed(t.Context(), EmbedRequest{Inputs: []string{"hello"}}); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-long:
		t.Errorf("the long request ended first: %v", err)
	default:
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := <-long; !errors.Is(err, ErrEnded) {
		t.Errorf("the long request: %v", err)
	}
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}
