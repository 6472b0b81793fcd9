package own

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"golocal"
	"golocal/eval"
	"golocal/internal/prose"
)

// Asker is golocal as it answers users. Without withholds a document; 0 is
// none. Search gives passages, best first.
type Asker interface {
	Search(ctx context.Context, question string, n int) ([]golocal.Hit, error)
	Ask(ctx context.Context, question string, without int64) (Answer, error)
}

// Answer is what came back for a question.
type Answer struct {
	Refused  bool
	Evidence float64            // 0 to 1
	Quotes   []golocal.Citation // best first
}

// Result is a run on the user's own files. Of the figures below Report each is
// a share of the questions, 0 to 1.
type Result struct {
	eval.Run
	Written     int                        `json:"written"`     // questions in the chat model's words
	Answered    float64                    `json:"answered"`    // not refused while the document is there
	RightFile   float64                    `json:"right_file"`  // the first quote is from the document that answers
	RightQuote  float64                    `json:"right_quote"` // and holds what was asked for
	Standing    float64                    `json:"standing"`    // the first quote stands in its file now, word for word
	Refused     float64                    `json:"refused"`     // with the document withheld
	AUROC       float64                    `json:"auroc"`       // of the evidence: there against withheld
	Reliability []eval.Bin                 `json:"reliability"` // of the evidence
	Asked       []Asked                    `json:"asked"`       // by question, in the order of Run's
	Comparison  *eval.Comparison           `json:"against,omitempty"`
	Differences map[string]eval.Difference `json:"differences,omitempty"` // of the shares, by their JSON key
}

// Asked is what became of one question.
type Asked struct {
	Question
	Answered   bool    `json:"answered"`
	RightFile  bool    `json:"right_file"`
	RightQuote bool    `json:"right_quote"`
	Standing   bool    `json:"standing"`
	Refused    bool    `json:"refused"` // with the document withheld
	Evidence   float64 `json:"evidence"`
	Withheld   float64 `json:"evidence_withheld"`
}

// passages is how many a search asks for: enough that its documents are about
// the first eval.Deepest.
const passages = 200

// runDigest marks runs on own files: they are compared question by question,
// whatever has become of the files.
const runDigest = "own files"

// Run asks the questions, each once with all files there and once with the file
// that answers withheld. path is where a document lies, as in Maker.
func Run(ctx context.Context, lib Library, ask Asker, path func(golocal.Ref) string, questions []Question, done func(n, of int)) (Result, error) {
	docs, err := lib.Documents(ctx)
	if err != nil {
		return Result{}, err
	}
	byPath := make(map[string]int64, len(docs))
	for _, d := range docs {
		byPath[path(d.Ref)] = d.ID
	}
	out := Result{Run: eval.Run{Set: "your own files", Split: "made questions", Digest: runDigest, Questions: []eval.Question{}}}
	for i, q := range questions {
		gold, ok := byPath[q.Path]
		if !ok {
			return out, fmt.Errorf("ask about %s: the file is no longer indexed; run the evaluation again", q.Path)
		}
		one, asked, err := askOne(ctx, lib, ask, path, q, gold)
		if err != nil {
			return out, fmt.Errorf("ask about %s: %w", q.Path, err)
		}
		out.Questions, out.Asked = append(out.Questions, one), append(out.Asked, asked)
		if done != nil {
			done(i+1, len(questions))
		}
	}
	out.Report = out.Mean()
	out.summarise()
	return out, nil
}

// askOne asks one question.
func askOne(ctx context.Context, lib Library, ask Asker, path func(golocal.Ref) string, q Question, gold int64) (eval.Question, Asked, error) {
	a := Asked{Question: q}
	hits, err := ask.Search(ctx, q.Text, passages)
	if err != nil {
		return eval.Question{}, a, err
	}
	one := eval.NewQuestion(eval.Query{ID: eval.Key(q.Path, q.Text)[:8], Text: q.Text}, map[string]int{q.Path: 1}, nil, legs(hits, path))
	there, err := ask.Ask(ctx, q.Text, 0)
	if err != nil {
		return one, a, err
	}
	a.Answered, a.Evidence = !there.Refused, there.Evidence
	if a.Answered && len(there.Quotes) > 0 {
		first := there.Quotes[0]
		a.RightFile = first.Doc == gold
		a.RightQuote = a.RightFile && holds(first.Quote, q)
		doc, err := lib.Text(ctx, first.Doc)
		if err != nil {
			return one, a, err
		}
		a.Standing = first.State == golocal.Current && strings.Contains(doc.Text, first.Quote)
	}
	gone, err := ask.Ask(ctx, q.Text, gold)
	if err != nil {
		return one, a, err
	}
	a.Refused, a.Withheld = gone.Refused, gone.Evidence
	return one, a, nil
}

