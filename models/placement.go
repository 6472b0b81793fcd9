package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Placement tells where a loaded model computes, and what would make it faster.
type Placement struct {
	Text             string         `json:"text"`                        // "100 % GPU", "48 % GPU: 3.1 of 6.4 GB", "CPU only: no supported GPU found"
	Share            float64        `json:"gpu_share"`                   // of the model in GPU memory, 0 to 1
	Missing          int64          `json:"missing,omitempty"`           // bytes of it that are not in GPU memory while others are
	FitsContext      int            `json:"fits_context,omitempty"`      // tokens with which all of it would be
	FitsQuantization string         `json:"fits_quantization,omitempty"` // else the finest quantisation with which it would
	FitsSize         int64          `json:"fits_size,omitempty"`         // about the bytes of its weights then, or the most that any model's may have
	NextStep         string         `json:"next_step,omitempty"`
	Stay             string         `json:"stay,omitempty"`  // "unloads in 12 min", "stays"
	Remark           golocal.Remark `json:"remark,omitzero"` // Text
	NextRemark       golocal.Remark `json:"next_remark,omitzero"`
	StayRemark       golocal.Remark `json:"stay_remark,omitzero"`
}

// setting is what a placement depends on besides the model.
type setting struct {
	engine bool  // golocal's own engine runs it
	gpus   *GPUs // of the machine that runs it; nil when nobody has looked
	noGPU  bool  // the configuration keeps all layers off the GPU
	others int64 // GPU memory that other programs hold, bytes; 0 when unknown
	now    time.Time
}

// place judges a loaded model by what the runner says of it.
func place(m Model, s setting) Placement {
	var p Placement
	p.StayRemark = stay(m.Expires, s.now)
	switch {
	case m.VRAM <= 0 || m.Memory <= 0:
		p.onCPU(s)
	case m.VRAM >= m.Memory:
		p.Remark, p.Share = remark.New(remark.WhereGPU), 1
	default:
		p.partly(m, s)
	}
	p.Text, p.NextStep, p.Stay = remark.Say("en", p.Remark), remark.Say("en", p.NextRemark), remark.Say("en", p.StayRemark)
	return p
}

// placeAll judges the loaded models. The GPUs are looked at only where one is
// not wholly in GPU memory.
func (m *Models) placeAll(ctx context.Context, c *connection, models []Model) {
	s := setting{engine: c.kind == "engine", noGPU: m.o.NumGPU != nil && *m.o.NumGPU == 0, now: time.Now()}
	var held int64
	for _, model := range models {
		held += model.VRAM
		if model.Loaded && (model.VRAM <= 0 || model.VRAM < model.Memory) && c.at.local && s.gpus == nil {
			g := m.GPUs(ctx)
			s.gpus = &g
		}
	}
	if s.gpus != nil && len(s.gpus.Usable()) == 1 && !s.gpus.Shared {
		if g := s.gpus.Usable()[0]; g.Free > 0 {
			s.others = max(g.Memory-g.Free-held, 0)
		}
	}
	for i := range models {
		if models[i].Loaded {
			p := place(models[i], s)
			models[i].Placement, models[i].Where = &p, p.Text
		}
	}
}

// whereNow is the placement of a model that has just answered, by what is known
// without looking further; the zero Placement when the runner does not tell at once.
func (m *Models) whereNow(ctx context.Context, model Model) Placement {
	m.mu.Lock()
	c := m.conn
	m.mu.Unlock()
	if c == nil {
		return Placement{}
	}
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	loaded, err := m.running(ctx, c)
	if err != nil {
		return Placement{}
	}
	one := []Model{model}
	markLoaded(one, loaded.Models)
	if !one[0].Loaded {
		return Placement{}
	}
	s := setting{engine: c.kind == "engine", noGPU: m.o.NumGPU != nil && *m.o.NumGPU == 0, now: time.Now()}
	if c.at.local {
		s.gpus = m.gpus.last()
	}
	return place(one[0], s)
}

