package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golocal/eval"
)

// Run writes the page of a run over a judged collection: the figures of each
// leg, how they spread, recall over depth, the worst questions with the places
// of their documents and, where against is given, the distance to the run before
// it.
func Run(run eval.Run, against *eval.Comparison, worst []eval.Question) ([]byte, error) {
	p := page{
		Title: "Search on " + run.Set,
		Lead:  fmt.Sprintf("%d questions, judgements %s.%s", run.Queries, run.Split, settings(run.Settings)),
		Figures: table{Names: 1, Columns: []string{"leg", "nDCG@10", "recall@10", "recall@100", "MRR@10"},
			Rows: legRows(run.Report)},
	}
	if err := p.ranking(run); err != nil {
		return nil, err
	}
	if against != nil {
		if err := p.compare(*against, run.Names()); err != nil {
			return nil, err
		}
	}
	p.Tables = append(p.Tables, worstTable(run, worst))
	return p.write(time.Now())
}

// ranking draws how the rankings of a run are.
func (p *page) ranking(run eval.Run) error {
	spread, err := distribution(run)
	if err != nil {
		return err
	}
	var curves []curve
	for _, leg := range run.Names() {
		curves = append(curves, curve{leg, run.Curve(leg)})
	}
	depth, err := recall(curves)
	if err != nil {
		return err
	}
	p.Plots = append(p.Plots,
		figure{"How well each question is answered", "Many questions at the right and few at the left are good.", spread},
		figure{"Recall over depth", "The share of the right documents among the first k, in the mean.", depth})
	return nil
}

func settings(all map[string]string) string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		out = append(out, key+" "+all[key])
	}
	if len(out) == 0 {
		return ""
	}
	return " With " + strings.Join(out, ", ") + "."
}

func legRows(r eval.Report) [][]string {
	var rows [][]string
	for _, leg := range r.Names() {
		row := []string{leg}
		for _, key := range eval.MetricNames() {
			row = append(row, share(r.Legs[leg].Value(key)))
		}
		rows = append(rows, row)
	}
	return rows
}

func share(v float64) string { return fmt.Sprintf("%.4f", v) }

// compare adds the distance to the earlier run.
func (p *page) compare(d eval.Comparison, legs []string) error {
	var differences []float64
	var changed [][]string
	ordered := slices.SortedStableFunc(slices.Values(d.Changed), func(a, b eval.Change) int { return cmp.Compare(a.Now-a.Before, b.Now-b.Before) })
	for _, c := range ordered {
		differences = append(differences, c.Now-c.Before)
		changed = append(changed, []string{c.ID, c.Text, share(c.Before), share(c.Now), fmt.Sprintf("%+.4f", c.Now-c.Before)})
	}
	drawing, err := changes(differences)
	if err != nil {
		return err
	}
	p.Plots = append(p.Plots, figure{"Each question against the earlier run", fmt.Sprintf("%d questions have another nDCG@10 now; the others are left out.", len(differences)), drawing})
	t := table{Title: "Against the earlier run", Names: 1,
		About:   "Paired bootstrap over the questions: an interval that holds 0, or a p above .05, may be chance.",
		Columns: []string{"figure", "difference", "low, 95 %", "high, 95 %", "p", "better", "worse"}}
	for _, leg := range legs {
		for _, key := range eval.MetricNames() {
			if x, ok := d.Legs[leg][key]; ok {
				t.Rows = append(t.Rows, []string{leg + " " + key, fmt.Sprintf("%+.4f", x.Mean), fmt.Sprintf("%+.4f", x.Low), fmt.Sprintf("%+.4f", x.High),
					share(x.P), fmt.Sprint(x.Better), fmt.Sprint(x.Worse)})
			}
		}
	}
	if d.Note != "" {
		t.About += " " + d.Note + "."
	}
	for _, key := range slices.Sorted(maps.Keys(d.Settings)) {
		t.About += fmt.Sprintf(" %s: %s before, %s now.", key, orNone(d.Settings[key][0]), orNone(d.Settings[key][1]))
	}
	p.Tables = append(p.Tables, t)
	if len(changed) > 0 {
		p.Tables = append(p.Tables, table{Title: "Questions that changed", About: "nDCG@10 of the ranking that users see, the largest loss first.", Names: 2,
			Columns: []string{"question", "text", "before", "now", "difference"}, Rows: changed})
	}
	return nil
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// worstTable names the questions that lost most.
func worstTable(run eval.Run, worst []eval.Question) table {
	legs := run.Names()
	t := table{Title: "Worst questions", Names: 3,
		About:   "By nDCG@10 of the ranking that users see; the places are those of the expected document in each leg, – where it is not among the first 100.",
		Columns: append([]string{"question", "text", "expected document"}, legs...)}
	for _, q := range worst {
		row := []string{q.ID, q.Text}
		var docs []string
		ranks := make([][]string, len(legs))
		for _, g := range q.Gold {
			name := g.Doc
			if g.Title != "" && g.Title != g.Doc {
				name += " " + g.Title
			}
			docs = append(docs, name)
			for i, leg := range legs {
				place := "–"
				if r := g.Ranks[leg]; r > 0 {
					place = fmt.Sprint(r)
				}
				ranks[i] = append(ranks[i], place)
			}
		}
		row = append(row, strings.Join(docs, "\n"))
		for _, r := range ranks {
			row = append(row, strings.Join(r, "\n"))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
