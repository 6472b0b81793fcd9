package own

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/place"
	"golocal/internal/prose"
)

// Library is the user's files. Documents lists those that can be searched,
// without text; Text gives one with text.
type Library interface {
	Documents(ctx context.Context) ([]golocal.Document, error)
	Text(ctx context.Context, id int64) (golocal.Document, error)
}

// Writer writes one question that a sentence answers, with the text around it to
// know what it is about. An error costs this question's wording, not the run.
type Writer interface {
	Write(ctx context.Context, title, around, sentence string) (string, error)
}

// Question is one made from a file.
type Question struct {
	Text     string `json:"text"`
	Path     string `json:"path"`     // of the document that answers, absolute
	Sentence string `json:"sentence"` // in it, that answers
	Answer   string `json:"answer"`   // within the sentence; of a written question what a cloze would have left out
	Written  bool   `json:"written"`  // by the chat model rather than from the sentence's own words
}

// Maker makes questions.
type Maker struct {
	Library Library
	Path    func(golocal.Ref) string // absolute
	Writer  Writer                   // nil: only clozes
	Seed    uint64
	// Kept are questions of an earlier run. Those come first whose document still
	// holds the sentence.
	Kept []Question
	// Keep is called with all questions so far after each new one; nil keeps none.
	Keep func([]Question) error
	Done func(n, of int) // may be nil
}

// looked is how many documents are read at most: the frequency of words comes
// from them, and questions are made from them.
const looked = 400

// Make gives up to n questions, from as many documents as there are. Equal
// files, seeds and n give equal clozes.
func (m Maker) Make(ctx context.Context, n int) ([]Question, error) {
	docs, err := m.Library.Documents(ctx)
	if err != nil {
		return nil, err
	}
	byPath := make(map[string]int64, len(docs))
	for _, d := range docs {
		byPath[m.Path(d.Ref)] = d.ID
	}
	questions, err := m.standing(ctx, byPath, n)
	if err != nil || len(questions) >= n {
		return questions, err
	}
	texts, err := m.read(ctx, docs)
	if err != nil {
		return nil, err
	}
	stems := make([]map[string]bool, len(texts))
	r := rarity{in: map[string]int{}, total: len(texts)}
	for i, d := range texts {
		stems[i] = prose.Stems(prose.Words(d.Text))
		for s := range stems[i] {
			r.in[s]++
		}
	}
	asked := map[string]bool{}
	for _, q := range questions {
		asked[q.Path+"\x00"+q.Sentence] = true
	}
	all := make([][]candidate, len(texts))
	random := rand.New(rand.NewPCG(m.Seed, 0xbf58476d1ce4e5b9))
	for i, d := range texts {
		if d.Type == "code" {
			continue
		}
		layout := prose.Wrapped
		if len(d.Marks) > 0 && place.LinePerParagraph(d.Marks[0].Place) {
			layout = prose.Lines
		}
		all[i] = candidates(d.Text, layout, r, slices.Concat(stems[:i], stems[i+1:]))
		random.Shuffle(len(all[i]), func(a, b int) { all[i][a], all[i][b] = all[i][b], all[i][a] })
	}
	// One of every document, then another, and so on.
	for round := 0; len(questions) < n; round++ {
		more := false
		for i, d := range texts {
			if round >= len(all[i]) || len(questions) >= n {
				continue
			}
			more = true
			c := all[i][round]
			q := Question{Text: c.Question, Path: m.Path(d.Ref), Sentence: c.sentence, Answer: c.Answer}
			if asked[q.Path+"\x00"+q.Sentence] {
				continue
			}
			asked[q.Path+"\x00"+q.Sentence] = true
			if err := ctx.Err(); err != nil {
				return nil, context.Cause(ctx)
			}
			m.word(ctx, d, &q)
			questions = append(questions, q)
			if m.Keep != nil {
				if err := m.Keep(questions); err != nil {
					return nil, err
				}
			}
			if m.Done != nil {
				m.Done(len(questions), n)
			}
		}
		if !more {
			break
		}
	}
	return questions, nil
}

// standing are the kept questions that their documents still answer.
func (m Maker) standing(ctx context.Context, byPath map[string]int64, n int) ([]Question, error) {
	var out []Question
	texts := map[int64]string{}
	for _, q := range m.Kept {
		id, ok := byPath[q.Path]
		if !ok || len(out) >= n {
			continue
		}
		text, ok := texts[id]
		if !ok {
			d, err := m.Library.Text(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", q.Path, err)
			}
			text = d.Text
			texts[id] = text
		}
		if strings.Contains(text, q.Sentence) {
			out = append(out, q)
		}
	}
	return out, nil
}

// read gives a seeded choice of the documents with their text.
func (m Maker) read(ctx context.Context, docs []golocal.Document) ([]golocal.Document, error) {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b golocal.Document) int { return strings.Compare(m.Path(a.Ref), m.Path(b.Ref)) })
	rand.New(rand.NewPCG(m.Seed, 0x9e3779b97f4a7c15)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	docs = docs[:min(looked, len(docs))]
	out := make([]golocal.Document, 0, len(docs))
	for _, d := range docs {
		whole, err := m.Library.Text(ctx, d.ID)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", m.Path(d.Ref), err)
		}
		out = append(out, whole)
	}
	return out, nil
}

// around is how many bytes of text before and after a sentence a writer sees.
const around = 600

// word lets the writer put the question in its own words, where there is one and
// what it writes is a question.
func (m Maker) word(ctx context.Context, d golocal.Document, q *Question) {
	if m.Writer == nil {
		return
	}
	at := strings.Index(d.Text, q.Sentence)
	if at < 0 {
		return
	}
	from, to := max(0, at-around), min(len(d.Text), at+len(q.Sentence)+around)
	text, err := m.Writer.Write(ctx, d.Title, strings.ToValidUTF8(d.Text[from:to], ""), q.Sentence)
	if err != nil {
		return
	}
	if text, ok := asQuestion(text); ok {
		q.Text, q.Written = text, true
	}
}

// asQuestion takes the question out of a model's reply: its first line with a
// question mark, unless it speaks of the text instead of the matter.
func asQuestion(reply string) (string, bool) {
	for line := range strings.Lines(reply) {
		const around = "\"“”*`- \n"
		line = strings.Trim(line, around)
		for _, lead := range []string{"Question:", "Q:", "1."} {
			line = strings.Trim(strings.TrimPrefix(line, lead), around)
		}
		end := strings.LastIndexAny(line, "?？")
		if end < 0 {
			continue
		}
		line = strings.TrimSpace(line[:end]) + "?"
		words := prose.Words(line)
		low := strings.ToLower(line)
		for _, w := range []string{"passage", "the sentence", "this sentence", "the text", "this text", "the document", "this document", "the author", "mentioned"} {
			if strings.Contains(low, w) {
				return "", false
			}
		}
		return line, len(words) >= 4 && len(words) <= 40
	}
	return "", false
}
