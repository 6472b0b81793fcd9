package engine

import (
	"io"
	"strings"

	"github.com/ollama/ollama/template"
)

// form is how a family of models wants its conversation written.
type form struct {
	name     string
	template string // Go template, as Ollama's
	stop     []string
}

func (f form) stopAny() []any {
	s := make([]any, len(f.stop))
	for i, v := range f.stop {
		s[i] = v
	}
	return s
}

// plain is for models that come without a template: base models, mostly.
var plain = form{
	name: "plain",
	template: `{{- range .Messages }}{{ if eq .Role "system" }}{{ .Content }}

{{ else if eq .Role "user" }}User: {{ .Content }}

{{ else if eq .Role "assistant" }}Assistant: {{ .Content }}

{{ end }}{{ end }}Assistant:`,
	stop: []string{"\nUser:"},
}

// families tell by a special token in a model's Jinja template which form it
// has, for templates too far from all that Ollama knows. The forms are those
// that the models' authors publish.
var families = []struct {
	mark string
	form form
}{
	{"<|im_start|>", form{
		name: "chatml",
		template: `{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
`,
		stop: []string{"<|im_start|>", "<|im_end|>"},
	}},
	{"<|start_header_id|>", form{
		name: "llama 3",
		template: `{{- range .Messages }}<|start_header_id|>{{ .Role }}<|end_header_id|>

{{ .Content }}<|eot_id|>{{ end }}<|start_header_id|>assistant<|end_header_id|>

`,
		stop: []string{"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"},
	}},
	{"<start_of_turn>", form{
		name: "gemma",
		template: `{{- $system := "" }}{{ range .Messages }}{{ if eq .Role "system" }}{{ $system = .Content }}{{ else if eq .Role "user" }}<start_of_turn>user
{{ if $system }}{{ $system }}

{{ $system = "" }}{{ end }}{{ .Content }}<end_of_turn>
{{ else if eq .Role "assistant" }}<start_of_turn>model
{{ .Content }}<end_of_turn>
{{ end }}{{ end }}<start_of_turn>model
`,
		stop: []string{"<start_of_turn>", "<end_of_turn>"},
	}},
	{"[INST]", form{
		name: "mistral",
		template: `{{- $system := "" }}{{ range .Messages }}{{ if eq .Role "system" }}{{ $system = .Content }}{{ else if eq .Role "user" }}[INST] {{ if $system }}{{ $system }}

{{ $system = "" }}{{ end }}{{ .Content }} [/INST]{{ else if eq .Role "assistant" }} {{ .Content }}</s>{{ end }}{{ end }}`,
		stop: []string{"[INST]", "[/INST]"},
	}},
	{"<|end|>", form{
		name: "phi 3",
		template: `{{- range .Messages }}<|{{ .Role }}|>
{{ .Content }}<|end|>
{{ end }}<|assistant|>
`,
		stop: []string{"<|end|>", "<|user|>", "<|assistant|>"},
	}},
}

// formFor finds the form for a GGUF's Jinja chat template: the one that Ollama
// has under a near template (template.Named), else its family's, else plain.
func formFor(jinja string) form {
	if jinja == "" {
		return plain
	}
	if len(jinja) > maxNamed {
		return familyFor(jinja)
	}
	if n, err := template.Named(jinja); err == nil {
		if b, err := io.ReadAll(n.Reader()); err == nil {
			f := form{name: n.Name, template: string(b)}
			if n.Parameters != nil {
				f.stop = n.Parameters.Stop
			}
			return f
		}
	}
	return familyFor(jinja)
}

// maxNamed is longer than any template that Ollama knows, so nothing longer is
// near one; comparing takes quadratic time.
const maxNamed = 8 << 10

func familyFor(jinja string) form {
	for _, f := range families {
		if strings.Contains(jinja, f.mark) {
			return f.form
		}
	}
	return plain
}
