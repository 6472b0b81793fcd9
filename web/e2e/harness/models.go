package main

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"net/http"
	"time"

	"golocal/web"
)

// downloadSize is how large every download of the harness is, bytes; it comes
// with downloadPart at each step of four delays.
const (
	downloadSize = 100_000_000
	downloadPart = 10_000_000
)

// download is a pretended one: how far it is follows from the clock.
type download struct {
	web.Download
	from  int64 // bytes when it last began
	since time.Time
}

// shelves are the models that the harness holds at first.
func shelves() []web.Installed {
	return []web.Installed{
		{Name: "all-minilm:22m", Bytes: 45_960_996, Parameters: "22.7M", Quant: "F16", Context: 512, Dims: 384, Capability: "embedding", PromptSource: "golocal's table: MiniLM"},
		{Name: "gpt-oss:120b-cloud", Bytes: 384, Capability: "chat", Refused: "is a cloud model: it runs on its vendor's servers"},
		{Name: "hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0", Bytes: 146_146_432, Parameters: "137M", Quant: "Q8_0", Context: 2048, Dims: 768, Capability: "embedding", QueryPrefix: "search_query: ", DocumentPrefix: "search_document: ", PromptSource: "golocal's table: Nomic Embed"},
		{Name: "qwen3:4b", Bytes: 2_620_788_019, Parameters: "4.0B", Quant: "Q4_K_M", Context: 40960, Capability: "chat", Thinking: true, Template: true},
		{Name: "smollm2:135m", Bytes: 98_362_432, Parameters: "135M", Quant: "Q4_1", Context: 8192, Capability: "chat", Tiny: true, Template: true},
	}
}

// buildPassages is how many passages every index for another model has;
// buildPart of them are made in each delay times two.
const (
	buildPassages = 1284
	buildPart     = 32
)

// built is how far the index for another embedding model is; d.mu is held.
func (d *daemon) built() *web.Building {
	if d.building.IsZero() {
		return nil
	}
	done := int(time.Since(d.building)/(2*d.delay)) * buildPart
	if done >= buildPassages {
		d.building = time.Time{}
		return nil
	}
	left := float64(buildPassages-done) / buildPart * 2 * d.delay.Seconds()
	return &web.Building{Model: d.embedding, Meanwhile: d.before, Done: done, Total: buildPassages, Seconds: left,
		Text: fmt.Sprintf("building the index for %s: %d of %d passages; %s answers meanwhile", d.embedding, done, buildPassages, d.before)}
}

// move brings the downloads up to the clock; d.mu is held.
func (d *daemon) move() {
	for _, o := range d.downloads {
		if o.State != "running" {
			continue
		}
		step := 4 * d.delay
		o.Done = min(o.from+int64(time.Since(o.since)/step)*downloadPart, downloadSize)
		o.Rate = float64(downloadPart) / step.Seconds()
		o.ETA = float64(downloadSize-o.Done) / o.Rate
		if o.Done < downloadSize {
			continue
		}
		o.State, o.Rate, o.ETA, o.Notes = "done", 0, 0, nil
		if o.Name == "broken:1b" {
			o.State, o.Done, o.Reason = "failed", downloadSize/2, "the download broke off; start it again to continue"
			continue
		}
		d.shelf = append(d.shelf, web.Installed{Name: o.Name, Bytes: downloadSize, Parameters: "1.0B", Quant: "Q4_K_M", Context: 8192, Capability: "chat", Template: true})
		if d.chat == "" {
			d.chat = o.Name
		}
	}
}

func (d *daemon) list() []web.Download {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.move()
	var list []web.Download
	for _, o := range d.downloads {
		list = append(list, o.Download)
	}
	return list
}

