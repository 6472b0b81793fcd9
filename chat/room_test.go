package chat

import (
	"context"
	"strings"
	"testing"

	"golocal"
)

// long is a passage of that many words.
func long(id int64, words int) golocal.Hit {
	text := strings.TrimSpace(strings.Repeat("vacation ", words))
	return golocal.Hit{Doc: golocal.Document{ID: id, Title: "t"}, Chunk: golocal.Chunk{ID: id, Doc: id, Text: text, Span: golocal.Span{End: len(text)}}}
}

func TestDivide_Table(t *testing.T) {
	talk := []golocal.Message{{Role: "user", Content: strings.Repeat("word ", 1000)}, {Role: "assistant", Content: strings.Repeat("word ", 1000)}}
	for _, row := range []struct {
		name            string
		model           Model
		req             Request
		least, most     int // of the need that the context is sized for
		reply, thought  int
		turns           int
		window, sources int // given, and at least left for sources
	}{
		{"a question", Model{}, Request{}, 1400, 1800, 512, 0, 0, 4096, 3400},
		{"a conversation", Model{}, Request{Messages: talk}, 3400, 3800, 512, 0, 2, 4096, 1100},
		{"a conversation that does not fit", Model{}, Request{Messages: talk}, 3400, 3800, 512, 0, 0, 2500, 900},
		{"a tiny model", Model{Tiny: true}, Request{}, 1000, 1300, tinyReply, 0, 0, 4096, tinyBudget},
		{"it cannot but reason", Model{Thinks: true, Always: true}, Request{}, 3400, 3900, 512, thoughts, 0, 8192, 4000},
		{"it reasons as it was asked to", Model{Thinks: true}, Request{Think: true}, 3400, 3900, 512, thoughts, 0, 8192, 4000},
		{"it could reason but need not", Model{Thinks: true}, Request{}, 1400, 1800, 512, 0, 0, 4096, 3400},
		{"it cannot reason", Model{}, Request{Think: true}, 1400, 1800, 512, 0, 0, 4096, 3400},
		{"reasoning in a small context", Model{Thinks: true, Always: true}, Request{}, 3400, 3900, 512, 1024, 0, 4096, 2300},
	} {
		need := 0
		row.model.Tokens = tally{}
		row.model.Window = func(_ context.Context, n int) int { need = n; return row.window }
		r := &run{Assistant: New(Options{}), ctx: t.Context(), req: row.req, found: golocal.Found{Hits: []golocal.Hit{long(1, 500), long(2, 400)}}}
		got := r.divide(question, row.model)
		if need < row.least || need > row.most || got.reply != row.reply || got.thought != row.thought || len(got.history) != row.turns || got.window != row.window {
			t.Errorf("%s: need %d, %+v", row.name, need, got)
		}
		if got.sources < row.sources || got.sources+got.reply+got.thought > got.window {
			t.Errorf("%s: %d tokens for sources of %d", row.name, got.sources, got.window)
		}
	}
}

// tight is a template that adds more to the whole than its pieces tell.
type tight struct{ tally }

func (c tight) Prompt(messages []golocal.Message, think bool) (int, bool) {
	n, _ := c.tally.Prompt(messages, think)
	if strings.Contains(messages[len(messages)-1].Content, "[2]") {
		n += 300
	}
	return n, true
}

func TestPack_NeverPlansBeyondTheContext(t *testing.T) {
	model := only(Model{Name: "m", Window: always(2048), Tokens: tight{}})
	_, a, err := ask(t, Options{Retriever: enough(long(1, 700), long(2, 500)), Model: model, Generator: script{say: []string{"ok"}}}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	l := a.Ledger
	if len(l.Sources) != 1 || len(l.Dropped) != 1 || l.Estimated || l.Planned > 2048-512 || l.Planned < 700 {
		t.Errorf("%+v", l)
	}
}
