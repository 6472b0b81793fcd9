package models

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/model/renderers"
	"github.com/ollama/ollama/template"
)

// form is how a chat model's runner makes one prompt of messages: Ollama and
// golocal's engine do it alike.
type form struct {
	template *template.Template
	renderer string        // name of Ollama's renderer, instead of the template
	system   string        // stands before messages that bring none
	before   []api.Message // stand before every conversation
	thinks   bool          // a request that does not say lets the model reason
}

// readForm takes the form from what /api/show says; nil when it says none that
// golocal can follow.
func readForm(show *api.ShowResponse) *form {
	f := &form{renderer: cmp.Or(show.Renderer, rendererOf(show.Modelfile)), system: show.System, before: show.Messages}
	for _, c := range show.Capabilities {
		f.thinks = f.thinks || c == "thinking"
	}
	var err error
	if f.template, err = template.Parse(cmp.Or(show.Template, "{{ .Prompt }}")); err != nil && f.renderer == "" {
		return nil
	}
	return f
}

// rendererOf finds the renderer in a Modelfile: Ollama tells it nowhere else.
// It stands behind template and system text, which may hold any line.
func rendererOf(modelfile string) (name string) {
	for line := range strings.Lines(modelfile) {
		if rest, ok := strings.CutPrefix(line, "RENDERER "); ok {
			name = strings.TrimSpace(rest)
		}
	}
	return name
}

// render writes the messages as the model reads them.
func (f *form) render(messages []api.Message, think *api.ThinkValue) (string, error) {
	if think == nil && f.thinks {
		think = &api.ThinkValue{Value: true}
	}
	all := slices.Concat(f.before, messages)
	if f.system != "" && (len(messages) == 0 || messages[0].Role != "system") {
		all = slices.Insert(all, 0, api.Message{Role: "system", Content: f.system})
	}
	if f.renderer != "" {
		return renderers.RenderWithRenderer(f.renderer, all, nil, think)
	}
	v := template.Values{Messages: all, IsThinkSet: think != nil}
	if think != nil {
		v.Think, v.ThinkLevel = think.Bool(), think.String()
	}
	var b bytes.Buffer
	err := f.template.Execute(&b, v)
	return b.String(), err
}

// obeys tells whether the model can be told not to reason: its prompt differs
// then. Others reason whatever a request says, and a runner that was told
// otherwise passes their notes on as the answer.
func (f *form) obeys() bool {
	ask := []api.Message{{Role: "user", Content: "?"}}
	with, err := f.render(ask, &api.ThinkValue{Value: true})
	if err != nil {
		return false
	}
	without, err := f.render(ask, &api.ThinkValue{Value: false})
	return err == nil && with != without
}