// holds tells whether a quote answers: it has the words that the question
// leaves out, or is of the very sentence.
func holds(quote string, q Question) bool {
	if strings.Contains(q.Sentence, quote) || strings.Contains(quote, q.Sentence) {
		return true
	}
	stems := prose.Stems(prose.Words(quote))
	asked := prose.Words(q.Answer)
	return len(asked) > 0 && !slices.ContainsFunc(asked, func(w prose.Word) bool { return !stems[w.Stem] })
}

// legs takes the rankings of documents from the parts of the hits' scores.
func legs(hits []golocal.Hit, path func(golocal.Ref) string) map[string][]string {
	paths := func(hits []golocal.Hit) []string {
		out := make([]string, len(hits))
		for i, h := range hits {
			out[i] = path(h.Doc.Ref)
		}
		return out
	}
	by := func(rank func(golocal.Hit) int) []string {
		of := slices.DeleteFunc(slices.Clone(hits), func(h golocal.Hit) bool { return rank(h) == 0 })
		slices.SortStableFunc(of, func(a, b golocal.Hit) int { return cmp.Compare(rank(a), rank(b)) })
		return paths(of)
	}
	out := map[string][]string{"hybrid": paths(hits), "keyword": by(func(h golocal.Hit) int { return h.Parts.KeywordRank })}
	if dense := by(func(h golocal.Hit) int { return h.Parts.DenseRank }); len(dense) > 0 {
		out["dense"] = dense
	}
	return out
}

// summarise takes the shares from what was asked.
func (r *Result) summarise() {
	var there, gone []float64
	var cases []eval.Case
	share := func(v *float64, ok bool) {
		if ok {
			*v += 1 / float64(len(r.Asked))
		}
	}
	for _, a := range r.Asked {
		if a.Written {
			r.Written++
		}
		share(&r.Answered, a.Answered)
		share(&r.RightFile, a.RightFile)
		share(&r.RightQuote, a.RightQuote)
		share(&r.Standing, a.Standing)
		share(&r.Refused, a.Refused)
		there, gone = append(there, a.Evidence), append(gone, a.Withheld)
		cases = append(cases, eval.Case{Kind: eval.Present, Judged: eval.Judged{Evidence: a.Evidence}},
			eval.Case{Kind: eval.Withheld, Judged: eval.Judged{Evidence: a.Withheld}})
	}
	r.AUROC, r.Reliability = eval.AUROC(there, gone), eval.Summarise(cases).Reliability
}

// shares are the shares of a Result by their JSON keys, in order.
var shares = []struct {
	Key, What string
	of        func(Asked) bool
}{
	{"answered", "answered", func(a Asked) bool { return a.Answered }},
	{"right_file", "first quote from the right file", func(a Asked) bool { return a.RightFile }},
	{"right_quote", "and with the answer in it", func(a Asked) bool { return a.RightQuote }},
	{"standing", "first quote stands in its file", func(a Asked) bool { return a.Standing }},
	{"refused", "refused, the file withheld", func(a Asked) bool { return a.Refused }},
}

// Share is a figure of a Result for people.
type Share struct {
	Key, What string
	Value     float64
}

// Shares lists the figures about answers.
func (r Result) Shares() []Share {
	values := []float64{r.Answered, r.RightFile, r.RightQuote, r.Standing, r.Refused}
	out := make([]Share, len(shares))
	for i, s := range shares {
		out[i] = Share{s.Key, s.What, values[i]}
	}
	return out
}

// Compare fills in how far the result is from an earlier one over the questions
// that both asked.
func (r *Result) Compare(before Result) error {
	c, err := r.Run.Compare(before.Run)
	if err != nil {
		return err
	}
	earlier := map[string]Asked{}
	for _, a := range before.Asked {
		earlier[a.Path+"\x00"+a.Text] = a
	}
	r.Comparison, r.Differences = &c, map[string]eval.Difference{}
	for _, s := range shares {
		var now, then []float64
		for _, a := range r.Asked {
			if b, ok := earlier[a.Path+"\x00"+a.Text]; ok {
				now, then = append(now, one(s.of(a))), append(then, one(s.of(b)))
			}
		}
		r.Differences[s.Key] = eval.Paired(now, then, eval.BootstrapSeed)
	}
	return nil
}

func one(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}
