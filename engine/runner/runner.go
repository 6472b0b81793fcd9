// Package runner holds one model in a child process and computes with it.
//
// Start spawns the child (the program's own executable, which calls Main),
// waits until the model is loaded, and returns a Process to embed and complete
// with. Parent and child speak JSON lines over the child's standard input and
// output: nothing listens, so no other process can reach the model, and the
// child ends when its parent does, because its input ends then. A model file
// that breaks the native code costs one child and the requests it had, never
// the daemon.
//
// Inside the child one forward pass runs at a time. Requests wait for that
// compute token in the order they came: an embedding takes it once per text, so
// a short request slips in between the texts of a long one; a completion keeps
// it until its end, because it owns the KV cache.
//
// The forward passes are those of github.com/ollama/ollama's packages model,
// ml and kvcache; token loop, prompt cache, sampling and stop handling are here.
package runner

import "errors"

// ErrTooLong says that a text has more tokens than the context holds.
var ErrTooLong = errors.New("the input length exceeds the context length")

// ErrUnsupported says that the built-in engine cannot run a model that Ollama
// can; the text around it names the architecture.
var ErrUnsupported = errors.New("needs Ollama")

// ErrEnded says that the child process ended before it answered.
var ErrEnded = errors.New("the model runner ended")

// Info describes a loaded model and the build that computes it.
type Info struct {
	Architecture    string `json:"architecture"`     // as the GGUF names it: "llama", "bert"
	ContextLength   int    `json:"context_length"`   // tokens the model was trained for
	NumCtx          int    `json:"num_ctx"`          // tokens this runner holds, at most ContextLength
	EmbeddingLength int    `json:"embedding_length"` // of a pooled model: dimensions of its vectors; else its hidden size
	VocabSize       int    `json:"vocab_size"`
	Embedding       bool   `json:"embedding"` // the model pools its output into one vector per text
	Build           string `json:"build"`     // vector instructions compiled in: "avx512", "avx2", "avx", "neon", "baseline"
	Threads         int    `json:"threads"`   // that compute
}

// EmbedRequest asks for one vector per text.
type EmbedRequest struct {
	Inputs   []string `json:"inputs"`
	Truncate bool     `json:"truncate"` // cut longer texts to the context instead of answering ErrTooLong
}

// EmbedResponse holds the vectors of an EmbedRequest.
type EmbedResponse struct {
	Vectors [][]float32 `json:"vectors"` // in the order of Inputs, each of length Info.EmbeddingLength and L2 norm 1
	Tokens  []int       `json:"tokens"`  // tokens computed for each input, special ones included
}

// CompletionRequest asks for the continuation of a prompt. The zero value of
// every sampling field switches that step off; Temperature 0 is greedy.
type CompletionRequest struct {
	Prompt        string   `json:"prompt"`         // special tokens in it are parsed as such; the vocabulary decides on BOS
	NumCtx        int      `json:"num_ctx"`        // tokens of prompt and reply together; 0 or more than Info.NumCtx is Info.NumCtx
	NumPredict    int      `json:"num_predict"`    // longest reply in tokens; 0 or less ends at NumCtx
	TopK          int      `json:"top_k"`          // keep the k likeliest tokens
	TopP          float32  `json:"top_p"`          // keep the likeliest tokens up to this share, 0 to 1
	MinP          float32  `json:"min_p"`          // drop tokens below this share of the likeliest one's probability
	Temperature   float32  `json:"temperature"`    // divides the logits; 0 is greedy
	Seed          int      `json:"seed"`           // negative is random
	RepeatPenalty float32  `json:"repeat_penalty"` // divides the logits of recent tokens; 0 and 1 leave them
	RepeatLastN   int      `json:"repeat_last_n"`  // how many tokens are recent; negative is all
	Stop          []string `json:"stop"`           // strings that end the reply and are left out of it
}

// Reasons of the last CompletionEvent.
const (
	ReasonStop   = "stop"   // the model ended its turn, or wrote a stop string
	ReasonLength = "length" // NumPredict or the context was reached
)

// CompletionEvent is a piece of a reply; the last one has Done set and the
// counts. Text is valid UTF-8 and never holds a stop string or part of one.
type CompletionEvent struct {
	Text          string  `json:"text,omitempty"`
	Done          bool    `json:"done,omitempty"`
	Reason        string  `json:"reason,omitempty"`
	PromptTokens  int     `json:"prompt_tokens,omitempty"`  // of the whole prompt
	CachedTokens  int     `json:"cached_tokens,omitempty"`  // of these, found in the KV cache and not computed again
	Tokens        int     `json:"tokens,omitempty"`         // of the reply, the end-of-turn token included
	PromptSeconds float64 `json:"prompt_seconds,omitempty"` // until the first token was known
	Seconds       float64 `json:"seconds,omitempty"`        // from then to the end
	Error         string  `json:"error,omitempty"`          // between the processes only; callers get an error value
}
