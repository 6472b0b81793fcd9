package chunks

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// worst is how many questions are listed.
const worst = 20

// Print writes the table for people, and the worst questions with what was
// missed. against is an earlier run to compare with, or nil.
func (r Report) Print(w io.Writer, against *Report) {
	fmt.Fprintf(w, "%d chunks of %.0f tokens in the mean; the best %d for each of %d questions\n\n", r.Chunks, r.Tokens, r.Retrieved, r.Questions)
	fmt.Fprintf(w, "%-24s %9s %8s %10s %7s   %s\n", "percent", "questions", "recall", "precision", "IoU", "spread of recall")
	line := func(name string, m Mean) {
		fmt.Fprintf(w, "%-24s %9d %8.2f %10.2f %7.2f   ± %.1f\n", name, m.Questions, 100*m.Recall, 100*m.Precision, 100*m.IoU, 100*m.SD.Recall)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Corpora)) {
		line(name, r.Corpora[name])
	}
	line("all", r.Mean)
	if against != nil {
		d := r.Compare(*against)
		fmt.Fprintf(w, "\nagainst the earlier run, %d questions: recall %+.2f ± %.2f (%d better, %d worse), precision %+.2f ± %.2f, IoU %+.2f ± %.2f\n", d.Questions,
			100*d.Recall.Mean, 100*d.Recall.Error, d.Better, d.Worse, 100*d.Precision.Mean, 100*d.Precision.Error, 100*d.IoU.Mean, 100*d.IoU.Error)
	}
	asked := slices.DeleteFunc(slices.Clone(r.Asked), func(a Asked) bool { return len(a.Missed) == 0 })
	slices.SortStableFunc(asked, func(a, b Asked) int { return cmp.Compare(a.Recall, b.Recall) })
	if len(asked) == 0 {
		return
	}
	fmt.Fprintf(w, "\nmissed most\n")
	for _, a := range asked[:min(worst, len(asked))] {
		fmt.Fprintf(w, "\n%3.0f %%  %s  %s\n", 100*a.Recall, a.ID, a.Question)
		for _, m := range a.Missed {
			fmt.Fprintf(w, "       %s %d to %d: %s\n", m.Corpus, m.Start, m.End, excerpt(m.Text))
		}
	}
}

// excerpt is a text on one line, its middle left out where it is long.
func excerpt(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= 160 {
		return string(r)
	}
	return string(r[:90]) + " … " + string(r[len(r)-60:])
}
