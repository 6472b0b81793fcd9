package runner

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ollama/ollama/tokenizer"
)

// scripted is a network that says what it is told to and writes down what it
// was asked. Its vocabulary is testVocabulary's.
type scripted struct {
	say    string // the reply; then the end-of-turn token
	holds  int    // positions in the cache
	asked  [][]int32
	limit  int            // the most that resume keeps; negative is all
	before func(call int) // runs before each forward
	err    error          // of forward, from call errAt on
	errAt  int
	first  int // position of the first token of the reply
}

const testEnd, testBegin = 256, 257

func testVocabulary() vocabulary {
	v := &tokenizer.Vocabulary{BOS: []int32{testBegin}, EOS: []int32{testEnd}, AddBOS: true}
	for b := range 256 {
		v.Values = append(v.Values, string([]byte{byte(b)}))
	}
	v.Values = append(v.Values, "</s>", "<s>")
	return vocabulary{Tokenizer: byteTokens{v}}
}

// byteTokens is a tokenizer whose tokens are bytes.
type byteTokens struct{ v *tokenizer.Vocabulary }

func (b byteTokens) Encode(s string, special bool) ([]int32, error) {
	var out []int32
	if special {
		out = append(out, testBegin)
	}
	for _, c := range []byte(s) {
		out = append(out, int32(c))
	}
	return out, nil
}

func (b byteTokens) Decode(ids []int32) (string, error) {
	var out strings.Builder
	for _, id := range ids {
		out.WriteString(b.v.Values[id])
	}
	return out.String(), nil
}

func (b byteTokens) Is(id int32, s tokenizer.Special) bool { return b.v.Is(id, s) }
func (b byteTokens) Vocabulary() *tokenizer.Vocabulary     { return b.v }

func (n *scripted) forward(tokens []int32, first int, want bool) ([]float32, error) {
	if n.before != nil {
		n.before(len(n.asked))
	}
	if first != n.holds {
		return nil, errors.New("a hole in the cache")
	}
	n.asked = append(n.asked, slices.Clone(tokens))
	if n.err != nil && len(n.asked) > n.errAt {
		n.holds += len(tokens) / 2 // half done
		return nil, n.err
	}
	n.holds += len(tokens)
	if !want {
		return nil, nil
	}
	logits := make([]float32, 300) // more rows than tokens, and they are the greatest
	for i := range 256 {
		logits[i] = float32(i) / 1000
	}
	if len(tokens) > 1 || n.first == 0 {
		n.first = n.holds
	}
	next := int32(testEnd)
	if i := n.holds - n.first; i < len(n.say) {
		next = int32(n.say[i])
	}
	logits[next] = .299
	for i := 258; i < 300; i++ {
		logits[i] = 1
	}
	return logits, nil
}

func (n *scripted) resume(at int) int {
	if n.limit >= 0 {
		at = min(at, n.limit)
	}
	n.holds = at
	return at
}

func newScripted(say string) (*scripted, *completer) {
	n := &scripted{say: say, limit: -1}
	return n, &completer{vocab: testVocabulary(), slot: slot{net: n}, numCtx: 4096}
}

func run(ctx context.Context, c *completer, req CompletionRequest) (text string, end CompletionEvent, err error) {
	err = c.complete(ctx, req, func(ev CompletionEvent) error {
		text += ev.Text
		if ev.Done {
			end = ev
		}
		return nil
	})
	return text, end, err
}

func TestComplete_PromptBatches(t *testing.T) {
	n, c := newScripted("ok")
	text, end, err := run(t.Context(), c, CompletionRequest{Prompt: strings.Repeat("a", 2*promptBatch)})
	if err != nil || text != "ok" || end.Reason != ReasonStop || end.Tokens != 3 || end.PromptTokens != 2*promptBatch+1 {
		t.Errorf("%q %+v %v", text, end, err)
	}
	var sizes []int
	for _, a := range n.asked {
		sizes = append(sizes, len(a))
	}
	if want := []int{promptBatch, promptBatch, 1, 1, 1}; !slices.Equal(sizes, want) {
		t.Errorf("forward passes of %v tokens, want %v", sizes, want)
	}
}

