package runner

import "context"

// promptBatch is how many tokens of a prompt are computed at once: enough that
// the weights are read seldom, few enough that a cancelled prompt ends soon.
const promptBatch = 512

// network is what the token loop needs of a loaded model. Positions count from
// 0 and are kept in the model's KV cache.
type network interface {
	// forward computes tokens at positions first, first+1, … . With want it
	// returns the logits that follow the last one, owned by the caller.
	forward(tokens []int32, first int, want bool) ([]float32, error)
	// resume drops every position from n on and returns how many were kept:
	// n, or fewer where the cache cannot go on from n.
	resume(n int) int
}

// slot remembers which tokens the KV cache holds, so that a prompt that begins
// like the last one is computed only from where they differ.
type slot struct {
	net    network
	tokens []int32 // computed and in the cache
}

// load prepares the cache for a prompt and returns how many of its tokens need
// no computing. At least one is left to compute: its logits are needed.
func (s *slot) load(prompt []int32) int {
	n := 0
	for n < len(s.tokens) && n < len(prompt)-1 && s.tokens[n] == prompt[n] {
		n++
	}
	n = s.net.resume(n)
	s.tokens = s.tokens[:n]
	return n
}

// prompt computes tokens in batches and returns the logits that follow the last
// one. Between batches it looks whether ctx is done.
func (s *slot) prompt(ctx context.Context, tokens []int32) (logits []float32, err error) {
	for len(tokens) > 0 {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		n := min(promptBatch, len(tokens))
		if logits, err = s.advance(tokens[:n], n == len(tokens)); err != nil {
			return nil, err
		}
		tokens = tokens[n:]
	}
	return logits, nil
}

// advance computes the tokens that follow those in the cache.
func (s *slot) advance(tokens []int32, want bool) ([]float32, error) {
	logits, err := s.net.forward(tokens, len(s.tokens), want)
	if err != nil {
		s.tokens = s.tokens[:s.net.resume(0)] // what the cache holds is not known
		return nil, err
	}
	s.tokens = append(s.tokens, tokens...)
	return logits, nil
}
