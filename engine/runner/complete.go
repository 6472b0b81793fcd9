package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ollama/ollama/tokenizer"
)

// completer continues prompts, one at a time, with one model and its one slot.
type completer struct {
	vocab  vocabulary
	slot   slot
	numCtx int // tokens that the KV cache holds
}

// complete runs the token loop: prompt, then one token after another until the
// model ends its turn, a stop string is written, a limit is reached, or ctx is
// done. Every event goes to emit; an error of emit ends the loop.
func (c *completer) complete(ctx context.Context, req CompletionRequest, emit func(CompletionEvent) error) error {
	limit := c.numCtx
	if req.NumCtx > 0 {
		limit = min(limit, req.NumCtx)
	}
	prompt, err := c.vocab.encode(req.Prompt)
	if err != nil {
		return err
	}
	switch {
	case len(prompt) == 0:
		return errors.New("the prompt is empty")
	case len(prompt) > limit:
		return fmt.Errorf("prompt of %d tokens, at most %d: %w", len(prompt), limit, ErrTooLong)
	}

	began := time.Now()
	end := CompletionEvent{Done: true, PromptTokens: len(prompt), CachedTokens: c.slot.load(prompt)}
	logits, err := c.slot.prompt(ctx, prompt[end.CachedTokens:])
	if err != nil {
		return err
	}
	answered := time.Now()
	end.PromptSeconds = answered.Sub(began).Seconds()

	sampler, out := newSampler(req), newStopper(req.Stop)
	rows := c.vocab.size()
	for end.Reason == "" {
		// Some models have more rows than tokens; those rows mean nothing.
		id, err := sampler.next(logits[:min(len(logits), rows)], c.slot.tokens)
		if err != nil {
			return err
		}
		end.Tokens++
		if c.vocab.Is(id, tokenizer.SpecialEOS) {
			end.Reason = ReasonStop
			break
		}
		piece, err := c.vocab.Decode([]int32{id})
		if err != nil {
			return fmt.Errorf("decode token %d: %w", id, err)
		}
		text, stopped := out.add(piece)
		if text != "" {
			if err := emit(CompletionEvent{Text: text}); err != nil {
				return err
			}
		}
		switch {
		case stopped:
			end.Reason = ReasonStop
		case req.NumPredict > 0 && end.Tokens >= req.NumPredict, len(c.slot.tokens) >= limit:
			end.Reason = ReasonLength
		default:
			if err := context.Cause(ctx); err != nil {
				return err
			}
			if logits, err = c.slot.advance([]int32{id}, true); err != nil {
				return err
			}
		}
	}
	if text := out.rest(); text != "" {
		if err := emit(CompletionEvent{Text: text}); err != nil {
			return err
		}
	}
	end.Seconds = time.Since(answered).Seconds()
	return emit(end)
}
