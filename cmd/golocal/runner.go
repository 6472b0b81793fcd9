package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"sync/atomic"

	"golocal/models"
	"golocal/web"
)

// counted is the models room as ingest.Embedder: it counts what is embedded
// for the index, so that "a rename costs no embedding" can be seen.
type counted struct {
	*models.Models
	texts *atomic.Int64
}

func (c counted) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := c.Models.Embed(ctx, texts)
	for _, v := range vectors {
		if v != nil {
			c.texts.Add(1)
		}
	}
	return vectors, err
}

// models is the status of the models room, as the interface shows it.
func (d daemon) models(ctx context.Context) (web.Models, error) {
	st, err := d.a.models.Status(ctx)
	if err != nil {
		return web.Models{}, err
	}
	out := web.Models{
		Address: st.Runner.Address, Version: st.Runner.Version, Reason: st.Runner.Reason, Next: st.Runner.NextStep,
		Loaded: []web.Loaded{}, Embedded: d.a.embedded.Load(),
		Swaps: web.Swaps{Count: st.Swaps.Count, Seconds: st.Swaps.Seconds, Crashes: st.Swaps.Crashes, Text: st.Swaps.Text, Next: st.Swaps.NextStep},
	}
	if st.Runner.Kind != "none" {
		out.Runner = st.Runner.Kind
	}
	for _, note := range st.Runner.Notes {
		out.Reason = strings.TrimPrefix(out.Reason+"; "+note, "; ")
	}
	for _, use := range []struct {
		models.InUse
		to *(*web.Model)
	}{{st.Embedding, &out.Embedding}, {st.Chat, &out.Chat}} {
		if use.Model == "" {
			if out.Reason == "" {
				out.Reason = use.Reason
			}
			if out.Next == "" {
				out.Next = use.NextStep
			}
			continue
		}
		for _, m := range st.Models {
			if m.Name == use.Model {
				*use.to = webModel(m, use.InUse)
			}
		}
	}
	for _, m := range st.Models {
		if m.Loaded {
			l := web.Loaded{Name: m.Name, Bytes: m.Memory, VRAM: m.VRAM, Context: m.LoadedContext, Until: m.Expires, Where: m.Where}
			if m.Placement != nil {
				l.Next, l.Stay = m.Placement.NextStep, m.Placement.Stay
			}
			out.Loaded = append(out.Loaded, l)
		}
	}
	return out, nil
}

func webModel(m models.Model, use models.InUse) *web.Model {
	w := &web.Model{Name: m.Name, Quant: m.Quantization, Bytes: m.Size, Context: m.Context, Dims: m.Dims, Note: use.Note}
	if m.Speed != nil {
		w.Speed = m.Speed.Text
	}
	if m.Parameters > 0 {
		w.Parameters = parametersText(m.Parameters)
	}
	if use.Window > 0 {
		w.Context = use.Window
	}
	if use.Tiny && w.Note == "" {
		w.Note = "tiny: it makes things up, so answers are quotes unless you ask it to write"
	}
	return w
}

func parametersText(billions float64) string {
	if billions < 1 {
		return fmt.Sprintf("%.0fM", billions*1000)
	}
	return fmt.Sprintf("%.1fB", billions)
}

// Fetch sees to it that a model is installed and in use.
func (d daemon) Fetch(ctx context.Context, what string, pull bool) iter.Seq2[web.FetchStep, error] {
	return func(yield func(web.FetchStep, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		steps := make(chan web.FetchStep)
		done := make(chan error, 1)
		go func() {
			want := models.Want{Capability: models.Capability(what), AllowPull: pull}
			done <- d.a.models.Ensure(ctx, want, func(p models.Progress) {
				select {
				case steps <- webStep(p):
				case <-ctx.Done():
				}
			})
		}()
		finished := false
		defer func() {
			cancel()
			if !finished {
				<-done
			}
		}()
		for {
			select {
			case s := <-steps:
				if s.Stage != string(models.StageReady) && !yield(s, nil) {
					return
				}
			case err := <-done:
				finished = true
				if err != nil {
					yield(web.FetchStep{}, modelProblem(err))
					return
				}
				if err := d.a.useSpace(ctx); err != nil { // now, so that the next file is cut by its vocabulary
					yield(web.FetchStep{}, err)
					return
				}
				d.a.nudge()
				yield(web.FetchStep{Stage: string(models.StageReady)}, nil)
				return
			}
		}
	}
}

// modelProblem keeps what the models room says for the user.
func modelProblem(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &web.Problem{Status: http.StatusServiceUnavailable, Code: "model", Message: err.Error()}
}
