package chat

import (
	"context"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/internal/prose"
)

// alone is the question in words that need nothing before them, and tells the
// reader where it is another one than was asked. A question that does not lean on
// the conversation is its own; one that does is put into other words by the model
// where one writes the answer, else by rules, which are instant and repeatable.
func (r *run) alone(question string, model Model, generate bool) (string, error) {
	if given := strings.TrimSpace(r.req.Standalone); given != "" {
		if given == question {
			return given, nil
		}
		return given, r.emit(Standalone{given, ByUser})
	}
	if !leans(question) {
		return question, nil
	}
	text, by := carry(question, r.req.Messages), ByRules
	if text == question {
		return question, nil
	}
	if generate && !model.Tiny {
		if put, ok := r.rephrase(question, model); ok {
			text, by = put, ByModel
		}
		if err := r.ctx.Err(); err != nil {
			return "", err
		}
	}
	return text, r.emit(Standalone{text, by})
}

// Bounds of asking a model what a question means.
const (
	rephraseWait   = 6 * time.Second
	rephraseTokens = 64
	rephraseTurns  = 4   // messages of the conversation that it gets
	rephraseBytes  = 500 // of each
)

const rephrasing = "Rewrite the last question so that it can be understood without the conversation: put names and things in the place of words such as it, they, he or there, and add what is left out. " +
	"Keep the language of the question. Do not answer it. Write only the rewritten question, on one line."

// rephrase has the model put a question into words that stand alone; false where
// it takes too long or says anything else.
func (r *run) rephrase(question string, model Model) (string, bool) {
	var b strings.Builder
	said := r.req.Messages[max(len(r.req.Messages)-rephraseTurns, 0):]
	for _, m := range said {
		who := "Answer: "
		if m.Role == "user" {
			who = "Question: "
		}
		b.WriteString(who + cutAt(oneLine(m.Content), rephraseBytes) + "\n")
	}
	b.WriteString("Last question: " + question + "\nRewritten question:")
	messages := []golocal.Message{{Role: "system", Content: rephrasing}, {Role: "user", Content: b.String()}}
	ctx, cancel := context.WithTimeout(r.ctx, rephraseWait)
	defer cancel()
	limits := golocal.Limits{Model: model.Name, Window: 4096, Tokens: rephraseTokens}
	if model.Window != nil { // the window that the answer will ask for, so that the model is not loaded twice
		n, _ := r.planned(model, messages)
		limits.Window = model.Window(ctx, n+rephraseTokens)
	}
	var out strings.Builder
	for d, err := range r.o.Generator.Generate(ctx, messages, limits) {
		if err != nil {
			r.o.Log.Debug("question not rephrased", "err", err)
			return "", false
		}
		out.WriteString(d.Text)
	}
	return sensible(out.String(), question, said)
}

// sensible is a model's rewriting where it is one: a single line with the
// question's own words and no word that was not said before.
func sensible(text, question string, said []golocal.Message) (string, bool) {
	text = strings.TrimSpace(text)
	for _, label := range []string{"Rewritten question:", "Standalone question:", "Question:"} {
		text = strings.TrimSpace(strings.TrimPrefix(text, label))
	}
	text = strings.TrimSpace(strings.Trim(text, `"“”„`))
	if text == "" || len(text) > 400 || strings.ContainsAny(text, "\n\r") {
		return "", false
	}
	known := prose.Stems(prose.Words(question))
	for _, m := range said {
		for s := range prose.Stems(prose.Words(m.Content)) {
			known[s] = true
		}
	}
	words := prose.Content(prose.Words(text))
	strange := 0
	for _, w := range words {
		if !known[w.Stem] {
			strange++
		}
	}
	if len(words) == 0 || strange > len(words)/5 {
		return "", false
	}
	have := prose.Stems(prose.Words(text))
	kept, own := 0, prose.Content(prose.Words(question))
	own = slices.DeleteFunc(own, func(w prose.Word) bool { return pronouns[w.Fold] != 0 })
	for _, w := range own {
		if have[w.Stem] {
			kept++
		}
	}
	if 2*kept < len(own) || leans(text) && len(words) <= len(own) {
		return "", false
	}
	return text, true
}

// cutAt is the first n bytes of a text, without a broken character.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// remembered is how many passages of earlier answers become candidates.
const remembered = 3

// remember adds passages that the last answers cited where they fit the question:
// those that a search of their documents alone finds.
func (r *run) remember(searched string) error {
	if len(r.req.Cited) == 0 || len(r.found.Hits) == 0 {
		return nil
	}
	scope := r.req.Scope
	var docs []int64
	for _, c := range r.req.Cited {
		if !slices.Contains(docs, c.Doc) && (len(scope.Docs) == 0 || slices.Contains(scope.Docs, c.Doc)) {
			docs = append(docs, c.Doc)
		}
	}
	have := map[int64]bool{}
	for _, h := range r.found.Hits {
		have[h.Chunk.ID] = true
	}
	if len(docs) == 0 {
		return nil
	}
	scope.Docs = docs
	again, err := r.retrieve(searched, scope)
	if err != nil {
		return err
	}
	var more []golocal.Hit
	for _, h := range again.Hits {
		cited := slices.ContainsFunc(r.req.Cited, func(c golocal.Citation) bool {
			return c.Doc == h.Doc.ID && c.Quote != "" && strings.Contains(h.Chunk.Text, c.Quote)
		})
		if cited && !have[h.Chunk.ID] && len(more) < remembered {
			have[h.Chunk.ID] = true
			more = append(more, h)
		}
	}
	// Behind the best of this search and before those that hardly fit.
	at := min(len(r.found.Hits), quoted-remembered)
	r.found.Hits = slices.Insert(slices.Clone(r.found.Hits), at, more...)
	return nil
}
