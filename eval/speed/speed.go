// Package speed times model runners against each other over Ollama's API, and
// golocal against its own runner. Every figure is a ratio within one run on one
// machine: the two sides take turns, in blocks with a rest before each, so that
// what the machine does besides hits both.
package speed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ollama/ollama/api"
)

// Runner is one model runner.
type Runner struct {
	Name   string
	Client *api.Client
}

// Meter measures. The sides take turns in Blocks blocks each, with a Rest before
// every one, in which the processors become free and the engine forgets how
// busy the other side kept them.
type Meter struct {
	Blocks int
	Rest   time.Duration
}

// Usual is the Meter of "golocal bench".
var Usual = Meter{Blocks: 3, Rest: 3200 * time.Millisecond}

// keep is how long a model stays loaded after a request of a run.
var keep = &api.Duration{Duration: 10 * time.Minute}

// Pair is a figure of two runners: medians, higher is faster.
type Pair struct {
	First  float64 `json:"first"`
	Second float64 `json:"second"`
}

// Ratio is First / Second; 0 when there is no Second.
func (p Pair) Ratio() float64 {
	if p.Second == 0 {
		return 0
	}
	return p.First / p.Second
}

// sides lets the runners take turns and returns what measure returned for
// each; second may be the zero Runner.
func sides[T any](ctx context.Context, m Meter, first, second Runner, measure func(r Runner, block int) ([]T, error)) (a, b []T, err error) {
	for block := range m.Blocks {
		for _, side := range []struct {
			r  Runner
			to *[]T
		}{{first, &a}, {second, &b}} {
			if side.r.Client == nil {
				continue
			}
			if err := pause(ctx, m.Rest); err != nil {
				return nil, nil, err
			}
			got, err := measure(side.r, block)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", side.r.Name, err)
			}
			*side.to = append(*side.to, got...)
		}
	}
	return a, b, nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Median is the middle value, the lower one of two; 0 of none.
