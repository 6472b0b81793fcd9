package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sys/cpu"

	"golocal"
	"golocal/models"
)

// examineModels tells what runs the models and on what, and tries the models
// in use.
func (c *cli) examineModels(ctx context.Context) []finding {
	m, err := models.Open(ctx, c.modelOptions())
	if err != nil {
		return []finding{{"error", "models", err.Error(), ""}}
	}
	defer m.Close()
	out := examineGPUs(m.GPUs(ctx))
	st, err := m.Status(ctx)
	if err != nil {
		return append(out, finding{"error", "models", err.Error(), ""})
	}
	r := st.Runner
	if r.Kind == "none" {
		return append(out, finding{"warning", "runner", r.Reason + "; search goes by keywords", r.NextStep})
	}
	says := r.Kind + " " + r.Version
	if r.Build != "" {
		says += ", built for " + r.Build
	}
	out = append(out, builtFor(finding{"ok", "runner", says + ", " + r.Address, ""}, r.Build, cpu.X86.HasAVX2))
	if r.OllamaStore != "" {
		out = append(out, finding{"ok", "runner", "uses the models that Ollama has in " + r.OllamaStore + " too, and never changes them", ""})
	}
	for _, n := range r.Notes {
		says, next, _ := strings.Cut(n, "; ") // of an Ollama that is not used
		out = append(out, finding{"warning", "runner", says, next})
	}
	if r.Kind == "ollama" {
		cloud, err := m.Cloud(ctx)
		out = append(out, examineCloud(cloud, err)...)
	}
	for _, use := range []struct {
		what string
		models.InUse
	}{{"embedding", st.Embedding}, {"chat", st.Chat}} {
		switch {
		case use.Model == "":
			out = append(out, finding{"warning", use.what, use.Reason, orText(use.NextStep, "golocal models pull "+use.what)})
		case use.Note != "":
			out = append(out, finding{"ok", use.what, use.Model + "; " + use.Note, ""})
		default:
			out = append(out, finding{"ok", use.what, use.Model, ""})
		}
	}
	if st.Embedding.Model != "" {
		out = append(out, tryEmbedding(ctx, m))
	}
	if st.Chat.Model != "" {
		out = append(out, tryChat(ctx, m, st.Chat.Model))
	}
	if st, err = m.Status(ctx); err != nil {
		return append(out, finding{"error", "models", err.Error(), ""})
	}
	return append(out, examineLoaded(st)...)
}

// examineGPUs tells what the machine has, whoever runs the models.
func examineGPUs(g models.GPUs) []finding {
	var out []finding
	for _, d := range g.Usable() {
		says := d.String()
		if d.Note != "" {
			says += "; " + d.Note
		}
		out = append(out, finding{"ok", "gpu", says, ""})
	}
	if len(out) > 0 {
		return out
	}
	f := finding{"ok", "gpu", g.Text() + "; models run on the processor", g.NextStep()}
	if f.Next != "" || g.Reason != "" && len(g.Devices) == 0 && strings.HasPrefix(g.Reason, "nvidia-smi ") {
		f.Level = "warning"
	}
	return []finding{f}
}

// examineCloud tells whether text could leave the machine through Ollama.
func examineCloud(cloud models.Cloud, err error) []finding {
	var out []finding
	for _, name := range cloud.Models {
		out = append(out, finding{"warning", "cloud", name + " runs on its vendor's servers: golocal refuses it",
			"take it away: ollama rm " + name + "; golocal models suggest names models that run here"})
	}
	switch {
	case err != nil:
		return append(out, finding{"warning", "cloud", "whether Ollama's cloud features are off cannot be told: " + err.Error(), ""})
	case !cloud.Known:
		return append(out, finding{"ok", "cloud", "this Ollama does not say whether its cloud features are off; golocal uses none of them", ""})
	case cloud.Off:
		return append(out, finding{"ok", "cloud", "Ollama's cloud features are switched off", ""})
	}
	return append(out, finding{"ok", "cloud", "Ollama's cloud features are on; golocal uses none of them",
		"to switch them off for every program: OLLAMA_NO_CLOUD=1 in Ollama's environment"})
}