func (d *daemon) Follow(ctx context.Context) iter.Seq2[[]web.Download, error] {
	return func(yield func([]web.Download, error) bool) {
		for yield(d.list(), nil) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
}

func (d *daemon) Start(_ context.Context, name, what string) (web.Download, error) {
	if name == "" {
		name = "qwen3:4b"
	}
	if name == "two words" {
		return web.Download{}, &web.Problem{Status: http.StatusBadRequest, Code: "model", Message: `"two words" is no model's name`, Next: "names look like qwen3:4b"}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	o := &download{Download: web.Download{Name: name, For: what, State: "running", Total: downloadSize, Notes: []string{name + ": 100 MB from Ollama's registry"}}, since: time.Now()}
	d.downloads = append(d.downloads, o)
	return o.Download, nil
}

func (d *daemon) Steer(_ context.Context, name string, order web.Order) (web.Download, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.move()
	for i, o := range d.downloads {
		if o.Name != name {
			continue
		}
		switch order {
		case web.Pause:
			o.State, o.Rate, o.ETA = "paused", 0, 0
		case web.Resume:
			o.State, o.Reason, o.from, o.since = "running", "", o.Done, time.Now()
		case web.Cancel:
			d.downloads = append(d.downloads[:i:i], d.downloads[i+1:]...)
			o.State = "cancelled"
		}
		return o.Download, nil
	}
	return web.Download{}, fmt.Errorf("model %s: %w", name, fs.ErrNotExist)
}

// models is the daemon as web.Shelf and web.Chooser: its Remove is another than
// that of web.Folders.
type models struct{ *daemon }

func (d models) Installed(context.Context) ([]web.Installed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []web.Installed
	for _, m := range d.shelf {
		switch m.Name {
		case d.embedding:
			m.Use = "embedding"
		case d.chat:
			m.Use = "chat"
		}
		if m.Loaded = m.Use != "" && !d.unloaded[m.Name]; m.Loaded {
			m.Where = "CPU"
		}
		list = append(list, m)
	}
	return list, nil
}

func (d models) Remove(_ context.Context, name string, _ bool) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, m := range d.shelf {
		if m.Name == name {
			d.shelf = append(d.shelf[:i:i], d.shelf[i+1:]...)
			return m.Bytes, nil
		}
	}
	return 0, fmt.Errorf("model %s: %w", name, fs.ErrNotExist)
}

func (d models) Import(context.Context, string, string) iter.Seq2[web.FetchStep, error] {
	return func(yield func(web.FetchStep, error) bool) { yield(web.FetchStep{Stage: "ready"}, nil) }
}

func (d models) Switch(_ context.Context, name, what string) (web.Switch, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := web.Switch{Name: name, For: what, Before: d.chat}
	if what == "embedding" {
		s.Before = d.embedding
		s.Passages, s.Seconds = buildPassages, 95
		if d.before != "" && !d.building.IsZero() {
			s.Stops, s.Meanwhile = d.embedding, d.before
		} else {
			s.Meanwhile = d.embedding
		}
		if name == d.before {
			s.Passages = 0
		}
	}
	return s, nil
}

func (d models) Use(ctx context.Context, name, what string) (web.Switch, error) {
	s, err := d.Switch(ctx, name, what)
	d.mu.Lock()
	defer d.mu.Unlock()
	if what == "embedding" {
		switch {
		case name == d.before && !d.building.IsZero(): // given up
			d.before, d.building = "", time.Time{}
		case s.Passages > 0:
			d.before, d.building = d.embedding, time.Now()
		}
		d.embedding = name
	} else {
		d.chat = name
	}
	return s, err
}

func (d models) Unload(_ context.Context, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.unloaded[name] = true
	return nil
}

// job is the model that does one; d.mu is held.
func (d *daemon) job(name string) *web.Model {
	for _, m := range d.shelf {
		if m.Name == name {
			return &web.Model{Name: m.Name, Parameters: m.Parameters, Quant: m.Quant, Bytes: m.Bytes, Context: m.Context, Dims: m.Dims}
		}
	}
	return nil
}

// loaded are the models in memory; d.mu is held.
func (d *daemon) loaded() []web.Loaded {
	var out []web.Loaded
	for _, m := range d.shelf {
		if m.Name != d.embedding && m.Name != d.chat || d.unloaded[m.Name] {
			continue
		}
		l := web.Loaded{Name: m.Name, Bytes: m.Bytes + 11_000_000, Context: m.Context, Where: "CPU only: no supported GPU found", Stay: "unloads in 12 min"}
		if m.Name == "qwen3:4b" {
			l.Bytes, l.VRAM, l.Context = 3_100_000_000, 1_500_000_000, 8192
			l.Where, l.Stay, l.Next = "48 % GPU: 1.5 of 3.1 GB", "stays", "1.6 GB do not fit into GPU memory: a smaller context or quantisation would fit"
		}
		out = append(out, l)
	}
	return out
}