func TestComplete_CancelledBetweenBatches(t *testing.T) {
	n, c := newScripted("ok")
	ctx, cancel := context.WithCancel(t.Context())
	n.before = func(call int) {
		if call == 1 {
			cancel()
		}
	}
	prompt := strings.Repeat("a", 5*promptBatch)
	if _, _, err := run(ctx, c, CompletionRequest{Prompt: prompt}); !errors.Is(err, context.Canceled) || len(n.asked) != 2 {
		t.Errorf("%v after %d batches, want 2", err, len(n.asked))
	}
	// What was computed until then is not lost.
	n.before = nil
	if _, end, err := run(t.Context(), c, CompletionRequest{Prompt: prompt}); err != nil || end.CachedTokens != 2*promptBatch {
		t.Errorf("%+v %v", end, err)
	}
}

func TestComplete_CancelledBetweenTokens(t *testing.T) {
	n, c := newScripted(strings.Repeat("x", 100))
	ctx, cancel := context.WithCancel(t.Context())
	n.before = func(call int) {
		if call == 5 {
			cancel()
		}
	}
	text, _, err := run(ctx, c, CompletionRequest{Prompt: "a"})
	if !errors.Is(err, context.Canceled) || len(n.asked) != 6 || len(text) != 6 {
		t.Errorf("%v after %d passes with %q", err, len(n.asked), text)
	}
	n, c = newScripted("xxxx")
	gone := errors.New("the reader is gone")
	err = c.complete(t.Context(), CompletionRequest{Prompt: "a"}, func(CompletionEvent) error { return gone })
	if !errors.Is(err, gone) || len(n.asked) != 1 {
		t.Errorf("%v after %d passes", err, len(n.asked))
	}
}

func TestComplete_ReusesTheCommonPrefix(t *testing.T) {
	n, c := newScripted("yes")
	turn := func(prompt string, wantCached int) {
		t.Helper()
		n.first = 0
		text, end, err := run(t.Context(), c, CompletionRequest{Prompt: prompt})
		if err != nil || text != "yes" || end.CachedTokens != wantCached {
			t.Errorf("%q: %q, %d cached, want %d; %v", prompt, text, end.CachedTokens, wantCached, err)
		}
		if n.holds != len(c.slot.tokens) {
			t.Errorf("%q: the cache holds %d, the slot believes %d", prompt, n.holds, len(c.slot.tokens))
		}
	}
	turn("question one ", 0)
	turn("question one yes question two", 1+len("question one yes")) // reply included
	turn("question one yes", len("question one yes"))                // all of it known: one token is left to compute
	turn("question two", 1+len("question "))
	turn("other", 1)
	n.limit = 3 // a cache that cannot go back so far
	turn("other things", 3)
	n.limit = 0
	turn("other things", 0)
}

func TestComplete_FailureForgetsTheCache(t *testing.T) {
	n, c := newScripted("yes")
	n.err, n.errAt = errors.New("out of order"), 3
	if _, _, err := run(t.Context(), c, CompletionRequest{Prompt: "abc"}); !errors.Is(err, n.err) {
		t.Fatal(err)
	}
	n.err, n.first = nil, 0
	if text, end, err := run(t.Context(), c, CompletionRequest{Prompt: "abc"}); err != nil || text != "yes" || end.CachedTokens != 0 {
		t.Errorf("%q %+v %v", text, end, err)
	}
}

func TestComplete_RepeatPenaltySeesPromptAndReply(t *testing.T) {
	_, c := newScripted("zzzz")
	req := CompletionRequest{Prompt: "a", NumPredict: 2, RepeatPenalty: 100, RepeatLastN: 64}
	text, _, err := run(t.Context(), c, req)
	if err != nil || text != "z\uFFFD" { // after z the next greatest: byte 255
		t.Errorf("%q %v", text, err)
	}
	_, c = newScripted("aaaa")
	if text, _, _ = run(t.Context(), c, req); strings.HasPrefix(text, "a") {
		t.Errorf("%q repeats the prompt", text)
	}
}

