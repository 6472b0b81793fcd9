package models

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// GPU is a graphics processor of this machine.
type GPU struct {
	Name     string `json:"name"`
	Memory   int64  `json:"memory,omitempty"`    // bytes that models may take; 0 when unknown
	Free     int64  `json:"free,omitempty"`      // bytes of it that nobody uses now; 0 when unknown
	Driver   string `json:"driver,omitempty"`    // its version
	Note     string `json:"note,omitempty"`      // what limits it, or by which rule Memory is told
	Problem  string `json:"problem,omitempty"`   // why Ollama cannot use it, one line
	NextStep string `json:"next_step,omitempty"` // what to do about the problem

	problem, next golocal.Remark // Problem and NextStep
}

func (g GPU) String() string { return remark.Say("en", g.Remark()) }

// Remark is the device with its facts, in all languages.
func (g GPU) Remark() golocal.Remark {
	var facts []golocal.Remark
	if g.Memory > 0 {
		facts = append(facts, remark.New(remark.GPUMemory, g.Memory))
	}
	if g.Free > 0 {
		facts = append(facts, remark.New(remark.GPUFree, g.Free))
	}
	if g.Driver != "" {
		facts = append(facts, remark.New(remark.GPUDriver, g.Driver))
	}
	if len(facts) == 0 {
		return remark.New(remark.GPUNamed, g.Name)
	}
	return remark.New(remark.GPUWithFacts, g.Name, facts)
}

// ail sets why Ollama cannot use a device; next may be "".
func (g *GPU) ail(problem golocal.Remark, next remark.Code) {
	g.problem, g.Problem = problem, remark.Say("en", problem)
	if next != "" {
		g.next = remark.New(next)
		g.NextStep = remark.Say("en", g.next)
	}
}

// GPUs is what can be told about this machine's graphics processors.
type GPUs struct {
	Devices []GPU  `json:"devices"`          // those that Ollama can use come first
	Reason  string `json:"reason,omitempty"` // why facts are missing, one line
	// Shared says that GPU and processor share one memory, as on a Mac with
	// Apple silicon: what a model takes of one is gone from the other.
	Shared bool `json:"shared,omitempty"`

	reason golocal.Remark // Reason
}

// Usable are the devices that Ollama can compute on.
func (g GPUs) Usable() []GPU {
	var out []GPU
	for _, d := range g.Devices {
		if d.Problem == "" {
			out = append(out, d)
		}
	}
	return out
}

// Memory is what models may take of all usable devices together, in bytes.
func (g GPUs) Memory() int64 {
	var n int64
	for _, d := range g.Usable() {
		n += d.Memory
	}
	return n
}

// Text is one line for people: the usable devices, else why there are none.
func (g GPUs) Text() string { return remark.Say("en", g.Remark()) }

// Remark is Text in all languages.
func (g GPUs) Remark() golocal.Remark {
	var list []golocal.Remark
	for _, d := range g.Usable() {
		list = append(list, d.Remark())
	}
	if len(list) > 0 {
		return remark.New(remark.GPUList, list)
	}
	for _, d := range g.Devices {
		list = append(list, remark.New(remark.GPUUnusable, d.Name, d.problem))
	}
	if len(list) == 0 && g.Reason != "" {
		list = append(list, g.reason)
	}
	if len(list) == 0 {
		return remark.New(remark.GPUNone)
	}
	return remark.New(remark.GPUNoneAs, list)
}

// NextRemark is what to do about a device that is there and cannot be used; the
// zero Remark where there is nothing to do.
func (g GPUs) NextRemark() golocal.Remark {
	for _, d := range g.Devices {
		if d.NextStep != "" {
			return d.next
		}
	}
	return golocal.Remark{}
}

// NextStep is NextRemark in English.
func (g GPUs) NextStep() string { return remark.Say("en", g.NextRemark()) }

// The vendors of display adapters, as PCI numbers them.
const (
	vendorAMD    = "0x1002"
	vendorNVIDIA = "0x10de"
	vendorIntel  = "0x8086"
)

