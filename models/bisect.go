package models

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/internal/remark"
)

// bisection embeds a batch and narrows failures down to the texts at fault:
// one text that the runner cannot take must not hold up the others.
type bisection struct {
	m      *Models
	model  Model
	out    [][]float32   // a vector for every input
	failed map[int]error // why an input has none
	good   int           // requests that succeeded
	bad    int           // single texts that the runner failed on
}

// run embeds inputs, which stand at offset at in out. Its error ends the
// whole batch; failures of single texts are in failed.
func (b *bisection) run(ctx context.Context, inputs []string, at int) error {
	vectors, err := b.m.sandwich(ctx, b.model, inputs)
	if err == nil {
		copy(b.out[at:], vectors)
		b.good++
		return nil
	}
	code, _ := status(err)
	atFault := tooLong(err) || errors.Is(err, ErrBadVectors) || code == http.StatusBadRequest || code >= 500
	if ctx.Err() != nil || errors.Is(err, golocal.ErrUnavailable) || !atFault {
		return err
	}
	if len(inputs) > 1 {
		half := len(inputs) / 2
		if err := b.run(ctx, inputs[:half], at); err != nil {
			return err
		}
		return b.run(ctx, inputs[half:], at+half)
	}
	if tooLong(err) {
		v, splitErr := b.split(ctx, inputs[0], 0)
		if splitErr == nil {
			b.out[at] = v
			b.good++
			return nil
		}
		err = splitErr
		if ctx.Err() != nil || errors.Is(err, golocal.ErrUnavailable) {
			return err
		}
	}
	b.failed[at] = fmt.Errorf("the model cannot embed this text: %w", err)
	// Texts that fail, and none that works: an innocent text tells whether it
	// is the runner.
	if b.bad++; b.bad >= 2 && b.good == 0 {
		if _, probe := b.m.request(ctx, laneIndex, b.model, []string{firstCanary}); probe == nil {
			b.good++
			return nil
		}
		if errors.Is(err, ErrBadVectors) {
			return err
		}
		return unavailable(err, remark.New(remark.RunnerFailsAlways, remark.AsIs(err.Error())), remark.NextByItselfLog)
	}
	return nil
}

// deepest is how often a text is halved: 64 pieces of the model's length.
const deepest = 6

// split embeds the halves of a text that is too long and averages them by
// length, which keeps every part of it findable.
func (b *bisection) split(ctx context.Context, text string, depth int) ([]float32, error) {
	left, right := halve(text)
	if depth == deepest || left == "" || right == "" {
		return nil, fmt.Errorf("%w: %d bytes", ErrTooLong, len(text))
	}
	sum := make([]float64, b.model.Dims)
	for _, half := range []string{left, right} {
		vectors, err := b.m.request(ctx, laneIndex, b.model, []string{half})
		if tooLong(err) {
			var v []float32
			v, err = b.split(ctx, half, depth+1)
			vectors = [][]float32{v}
		}
		if err != nil {
			return nil, err
		}
		for i, x := range vectors[0] {
			sum[i] += float64(x) * float64(len(half))
		}
	}
	return unit(sum)
}

// halve cuts a text near its middle, at a space if there is one near.
func halve(text string) (left, right string) {
	mid := len(text) / 2
	for mid < len(text) && !utf8.RuneStart(text[mid]) {
		mid++
	}
	if i := strings.LastIndexFunc(text[:mid], unicode.IsSpace); i > mid/2 {
		mid = i
	}
	return strings.TrimSpace(text[:mid]), strings.TrimSpace(text[mid:])
}
