package chat

import (
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// standalone is the question as it is searched: one that leans on the
// conversation ("And how many of them?") carries the words of the user's last
// question that stood alone. No model is asked, so it is instant and repeatable.
func standalone(question string, messages []golocal.Message) string {
	if !leans(question) {
		return question
	}
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.Role != "user" || strings.TrimSpace(m.Content) == "" || m.Content == question {
			continue
		}
		have := prose.Stems(prose.Words(question))
		add := ""
		for _, w := range prose.Content(prose.Words(m.Content)) {
			if !have[w.Stem] {
				have[w.Stem] = true
				add += " " + m.Content[w.Start:w.End]
			}
		}
		if !leans(m.Content) || i == 0 {
			return strings.TrimSpace(question) + add
		}
		question = strings.TrimSpace(question) + add // and what that one leaned on
	}
	return question
}

// leans tells that a question points back: it has a pronoun without a name of
// its own, opens like a continuation, or has hardly a word that means something.
func leans(question string) bool {
	words := prose.Words(question)
	if len(words) == 0 {
		return false
	}
	switch words[0].Fold {
	case "and", "but", "or", "also", "und", "et", "y":
		return true
	}
	lower := " " + strings.Join(strings.Fields(strings.ToLower(question)), " ")
	for _, p := range []string{" what about", " how about", " why not", " what else", " tell me more"} {
		if strings.HasPrefix(lower, p) {
			return true
		}
	}
	content, pronoun := 0, false
	for _, w := range words {
		switch w.Fold {
		case "it", "they", "them", "their", "its", "he", "she", "him", "her", "his", "this", "that", "those", "these", "there":
			pronoun = true
		}
		if !prose.Stop(w.Fold) {
			content++
		}
	}
	return pronoun && content <= 3 || content <= 1 && len(words) <= 4
}