// leastAMD is the memory under which an AMD device is part of a processor and
// passed over by Ollama.
const leastAMD = 1 << 30

// card is a display adapter as Linux shows it.
type card struct {
	vendor, device, name string
	total, used          int64 // bytes of its memory; 0 when the driver does not tell
}

// joinGPUs puts together what nvidia-smi said, why it said nothing, and the
// display adapters of the system.
func joinGPUs(nvidia []GPU, reason golocal.Remark, cards []card) GPUs {
	g := GPUs{Devices: slices.Clone(nvidia), Reason: remark.Say("en", reason), reason: reason}
	for _, c := range cards {
		d := GPU{Name: c.name, Memory: c.total}
		if c.total > 0 && c.used >= 0 && c.used < c.total {
			d.Free = c.total - c.used
		}
		switch c.vendor {
		case vendorNVIDIA:
			if len(nvidia) > 0 {
				continue // told already
			}
			d.Name = cmp.Or(d.Name, "NVIDIA GPU")
			why := remark.New(remark.GPUSilentAs, reason)
			if reason.Code == "" {
				why = remark.New(remark.GPUNoTool)
			}
			d.ail(why, remark.GPUInstall)
		case vendorAMD:
			d.Name = cmp.Or(d.Name, "AMD GPU "+c.device)
			switch {
			case c.total == 0:
				d.ail(remark.New(remark.GPUNoDriver), remark.GPULoadDriver)
			case c.total < leastAMD:
				d.ail(remark.New(remark.GPUPartOf, c.total), "")
			default:
				d.Note = "Ollama's log tells whether its ROCm knows this kind"
			}
		case vendorIntel:
			d.Name = cmp.Or(d.Name, "Intel graphics")
			d.ail(remark.New(remark.GPUUnsupported), "")
		default:
			d.Name = cmp.Or(d.Name, "display adapter "+c.vendor)
			d.ail(remark.New(remark.GPUUnsupported), "")
		}
		g.Devices = append(g.Devices, d)
	}
	usable := g.Usable()
	g.Devices = append(usable, slices.DeleteFunc(g.Devices, func(d GPU) bool { return d.Problem == "" })...)
	if len(usable) > 0 {
		g.Reason, g.reason = "", golocal.Remark{}
	}
	return g
}

// appleGPU is the GPU of a Mac with Apple silicon: Metal lets it take two
// thirds of the memory up to 36 GiB, three quarters above
// (recommendedMaxWorkingSetSize as measured by users; Ollama goes by the same).
func appleGPU(memory int64) GPU {
	g := GPU{Name: "Apple silicon (Metal)"}
	switch {
	case memory <= 0:
	case memory <= 36<<30:
		g.Memory, g.Note = memory/3*2, "Metal may take about two thirds of this machine's memory"
	default:
		g.Memory, g.Note = memory/4*3, "Metal may take about three quarters of this machine's memory"
	}
	return g
}

// gpuWatch asks for the GPUs, and for some time not again: nvidia-smi wakes the
// card up, and one that hangs takes seconds.
type gpuWatch struct {
	find  func(context.Context) GPUs
	mu    sync.Mutex // held while it asks; guards the fields below
	known *GPUs
	at    time.Time
}

// gpusStale is how long an answer counts as known.
const gpusStale = time.Minute

func (w *gpuWatch) look(ctx context.Context) GPUs {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.known == nil || time.Since(w.at) > gpusStale {
		g := w.find(ctx)
		if ctx.Err() != nil {
			return g // it was not given its time
		}
		w.known, w.at = &g, time.Now()
	}
	return *w.known
}

// last is what was found before, nil when nobody has looked or somebody does.
func (w *gpuWatch) last() *GPUs {
	if !w.mu.TryLock() {
		return nil
	}
	defer w.mu.Unlock()
	return w.known
}

// GPUs tells the graphics processors of this machine, as of the last minute. A
// driver that does not answer is a reason in it, after seconds at most.
func (m *Models) GPUs(ctx context.Context) GPUs { return m.gpus.look(ctx) }
