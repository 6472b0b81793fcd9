package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
	"golocal/internal/remark"
)

var hello = []golocal.Message{{Role: "user", Content: "hello"}}

// collect reads a reply to its end.
func collect(ctx context.Context, m *Models, limits golocal.Limits) (text, thoughts string, usage *golocal.Usage, err error) {
	for d, e := range m.Generate(ctx, hello, limits) {
		if e != nil {
			return text, thoughts, usage, e
		}
		text += d.Text
		thoughts += d.Thinking
		if d.Usage != nil {
			usage = d.Usage
		}
	}
	return
}

func TestNumGPU_IsSentWhereItIsSet(t *testing.T) {
	layers := 7
	for name, set := range map[string]*int{"set": &layers, "absent": nil} {
		t.Run(name, func(t *testing.T) {
			fake, host := serve(t, fakeollama.Options{})
			m, err := Open(t.Context(), Options{OllamaHost: host, State: t.TempDir(), NumGPU: set})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			if _, err := m.Embed(t.Context(), []string{"a passage"}); err != nil {
				t.Fatal(err)
			}
			passage := fake.LastEmbed().Options["num_gpu"]
			if _, err := m.EmbedQuery(t.Context(), "a question"); err != nil {
				t.Fatal(err)
			}
			for _, err := range m.Generate(t.Context(), []golocal.Message{{Role: "user", Content: "hello"}}, golocal.Limits{}) {
				if err != nil {
					t.Fatal(err)
				}
			}
			for what, got := range map[string]any{
				"passage": passage, "question": fake.LastEmbed().Options["num_gpu"], "chat": fake.LastChat().Options["num_gpu"],
			} {
				if set == nil && got != nil || set != nil && got != float64(layers) {
					t.Errorf("%s: num_gpu is %v", what, got)
				}
			}
		})
	}
}

func TestGenerate_StreamsAndCounts(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	fake.Set(func(b *fakeollama.Behaviour) { b.Reply = "one two three four" })
	m := opened(t, host, nil)
	text, _, usage, err := collect(t.Context(), m, golocal.Limits{Tokens: 100, Temperature: 0.5, Seed: 7})
	if err != nil || text != "one two three four" {
		t.Fatalf("%q, %v", text, err)
	}
	if usage == nil || usage.Tokens != 4 || usage.Window != firstWindow || usage.Model != "llama3.2:3b" || usage.Cut || usage.Prompt <= 0 {
		t.Errorf("usage %+v", usage)
	}
	req := fake.LastChat()
	if req.Options["num_ctx"] != float64(firstWindow) || req.Options["num_predict"] != float64(100) ||
		req.Options["seed"] != float64(7) || req.Options["temperature"] != 0.5 {
		t.Errorf("options %v", req.Options)
	}
	if req.Truncate == nil || *req.Truncate || req.Shift == nil || *req.Shift {
		t.Error("the runner may drop parts of the prompt in silence")
	}
	if fake.Counts().Lanes["chat"] != 1 {
		t.Errorf("lanes %v", fake.Counts().Lanes)
	}
	if _, _, usage, err = collect(t.Context(), m, golocal.Limits{Tokens: 2, Window: 4096}); err != nil || !usage.Cut || usage.Window != 4096 {
		t.Errorf("at the token limit: %+v, %v", usage, err)
	}
}

func TestGenerate_SeparatesThinking(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	for name, set := range map[string]func(*fakeollama.Behaviour){
		"field": func(b *fakeollama.Behaviour) { b.Thinking, b.Reply = "let me see", "the answer is 4" },
		"tags":  func(b *fakeollama.Behaviour) { b.Reply = "<think> let me see </think>\n\nthe answer is 4" },
		"tags in parts": func(b *fakeollama.Behaviour) {
			b.Thinking, b.ThinkTags, b.Reply = "let me see", true, "the answer is 4"
		},
	} {
		fake.Set(func(b *fakeollama.Behaviour) { *b = fakeollama.Behaviour{}; set(b) })
		m := opened(t, host, nil)
		if model, _ := m.ChatModel(); model.AlwaysThinks {
			t.Errorf("%s: known before it was seen", name)
		}
		text, thoughts, usage, err := collect(t.Context(), m, golocal.Limits{})
		if err != nil || text != "the answer is 4" || strings.TrimSpace(thoughts) != "let me see" || usage == nil {
			t.Errorf("%s: text %q, thoughts %q, %v", name, text, thoughts, err)
		}
		// The next reply has to leave room for it.
		if model, _ := m.ChatModel(); !model.AlwaysThinks {
			t.Errorf("%s: not remembered", name)
		}
		if err := m.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if model, _ := m.ChatModel(); !model.AlwaysThinks {
			t.Errorf("%s: forgotten with the next look at the models", name)
		}
	}
}

