package report

import (
	"fmt"
	"time"

	"golocal/eval"
	"golocal/eval/own"
)

// Own writes the page of a run on the user's own files.
func Own(r own.Result, worst []eval.Question) ([]byte, error) {
	p := page{
		Title: "Search and answers on your own files",
		Lead: fmt.Sprintf("%d questions made from sentences of your files, %d of them in the chat model's words, each asked with all files there and with the one that answers withheld.%s",
			r.Queries, r.Written, settings(r.Settings)),
		Figures: table{Names: 1, Columns: []string{"leg", "nDCG@10", "recall@10", "recall@100", "MRR@10"}, Rows: legRows(r.Report)},
	}
	answers := table{Title: "Answers", Names: 1, Columns: []string{"share of the questions", "value"},
		About: fmt.Sprintf("The evidence tells questions with their file from those without it with an AUROC of %.3f.", r.AUROC)}
	if r.Differences != nil {
		answers.Columns = append(answers.Columns, "difference", "low, 95 %", "high, 95 %", "p")
	}
	for _, s := range r.Shares() {
		row := []string{s.What, fmt.Sprintf("%.3f", s.Value)}
		if d, ok := r.Differences[s.Key]; ok {
			row = append(row, fmt.Sprintf("%+.3f", d.Mean), fmt.Sprintf("%+.3f", d.Low), fmt.Sprintf("%+.3f", d.High), share(d.P))
		}
		answers.Rows = append(answers.Rows, row)
	}
	p.Tables = append(p.Tables, answers)
	if err := p.ranking(r.Run); err != nil {
		return nil, err
	}
	sure, err := reliability(r.Reliability)
	if err != nil {
		return nil, err
	}
	p.Plots = append(p.Plots, figure{"Evidence", "Of the questions with evidence .8, eight in ten should have their file there.", sure})
	if r.Comparison != nil {
		if err := p.compare(*r.Comparison, r.Names()); err != nil {
			return nil, err
		}
	}
	p.Tables = append(p.Tables, worstTable(r.Run, worst), askedTable(r.Asked))
	return p.write(time.Now())
}

// askedTable lists every question.
func askedTable(asked []own.Asked) table {
	t := table{Title: "Every question", Names: 8,
		About:   "The sentence that answers, and what became of the question: answered, by a quote from the right file and with the answer in it, refused once the file was withheld.",
		Columns: []string{"question", "sentence", "file", "answered", "right file", "right quote", "stands", "refused", "evidence", "withheld"}}
	yes := func(ok bool) string {
		if ok {
			return "yes"
		}
		return "no"
	}
	for _, a := range asked {
		t.Rows = append(t.Rows, []string{a.Text, a.Sentence, a.Path, yes(a.Answered), yes(a.RightFile), yes(a.RightQuote), yes(a.Standing), yes(a.Refused),
			fmt.Sprintf("%.2f", a.Evidence), fmt.Sprintf("%.2f", a.Withheld)})
	}
	return t
}