// partly fills in a placement of which the GPU holds a part: the rest is what
// makes it slow.
func (p *Placement) partly(m Model, s setting) {
	p.Share = float64(m.VRAM) / float64(m.Memory)
	p.Missing = m.Memory - m.VRAM
	percent := min(max(int(p.Share*100+0.5), 1), 99)
	if m.Memory < 1e9 {
		p.Remark = remark.New(remark.WherePartlyMB, percent, fmt.Sprintf("%.0f", float64(m.VRAM)/1e6), fmt.Sprintf("%.0f", float64(m.Memory)/1e6))
	} else {
		p.Remark = remark.New(remark.WherePartlyGB, percent, fmt.Sprintf("%.1f", float64(m.VRAM)/1e9), fmt.Sprintf("%.1f", float64(m.Memory)/1e9))
	}
	var fits golocal.Remark
	switch {
	case p.smallerContext(m):
		fits = remark.New(remark.FitsContext, p.FitsContext, m.LoadedContext)
	case p.smallerWeights(m):
		fits = remark.New(remark.FitsWeights, p.FitsQuantization, bits(p.FitsQuantization), p.FitsSize, m.Size)
	case p.FitsSize > 0:
		fits = remark.New(remark.FitsModel, p.FitsSize)
	default:
		fits = remark.New(remark.FitsSmaller)
	}
	p.NextRemark = remark.New(remark.Missing, p.Missing, fits)
	if s.others >= p.Missing {
		p.NextRemark = remark.New(remark.MissingOthers, p.Missing, s.others, fits)
	}
}

// leastContext is the smallest context worth proposing: question, passages and
// answer need about so many tokens.
const leastContext = 2048

// smallerContext computes the context that would fit whole.
func (p *Placement) smallerContext(m Model) bool {
	if m.kvBytes <= 0 || m.LoadedContext <= 0 {
		return false
	}
	tokens := m.LoadedContext - int((p.Missing+m.kvBytes-1)/m.kvBytes)
	tokens = tokens / 1024 * 1024
	if tokens < leastContext {
		return false
	}
	p.FitsContext = tokens
	return true
}

// quantizations are what a parameter takes in bits, finest first, as
// llama.cpp's quantize tool measures them on Llama 3.1 8B. Coarser ones than
// these harm the answers more than a smaller model would.
var quantizations = []struct {
	name string
	bits float64
}{
	{"Q8_0", 8.5}, {"Q6_K", 6.56}, {"Q5_K_M", 5.7}, {"Q4_K_M", 4.89}, {"Q3_K_M", 4.0},
}

func bits(quantization string) string {
	for _, q := range quantizations {
		if q.name == quantization {
			return fmt.Sprintf("%.1f", q.bits)
		}
	}
	return ""
}

// smallerWeights finds the quantisation whose weights would fit with the
// context as it is; without one FitsSize is what a smaller model may weigh.
func (p *Placement) smallerWeights(m Model) bool {
	room := m.Size - p.Missing
	if room <= 0 || m.Size <= 0 {
		return false
	}
	p.FitsSize = room
	for _, q := range quantizations {
		size := int64(m.Parameters * 1e9 * q.bits / 8)
		if size > 0 && size <= room && !strings.EqualFold(q.name, m.Quantization) {
			p.FitsQuantization, p.FitsSize = q.name, size
			return true
		}
	}
	return false
}

// onCPU says why no GPU computes.
func (p *Placement) onCPU(s setting) {
	p.Remark = remark.New(remark.WhereCPU)
	if s.engine {
		p.Remark = remark.New(remark.WhereEngine)
		if s.gpus != nil && len(s.gpus.Usable()) > 0 {
			p.NextRemark = remark.New(remark.OllamaWouldUse, s.gpus.Usable()[0].Remark())
		}
		return
	}
	if s.noGPU {
		p.Remark, p.NextRemark = remark.New(remark.WhereNoGPU), remark.New(remark.TakeNumGPU)
		return
	}
	if s.gpus == nil {
		return
	}
	usable := s.gpus.Usable()
	if len(usable) == 0 {
		p.Remark = remark.New(remark.WhereNoneUsable, s.gpus.Remark())
		p.NextRemark = s.gpus.NextRemark()
		return
	}
	g := usable[0]
	p.Remark = remark.New(remark.WhereIdle, g.Remark())
	if g.Free > 0 && g.Free < g.Memory/10 {
		p.NextRemark = remark.New(remark.MemoryTaken, g.Free, g.Memory)
		return
	}
	p.NextRemark = remark.New(remark.RestartForGPU)
}

// stay tells how long the runner keeps a model.
func stay(expires, now time.Time) golocal.Remark {
	left := expires.Sub(now)
	switch {
	case expires.IsZero():
		return golocal.Remark{}
	case left > 365*24*time.Hour:
		return remark.New(remark.Stays)
	case left < 0:
		return remark.New(remark.UnloadsNow)
	case left < 90*time.Second:
		return remark.New(remark.UnloadsSeconds, int(left.Seconds()+0.5))
	case left < 2*time.Hour:
		return remark.New(remark.UnloadsMinutes, int(left.Minutes()+0.5))
	}
	return remark.New(remark.UnloadsHours, int(left.Hours()+0.5))
}
