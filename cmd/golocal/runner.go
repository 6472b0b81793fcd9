package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golocal/ingest"
	"golocal/models"
	"golocal/web"
)

// counted is an ingest.Embedder that counts what is embedded for the index, so
// that "a rename costs no embedding" can be seen, and how fast that goes.
type counted struct {
	ingest.Embedder
	work *embedding
}

// embedding is what was embedded for the index since the start.
type embedding struct {
	texts atomic.Int64
	spent atomic.Int64 // nanoseconds
}

// perSecond is texts per second of work; 0 before there was enough to tell.
func (e *embedding) perSecond() float64 {
	texts, spent := e.texts.Load(), time.Duration(e.spent.Load())
	if texts < 8 || spent <= 0 {
		return 0
	}
	return float64(texts) / spent.Seconds()
}

func (c counted) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	began := time.Now()
	vectors, err := c.Embedder.Embed(ctx, texts)
	made := int64(0)
	for _, v := range vectors {
		if v != nil {
			made++
		}
	}
	c.work.texts.Add(made)
	if err == nil {
		c.work.spent.Add(int64(time.Since(began)))
	}
	return vectors, err
}

// models is the status of the models room, as the interface shows it.
func (d daemon) models(ctx context.Context) (web.Models, error) {
	st, err := d.a.models.Status(ctx)
	if err != nil {
		return web.Models{}, err
	}
	out := webModels(st, d.a.embedding.texts.Load()+d.a.built.embedding.texts.Load())
	if before := d.a.c.paths.readBefore(); before != "" && (out.Embedding == nil || before != out.Embedding.Name) {
		for _, m := range st.Models {
			if m.Name == before {
				out.Before = before
			}
		}
	}
	return out, nil
}

func webModels(st models.Status, embedded int64) web.Models {
	out := web.Models{
		Address: st.Runner.Address, Version: st.Runner.Version, Reason: st.Runner.Reason, Next: st.Runner.NextStep,
		Loaded: []web.Loaded{}, Embedded: embedded,
		Swaps: web.Swaps{Count: st.Swaps.Count, Seconds: st.Swaps.Seconds, Crashes: st.Swaps.Crashes, Text: st.Swaps.Text, Next: st.Swaps.NextStep},
	}
	if st.Runner.Kind != "none" {
		out.Runner = st.Runner.Kind
	}
	say := func(reason string) { out.Reason = strings.TrimPrefix(out.Reason+"; "+reason, "; ") }
	for _, note := range st.Runner.Notes {
		say(note)
	}
	for _, use := range []struct {
		models.InUse
		to *(*web.Model)
	}{{st.Embedding, &out.Embedding}, {st.Chat, &out.Chat}} {
		if use.Model == "" {
			if out.Runner != "" { // else its absence says it
				say(use.Reason)
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
	return out
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
