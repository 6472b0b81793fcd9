package models

import (
	"context"
	"strings"
	"testing"
	"time"

	"golocal/internal/fakeollama"
	"golocal/internal/remark"
)

func TestPlace(t *testing.T) {
	const gb = 1_000_000_000
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	// Llama 3.1 8B: 32 layers of 8 heads of 128 numbers are 131,072 bytes a token.
	llama := Model{Name: "llama3.1:8b", Size: 4_920_000_000, Parameters: 8.03, Quantization: "Q4_K_M", kvBytes: 131072, LoadedContext: 8192, Expires: now.Add(12 * time.Minute)}
	with := func(m Model, memory, vram int64) Model {
		m.Memory, m.VRAM = memory, vram
		return m
	}
	unknown := Model{Name: "other", LoadedContext: 4096}
	eight := llama
	eight.Quantization, eight.Size, eight.LoadedContext = "Q8_0", 8_540_000_000, 2048
	rtx := &GPUs{Devices: []GPU{{Name: "NVIDIA RTX 4070", Memory: 12 * gb, Free: 11 * gb, Driver: "550.54"}}}
	full := &GPUs{Devices: []GPU{{Name: "NVIDIA RTX 4070", Memory: 12 * gb, Free: gb / 2}}}
	broken := &GPUs{Devices: []GPU{{Name: "NVIDIA GPU"}}}
	broken.Devices[0].ail(remark.New(remark.GPUNoTool), remark.GPUInstall)
	intel := &GPUs{Devices: []GPU{{Name: "Intel graphics"}}}
	intel.Devices[0].ail(remark.New(remark.GPUUnsupported), "")
	for _, row := range []struct {
		name    string
		model   Model
		set     setting
		text    string
		next    []string // pieces; none means no next step
		context int
		quant   string
	}{
		{"whole", with(llama, 6.4*gb, 6.4*gb), setting{}, "100 % GPU", nil, 0, ""},
		{"more than whole", with(llama, 6.4*gb, 6.5*gb), setting{}, "100 % GPU", nil, 0, ""},
		// 400 MB are 3,052 tokens: 5,140 remain, of which 5,120 are whole steps.
		{"a smaller context", with(llama, 6.4*gb, 6*gb), setting{}, "94 % GPU: 6.0 of 6.4 GB", []string{"400 MB", "5120 tokens instead of 8192"}, 5120, ""},
		// 800 MB of 8,192 tokens' 1.07 GB would leave 2,088 tokens.
		{"the smallest context", with(llama, 6.4*gb, 5.6*gb), setting{}, "88 % GPU: 5.6 of 6.4 GB", []string{"2048 tokens"}, 2048, ""},
		// 900 MB less leave 1,325 tokens; 4.02 GB of weights are a Q3_K_M's 4.01.
		{"a coarser quantisation", with(llama, 6.4*gb, 5.5*gb), setting{}, "86 % GPU: 5.5 of 6.4 GB", []string{"900 MB", "Q3_K_M", "4.0 GB instead of 4.9 GB"}, 0, "Q3_K_M"},
		{"the finest that fits", with(eight, 9.5*gb, 7.8*gb), setting{}, "82 % GPU: 7.8 of 9.5 GB", []string{"Q6_K", "6.6 GB instead of 8.5 GB"}, 0, "Q6_K"},
		{"a smaller model", with(llama, 6.4*gb, 3.1*gb), setting{}, "48 % GPU: 3.1 of 6.4 GB", []string{"3.3 GB", "at most 1.6 GB", "golocal models suggest"}, 0, ""},
		{"nothing known of the model", with(unknown, 2*gb, gb), setting{}, "50 % GPU: 1.0 of 2.0 GB", []string{"1.0 GB", "golocal models suggest"}, 0, ""},
		{"others hold the memory", with(llama, 6.4*gb, 6*gb), setting{others: gb}, "94 % GPU: 6.0 of 6.4 GB", []string{"other programs hold 1.0 GB", "5120"}, 5120, ""},
		{"never 100 or 0", with(llama, 46e6, 46e6-1), setting{}, "99 % GPU: 46 of 46 MB", []string{"1 MB"}, 7168, ""},
		{"a sliver", with(unknown, 46e6, 1), setting{}, "1 % GPU: 0 of 46 MB", []string{"46 MB"}, 0, ""},
		{"nobody has looked", with(llama, 6.4*gb, 0), setting{}, "CPU only", nil, 0, ""},
		{"no GPU", with(llama, 6.4*gb, 0), setting{gpus: &GPUs{}}, "CPU only: no supported GPU found", nil, 0, ""},
		{"Intel", with(llama, 6.4*gb, 0), setting{gpus: intel}, "CPU only: no supported GPU found (Intel graphics: not supported by Ollama)", nil, 0, ""},
		{"no driver", with(llama, 6.4*gb, 0), setting{gpus: broken}, "CPU only: no supported GPU found (NVIDIA GPU: nvidia-smi, which comes with its driver, is not installed)", []string{"install NVIDIA's driver"}, 0, ""},
		{"unused", with(llama, 6.4*gb, 0), setting{gpus: rtx}, "CPU only: Ollama does not use the GPU, NVIDIA RTX 4070 (12.0 GB, 11.0 GB free, driver 550.54)", []string{"restart Ollama", "ollama ps", "driver"}, 0, ""},
		{"taken", with(llama, 6.4*gb, 0), setting{gpus: full}, "CPU only: Ollama does not use the GPU, NVIDIA RTX 4070 (12.0 GB, 500 MB free)", []string{"500 MB of 12.0 GB are free", "close"}, 0, ""},
		{"kept off", with(llama, 6.4*gb, 0), setting{gpus: rtx, noGPU: true}, "CPU only: num-gpu is 0 in the configuration", []string{"config.yaml"}, 0, ""},
		{"engine", with(llama, 6.4*gb, 0), setting{engine: true, gpus: &GPUs{}}, "CPU only: the built-in engine computes on the processor", nil, 0, ""},
		{"engine beside a GPU", with(llama, 6.4*gb, 0), setting{engine: true, gpus: rtx}, "CPU only: the built-in engine computes on the processor", []string{"Ollama would use this machine's GPU", "RTX 4070"}, 0, ""},
	} {
		row.set.now = now
		p := place(row.model, row.set)
		if p.Text != row.text || p.FitsContext != row.context || p.FitsQuantization != row.quant {
			t.Errorf("%s: %q, context %d, quantisation %q; want %q, %d, %q", row.name, p.Text, p.FitsContext, p.FitsQuantization, row.text, row.context, row.quant)
		}
		if (p.NextStep == "") != (row.next == nil) {
			t.Errorf("%s: next step %q", row.name, p.NextStep)
		}
		for _, piece := range row.next {
			if !strings.Contains(p.NextStep, piece) {
				t.Errorf("%s: next step %q lacks %q", row.name, p.NextStep, piece)
			}
		}
		if p.Share > 0 && p.Share < 1 && p.Missing != row.model.Memory-row.model.VRAM {
			t.Errorf("%s: %d bytes missing", row.name, p.Missing)
		}
	}
}

