package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"golocal/eval"
	"golocal/web"
)

const (
	growthStep = 2 * time.Second  // between two looks while files are worked on
	growthSave = 30 * time.Second // between two writes to the disk
	growthMost = 480              // points; above, the older half is thinned
)

// growth is how the index came to be what it is. It costs one count of the index
// per look, and none while nothing is worked on.
type growth struct {
	file string

	mu      sync.Mutex // guards the rest
	points  []web.Grown
	saved   int       // points that are on the disk as they are; -1 where older ones have changed
	last    time.Time // of the last look at which something was worked on; zero after a quiet one
	read    int64     // files worked on, as of the last look
	stirred bool      // the index has become another by other means
}

// openGrowth reads what is known from before. A file that cannot be read is
// begun anew: it is no more than a picture.
func openGrowth(run string) *growth {
	g := &growth{file: filepath.Join(run, "growth.json")}
	g.points, _ = eval.Load[[]web.Grown](g.file)
	g.saved = len(g.points)
	return g
}

// grow looks again and again until ctx ends.
func (a *app) grow(ctx context.Context) error {
	tick := time.NewTicker(growthStep)
	defer tick.Stop()
	save := time.NewTicker(growthSave)
	defer save.Stop()
	keep := func() {
		if err := a.growth.save(); err != nil {
			a.c.log.Warn("growth of the index not kept", "err", err)
		}
	}
	defer keep()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-save.C:
			keep()
		case now := <-tick.C:
			if !a.growth.due(a.finished.Load(), a.working.Load() > 0) {
				continue
			}
			stats, err := a.index.Stats(ctx)
			if err != nil {
				continue // the next look may do better
			}
			documents := 0
			for _, n := range stats.Documents {
				documents += n
			}
			a.growth.note(now, documents, stats.Chunks, a.finished.Load())
		}
	}
}

// due tells whether something was worked on since the last look.
func (g *growth) due(finished int64, working bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if finished != g.read || working || g.stirred {
		g.stirred = false
		return true
	}
	g.last = time.Time{}
	return false
}

// stir says that the index has become another though no file was worked on.
func (g *growth) stir() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stirred = true
}

// note adds a point. A first one after rest tells what was there, so that a
// line drawn through the points is level over the rest.
func (g *growth) note(now time.Time, documents, passages int, finished int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	p := web.Grown{At: now.UTC(), Documents: documents, Passages: passages, Read: int(finished - g.read), Seconds: growthStep.Seconds()}
	if !g.last.IsZero() {
		p.Seconds = now.Sub(g.last).Seconds()
	}
	g.last, g.read = now, finished
	if n := len(g.points); n > 0 && p.Read == 0 {
		if before := g.points[n-1]; before.Documents == documents && before.Passages == passages {
			g.points[n-1].Seconds += p.Seconds // a large file takes its time
			g.saved = min(g.saved, n-1)
			return
		}
	}
	g.points = append(g.points, p)
	if len(g.points) > growthMost {
		g.points = thinned(g.points)
		g.saved = -1
	}
}

// thinned makes one of each two neighbours in the older half.
func thinned(points []web.Grown) []web.Grown {
	half := len(points) / 2
	out := make([]web.Grown, 0, len(points)-half/2)
	for i := 0; i < half; i++ {
		p := points[i]
		if i+1 < half {
			next := points[i+1]
			p = web.Grown{At: next.At, Documents: next.Documents, Passages: next.Passages, Read: p.Read + next.Read, Seconds: p.Seconds + next.Seconds}
			i++
		}
		out = append(out, p)
	}
	return append(out, points[half:]...)
}

// save writes the points where there are new ones.
func (g *growth) save() error {
	g.mu.Lock()
	points, same := append([]web.Grown(nil), g.points...), g.saved == len(g.points)
	g.mu.Unlock()
	if same {
		return nil
	}
	if err := eval.Save(g.file, points); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // golocal's folder is being removed
		}
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.points) == len(points) {
		g.saved = len(points)
	}
	return nil
}

// all are the points, oldest first.
func (g *growth) all() []web.Grown {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]web.Grown{}, g.points...)
}

// pace is passages a second of work over the last day on which some came; 0
// before there was enough to tell.
func (g *growth) pace() float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	passages, seconds := 0, 0.0
	for i := len(g.points) - 1; i > 0; i-- {
		if g.points[len(g.points)-1].At.Sub(g.points[i].At) > 24*time.Hour {
			break
		}
		if more := g.points[i].Passages - g.points[i-1].Passages; more > 0 {
			passages += more
			seconds += g.points[i].Seconds
		}
	}
	if passages < 50 || seconds <= 0 {
		return 0
	}
	return float64(passages) / seconds
}

// chronicler is the app as web.Chronicler.
type chronicler struct{ a *app }

func (c chronicler) Growth(context.Context) ([]web.Grown, error) { return c.a.growth.all(), nil }

func (c chronicler) Samples(ctx context.Context) ([]web.Sample, error) {
	return c.a.samples.list(ctx, c.a)
}
