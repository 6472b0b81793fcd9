package extraction

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// words returns n different words, each beginning with prefix.
func words(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(prefix + string(rune('a'+i/26)) + string(rune('a'+i%26)) + " ")
	}
	return b.String()
}

func TestJudge(t *testing.T) {
	whole := words("w", 100)
	for _, c := range []struct {
		what, format, read string
		others             []witness
		reference          string
		f1                 float64
		counts             bool
	}{
		{"two agree, the better one is taken", "pdf", whole, []witness{{"a", NewBag(words("w", 95))}, {"b", NewBag(whole)}}, "b", 1, true},
		{"the first of two equal ones", "pdf", whole, []witness{{"a", NewBag(whole)}, {"b", NewBag(whole)}}, "a", 1, true},
		{"two that see different things", "pdf", whole, []witness{{"a", NewBag(words("x", 100))}, {"b", NewBag(whole)}}, "b", 1, false},
		{"one alone is no agreement", "pdf", whole, []witness{{"a", NewBag(whole)}}, "a", 1, false},
		{"two that agree on too little", "pdf", words("w", 19), []witness{{"a", NewBag(words("w", 19))}, {"b", NewBag(words("w", 19))}}, "a", 1, false},
		{"one of two holds too little", "pdf", words("w", 20), []witness{{"a", NewBag(words("w", 19))}, {"b", NewBag(words("w", 20))}}, "b", 1, false},
		{"just enough", "pdf", words("w", 20), []witness{{"a", NewBag(words("w", 20))}, {"b", NewBag(words("w", 20))}}, "a", 1, true},
		{"nothing read", "pdf", "", []witness{{"a", NewBag(whole)}, {"b", NewBag(whole)}}, "a", 0, true},
		{"another format needs one", "docx", whole, []witness{{"a", NewBag(words("w", 50))}}, "a", 2. / 3, true},
		{"but not less than 20 words", "docx", words("w", 19), []witness{{"a", NewBag(words("w", 19))}}, "a", 1, false},
		{"a reference without a word is none", "docx", whole, []witness{{"a", NewBag("- *")}}, "", 0, false},
		{"no reference", "xlsx", whole, nil, "", 0, false},
	} {
		f := file{format: c.format}
		f.judge(NewBag(c.read), c.others)
		if f.reference != c.reference || math.Abs(f.score.F1-c.f1) > 1e-12 || f.counts != c.counts {
			t.Errorf("%s: %q F1 %v counts %v, want %q, %v, %v", c.what, f.reference, f.score.F1, f.counts, c.reference, c.f1, c.counts)
		}
	}
}

func TestSilent(t *testing.T) {
	for _, c := range []struct {
		what string
		file file
		want bool
	}{
		{"read", file{tokens: 3, expected: 3}, false},
		{"no text and no reason, no reference", file{blank: true}, true},
		{"no text and no reason, a reference reads it", file{blank: true, expected: 1}, true},
		{"signs alone where a reference reads words", file{expected: 1}, true},
		{"signs alone, and no reference reads more", file{}, false},
		{"no text and a reason", file{blank: true, expected: 9, reading: Reading{Reason: "needs a password"}}, false},
		{"a crash is counted as one", file{blank: true, expected: 9, reading: Reading{Crashed: true}}, false},
	} {
		if got := c.file.silent(); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestKind_Score(t *testing.T) {
	for _, c := range []struct {
		f1                 []float64
		median, mean, good float64
	}{
		{[]float64{.5}, .5, .5, 0},
		{[]float64{1, .95, .9499}, .95, 2.8999 / 3, 2. / 3},
		{[]float64{1, 0, .8, .6}, .7, .6, .25},
	} {
		var k Kind
		k.score(c.f1)
		if k.References != len(c.f1) || math.Abs(*k.Median-c.median) > 1e-9 || math.Abs(*k.Mean-c.mean) > 1e-9 || math.Abs(*k.Good-c.good) > 1e-9 {
			t.Errorf("%v: median %v, mean %v, share %v", c.f1, *k.Median, *k.Mean, *k.Good)
		}
	}
	var k Kind
	if k.score(nil); k.References != 0 || k.Median != nil || k.Mean != nil || k.Good != nil {
		t.Errorf("without scores: %+v", k)
	}
}

func TestReport(t *testing.T) {
	ready := Reading{State: "ready"}
	files := []file{
		{path: "a.pdf", format: "pdf", reading: ready, tokens: 28, counts: true, reference: "mutool", expected: 30, score: Score{F1: .9}},
		{path: "b.pdf", format: "pdf", reading: ready, tokens: 28, counts: true, reference: "mutool", expected: 30, score: Score{F1: 1}},
		{path: "c.pdf", format: "pdf", reading: Reading{State: "no text", Reason: "scan"}, blank: true},
		{path: "d.docx", format: "docx", reading: Reading{State: "failed", Reason: "broken"}, blank: true, counts: true, reference: "pandoc", expected: 50},
		{path: "e.docx", format: "docx", reading: Reading{State: "failed", Reason: "crashes the parser", Crashed: true}, blank: true, counts: true, reference: "pandoc", expected: 70},
		{path: "f.eml", format: "eml", reading: ready, blank: true},
		{path: "g.docx", format: "docx", reading: ready, tokens: 2, score: Score{F1: .1}, reference: "pandoc", expected: 3}, // too little to count
	}
	r := newReport(files, 3)
	r.Deaths = 4
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"files": 7., "crashes": 4., "silent_empty": 1.,
		"pdf.files": 3., "pdf.read": 2., "pdf.no_text": 1., "pdf.failed": 0., "pdf.agreed": 2., "pdf.references": 2.,
		"pdf.median_f1": .95, "pdf.share_f1_95": .5,
		"docx.files": 3., "docx.read": 1., "docx.failed": 2., "docx.references": 2., "docx.median_f1": 0.,
		"eml.files": 1., "eml.read": 0., "eml.failed": 1., "eml.median_f1": nil,
	} {
		if v, ok := got[key]; !ok || v != want {
			t.Errorf("%s is %v, want %v", key, v, want)
		}
	}
	if _, ok := got["pdf.throughput_ratio"]; ok {
		t.Error("a speed that was not measured")
	}
	var worst []string
	for _, v := range r.Worst {
		worst = append(worst, v.Path)
	}
	if s := strings.Join(worst, " "); s != "e.docx d.docx a.pdf" { // of equal F1, the one with more to read first
		t.Errorf("worst: %s", s)
	}
	if len(r.Crashes) != 1 || r.Crashes[0].Path != "e.docx" || len(r.Silent) != 1 || r.Silent[0].Path != "f.eml" {
		t.Errorf("crashed %+v, silent %+v", r.Crashes, r.Silent)
	}
	if first := r.Kinds[0]; first.Format != "docx" { // as many as PDFs, first by name
		t.Errorf("first type %s", first.Format)
	}
}
