package retrieve

import (
	"fmt"
	"strings"

	"golocal"
	"golocal/internal/place"
)

// Explain says why a document that a trace followed is in the result or is not: the
// first step at which its best passage fell behind, in words for the user, and
// the step that helps. dropped are the passages that a chat model's window had no
// room for. Explain is pure.
func Explain(t golocal.Trace, dropped []golocal.Dropped) (cause, text, next string) {
	if t.Note == "the question is empty" {
		return "no question", "The question is empty.", "ask something"
	}
	if !t.InScope {
		return outside(t)
	}
	if len(t.Passages) == 0 {
		return "no passage", "It has no passages to search in.", "golocal check --deep compares the index with the file"
	}
	p := t.Passages[0]
	if p.Rank == 0 && p.Into == nil {
		return unreached(t, p)
	}
	if p.Rank == 0 {
		return "folded", fmt.Sprintf("Nearly the same passage stands in %s, which stands for it.", strings.Trim(p.Into.Ref.Path+", "+place.Name(p.Into.Place), ", ")),
			"golocal dups lists files that hold the same"
	}
	if p.Rank > t.Limit {
		return "rank", fmt.Sprintf("Its best passage is number %d of the search, and the first %d are used.", p.Rank, t.Limit), better(t)
	}
	if t.Evidence < t.Threshold {
		return "gate", fmt.Sprintf("Its best passage is number %d of the search, but what was found is not sure enough to answer the question: %.0f %%, and %.0f %% are needed.",
			p.Rank, 100*t.Evidence, 100*t.Threshold), "ask in words that the file uses; golocal search shows the passages all the same"
	}
	for _, d := range dropped {
		if d.Chunk == p.Chunk.ID {
			return "budget", fmt.Sprintf("Its best passage is number %d of the search, but the chat model did not get it: it %s.", p.Rank, d.Why),
				"ask a narrower question, or use a model with a larger context (golocal models)"
		}
	}
	return "found", fmt.Sprintf("It is there: its best passage is number %d of the search.", p.Rank), ""
}

// outside explains a document that the search's conditions leave out.
func outside(t golocal.Trace) (cause, text, next string) {
	var says []string
	for _, l := range t.Asked.Limits {
		says = append(says, l.Says)
	}
	if len(says) == 0 {
		return "scope", "The search was limited to a part of your files, and this file is not in it.", "search without the limit"
	}
	return "scope", fmt.Sprintf("The search is limited, and no passage of this file is within: %s.", strings.Join(says, "; ")),
		fmt.Sprintf("leave that out of the search: %s", t.Asked.Limits[0].Rest)
}

// unreached explains a passage that is not among those a search looks at.
func unreached(t golocal.Trace, p golocal.Traced) (cause, text, next string) {
	switch {
	case p.Keyword == 0 && !p.Vector && t.Note == "":
		return "no vector", "No word of the question stands in it, and its passages have no vectors yet, so that they cannot be found by meaning.",
			"wait until they are made; golocal status shows how far it is"
	case p.Keyword == 0 && p.Dense == 0 && t.Note != "":
		return "words only", fmt.Sprintf("No word of the question stands in it, and the search could not go by meaning: %s.", strings.TrimSuffix(t.Note, ": searched by words only")),
			"golocal doctor says what the embedding model lacks; or ask in words that the file uses"
	case p.Keyword == 0 && p.Dense == 0:
		return "no match", fmt.Sprintf("No word of the question stands in it, and more than %d passages are nearer to its meaning.", farthest), better(t)
	}
	var ranks []string
	if p.Keyword > 0 {
		ranks = append(ranks, fmt.Sprintf("number %d by words", p.Keyword))
	}
	if p.Dense > 0 {
		ranks = append(ranks, fmt.Sprintf("number %d by meaning", p.Dense))
	}
	if p.Fused > 0 {
		ranks = append(ranks, fmt.Sprintf("number %d of both together", p.Fused))
	}
	return "rank", fmt.Sprintf("Its best passage is %s: too far behind to be looked at.", strings.Join(ranks, ", ")), better(t)
}

func better(t golocal.Trace) string {
	return "ask in words that the file uses, or only in its folder (folder:…)"
}
