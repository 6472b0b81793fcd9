package chunks

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// Ranker returns the spans of the chunks that it finds for a question in all
// corpora together, best first.
type Ranker func(ctx context.Context, question string) ([]Span, error)

// Asked is what one question brought.
type Asked struct {
	ID       string `json:"id"`
	Corpus   string `json:"corpus"`
	Question string `json:"question"`
	Figures
	Missed []Missed `json:"missed,omitempty"`
}

// Missed is a part of a reference, more than white space, that no chunk brought.
type Missed struct {
	Span
	Text string `json:"text"`
}

// Mean is the mean over questions, and how far they are spread.
type Mean struct {
	Questions int `json:"questions"`
	Figures
	SD Figures `json:"sd"` // standard deviation over the questions
}

// Report is what a run found. Its own figures are over all questions.
type Report struct {
	Mean
	Retrieved int             `json:"retrieved"`   // chunks for each question
	Chunks    int             `json:"chunks"`      // in all corpora
	Tokens    float64         `json:"mean_tokens"` // of a chunk as it is embedded
	Corpora   map[string]Mean `json:"corpora"`
	Asked     []Asked         `json:"asked"`
}

// Run asks every question of set and scores the best n spans that rank finds.
// done is called after each question with how many of all are through; it may
// be nil. Chunks and Tokens of the report are left to the caller.
func Run(ctx context.Context, set Set, n int, rank Ranker, done func(n, of int)) (Report, error) {
	report := Report{Retrieved: n, Corpora: map[string]Mean{}}
	for i, q := range set.Questions {
		spans, err := rank(ctx, q.Text)
		if err != nil {
			return report, fmt.Errorf("question %s: %w", q.ID, err)
		}
		corpus, _ := set.Corpus(q.Corpus)
		asked := Asked{ID: q.ID, Corpus: q.Corpus, Question: q.Text}
		var missed []Span
		asked.Figures, missed = Score(spans[:min(n, len(spans))], q.References)
		for _, m := range missed {
			if text, _ := corpus.text(m); strings.TrimSpace(text) != "" {
				asked.Missed = append(asked.Missed, Missed{m, text})
			}
		}
		report.Asked = append(report.Asked, asked)
		if done != nil {
			done(i+1, len(set.Questions))
		}
	}
	report.Mean = mean(report.Asked, "")
	for _, c := range set.Corpora {
		if m := mean(report.Asked, c.Name); m.Questions > 0 {
			report.Corpora[c.Name] = m
		}
	}
	return report, nil
}

// mean is over the questions of one corpus, over all for "".
func mean(asked []Asked, corpus string) Mean {
	var m Mean
	for _, a := range asked {
		if corpus == "" || a.Corpus == corpus {
			m.Questions++
		}
	}
	share := 1 / float64(max(1, m.Questions))
	for _, a := range asked {
		if corpus == "" || a.Corpus == corpus {
			m.Figures.add(a.Figures, share)
		}
	}
	var square Figures
	for _, a := range asked {
		if corpus == "" || a.Corpus == corpus {
			d := Figures{a.Recall - m.Recall, a.Precision - m.Precision, a.IoU - m.IoU}
			square.add(Figures{d.Recall * d.Recall, d.Precision * d.Precision, d.IoU * d.IoU}, share)
		}
	}
	m.SD = Figures{math.Sqrt(square.Recall), math.Sqrt(square.Precision), math.Sqrt(square.IoU)}
	return m
}
