package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golocal"
	"golocal/ingest"
	"golocal/internal/remark"
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
		Address: st.Runner.Address, Version: st.Runner.Version, Reason: st.Runner.Reason, Next: st.Runner.NextStep, NextRemark: st.Runner.NextRemark,
		Loaded: []web.Loaded{}, Embedded: embedded,
		Swaps: web.Swaps{Count: st.Swaps.Count, Seconds: st.Swaps.Seconds, Crashes: st.Swaps.Crashes, Text: st.Swaps.Text, Next: st.Swaps.NextStep, Remark: st.Swaps.Remark, NextRemark: st.Swaps.NextRemark},
	}
	if st.Runner.Kind != "none" {
		out.Runner = st.Runner.Kind
	}
	if out.Reason != "" {
		out.Remarks = append(out.Remarks, st.Runner.Remark)
	}
	say := func(reason string, said golocal.Remark) {
		out.Reason = strings.TrimPrefix(out.Reason+"; "+reason, "; ")
		out.Remarks = append(out.Remarks, said)
	}
	for i, note := range st.Runner.Notes {
		say(note, st.Runner.Remarks[i])
	}
	for _, use := range []struct {
		models.InUse
		to *(*web.Model)
	}{{st.Embedding, &out.Embedding}, {st.Chat, &out.Chat}} {
		if use.Model == "" {
			if out.Runner != "" { // else its absence says it
				say(use.Reason, use.Remark)
			}
			if out.Next == "" {
				out.Next, out.NextRemark = use.NextStep, use.NextRemark
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
				l.Remark, l.NextRemark, l.StayRemark = m.Placement.Remark, m.Placement.NextRemark, m.Placement.StayRemark
			}
			out.Loaded = append(out.Loaded, l)
		}
	}
	return out
}

func webModel(m models.Model, use models.InUse) *web.Model {
	w := &web.Model{Name: m.Name, Quant: m.Quantization, Bytes: m.Size, Context: m.Context, Dims: m.Dims, Note: use.Note, NoteRemark: use.NoteRemark}
	if m.Speed != nil {
		w.Speed, w.SpeedRemark = m.Speed.Text, m.Speed.Remark
	}
	if m.Parameters > 0 {
		w.Parameters = parametersText(m.Parameters)
	}
	if use.Window > 0 {
		w.Context = use.Window
	}
	if use.Tiny && w.Note == "" {
		w.NoteRemark = remark.New(remark.TinyModel)
		w.Note = remark.Say("en", w.NoteRemark)
	}
	return w
}

func parametersText(billions float64) string {
	if billions < 1 {
		return fmt.Sprintf("%.0fM", billions*1000)
	}
	return fmt.Sprintf("%.1fB", billions)
}
