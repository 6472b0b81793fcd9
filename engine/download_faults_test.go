package engine

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"

	"golocal/internal/registrystub"
)

func TestDownload_AsksABusyRegistryLater(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Status: http.StatusTooManyRequests, Times: 1, RetryAfter: "1"})
	began := time.Now()
	if err := g.pullParts(t, h); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(began); d < time.Second {
		t.Errorf("asked again after %v", d)
	}
	g.intact(t, h)
	for header, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-3": 0, "soon": 0, "86400": longestPause} {
		if got := later(&http.Response{Header: http.Header{"Retry-After": {header}}}).pause; got != want {
			t.Errorf("Retry-After %q is %v", header, got)
		}
	}
}

func TestDownload_RefusalsAreFinal(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.fault(registrystub.Faults{Status: status})
		err := g.pullParts(t, h)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(status)) {
			t.Errorf("%d: %v", status, err)
		}
		if n := len(g.asked()); n > connections {
			t.Errorf("%d: asked %d times", status, n)
		}
	}
}

func TestDownload_GivesUpConnectionsThatStall(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Stalls: 3, StallAfter: 100})
	p := g.inParts(t, h, quietly)
	p.stall = 50 * time.Millisecond
	if err := p.pull(t.Context(), names.ParseName("tiny")); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	// Without end it is the reason.
	g, h = newRegistry(t, tinyConfig), nil
	h = g.harness(t)
	g.fault(registrystub.Faults{Stalls: 1000})
	p = g.inParts(t, h, quietly)
	p.stall = 10 * time.Millisecond
	if err := p.pull(t.Context(), names.ParseName("tiny")); err == nil || !strings.Contains(err.Error(), "no data for 10ms") {
		t.Errorf("%v", err)
	}
}

// Transfers that are cut, stalled, refused and given up at random end with the
// right bytes, and those that a record names are right at every moment.
func TestDownload_RandomFaultsEndWithTheRightBytes(t *testing.T) {
	rounds := uint64(12)
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 300
	}
	for seed := range rounds {
		rng := rand.New(rand.NewPCG(seed, 2))
		g := newRegistry(t, tinyConfig, 1+rng.IntN(300<<10))
		h := g.harness(t)
		var mu sync.Mutex
		g.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			var f registrystub.Faults
			switch after := rng.Int64N(testPart); rng.IntN(12) {
			case 0, 1, 2, 3:
				f = registrystub.Faults{Cuts: 1, CutAfter: after}
			case 4:
				f = registrystub.Faults{Stalls: 1, StallAfter: after}
			case 5:
				f = registrystub.Faults{Status: []int{429, 500, 503}[rng.IntN(3)], Times: 1}
			case 6:
				if rng.IntN(8) == 0 {
					f = registrystub.Faults{NoRanges: true}
				}
			}
			g.fault(f)
			mu.Unlock()
			g.Registry.ServeHTTP(w, r)
		})
		for pulls := 1; ; pulls++ {
			mu.Lock()
			leave := int64(rng.IntN(2 * len(g.content)))
			mu.Unlock()
			p := g.inParts(t, h, func(p api.ProgressResponse) error {
				if p.Digest == g.weights && p.Completed > leave {
					return errors.New("the client left")
				}
				return nil
			})
			p.partSize, p.stall = int64(1+rng.IntN(40<<10)), 20*time.Millisecond
			err := p.pull(t.Context(), names.ParseName("tiny"))
			g.truthful(t, h)
			if err == nil {
				break
			}
			if pulls == 200 {
				t.Fatalf("seed %d: no end of it: %v", seed, err)
			}
		}
		g.intact(t, h)
	}
}

// truthful checks that the bytes that the record names are those of the blob.
func (g *registry) truthful(t *testing.T, h *harness) {
	t.Helper()
	path, err := h.store.blob(g.weights)
	if err != nil {
		t.Fatal(err)
	}
	spans := readRecord(path+partialSuffix, int64(len(g.content)))
	if len(spans) == 0 {
		return
	}
	b, err := os.ReadFile(path + partialSuffix)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		if string(b[s.From:s.To]) != string(g.content[s.From:s.To]) {
			t.Errorf("bytes %d to %d are called whole and are not", s.From, s.To)
		}
	}
}