func Median[T cmp.Ordered](values []T) T {
	var zero T
	if len(values) == 0 {
		return zero
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// embedCalls is how many requests of a batch one block makes.
func embedCalls(batch int) int { return max(2, 8/batch) }

// Embed measures tokens per second of embedding texts of about 300 tokens, in
// requests of batch texts each.
func (m Meter) Embed(ctx context.Context, first, second Runner, model string, batch int) (Pair, error) {
	one := func(r Runner, seed int) (float64, error) {
		texts := make([]string, batch)
		for i := range texts {
			texts[i] = Words(embedWords, uint64(seed)<<20+uint64(i))
		}
		began := time.Now()
		resp, err := r.Client.Embed(ctx, &api.EmbedRequest{Model: model, Input: texts, KeepAlive: keep, Options: map[string]any{"num_ctx": 512}})
		if err != nil {
			return 0, err
		}
		if len(resp.Embeddings) != batch {
			return 0, fmt.Errorf("%d vectors for %d texts", len(resp.Embeddings), batch)
		}
		return float64(resp.PromptEvalCount) / time.Since(began).Seconds(), nil
	}
	for _, r := range []Runner{first, second} { // loads, and lets the engine get its further runners ready
		if r.Client == nil {
			continue
		}
		if _, err := one(r, 1<<20); err != nil {
			return Pair{}, fmt.Errorf("%s: embed with %s: %w", r.Name, model, err)
		}
	}
	a, b, err := sides(ctx, m, first, second, func(r Runner, block int) (got []float64, err error) {
		for i := range embedCalls(batch) {
			v, err := one(r, block*100+i)
			if err != nil {
				return nil, err
			}
			got = append(got, v)
		}
		return got, nil
	})
	if err != nil {
		return Pair{}, fmt.Errorf("embed with %s: %w", model, err)
	}
	return Pair{Median(a), Median(b)}, nil
}

// reply is what one streamed generation took, as its client saw it.
type reply struct {
	prompt, write float64 // tokens per second
}

// Generate measures reading a prompt of about 512 tokens and writing up to 64:
// tokens per second until the first piece came, and from there to the end.
func (m Meter) Generate(ctx context.Context, first, second Runner, model string) (prompt, write Pair, err error) {
	one := func(r Runner, seed int) (out reply, err error) {
		for try := range 4 {
			out, err = generate(ctx, r, model, Words(promptWords, uint64(seed)<<20+uint64(try)<<12+7))
			if !errors.Is(err, errNoEnd) {
				break
			}
		}
		return out, err
	}
	for _, r := range []Runner{first, second} {
		if r.Client == nil {
			continue
		}
		if _, err := one(r, 1<<20); err != nil {
			return Pair{}, Pair{}, fmt.Errorf("%s: generate with %s: %w", r.Name, model, err)
		}
	}
	a, b, err := sides(ctx, m, first, second, func(r Runner, block int) (got []reply, err error) {
		for i := range 3 {
			v, err := one(r, block*100+i)
			if err != nil {
				return nil, err
			}
			got = append(got, v)
		}
		return got, nil
	})
	if err != nil {
		return Pair{}, Pair{}, fmt.Errorf("generate with %s: %w", model, err)
	}
	return Pair{medianOf(a, func(r reply) float64 { return r.prompt }), medianOf(b, func(r reply) float64 { return r.prompt })},
		Pair{medianOf(a, func(r reply) float64 { return r.write }), medianOf(b, func(r reply) float64 { return r.write })}, nil
}

func medianOf[T any](values []T, of func(T) float64) float64 {
	var out []float64
	for _, v := range values {
		if x := of(v); x > 0 {
			out = append(out, x)
		}
	}
	return Median(out)
}

// errNoEnd is a stream that ends without saying so, as Ollama's do where a model
// repeats itself.
var errNoEnd = errors.New("the reply has no end")

// leastTokens is the shortest reply whose speed counts.
const leastTokens = 16

func generate(ctx context.Context, r Runner, model, prompt string) (reply, error) {
	req := &api.GenerateRequest{Model: model, Prompt: prompt, Raw: true, KeepAlive: keep, Options: map[string]any{
		"num_ctx": 2048, "num_predict": 64, "temperature": 0.8, "seed": 1,
	}}
	var began, firstPiece time.Time
	var out reply
	ended := false
	began = time.Now()
	err := r.Client.Generate(ctx, req, func(p api.GenerateResponse) error {
		if firstPiece.IsZero() {
			firstPiece = time.Now()
		}
		if p.Done {
			ended = true
			out.prompt = float64(p.PromptEvalCount) / firstPiece.Sub(began).Seconds()
			if p.EvalCount >= leastTokens {
				out.write = float64(p.EvalCount-1) / time.Since(firstPiece).Seconds()
			}
		}
		return nil
	})
	if err == nil && !ended {
		err = errNoEnd
	}
	return out, err
}

// SecondTurn measures the seconds that a runner reads a chat's first question
// over about 1,500 tokens of context, and the next question over the same.
func (m Meter) SecondTurn(ctx context.Context, r Runner, model string) (first, second float64, err error) {
	var firsts, seconds []float64
	for i := range m.Blocks + 1 {
		messages := []api.Message{{Role: "user", Content: Words(contextWords, uint64(i)<<24+3) + "\n\nWho wrote the names into the book?"}}
		a, answer, err := turn(ctx, r, model, messages)
		if err != nil {
			return 0, 0, fmt.Errorf("%s: first turn with %s: %w", r.Name, model, err)
		}
		messages = append(messages, api.Message{Role: "assistant", Content: answer}, api.Message{Role: "user", Content: "And what did the harbour master count?"})
		b, _, err := turn(ctx, r, model, messages)
		if err != nil {
			return 0, 0, fmt.Errorf("%s: second turn with %s: %w", r.Name, model, err)
		}
		if i > 0 { // the first one loads the model
			firsts, seconds = append(firsts, a), append(seconds, b)
		}
	}
	return Median(firsts), Median(seconds), nil
}

// turn returns the seconds until the first piece of a reply, and the reply.
func turn(ctx context.Context, r Runner, model string, messages []api.Message) (float64, string, error) {
	var text string
	var took float64
	began := time.Now()
	err := r.Client.Chat(ctx, &api.ChatRequest{Model: model, Messages: messages, KeepAlive: keep, Options: map[string]any{
		"num_ctx": 4096, "num_predict": 24, "temperature": 0, "seed": 1,
	}}, func(p api.ChatResponse) error {
		if took == 0 {
			took = time.Since(began).Seconds()
		}
		text += p.Message.Content
		return nil
	})
	return took, text, err
}

// FirstPiece returns the seconds until the first piece of a chat's reply, with
// no prefix of it cached: another chat goes before.
func FirstPiece(ctx context.Context, r Runner, req api.ChatRequest) (float64, error) {
	if err := Forget(ctx, r, req); err != nil {
		return 0, err
	}
	enough := errors.New("enough")
	var took float64
	began := time.Now()
	err := r.Client.Chat(ctx, &req, func(api.ChatResponse) error {
		took = time.Since(began).Seconds()
		return enough
	})
	if took == 0 {
		return 0, cmp.Or(err, errors.New("the reply is empty"))
	}
	return took, nil
}

// Forget makes the runner's prompt cache hold another chat than any to come.
func Forget(ctx context.Context, r Runner, req api.ChatRequest) error {
	options := map[string]any{"num_predict": 1, "num_ctx": req.Options["num_ctx"]}
	other := api.ChatRequest{Model: req.Model, KeepAlive: keep, Options: options, Messages: []api.Message{
		{Role: "system", Content: "Nothing that was said before."}, {Role: "user", Content: "Hello."},
	}}
	return r.Client.Chat(ctx, &other, func(api.ChatResponse) error { return nil })
}
