// Package chunks measures how well a document's chunks hold what answers a
// question: of the best few, how much of the marked text do they bring, and how
// much else. Data and figures are those of Smith and Troynikov, "Evaluating
// Chunking Strategies for Retrieval" (Chroma, 2024).
package chunks

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a half-open range [Start, End) of a corpus, in Unicode code points.
type Span struct {
	Corpus string `json:"corpus"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Len is the number of code points in the span.
func (s Span) Len() int { return s.End - s.Start }

// Corpus is one text of a set.
type Corpus struct {
	Name string // of its file, without .md
	Text string
}

// Span turns a range of bytes into one of code points. text is what the caller
// believes to stand there: an error says that it does not.
func (c Corpus) Span(start, end int, text string) (Span, error) {
	if start < 0 || end < start || end > len(c.Text) || c.Text[start:end] != text {
		return Span{}, fmt.Errorf("corpus %s: bytes %d to %d are not the file's own: save it as UTF-8 in NFC with plain line ends", c.Name, start, end)
	}
	at := utf8.RuneCountInString(c.Text[:start])
	return Span{Corpus: c.Name, Start: at, End: at + utf8.RuneCountInString(text)}, nil
}

// text returns what a span of code points holds.
func (c Corpus) text(s Span) (string, bool) {
	from, ok := skip(c.Text, s.Start)
	if !ok || s.End < s.Start {
		return "", false
	}
	n, ok := skip(c.Text[from:], s.Len())
	return c.Text[from : from+n], ok
}

// skip returns the offset of the code point number n; false when there are fewer.
func skip(s string, n int) (int, bool) {
	if n < 0 {
		return 0, false
	}
	for at := range s {
		if n == 0 {
			return at, true
		}
		n--
	}
	return len(s), n == 0
}

// Question is a question and the text that answers it.
type Question struct {
	ID         string
	Corpus     string
	Text       string
	References []Span
}

// Set is questions over corpora.
type Set struct {
	Corpora   []Corpus
	Questions []Question
}

// Corpus returns the corpus of that name.
func (s Set) Corpus(name string) (Corpus, bool) {
	i := slices.IndexFunc(s.Corpora, func(c Corpus) bool { return c.Name == name })
	if i < 0 {
		return Corpus{}, false
	}
	return s.Corpora[i], true
}

// Read reads questions.jsonl and corpora/*.md below dir. Every reference must
// hold the text that it says it holds. Errors name file and line.
func Read(dir string) (Set, error) {
	var set Set
	files, err := filepath.Glob(filepath.Join(dir, "corpora", "*.md"))
	if err != nil {
		return set, fmt.Errorf("list the corpora: %w", err)
	}
	if len(files) == 0 {
		return set, fmt.Errorf("no corpus in %s: want corpora/*.md and questions.jsonl", dir)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return set, fmt.Errorf("read a corpus: %w", err)
		}
		set.Corpora = append(set.Corpora, Corpus{Name: strings.TrimSuffix(filepath.Base(f), ".md"), Text: string(text)})
	}
	path := filepath.Join(dir, "questions.jsonl")
	file, err := os.Open(path)
	if err != nil {
		return set, fmt.Errorf("read the questions: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		q, err := set.question(lines.Bytes())
		if err != nil {
			return set, fmt.Errorf("%s line %d: %w", path, n, err)
		}
		set.Questions = append(set.Questions, q)
	}
	if err := lines.Err(); err != nil {
		return set, fmt.Errorf("read %s: %w", path, err)
	}
	if len(set.Questions) == 0 {
		return set, fmt.Errorf("%s holds no question", path)
	}
	return set, nil
}

// question reads a line of questions.jsonl.
func (s Set) question(line []byte) (Question, error) {
	var row struct {
		ID         string `json:"_id"`
		Corpus     string `json:"corpus"`
		Question   string `json:"question"`
		References []struct {
			Content string `json:"content"`
			Start   int    `json:"start_index"`
			End     int    `json:"end_index"`
		} `json:"references"`
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return Question{}, err
	}
	corpus, ok := s.Corpus(row.Corpus)
	switch {
	case !ok:
		return Question{}, fmt.Errorf("there is no corpus %q", row.Corpus)
	case strings.TrimSpace(row.Question) == "":
		return Question{}, fmt.Errorf("no question")
	case len(row.References) == 0:
		return Question{}, fmt.Errorf("no references")
	}
	q := Question{ID: row.ID, Corpus: row.Corpus, Text: row.Question}
	for i, r := range row.References {
		span := Span{Corpus: row.Corpus, Start: r.Start, End: r.End}
		if text, ok := corpus.text(span); !ok || text != r.Content || text == "" {
			return q, fmt.Errorf("reference %d: %d to %d of %s is not its content", i+1, r.Start, r.End, row.Corpus)
		}
		q.References = append(q.References, span)
	}
	return q, nil
}
