package chat

import (
	"context"

	"golocal"
)

// Tokens counts in the vocabulary of a chat model.
type Tokens interface {
	// Prepare begins to load the vocabulary, without waiting: counts are estimates
	// before it is there.
	Prepare() <-chan struct{}
	// Text is the number of tokens of a text inside a prompt.
	Text(text string) int
	// Prompt is the number of tokens that the runner makes of the messages, with
	// all that it adds. exact is false for an estimate. think is Limits.Think.
	Prompt(messages []golocal.Message, think bool) (n int, exact bool)
}

// Model is the chat model that would answer.
type Model struct {
	Name   string
	Tiny   bool   // too small to be trusted: quotes are the default
	Tokens Tokens // nil: Options.Count estimates
	// Window sizes the context for a prompt and reply that need that many
	// tokens; nil is 4096, whatever is needed.
	Window func(ctx context.Context, need int) int
	Family string // as its file or runner names it: "llama", "gemma3", "qwen3"
	Base   bool   // continues text rather than answers
	Thinks bool   // can write its reasoning before the answer
	Always bool   // and cannot be told not to
}

// A tiny model gets the best passages only, and little room to go astray: with
// 2,600 tokens of sources SmolLM2-135M wrote about another passage than the
// first, and took two minutes to read them on a busy laptop.
const (
	tinyBudget = 900 // tokens of sources
	tinyReply  = 160 // tokens
)

// thoughts is the room for reasoning, in tokens. Reasoning models of 4 to 8
// billion parameters write 300 to 1,500 before a short answer; one that is cut
// off within them has said nothing.
const thoughts = 2048

// room is how a model's context is divided, in tokens.
type room struct {
	model   Model
	window  int               // the whole
	reply   int               // of it, for the answer
	thought int               // and for the reasoning before it
	history []golocal.Message // earlier turns that have a place
	sources int               // is left for sources
}

// think tells whether the request lets the model reason.
func (r *run) think(model Model) bool { return model.Thinks && r.req.Think }

// count counts a text in the model's tokens.
func (r *run) count(model Model) func(string) int {
	if model.Tokens != nil {
		return model.Tokens.Text
	}
	return r.o.Count
}

// planned counts the prompt that the runner will make of the messages.
func (r *run) planned(model Model, messages []golocal.Message) (n int, exact bool) {
	if model.Tokens != nil {
		return model.Tokens.Prompt(messages, r.think(model))
	}
	for _, m := range messages {
		n += r.o.Count(m.Content) + perMessage
	}
	return n, false
}

// divide sizes the context by what question, conversation, passages and reply
// need, and gives each its part. The conversation gets a quarter, or more when
// the rest leaves more.
func (r *run) divide(question string, model Model) room {
	count := r.count(model)
	out := room{model: model, window: 4096, reply: r.o.Reply}
	if model.Tiny {
		out.reply = min(out.reply, tinyReply)
	}
	if r.think(model) || model.Always {
		out.thought = thoughts
	}
	fixed, exact := r.planned(model, r.prompt(model, question, nil, nil))
	talk := 0
	for _, m := range r.req.Messages {
		talk += count(m.Content) + perMessage
	}
	passages := 0
	for _, h := range r.found.Hits {
		passages += count(h.Chunk.Text) + count(label(h)) + 4*perMessage
	}
	if model.Tiny {
		passages = min(passages, tinyBudget)
	}
	rest := fixed + passages + out.reply + out.thought
	need := rest + talk
	if !exact { // the count is a guess: an eighth is kept free
		need += need / 8
	}
	if model.Window != nil {
		out.window = model.Window(r.ctx, need)
	}
	out.reply = min(out.reply, out.window/4)
	out.thought = min(out.thought, out.window/4)
	out.history = history(r.req.Messages, max(out.window/4, out.window-rest), count)
	out.sources = out.window - out.reply - out.thought
	if !exact {
		out.sources = out.sources * 7 / 8
	}
	out.sources -= fixed
	for _, m := range out.history {
		out.sources -= count(m.Content) + perMessage
	}
	if model.Tiny {
		out.sources = min(out.sources, tinyBudget)
	}
	return out
}

// pack fits the sources into the model's context beside the instructions, the
// conversation, the question and the reply.
func (r *run) pack(question string, model Model) {
	r.room = r.divide(question, model)
	r.ledger.Model, r.ledger.Window = model.Name, r.room.window
	var dropped []golocal.Dropped
	r.sources, dropped = r.o.Pack(r.ctx, question, r.found.Hits, r.room.sources, r.count(model))
	// Where the whole can be counted, it is: the template's own words and the
	// joints between texts are in no count of pieces.
	for len(r.sources) > 0 {
		n, exact := r.planned(model, r.prompt(model, question, r.sources, r.room.history))
		r.ledger.Planned, r.ledger.Estimated = n, !exact
		if !exact || n+r.room.reply+r.room.thought <= r.room.window {
			break
		}
		last := r.sources[len(r.sources)-1]
		r.sources = r.sources[:len(r.sources)-1]
		dropped = append(dropped, golocal.Dropped{Chunk: last.Hit.Chunk.ID, Doc: last.Hit.Doc.ID, Ref: last.Hit.Doc.Ref, Tokens: last.Tokens,
			Why: "the model's window is full"})
	}
	r.ledger.Dropped = append(r.ledger.Dropped, dropped...)
	for _, s := range r.sources {
		r.ledger.Sources = append(r.ledger.Sources, Spent{Source: s.Number, Doc: s.Hit.Doc.ID, Tokens: s.Tokens})
	}
}
