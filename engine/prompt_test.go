package engine

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/template"
	"github.com/ollama/ollama/thinking"
)

func talk(spec string) []api.Message {
	var msgs []api.Message
	for _, w := range strings.Fields(spec) {
		role := map[byte]string{'s': "system", 'u': "user", 'a': "assistant"}[w[0]]
		msgs = append(msgs, api.Message{Role: role, Content: w})
	}
	return msgs
}

func spec(msgs []api.Message) string {
	var words []string
	for _, m := range msgs {
		words = append(words, m.Content)
	}
	return strings.Join(words, " ")
}

func TestCut_KeepsSystemAndLast(t *testing.T) {
	for _, c := range []struct {
		msgs string
		want []string // successive cuts
	}{
		{"u1", []string{"u1"}},
		{"s1 u1 a1 u2", []string{"s1 u1 a1 u2", "s1 a1 u2", "s1 u2"}},
		{"s1 s2 u1 u2", []string{"s1 s2 u1 u2", "s1 s2 u2"}},
		{"u1 s1 u2", []string{"u1 s1 u2", "s1 u2"}},
	} {
		msgs := talk(c.msgs)
		var got []string
		for n := 0; ; n = nextCut(msgs, n) {
			kept, ok := cut(msgs, n)
			if !ok {
				break
			}
			got = append(got, spec(kept))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.msgs, d)
		}
	}
}

func TestFirstCut_SkipsOnlyTheHopeless(t *testing.T) {
	long := strings.Repeat("x", 1000)
	msgs := []api.Message{{Role: "system", Content: long}, {Role: "user", Content: long}, {Role: "assistant", Content: long}, {Role: "user", Content: long}}
	for numCtx, want := range map[int]int{1000: 0, 250: 0, 249: 2, 187: 3, 1: 3} {
		if got := firstCut(msgs, numCtx); got != want {
			t.Errorf("context %d: %d messages left out, want %d", numCtx, got, want)
		}
	}
}

func TestFormFor(t *testing.T) {
	far := strings.Repeat("{# a comment that no template has, to be far from all of them #}", 4)
	for _, c := range []struct {
		name, jinja, want string
		stop              string
	}{
		{"none", "", "plain", "\nUser:"},
		{"unknown", far, "plain", "\nUser:"},
		{"near", "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}", "chatml", "<|im_end|>"},
		{"far chatml", far + "<|im_start|>", "chatml", "<|im_end|>"},
		{"far llama", far + "<|start_header_id|>", "llama 3", "<|eot_id|>"},
		{"far gemma", far + "<start_of_turn>", "gemma", "<end_of_turn>"},
		{"far mistral", far + "[INST]", "mistral", "[INST]"},
		{"far phi", far + "<|end|>", "phi 3", "<|end|>"},
		{"endless", strings.Repeat("x", 1<<20) + "<|im_start|>", "chatml", "<|im_end|>"},
	} {
		f := formFor(c.jinja)
		if f.name != c.want || !strings.Contains(strings.Join(f.stop, " "), c.stop) {
			t.Errorf("%s: %s %q", c.name, f.name, f.stop)
		}
	}
}

// Each form writes the conversation as the models' authors publish it.
func TestForms_Prompts(t *testing.T) {
	want := map[string]string{
		"chatml":  "<|im_start|>system\ns1<|im_end|>\n<|im_start|>user\nu1<|im_end|>\n<|im_start|>assistant\na1<|im_end|>\n<|im_start|>user\nu2<|im_end|>\n<|im_start|>assistant\n",
		"llama 3": "<|start_header_id|>system<|end_header_id|>\n\ns1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nu1<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\na1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nu2<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
		"gemma":   "<start_of_turn>user\ns1\n\nu1<end_of_turn>\n<start_of_turn>model\na1<end_of_turn>\n<start_of_turn>user\nu2<end_of_turn>\n<start_of_turn>model\n",
		"mistral": "[INST] s1\n\nu1 [/INST] a1</s>[INST] u2 [/INST]",
		"phi 3":   "<|system|>\ns1<|end|>\n<|user|>\nu1<|end|>\n<|assistant|>\na1<|end|>\n<|user|>\nu2<|end|>\n<|assistant|>\n",
		"plain":   "s1\n\nUser: u1\n\nAssistant: a1\n\nUser: u2\n\nAssistant:",
	}
	forms := []form{plain}
	for _, f := range families {
		forms = append(forms, f.form)
	}
	if len(forms) != len(want) {
		t.Errorf("%d forms, %d expectations", len(forms), len(want))
	}
	for _, f := range forms {
		tmpl, err := template.Parse(f.template)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		m := &installed{template: tmpl}
		msgs := talk("s1 u1 a1 u2")
		for range 2 { // rendering changes nothing
			got, err := m.render(msgs, nil)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want[f.name], got); d != "" {
				t.Errorf("%s: %s", f.name, d)
			}
		}
	}
}

func TestSplitter_ReasoningIsNotTheAnswer(t *testing.T) {
	tmpl, err := template.Parse(`{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}{{ end }}`)
	if err != nil {
		t.Fatal(err)
	}
	if opening, closing := thinking.InferTags(tmpl.Template); opening != "<think>" || closing != "</think>" {
		t.Fatalf("tags %q %q", opening, closing)
	}
	m := &installed{template: tmpl}
	if !m.thinks() {
		t.Error("the model thinks")
	}
	run := func(think *api.ThinkValue, prompt string, pieces ...string) (content, notes string) {
		s := m.splitter(think, prompt, nil)
		for i, p := range pieces {
			c, n, err := s.add(p, i == len(pieces)-1)
			if err != nil {
				t.Fatal(err)
			}
			content, notes = content+c, notes+n
		}
		return content, notes
	}
	on := &api.ThinkValue{Value: true}
	if c, n := run(on, "", "<thi", "nk>hm, ", "well</th", "ink>", "Yes."); c != "Yes." || n != "hm, well" {
		t.Errorf("%q %q", c, n)
	}
	if c, n := run(on, "…<think>\n", "hm</think>Yes."); c != "Yes." || n != "hm" {
		t.Errorf("opened by the prompt: %q %q", c, n)
	}
	if c, n := run(nil, "", "<think>a</think>b"); c != "<think>a</think>b" || n != "" {
		t.Errorf("not asked for: %q %q", c, n)
	}
}

func TestOptions_ModelThenRequest(t *testing.T) {
	h := newHarness(t)
	if w := h.call(t, "POST", "/api/create", `{"model":"talk","from":"`+writeModel(t, chatter())+`","parameters":{"temperature":0.1,"top_k":7,"stop":["A"]},"stream":false}`); w.Code != 200 {
		t.Fatal(w.Body)
	}
	m, err := h.installed("talk")
	if err != nil {
		t.Fatal(err)
	}
	o, err := m.options(map[string]any{"temperature": 0.5, "num_ctx": float64(1 << 20)})
	if err != nil {
		t.Fatal(err)
	}
	if o.Temperature != 0.5 || o.TopK != 7 || o.NumCtx != 8192 || o.NumPredict != 8192 || len(o.Stop) != 1 || o.RepeatPenalty <= 1 {
		t.Errorf("%+v", o)
	}
	if o, err = m.options(nil); err != nil || o.NumCtx != defaultNumCtx || o.Temperature != 0.1 {
		t.Errorf("%+v, %v", o, err)
	}
}
