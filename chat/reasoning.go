package chat

import (
	"strings"
	"time"
)

// maxReasoning is how much of a model's reasoning is kept and shown, in bytes.
const maxReasoning = 64 << 10

// reasoning is what a model writes for itself before its answer. It is shown
// apart, never cited, checked or counted, and not part of later prompts.
type reasoning struct {
	text  strings.Builder
	began time.Time // zero until the first piece
	ended time.Time // zero until the first word of the answer after it
}

// reason takes a piece of reasoning and hands it out.
func (w *writer) reason(piece string) error {
	t := &w.thoughts
	if t.began.IsZero() {
		if strings.TrimSpace(piece) == "" { // models that were told not to reason leave an empty frame
			return nil
		}
		t.began = time.Now()
		w.ledger.Seconds.FirstReasoning = t.began.Sub(w.asked).Seconds()
	}
	if left := maxReasoning - t.text.Len(); left <= 0 {
		return nil
	} else if len(piece) > left {
		piece = strings.ToValidUTF8(piece[:left], "") + " …"
	}
	t.text.WriteString(piece)
	return w.emit(Reasoning{piece})
}

// answers notes that the answer itself has begun, or that the reply is over.
func (w *writer) answers() {
	t := &w.thoughts
	if t.began.IsZero() || !t.ended.IsZero() {
		return
	}
	t.ended = time.Now()
	w.ledger.Seconds.Reasoning = t.ended.Sub(t.began).Seconds()
}