// tryEmbedding has two sentences embedded.
func tryEmbedding(ctx context.Context, m *models.Models) finding {
	began := time.Now()
	if _, err := m.EmbedQuery(ctx, "a sentence to try the model with"); err != nil {
		return finding{"error", "trial", "the embedding model does not work: " + err.Error(), "golocal models pull embedding"}
	}
	loaded := time.Since(began)
	began = time.Now()
	if _, err := m.EmbedQuery(ctx, "another sentence"); err != nil {
		return finding{"error", "trial", "the embedding model works once and then not: " + err.Error(), "see the runner's log"}
	}
	return finding{"ok", "trial", fmt.Sprintf("a question is embedded in %d ms, the first in %d ms with loading", time.Since(began).Milliseconds(), loaded.Milliseconds()), ""}
}

// chatTrial bounds the trial of the chat model, its loading included; a model
// that has not begun by then is too slow to work with, which is what is tried.
const chatTrial = time.Minute

// trialWords is long enough for the reading speed to be told.
const trialWords = "The library opens at nine and closes at six. On Sundays it stays closed, except for the reading room, which the " +
	"guard opens on request. Books are lent for four weeks, films for one. Whoever brings them back late pays ten cents a day.\n\n" +
	"Say in one short sentence when the library opens."

// tryChat has the chat model write a few words.
func tryChat(ctx context.Context, m *models.Models, name string) finding {
	limited, cancel := context.WithTimeout(ctx, chatTrial)
	defer cancel()
	var usage *golocal.Usage
	for d, err := range m.Generate(limited, []golocal.Message{{Role: "user", Content: trialWords}}, golocal.Limits{Tokens: 24}) {
		switch {
		case err == nil && d.Usage != nil:
			usage = d.Usage
		case err == nil:
		case ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded):
			return finding{"warning", "trial", fmt.Sprintf("%s has not answered a short question within %v", name, chatTrial), "choose a smaller chat model: golocal models suggest"}
		default:
			return finding{"error", "trial", "the chat model does not work: " + err.Error(), "choose another chat model: golocal models suggest"}
		}
	}
	if usage == nil {
		return finding{"warning", "trial", name + " ended without telling its speed", ""}
	}
	says := fmt.Sprintf("%s answers: loaded in %.1f s", name, usage.Load)
	if usage.PromptRate > 0 {
		says += fmt.Sprintf(", reads %s tokens/s", rateText(usage.PromptRate))
	}
	if usage.Rate > 0 {
		says += fmt.Sprintf(", writes %s tokens/s", rateText(usage.Rate))
	}
	return finding{"ok", "trial", says, ""}
}

// examineLoaded tells where the loaded models compute, and what they have cost
// each other.
func examineLoaded(st models.Status) []finding {
	var out []finding
	for _, l := range st.Models {
		if !l.Loaded || l.Placement == nil {
			continue
		}
		f := finding{"ok", "memory", loadedText(l), l.Placement.NextStep}
		if f.Next != "" {
			f.Level = "warning"
		}
		out = append(out, f)
	}
	return append(out, examineSwaps(st.Swaps.Text, st.Swaps.NextStep, st.Swaps.Crashes)...)
}

func examineSwaps(text, next string, crashes int) []finding {
	var out []finding
	if text != "" {
		out = append(out, finding{"warning", "swaps", text, next})
	}
	if crashes > 0 {
		out = append(out, finding{"warning", "crashes", crashText(crashes), "start golocal with log-level: info in config.yaml, and see what it says before"})
	}
	return out
}

// loadedText is a loaded model with where it computes, its context and how long
// it stays.
func loadedText(m models.Model) string {
	parts := []string{m.Where, bytesText(m.Memory)}
	if m.LoadedContext > 0 {
		parts = append(parts, fmt.Sprintf("context %d tokens", m.LoadedContext))
	}
	if m.Placement != nil && m.Placement.Stay != "" {
		parts = append(parts, m.Placement.Stay)
	}
	return m.Name + ": " + strings.Join(parts, ", ")
}

func crashText(n int) string {
	return fmt.Sprintf("the engine's model process ended by itself %s since its start; each request was tried again", times(n))
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// rateText is a rate in tokens per second: "8.1", "81".
func rateText(x float64) string {
	if x < 9.95 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// builtFor warns of an engine that leaves most of this processor unused: a plain
// go build has no flags for it.
func builtFor(f finding, build string, avx2 bool) finding {
	if build == "baseline" && avx2 {
		f.Level = "warning"
		f.Says += "; compiled without AVX2, which this processor has, so embedding is many times slower"
		f.Next = "build it with ./run, or source flags.sh before go build"
	}
	return f
}
