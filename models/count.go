package models

import (
	"context"
	"strings"
	"sync"
	"unicode"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/tokenizer"
)

// Counter returns a function that counts tokens in the space's model's own
// vocabulary, without the start and end markers, so that counts of pieces add
// up. Where the runner tells no vocabulary that golocal can read, it returns
// Estimate, which counts rather too many. The function may be called from
// several goroutines.
func (to Embedder) Counter(ctx context.Context) (func(string) int, error) {
	m := to.m
	e, err := to.of(ctx)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	count := m.counters[e.Digest]
	m.mu.Unlock()
	if count != nil {
		return count, nil
	}
	var show *api.ShowResponse
	err = m.do(ctx, func(c *connection) error {
		ctx, cancel := context.WithTimeout(ctx, m.t.query)
		defer cancel()
		show, err = c.client.Show(ctx, &api.ShowRequest{Model: e.Name, Verbose: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	count = Estimate
	if t := readTokenizer(show.ModelInfo); t != nil {
		count = (&counter{tokens: t, known: map[string]int{}}).count
	} else {
		m.log.Info("tokens are estimated", "model", e.Name)
	}
	m.mu.Lock()
	m.counters[e.Digest] = count
	m.mu.Unlock()
	return count, nil
}

// Estimate is a number of tokens that text hardly exceeds in any vocabulary:
// a token for every character of Chinese, Japanese or Korean, every sign and
// every line, and one for every three bytes of anything else.
func Estimate(text string) int {
	n, run := 0, 0
	flush := func() {
		n += (run + 2) / 3
		run = 0
	}
	for _, r := range text {
		switch {
		case wide(r):
			flush()
			n++
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			run += len(string(r))
		case unicode.IsSpace(r):
			flush()
		default:
			flush()
			n++
		}
	}
	flush()
	return n
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// tokens is a tokenizer's count of one word.
type tokens interface{ word(w string) int }

// counter counts word by word and remembers: texts repeat their words, and no
// tokenizer here sees more than longestWord at once, since their time grows
// with the square of it.
type counter struct {
	tokens tokens
	mu     sync.Mutex // guards known and tokens
	known  map[string]int
}

const (
	longestWord = 96      // bytes; beyond it Estimate counts
	mostKnown   = 1 << 16 // words
)

func (c *counter) count(text string) int {
	n := 0
	for w := range strings.FieldsSeq(text) {
		n += c.word(w)
	}
	return n
}

func (c *counter) word(w string) int {
	if len(w) > longestWord {
		return Estimate(w)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.known[w]
	if !ok {
		n = c.tokens.word(w)
		if len(c.known) >= mostKnown {
			clear(c.known)
		}
		c.known[strings.Clone(w)] = n
	}
	return n
}

// encoder counts with one of Ollama's tokenizers.
type encoder struct {
	tokenizer.Tokenizer
	space bool // the space before a word belongs to its first token
}

func (e encoder) word(w string) int {
	if e.space {
		w = " " + w
	}
	ids, err := e.Encode(w, false)
	if err != nil {
		return Estimate(w)
	}
	return max(len(ids), 1)
}

// readTokenizer builds the tokenizer that a model's metadata describes; nil
// when it is of a kind that golocal cannot count with, or incomplete.
func readTokenizer(info modelInfo) tokens {
	values := list[string](info["tokenizer.ggml.tokens"])
	if len(values) < 5 {
		return nil
	}
	v := &tokenizer.Vocabulary{
		Values: values,
		Merges: list[string](info["tokenizer.ggml.merges"]),
	}
	for _, n := range list[float64](info["tokenizer.ggml.scores"]) {
		v.Scores = append(v.Scores, float32(n))
	}
	for _, n := range list[float64](info["tokenizer.ggml.token_type"]) {
		v.Types = append(v.Types, int32(n))
	}
	if len(v.Types) != len(values) {
		v.Types = make([]int32, len(values))
		for i := range v.Types {
			v.Types[i] = tokenizer.TOKEN_TYPE_NORMAL
		}
	}
	// Special tokens are none in a document, and looking for each of some
	// thousand in every word costs.
	for i, t := range v.Types {
		if t == tokenizer.TOKEN_TYPE_CONTROL || t == tokenizer.TOKEN_TYPE_USER_DEFINED {
			v.Types[i] = tokenizer.TOKEN_TYPE_NORMAL
		}
	}
	switch info.text("tokenizer.ggml.model") {
	case "bert":
		if v.Encode("[UNK]") < 0 {
			return nil
		}
		return encoder{Tokenizer: tokenizer.NewWordPiece(v, true)}
	case "gpt2":
		if len(v.Merges) == 0 {
			return nil
		}
		bpe := tokenizer.NewBytePairEncoding(v)
		return encoder{Tokenizer: bpe, space: true}
	case "llama":
		if len(v.Scores) != len(values) {
			return nil
		}
		return encoder{Tokenizer: tokenizer.NewSentencePiece(v), space: true}
	}
	return nil // Unigram ("t5") has no counterpart in Ollama's tokenizers
}

// list reads a JSON array of one type; nil when it is anything else.
func list[T any](v any) []T {
	values, ok := v.([]any)
	if !ok {
		return nil
	}
	out := make([]T, 0, len(values))
	for _, x := range values {
		t, ok := x.(T)
		if !ok {
			return nil
		}
		out = append(out, t)
	}
	return out
}