func TestStay(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		expires time.Time
		want    string
	}{
		{time.Time{}, ""}, {now.Add(-time.Second), "unloads now"}, {now.Add(40 * time.Second), "unloads in 40 s"},
		{now.Add(12 * time.Minute), "unloads in 12 min"}, {now.Add(5 * time.Hour), "unloads in 5 h"}, {now.AddDate(292, 0, 0), "stays"},
	} {
		if got := remark.Say("en", stay(row.expires, now)); got != row.want {
			t.Errorf("%v: %q, want %q", row.expires.Sub(now), got, row.want)
		}
	}
}

func TestStatus_PlacesWhatIsLoaded(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	looked := 0
	m.gpus.find = func(context.Context) GPUs {
		looked++
		return GPUs{Devices: []GPU{{Name: "NVIDIA RTX 4070", Memory: 12 << 30}}}
	}
	if _, err := m.Status(t.Context()); err != nil || looked != 0 {
		t.Fatalf("with nothing loaded the GPUs were looked at %d times, %v", looked, err)
	}
	if _, err := m.EmbedQuery(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		share      float64
		text, next string
	}{{1, "100 % GPU", ""}, {.48, "48 % GPU: ", "would fit"}, {0, "CPU only: Ollama does not use the GPU", "restart Ollama"}} {
		fake.Set(func(b *fakeollama.Behaviour) { b.GPU = row.share })
		s, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p := s.Models[0].Placement
		if p == nil || !strings.HasPrefix(p.Text, row.text) || !strings.Contains(p.NextStep, row.next) || s.Models[0].Where != p.Text || p.Stay != "unloads in 15 min" {
			t.Errorf("share %.2f: %+v", row.share, p)
		}
	}
	if looked != 1 {
		t.Errorf("the GPUs were looked at %d times within a minute", looked)
	}
}