func TestVocabulary_Encode(t *testing.T) {
	v := testVocabulary()
	for text, want := range map[string][]int32{
		"":       {testBegin},
		"hi":     {testBegin, 'h', 'i'},
		"a\xffb": {testBegin, 'a', 0xef, 0xbf, 0xbd, 'b'}, // never invalid UTF-8 to the tokenizer
	} {
		if got, err := v.encode(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	v = vocabulary{Tokenizer: begins{v.Tokenizer}}
	if got, err := v.encode("x"); err != nil || !slices.Equal(got, []int32{testBegin, 'x'}) {
		t.Errorf("a text with its own first token: %v %v", got, err)
	}
	v = vocabulary{Tokenizer: panics{v.Tokenizer}}
	if _, err := v.encode("x"); err == nil || !strings.Contains(err.Error(), "tokenize: ") {
		t.Errorf("a tokenizer that panics: %v", err)
	}
}

// begins is a tokenizer for texts that bring their own first token.
type begins struct{ tokenizer.Tokenizer }

func (begins) Encode(string, bool) ([]int32, error) { return []int32{testBegin, testBegin, 'x'}, nil }

type panics struct{ tokenizer.Tokenizer }

func (panics) Encode(string, bool) ([]int32, error) { panic("index out of range") }

func TestVocabulary_Truncate(t *testing.T) {
	v := testVocabulary()
	full := []int32{testBegin, 1, 2, 3, testEnd}
	if got := v.truncate(slices.Clone(full), 5); !slices.Equal(got, full) {
		t.Errorf("%v", got)
	}
	if got := v.truncate(slices.Clone(full), 3); !slices.Equal(got, []int32{testBegin, 1, 2}) {
		t.Errorf("without an end token: %v", got)
	}
	v.Vocabulary().AddEOS = true
	if got := v.truncate(slices.Clone(full), 3); !slices.Equal(got, []int32{testBegin, 1, testEnd}) {
		t.Errorf("with an end token: %v", got)
	}
}

func TestBoundWords(t *testing.T) {
	long := strings.Repeat("Ab9+", 26) // 104 characters without a separator
	tests := []struct{ name, text, want string }{
		{"short", "hello", "hello"},
		{"many short words", strings.Repeat("word ", 100), strings.Repeat("word ", 100)},
		{"exactly the longest", strings.Repeat("é", 100), strings.Repeat("é", 100)},
		{"one more", strings.Repeat("é", 101), "\uFFFD"},
		{"between words", "key: " + long + " end", "key: \uFFFD end"},
		{"two of them", long + "\n" + long, "\uFFFD\n\uFFFD"},
		{"punctuation divides", strings.Repeat("abcdefghi/", 20), strings.Repeat("abcdefghi/", 20)},
		{"ideographs divide", strings.Repeat("文", 150), strings.Repeat("文", 150)},
	}
	for _, tt := range tests {
		if got := boundWords(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzBoundWords(f *testing.F) {
	f.Add("hello, world", uint8(60))
	f.Add("é文a", uint8(200))
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		text = strings.ToValidUTF8(strings.Repeat(text, 1+int(n)), "?")
		got := boundWords(text)
		if boundWords(got) != got {
			t.Fatal("a bounded text changes again")
		}
		for _, word := range strings.Fields(text) {
			if len(word) <= maxWord && !strings.Contains(got, word) {
				t.Fatalf("a short word is lost: %q", word)
			}
		}
		for _, word := range strings.Fields(got) {
			if strings.IndexFunc(word, func(r rune) bool { return r > 'z' || r < 'a' }) < 0 && len(word) > maxWord {
				t.Fatalf("a word of %d letters is left", len(word))
			}
		}
	})
}
