package retrieve

import (
	"strings"
	"testing"

	"golocal"
	"golocal/internal/remark"
)

func TestExplain_NamesTheFirstStepThatFailed(t *testing.T) {
	reached := func(rank int) []golocal.Traced {
		return []golocal.Traced{{Chunk: golocal.Chunk{ID: 5}, Keyword: rank, Dense: rank, Fused: rank, Rank: rank, Vector: true}}
	}
	for _, c := range []struct {
		trace   golocal.Trace
		dropped []golocal.Dropped
		cause   string
		says    string
	}{
		{golocal.Trace{Remark: remark.New(remark.EmptyQuestion)}, nil, "no question", "empty"},
		{golocal.Trace{}, nil, "scope", "a part of your files"},
		{golocal.Trace{Asked: golocal.Query{Limits: []golocal.Limit{{Remark: remark.New(remark.LimitType, "pdf")}}}}, nil, "scope", "only files of type pdf"},
		{golocal.Trace{InScope: true}, nil, "no passage", "no passages"},
		{golocal.Trace{InScope: true, Passages: []golocal.Traced{{}}}, nil, "no vector", "no vectors yet"},
		{golocal.Trace{InScope: true, Remark: remark.New(remark.NoEmbedder), Passages: []golocal.Traced{{}}}, nil, "words only", "(no embedding model: searched by words only)."},
		{golocal.Trace{InScope: true, Passages: []golocal.Traced{{Vector: true}}}, nil, "no match", "nearer to its meaning"},
		{golocal.Trace{InScope: true, Passages: []golocal.Traced{{Vector: true, Keyword: 300, Dense: 44, Fused: 60}}}, nil, "rank", "number 300 by words, number 44 by meaning, number 60 of both"},
		{golocal.Trace{InScope: true, Passages: []golocal.Traced{{Vector: true, Fused: 2, Into: &golocal.Elsewhere{Ref: golocal.Ref{Path: "b.md"}, Place: golocal.Place{Page: 3}}}}}, nil, "folded", "b.md, page 3"},
		{golocal.Trace{InScope: true, Limit: 10, Passages: reached(12)}, nil, "rank", "number 12 of the search"},
		{golocal.Trace{InScope: true, Limit: 10, Evidence: .2, Threshold: .4, Passages: reached(1)}, nil, "gate", "20 %, and 40 % are needed"},
		{golocal.Trace{InScope: true, Limit: 10, Evidence: .9, Threshold: .4, Passages: reached(4)}, []golocal.Dropped{{Chunk: 5, Remark: remark.New(remark.DropFull, 300, 20, 900)}}, "budget", "takes 300 tokens"},
		{golocal.Trace{InScope: true, Limit: 10, Evidence: .9, Threshold: .4, Passages: reached(4)}, []golocal.Dropped{{Chunk: 6}}, "found", "number 4"},
	} {
		cause, said, step := Explain(c.trace, c.dropped)
		text, next := remark.Say("en", said), remark.Say("en", step)
		if cause != c.cause || !strings.Contains(text, c.says) || (next == "") != (cause == "found") {
			t.Errorf("%+v: %q, %q, next %q; want %q with %q", c.trace, cause, text, next, c.cause, c.says)
		}
	}
}
