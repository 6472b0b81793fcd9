package runner

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ollama/ollama/tokenizer"

	"golocal/internal/special"
)

// maxWord is the longest word, in characters, that a WordPiece vocabulary is
// searched for, as in the original (max_input_chars_per_word of BERT and of
// Hugging Face). The search takes time with the cube of the length: a line of
// base64 in a text file would stop the runner for minutes.
const maxWord = 100

// vocabulary turns text into tokens and back, as the model file says.
type vocabulary struct {
	tokenizer.Tokenizer
	wordPiece bool
	specials  *special.Set // nil: the tokenizer finds them itself
}

// newVocabulary wraps a tokenizer that was not used yet. kind is the file's
// tokenizer.ggml.model. Of SentencePiece vocabularies, some of which have
// thousands of special tokens, those are found here.
func newVocabulary(tok tokenizer.Tokenizer, kind string) vocabulary {
	v := vocabulary{Tokenizer: tok, wordPiece: kind == "bert"}
	if vocab := tok.Vocabulary(); kind == "llama" && len(vocab.Types) == len(vocab.Values) {
		v.specials = special.Take(vocab, true)
	}
	return v
}

// encode turns text into tokens, special ones named in it included, and adds
// those that the vocabulary puts at the beginning and end of every text. A text
// that brings its own first token does not get it twice.
func (v vocabulary) encode(text string) (tokens []int32, err error) {
	defer func() {
		if r := recover(); r != nil { // the tokenizers index their tables unchecked
			tokens, err = nil, fmt.Errorf("tokenize: %v", r)
		}
	}()
	text = strings.ToValidUTF8(text, "\uFFFD")
	if v.wordPiece {
		text = boundWords(text)
	}
	if v.specials != nil {
		tokens, err = v.pieces(text)
	} else {
		tokens, err = v.Encode(text, true)
	}
	if err != nil {
		return nil, fmt.Errorf("tokenize: %w", err)
	}
	if v.Vocabulary().AddBOS && len(tokens) > 1 && tokens[0] == tokens[1] && v.Is(tokens[0], tokenizer.SpecialBOS) {
		tokens = tokens[1:]
	}
	return tokens, nil
}

// pieces encodes what stands between special tokens, and puts the vocabulary's
// first and last token around it, as the tokenizer does.
func (v vocabulary) pieces(text string) (tokens []int32, err error) {
	vocab := v.Vocabulary()
	if vocab.AddBOS && len(vocab.BOS) > 0 {
		tokens = append(tokens, vocab.BOS[0])
	}
	for _, p := range v.specials.Split(text) {
		if p.Special {
			tokens = append(tokens, vocab.Encode(p.Text))
			continue
		}
		ids, err := v.Encode(p.Text, false)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, ids...)
	}
	if vocab.AddEOS && len(vocab.EOS) > 0 {
		tokens = append(tokens, vocab.EOS[0])
	}
	return tokens, nil
}

// truncate cuts tokens to n, which is at least 1, and keeps the token that ends
// every text where the vocabulary has one.
func (v vocabulary) truncate(tokens []int32, n int) []int32 {
	if len(tokens) <= n {
		return tokens
	}
	tokens = tokens[:n]
	if vocab := v.Vocabulary(); vocab.AddEOS && len(vocab.EOS) > 0 {
		tokens[n-1] = vocab.EOS[0]
	}
	return tokens
}

// size returns the number of tokens.
func (v vocabulary) size() int { return len(v.Vocabulary().Values) }

// boundWords puts one character that no vocabulary has in the place of every
// word longer than maxWord, so that it becomes one unknown token. Words end
// where the tokenizer ends them: at white space, punctuation and ideographs.
func boundWords(text string) string {
	if len(text) <= maxWord {
		return text
	}
	var out strings.Builder
	done := 0 // bytes of text that out stands for
	start, runes := 0, 0
	end := func(at int) {
		if runes > maxWord {
			out.WriteString(text[done:start])
			out.WriteRune(utf8.RuneError)
			done = at
		}
		runes = 0
	}
	for i, r := range text {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.Is(unicode.Han, r) {
			end(i)
			continue
		}
		if runes == 0 {
			start = i
		}
		runes++
	}
	end(len(text))
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}