// Reasoning is switched off where the model obeys, unless it is asked for; a
// model that does not is left alone.
func TestGenerate_SaysThinkOnlyWhereItCounts(t *testing.T) {
	deaf := fakeollama.Thinker()
	deaf.Template, deaf.Obeys = "", false
	harmonic := deaf
	harmonic.Family = "gptoss"
	for _, row := range []struct {
		name   string
		model  fakeollama.Model
		think  bool
		value  any // nil: the request says nothing
		always bool
		notes  bool
	}{
		{"plain", fakeollama.Chat(), false, nil, false, false},
		{"plain, asked to", fakeollama.Chat(), true, nil, false, false},
		{"obeys", fakeollama.Thinker(), false, false, false, false},
		{"obeys, asked to", fakeollama.Thinker(), true, true, false, true},
		{"deaf", deaf, false, nil, true, true},
		{"deaf, asked to", deaf, true, true, true, true},
		{"degrees", harmonic, false, "low", true, true},
		{"degrees, asked to", harmonic, true, "medium", true, true},
	} {
		fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), row.model}})
		if row.notes || slices.Contains(row.model.Capabilities, "thinking") {
			fake.Set(func(b *fakeollama.Behaviour) { b.Thinking = "hm" })
		}
		m := opened(t, host, nil)
		if model, _ := m.ChatModel(); model.AlwaysThinks != row.always {
			t.Errorf("%s: always %v", row.name, model.AlwaysThinks)
		}
		_, thoughts, _, err := collect(t.Context(), m, golocal.Limits{Think: row.think})
		if err != nil || (thoughts != "") != row.notes {
			t.Errorf("%s: %q, %v", row.name, thoughts, err)
		}
		var got any
		if v := fake.LastChat().Think; v != nil {
			got = v.Value
		}
		if got != row.value {
			t.Errorf("%s: the request says %v", row.name, got)
		}
	}
}

func TestGenerate_Faults(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	for _, row := range []struct {
		fault, text string
		is          error
		says        string
	}{
		{"error", "one two ", ErrIncomplete, "CUDA error"},
		{"cut", "one two ", ErrIncomplete, "broke"},
		{"unfinished", "one two ", ErrIncomplete, "ended in the middle"},
		{"empty", "", ErrIncomplete, "empty"},
		{"longline", "", ErrIncomplete, "larger than any honest one"},
		{"endless", "", ErrIncomplete, "does not stop"},
		{"stall", "one two ", ErrIncomplete, "stopped sending"},
		{"hang", "", golocal.ErrUnavailable, "does not begin"},
		{"500", "", golocal.ErrUnavailable, "failed"},
		{"oom", "", golocal.ErrUnavailable, "does not fit into memory"},
		{"toolong", "", ErrTooLong, "exceed the window"},
	} {
		m := opened(t, host, func(_ *Options, l *timing) {
			switch row.fault {
			case "hang":
				l.first = 200 * time.Millisecond
			case "stall":
				l.idle = 2 * time.Second // two words may come slowly
			}
		})
		fake.Set(func(b *fakeollama.Behaviour) { *b = fakeollama.Behaviour{Chat: row.fault, Reply: "one two three four"} })
		text, _, usage, err := collect(t.Context(), m, golocal.Limits{Tokens: 50})
		if !errors.Is(err, row.is) || !strings.Contains(err.Error(), row.says) || usage != nil {
			t.Errorf("%s: %v, usage %v", row.fault, err, usage)
		}
		if said := remark.By(err); !strings.Contains(remark.Say("en", said), row.says) || remark.Say("de", said) == "" {
			t.Errorf("%s: in other languages %+v", row.fault, said)
		}
		if row.fault != "endless" && text != row.text {
			t.Errorf("%s: text %.100q", row.fault, text)
		}
		if strings.Contains(err.Error(), "bro\"") || strings.Contains(err.Error(), "xxxx") {
			t.Errorf("%s: the error holds the reply's text: %v", row.fault, err)
		}
	}
}

func TestGenerate_TooLongTriesALargerWindowOnce(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Chat = "toolong" })
	_, _, _, err := collect(t.Context(), m, golocal.Limits{Window: 4096})
	if !errors.Is(err, ErrTooLong) || fake.Counts().Requests["/api/chat"] != 2 {
		t.Errorf("%v after %d requests", err, fake.Counts().Requests["/api/chat"])
	}
	if got := fake.LastChat().Options["num_ctx"]; got != float64(8192) {
		t.Errorf("second window %v", got)
	}
}

func TestGenerate_StoppingEndsTheRequest(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Chat, b.WordDelay = "endless", 1 })
	n := 0
	for _, err := range m.Generate(t.Context(), hello, golocal.Limits{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	deadline := time.Now().Add(3 * time.Second)
	for fake.Counts().ChatsCancelled != 1 {
		if time.Now().After(deadline) {
			t.Fatal("the runner goes on after the caller stopped")
		}
		time.Sleep(2 * time.Millisecond)
	}
	ctx, cancel := context.WithCancel(t.Context())
	for _, err := range m.Generate(ctx, hello, golocal.Limits{}) {
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("after cancel: %v", err)
		}
	}
	cancel()
	if m.Runner().Kind != "ollama" {
		t.Error("the runner counts as lost because the caller left")
	}
}

