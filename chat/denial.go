package chat

import (
	"strings"

	"golocal/internal/prose"
)

// negators turn a statement round. "no" and "never" among them; contractions
// come as their verb, so "n't" is looked for in the text.
var negators = map[string]bool{"not": true, "no": true, "never": true, "without": true, "none": true, "neither": true, "nor": true, "cannot": true,
	"nothing": true, "nobody": true, "nicht": true, "kein": true, "keine": true, "nie": true, "ohne": true, "pas": true, "jamais": true, "sans": true}

// reach is how many content words a negator governs.
const reach = 4

// denial is what the negators of a text govern.
type denial struct {
	any   bool
	under map[string]bool // stems that stand under a negator
	heads map[string]bool // of those, the ones right behind it
	said  map[string]bool // stems that stand under none, these or others
}

// denied finds what a text denies.
func denied(text string, words []prose.Word) denial {
	d := denial{under: map[string]bool{}, heads: map[string]bool{}, said: map[string]bool{}}
	left := 0
	for i, w := range words {
		if i > 0 && strings.ContainsAny(prose.Between(text, words[i-1], w), ".;:!?") {
			left = 0
		}
		tail := text[w.End:min(w.End+4, len(text))]
		switch {
		case w.Fold == "only" && left == reach:
			left = 0 // "not only" affirms
		case negators[w.Fold], strings.HasSuffix(w.Fold, "n") && (strings.HasPrefix(tail, "'t") || strings.HasPrefix(tail, "’t")),
			w.Fold == "can" && (strings.HasPrefix(tail, "'t") || strings.HasPrefix(tail, "’t")):
			left, d.any = reach, true
		case joins[w.Fold] && left < reach:
			left = 0
		case prose.Stop(w.Fold):
		case left > 0:
			d.under[w.Stem] = true
			if left == reach {
				d.heads[w.Stem] = true
			}
			left--
		default:
			d.said[w.Stem] = true
		}
	}
	return d
}

// flipped tells that the sentence denies what the piece says, or the other way
// round: a word that both have stands under a negator in one only.
func flipped(text string, words []prose.Word, sourceText string, p piece) bool {
	here, there := denied(text, words), denied(sourceText[:p.end], p.words)
	turned, same, head := 0, 0, false
	for t := range here.under {
		switch {
		case there.under[t]:
			same++
		case p.stems[t]:
			turned++
			head = head || here.heads[t]
		}
	}
	if here.any {
		return turned > same && (head || turned > 1)
	}
	stems := prose.Stems(words)
	only := 0 // denied, and nowhere in the piece affirmed
	for t := range there.under {
		if there.said[t] {
			continue
		}
		if only++; stems[t] {
			turned++
		}
	}
	// A long source sentence may deny another thing than the one repeated.
	return turned >= 2 || turned == 1 && only <= 2
}
