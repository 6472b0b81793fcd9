package corpus

import (
	"slices"
	"strings"
	"unicode"

	"golocal/internal/prose"
)

// token is a word of a question, or what stands for a quoted phrase or a file.
type token struct {
	raw, fold string
	used      bool
	phrase    string // of a quoted phrase
	file      int    // 1-based, of a file's name
	dash      bool   // joined to the word before it
	comma     bool   // behind it
}

// tokens are the words of a text; names and phrases that mask has put in are one
// each.
func (p *parse) tokens(text string) []token {
	var out []token
	for word := range strings.FieldsSeq(text) {
		first := true
		for part := range strings.FieldsFuncSeq(word, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '#' && r != '.' && !unicode.Is(unicode.M, r) && r != openMask && r != closeMask
		}) {
			part = strings.Trim(part, ".")
			if part == "" {
				continue
			}
			t := token{raw: part, fold: fold(part), dash: !first}
			first = false
			if m := p.masked[part]; m != nil {
				t.phrase, t.file, t.fold = m.phrase, m.file, part
			}
			out = append(out, t)
		}
		if n := len(out); n > 0 && !first && strings.HasSuffix(word, ",") {
			out[n-1].comma = true
		}
	}
	return out
}

// Private-use characters stand around what is masked.
const (
	openMask  = '\uE000'
	closeMask = '\uE001'
)

type mask struct {
	phrase string
	file   int
}

// hide puts a masked word in the place of text[start:end].
func (p *parse) hide(text string, start, end int, m mask) string {
	name := string(openMask) + strings.Repeat("x", len(p.masked)+1) + string(closeMask)
	p.masked[name] = &m
	return text[:start] + " " + name + " " + text[end:]
}

// take marks the first run of unused words that is one of seqs.
func (p *parse) take(seqs [][]string) bool {
	for _, seq := range seqs {
		if i := p.find(seq); i >= 0 {
			p.use(i, len(seq))
			return true
		}
	}
	return false
}

func (p *parse) find(seq []string) int {
	for i := range len(p.toks) - len(seq) + 1 {
		ok := true
		for j, w := range seq {
			if t := p.toks[i+j]; t.used || t.fold != w || t.phrase != "" || t.file > 0 {
				ok = false
				break
			}
		}
		if ok {
			return i
		}
	}
	return -1
}

func (p *parse) use(i, n int) {
	for j := i; j < i+n; j++ {
		p.toks[j].used = true
	}
}

// is tells that word i is there, unused and in the set.
func (p *parse) is(i int, words map[string]bool) bool {
	return i >= 0 && i < len(p.toks) && !p.toks[i].used && words[p.toks[i].fold]
}

// open tells that word i is there and unused.
func (p *parse) open(i int) bool { return i >= 0 && i < len(p.toks) && !p.toks[i].used }

func (p *parse) has(words map[string]bool) bool {
	return slices.ContainsFunc(p.toks, func(t token) bool { return !t.used && words[t.fold] })
}

// left are the words that mean something and that no rule has used.
func (p *parse) left(also ...map[string]bool) []int {
	var out []int
	for i, t := range p.toks {
		plain := t.phrase == "" && t.file == 0
		if t.used || plain && slices.ContainsFunc(also, func(m map[string]bool) bool { return m[t.fold] }) ||
			plain && !contextual[t.fold] && (prose.Stop(t.fold) || fillers[t.fold]) {
			continue
		}
		out = append(out, i)
	}
	return out
}