func TestGenerate_RefusesCloudModels(t *testing.T) {
	cloud := fakeollama.Chat()
	cloud.Name = "gpt-oss:120b-cloud"
	hidden := fakeollama.Chat()
	hidden.Name, hidden.RemoteHost, hidden.RemoteModel = "looks-local:8b", "https://ollama.com:443", "gpt-oss:120b"
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), cloud, hidden}})
	for _, configured := range []string{"", cloud.Name, hidden.Name} {
		m := opened(t, host, func(o *Options, _ *timing) { o.Chat = configured })
		_, _, _, err := collect(t.Context(), m, golocal.Limits{})
		if !errors.Is(err, golocal.ErrUnavailable) || configured != "" && !errors.Is(err, ErrRefused) {
			t.Errorf("%q: %v", configured, err)
		}
	}
	if n := fake.Counts().Requests["/api/chat"]; n != 0 {
		t.Errorf("%d prompts went to a cloud model", n)
	}
}

func TestThinking_Table(t *testing.T) {
	for _, row := range []struct{ reply, text, thoughts string }{
		{"plain", "plain", ""},
		{"<think>a</think>b", "b", "a"},
		{" \n<think>a</think>\n\nb", "b", "a"},
		{"<think>a", "", "a"},
		{"<thin", "<thin", ""},
		{"<", "<", ""},
		{"a <think>b</think>", "a <think>b</think>", ""},
		{"<think></think>", "", ""},
		{"<think>a</thinx></think>b <think>", "b <think>", "a</thinx>"},
		{"", "", ""},
	} {
		for size := 1; size <= len(row.reply)+1; size++ {
			var th thinking
			var text, thoughts string
			for rest := row.reply; rest != ""; {
				n := min(size, len(rest))
				a, b := th.split(rest[:n])
				text, thoughts, rest = text+a, thoughts+b, rest[n:]
			}
			a, b := th.rest()
			text, thoughts = text+a, thoughts+b
			// Line ends between the tag and the answer go only when they
			// come with the tag; chat trims its text anyway.
			if strings.TrimLeft(text, "\n") != row.text || thoughts != row.thoughts {
				t.Errorf("%q in pieces of %d: text %q, thoughts %q", row.reply, size, text, thoughts)
			}
		}
	}
}

func FuzzThinking(f *testing.F) {
	f.Add("<think>a</think>b", 3)
	f.Add(" <thi", 1)
	f.Fuzz(func(t *testing.T, reply string, size int) {
		size = max(1, min(size, 50))
		split := func(size int) (text, thoughts string) {
			var th thinking
			for rest := reply; rest != ""; {
				n := min(size, len(rest))
				a, b := th.split(rest[:n])
				text, thoughts, rest = text+a, thoughts+b, rest[n:]
			}
			a, b := th.rest()
			return text + a, thoughts + b
		}
		text, thoughts := split(size)
		whole, all := split(len(reply) + 1)
		if strings.TrimLeft(text, "\r\n") != strings.TrimLeft(whole, "\r\n") || thoughts != all {
			t.Fatalf("%q in pieces of %d: %q %q, in one: %q %q", reply, size, text, thoughts, whole, all)
		}
	})
}

// A named model answers in place of the one in use, which stays it.
func TestGenerate_ByTheModelThatIsNamed(t *testing.T) {
	cloud := fakeollama.Chat()
	cloud.Name = "gpt-oss:120b-cloud"
	fake, host := serve(t, fakeollama.Options{Models: append(fakeollama.Defaults(), fakeollama.Tiny(), cloud)})
	m := opened(t, host, nil)
	_, _, usage, err := collect(t.Context(), m, golocal.Limits{Model: "smollm2:135m"})
	if err != nil || usage == nil || usage.Model != "smollm2:135m" || fake.LastChat().Model != "smollm2:135m" {
		t.Fatalf("%+v, %v", usage, err)
	}
	if inUse, _ := m.ChatModel(); inUse.Name != "llama3.2:3b" {
		t.Errorf("in use: %s", inUse.Name)
	}
	for _, name := range []string{"llama3.2:3b", ""} {
		if _, _, usage, err = collect(t.Context(), m, golocal.Limits{Model: name}); err != nil || usage.Model != "llama3.2:3b" {
			t.Errorf("%q: %+v, %v", name, usage, err)
		}
	}
	for name, want := range map[string]error{"gone:1b": ErrNoModel, "all-minilm": ErrNoModel, "gpt-oss:120b-cloud": ErrRefused} {
		if _, _, _, err := collect(t.Context(), m, golocal.Limits{Model: name}); !errors.Is(err, want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
