package chat

import (
	"slices"
	"strings"

	"golocal/internal/prose"
)

// leastPart is how many words of a part mean something, its subject included.
const leastPart = 3

// parts cuts a sentence where two statements stand beside each other, each with a
// subject of its own; the sentence alone where there is one. A part with a pronoun says
// nothing without the others.
func parts(text string, words []prose.Word) []string {
	var out []string
	from := 0
	whole := func(ws []prose.Word) bool {
		_, ok := clauseOf(text, ws)
		return ok && len(substance(ws)) >= leastPart && !slices.ContainsFunc(ws, func(w prose.Word) bool {
			return ofPeople[w.Fold] || ofThings[w.Fold] || ofBoth[w.Fold]
		})
	}
	for i := 1; i < len(words)-1; i++ {
		behind := i
		switch {
		case joins[words[i].Fold]:
			behind++
		case !strings.Contains(prose.Between(text, words[i-1], words[i]), ";"):
			continue
		}
		if whole(words[from:i]) && whole(words[behind:]) {
			out = append(out, text[words[from].Start:words[i-1].End])
			from = behind
		}
	}
	if len(words) == 0 || !whole(words[from:]) {
		return []string{text}
	}
	return append(out, text[words[from].Start:])
}

// checkParts checks the statements of a sentence each by itself: all of them must be
// proven. The findings are of those that are.
func (v *verifier) checkParts(cut []string, d draft) (Verdict, []string, *findings) {
	var first *findings
	for _, text := range cut {
		verdict, reasons, f := v.check(draft{text: text, markers: d.markers, kind: d.kind})
		switch {
		case verdict != Supported || f == nil:
			return Partly, reasons, first
		case first == nil:
			first = f
		default:
			first.also = append(first.also, f)
		}
	}
	return Supported, nil, first
}
