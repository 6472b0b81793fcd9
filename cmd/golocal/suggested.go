package main

import (
	"context"

	"golocal/models"
	"golocal/web"
)

// suggester is the app as web.Suggester.
type suggester struct{ a *app }

func (s suggester) Suggest(ctx context.Context) (web.Suggestions, error) {
	found, err := s.a.models.Suggest(ctx, engineRuns)
	if err != nil {
		return web.Suggestions{}, modelProblem(err)
	}
	return web.Suggestions{
		Memory: found.Memory, Room: found.Room, GPU: found.GPU.Text(), GPURemark: found.GPU.Remark(), GPURoom: found.GPURoom, Note: found.Note, NoteRemark: found.NoteRemark,
		Embedding: webSuggested(found.Embedding), Chat: webSuggested(found.Chat),
	}, nil
}

func webSuggested(list []models.Suggestion) []web.Suggested {
	out := make([]web.Suggested, len(list))
	for i, s := range list {
		out[i] = web.Suggested{
			Name: s.Model, Parameters: parametersText(s.Parameters), Quant: s.Quantization, Download: s.Download, Context: s.Context, Need: s.Need,
			Fit: string(s.Fit), Share: s.Share, Missing: s.Missing, Thinking: s.Thinking, Tiny: s.Tiny, Ollama: s.NeedsOllama, Installed: s.Installed, Text: s.Text,
			Remark: s.Remark, OllamaRemark: s.OllamaRemark,
		}
	}
	return out
}
