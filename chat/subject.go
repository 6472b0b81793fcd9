package chat

import (
	"strings"

	"golocal/internal/prose"
)

// subjectOf is what a question is about: the names in it, or what an article
// leads with all up to its last word that means something, or those words.
func subjectOf(q, said string) string {
	words := prose.Words(q)
	content := bearing(words)
	if len(content) == 0 {
		return name(said)
	}
	last := content[len(content)-1]
	if asksWhich(words) { // "Which countries are in the union", "How many bridges cross the river"
		return q[content[0].Start:last.End]
	}
	for i, w := range words {
		if determiners[w.Fold] && i+1 < len(words) && words[i+1].Start <= last.Start && !prose.Stop(words[i+1].Fold) {
			return q[w.Start:last.End]
		}
	}
	if n := name(q); n != "" {
		return n
	}
	var parts []string
	for _, w := range content {
		parts = append(parts, q[w.Start:w.End])
	}
	return strings.Join(parts, " ")
}

// asksWhich tells that a question asks for some of the things that it names first.
func asksWhich(words []prose.Word) bool {
	switch {
	case len(words) < 3:
		return false
	case words[0].Fold == "which" || words[0].Fold == "welche":
		return true
	}
	return (words[0].Fold == "how" || words[0].Fold == "wie") && (words[1].Fold == "many" || words[1].Fold == "viele")
}

// name is the longest run of capitalised words of a text that begins no sentence.
func name(text string) string {
	words := prose.Words(text)
	best := ""
	for i := 0; i < len(words); i++ {
		if !words[i].Capital || pronouns[words[i].Fold] != 0 || prose.Stop(words[i].Fold) || askers[words[i].Fold] || auxiliary[words[i].Fold] {
			continue
		}
		to := i
		for to+1 < len(words) && words[to+1].Capital && strings.Trim(text[words[to].End:words[to+1].Start], " -.") == "" {
			to++
		}
		if run := text[words[i].Start:words[to].End]; (to > i || i > 0) && len(run) > len(best) {
			best = run
		}
		i = to
	}
	return best
}

// placeOf is what "in" or "at" leads in a question.
func placeOf(q string) string {
	words := prose.Words(q)
	for i := len(words) - 2; i >= 0; i-- {
		switch words[i].Fold {
		case "in", "at", "on", "to", "im", "am", "an", "auf", "nach", "bei":
			to := i + 1
			for to+1 < len(words) && (len(bearing(words[to+1:to+2])) > 0 || determiners[words[to].Fold]) {
				to++
			}
			return q[words[i].Start:words[to].End]
		}
	}
	return ""
}
