package retrieve

import (
	"fmt"

	"golocal"
	"golocal/internal/remark"
)

// Explain says why a document that a trace followed is in the result or is not: the
// first step at which its best passage fell behind, and the step that helps. dropped
// are the passages that a chat model's window had no room for. Explain is pure.
func Explain(t golocal.Trace, dropped []golocal.Dropped) (cause string, said, next golocal.Remark) {
	if t.Remark.Code == string(remark.EmptyQuestion) {
		return "no question", remark.New(remark.TraceEmpty), remark.New(remark.TraceEmptyNext)
	}
	if !t.InScope {
		return outside(t)
	}
	if len(t.Passages) == 0 {
		return "no passage", remark.New(remark.TraceNoPassage), remark.New(remark.TraceNoPassageNext)
	}
	p := t.Passages[0]
	if p.Rank == 0 && p.Into == nil {
		return unreached(t, p)
	}
	if p.Rank == 0 {
		said = remark.New(remark.TraceFolded, p.Into.Ref.Path)
		if p.Into.Place != (golocal.Place{}) {
			said = remark.New(remark.TraceFoldedAt, p.Into.Ref.Path, p.Into.Place)
		}
		return "folded", said, remark.New(remark.TraceFoldedNext)
	}
	if p.Rank > t.Limit {
		return "rank", remark.New(remark.TraceRank, p.Rank, t.Limit), better
	}
	if t.Evidence < t.Threshold {
		percent := func(share float64) string { return fmt.Sprintf("%.0f", 100*share) }
		return "gate", remark.New(remark.TraceGate, p.Rank, percent(t.Evidence), percent(t.Threshold)), remark.New(remark.TraceGateNext)
	}
	for _, d := range dropped {
		if d.Chunk == p.Chunk.ID {
			var why any = d.Remark
			if d.Remark.Code == "" {
				why = d.Why
			}
			return "budget", remark.New(remark.TraceBudget, p.Rank, why), remark.New(remark.TraceBudgetNext)
		}
	}
	return "found", remark.New(remark.TraceFound, p.Rank), golocal.Remark{}
}

// outside explains a document that the search's conditions leave out.
func outside(t golocal.Trace) (cause string, said, next golocal.Remark) {
	var says []golocal.Remark
	for _, l := range t.Asked.Limits {
		says = append(says, l.Remark)
	}
	if len(says) == 0 {
		return "scope", remark.New(remark.TraceScope), remark.New(remark.TraceScopeNext)
	}
	return "scope", remark.New(remark.TraceLimits, says), remark.New(remark.TraceLimitsNext, t.Asked.Limits[0].Rest)
}

// unreached explains a passage that is not among those a search looks at.
func unreached(t golocal.Trace, p golocal.Traced) (cause string, said, next golocal.Remark) {
	byMeaning := t.Remark.Code == ""
	switch {
	case p.Keyword == 0 && !p.Vector && byMeaning:
		return "no vector", remark.New(remark.TraceNoVector), remark.New(remark.TraceNoVectorNext)
	case p.Keyword == 0 && p.Dense == 0 && !byMeaning:
		return "words only", remark.New(remark.TraceWords, t.Remark), remark.New(remark.TraceWordsNext)
	case p.Keyword == 0 && p.Dense == 0:
		return "no match", remark.New(remark.TraceNoMatch, farthest), better
	}
	var ranks []golocal.Remark
	for _, by := range []struct {
		rank int
		code remark.Code
	}{{p.Keyword, remark.RankByWords}, {p.Dense, remark.RankByMeaning}, {p.Fused, remark.RankFused}} {
		if by.rank > 0 {
			ranks = append(ranks, remark.New(by.code, by.rank))
		}
	}
	return "rank", remark.New(remark.TraceFar, ranks), better
}

var better = remark.New(remark.TraceBetterNext)
