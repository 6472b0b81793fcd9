package chat

import (
	"fmt"
	"strings"

	"golocal"
)

// prompt is the conversation that a model gets: instructions, earlier turns, then
// the numbered and fenced sources with the question behind them, which small
// models need near the end. Where the instructions stand is the model's style.
// language is that of the answer, a BCP 47 code or "".
func (s style) prompt(question string, sources []golocal.Source, history []golocal.Message, open bool, language string) []golocal.Message {
	if s.continues {
		return []golocal.Message{{Role: "user", Content: unfinished(question, sources, language)}}
	}
	instructions := s.instructions(open, language)
	var b strings.Builder
	if s.beside && !s.behind {
		b.WriteString(instructions + "\n\n")
	}
	if len(sources) > 0 || !open {
		b.WriteString("Sources:\n\n")
	}
	mark := fence(sources)
	for _, x := range sources {
		fmt.Fprintf(&b, "[%d] %s\n%s\n%s\n%s\n\n", x.Number, inert(oneLine(label(x.Hit))), mark, inert(strings.Trim(x.Text, "\n")), mark)
	}
	if s.behind {
		b.WriteString(instructions + "\n\n")
	}
	b.WriteString("Question: " + inert(oneLine(question)))
	var out []golocal.Message
	if !s.beside {
		out = append(out, golocal.Message{Role: "system", Content: instructions})
	}
	out = append(out, history...)
	return append(out, golocal.Message{Role: "user", Content: b.String()})
}

// unfinished is a text of fenced passages, questions and answers that breaks off where
// the answer belongs: what a model that was never taught to chat goes on with. It knows
// no instructions; a pair of its own shows it that an answer is a whole sentence from
// between the fences. Labels it would repeat, earlier turns it would go on with.
func unfinished(question string, sources []golocal.Source, language string) string {
	text, shown, asks, answers := "The ferry to the island leaves at nine on weekdays. Dogs travel free.", "When does the ferry leave?", "Question: ", "Answer:"
	answer := "The ferry to the island leaves at nine on weekdays."
	if language == "de" {
		text, shown, asks, answers = "Die Fähre zur Insel fährt werktags um neun. Hunde fahren umsonst mit.", "Wann fährt die Fähre?", "Frage: ", "Antwort:"
		answer = "Die Fähre zur Insel fährt werktags um neun."
	}
	mark := fence(sources)
	var b strings.Builder
	passage := func(text string) { b.WriteString(mark + "\n" + text + "\n" + mark + "\n\n") }
	passage(text)
	b.WriteString(asks + shown + "\n" + answers + " " + answer + "\n\n")
	for _, x := range sources {
		passage(inert(strings.Trim(x.Text, "\n")))
	}
	b.WriteString(asks + inert(oneLine(question)) + "\n" + answers)
	return b.String()
}

// prompt is what the run's model gets.
func (r *run) prompt(model Model, question string, sources []golocal.Source, history []golocal.Message) []golocal.Message {
	return styleOf(model).prompt(question, sources, history, r.req.Open, languageOf(question))
}

// fence is a line of at least three quotation marks, longer than any run of
// them in a source: no source can close it.
func fence(sources []golocal.Source) string {
	longest := 2
	for _, s := range sources {
		run := 0
		for i := range len(s.Text) {
			if run++; s.Text[i] != '"' {
				run = 0
			}
			longest = max(longest, run)
		}
	}
	return strings.Repeat(`"`, longest+1)
}

// label names a passage: its title and headings, or its path.
func label(h golocal.Hit) string {
	parts := make([]string, 0, len(h.Chunk.Heading)+1)
	for _, p := range append([]string{h.Doc.Title}, h.Chunk.Heading...) {
		if p != "" && (len(parts) == 0 || parts[len(parts)-1] != p) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return h.Doc.Ref.Path
	}
	return strings.Join(parts, " > ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// history keeps the last turns of a conversation that fit into budget tokens,
// oldest first. Only the user's and the assistant's words are taken over.
func history(messages []golocal.Message, budget int, count func(string) int) []golocal.Message {
	from := len(messages)
	for from > 0 {
		m := messages[from-1]
		if budget -= count(m.Content) + perMessage; budget < 0 {
			break
		}
		from--
	}
	var out []golocal.Message
	for _, m := range messages[from:] {
		if (m.Role == "user" || m.Role == "assistant") && strings.TrimSpace(m.Content) != "" {
			out = append(out, golocal.Message{Role: m.Role, Content: inert(unmarked(m.Content))})
		}
	}
	for len(out) > 0 && out[0].Role == "assistant" {
		out = out[1:]
	}
	return out
}

// perMessage is what a chat template adds to a message, in tokens, where it is
// not known.
const perMessage = 8
