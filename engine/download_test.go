package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"

	"golocal/internal/registrystub"
)

const testPart = 16 << 10

// inParts is a puller of small parts that records at every moment.
func (g *registry) inParts(t *testing.T, h *harness, report func(api.ProgressResponse) error) *puller {
	t.Helper()
	p := g.puller(t, h, report)
	p.partSize, p.recordPause = testPart, time.Millisecond
	return p
}

// pullParts pulls in parts and checks what progress must keep to.
func (g *registry) pullParts(t *testing.T, h *harness) error {
	t.Helper()
	last := int64(0)
	return g.inParts(t, h, func(p api.ProgressResponse) error {
		if p.Digest != g.weights {
			return nil
		}
		if p.Completed < last || p.Completed > p.Total || p.Total != int64(len(g.content)) {
			t.Errorf("progress %d of %d after %d", p.Completed, p.Total, last)
		}
		last = p.Completed
		return nil
	}).pull(t.Context(), names.ParseName("tiny"))
}

// intact checks that the weights came whole, and that nothing else is left.
func (g *registry) intact(t *testing.T, h *harness) {
	t.Helper()
	path, err := h.store.blob(g.weights)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || registrystub.Digest(b) != g.weights {
		t.Errorf("%d of %d bytes, %v", len(b), len(g.content), err)
	}
	files, err := os.ReadDir(h.store.blobs())
	if err != nil || len(files) != 2 { // the config and the weights
		t.Errorf("the store holds %v, %v", files, err)
	}
}

// rest checks that a pull from a fresh registry with the same model, in parts of
// this size, is sent only the bytes that are not kept.
func (g *registry) rest(t *testing.T, h *harness, size int64) {
	t.Helper()
	kept := g.kept(h)
	fresh := newRegistry(t, tinyConfig, g.padding)
	p := fresh.inParts(t, h, quietly)
	p.client, p.partSize = fresh.Client(), size
	if err := p.pull(t.Context(), names.ParseName("tiny")); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	if n := fresh.Counts(g.weights).Bytes; n != int64(len(g.content))-kept {
		t.Errorf("%d bytes were sent when %d of %d were kept", n, kept, len(g.content))
	}
}

// starts returns where each asked range begins.
func starts(t *testing.T, ranges []string) (at []int64) {
	t.Helper()
	for _, r := range ranges {
		var from, to int64
		if _, err := fmt.Sscanf(r, "bytes=%d-%d", &from, &to); err != nil {
			t.Fatalf("range %q: %v", r, err)
		}
		if to-from >= testPart {
			t.Errorf("range %q is larger than a part", r)
		}
		at = append(at, from)
	}
	slices.Sort(at)
	return at
}

func TestDownload_PartsComeAtOnceAndOnce(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	var mu sync.Mutex
	open, together := 0, make(chan struct{}) // closed when as many requests are open as there are connections
	g.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, g.weights) {
			mu.Lock()
			if open++; open == connections {
				close(together)
			}
			mu.Unlock()
			select {
			case <-together:
			case <-r.Context().Done():
			}
			if n := g.Counts(g.weights).Open; n >= connections {
				t.Errorf("%d requests are open before this one", n)
			}
		}
		g.Registry.ServeHTTP(w, r)
	})
	if err := g.pullParts(t, h); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	at := starts(t, g.asked())
	for i, from := range at {
		if from != int64(i)*testPart {
			t.Fatalf("ranges begin at %v", at)
		}
	}
	if n := g.Counts(g.weights).Bytes; n != int64(len(g.content)) {
		t.Errorf("%d bytes sent of %d", n, len(g.content))
	}
}

func TestDownload_APartIsTriedAgainAlone(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Cuts: 5, CutAfter: 1000})
	if err := g.pullParts(t, h); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	at := starts(t, g.asked())
	if n := len(slices.Compact(slices.Clone(at))); n != len(at) {
		t.Errorf("bytes that had come were asked for again: %v", at)
	}
	if n := g.Counts(g.weights).Bytes; n != int64(len(g.content)) {
		t.Errorf("%d bytes sent of %d", n, len(g.content))
	}
}

func TestDownload_ALaterPullFetchesTheRest(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Cuts: 7, CutAfter: testPart / 2, Status: http.StatusServiceUnavailable})
	err := g.pullParts(t, h)
	if err == nil || !strings.Contains(err.Error(), "503") || !strings.Contains(err.Error(), "kept for the next pull") {
		t.Fatalf("%v", err)
	}
	// Of what the last requests brought some may have come too late.
	if kept, sent := g.kept(h), g.Counts(g.weights).Bytes; kept > sent || kept < 6*testPart/2 {
		t.Errorf("%d bytes are kept of %d", kept, sent)
	}
	g.rest(t, h, testPart)
}

func TestDownload_WithoutRangesItIsOneStream(t *testing.T) {
	for name, f := range map[string]registrystub.Faults{
		"ignored":            {NoRanges: true},
		"refused":            {Status: http.StatusRequestedRangeNotSatisfiable, Times: 1},
		"refused more often": {Status: http.StatusRequestedRangeNotSatisfiable, Times: 5},
	} {
		t.Run(name, func(t *testing.T) {
			g := newRegistry(t, tinyConfig)
			h := g.harness(t)
			g.fault(f)
			if err := g.pullParts(t, h); err != nil {
				t.Fatal(err)
			}
			g.intact(t, h)
		})
		t.Run(name+" after parts came", func(t *testing.T) {
			g := newRegistry(t, tinyConfig)
			h := g.harness(t)
			g.fault(registrystub.Faults{Cuts: 9, CutAfter: testPart - 1, Status: http.StatusBadGateway})
			if err := g.pullParts(t, h); err == nil {
				t.Fatal("no error of a registry that is down")
			}
			if g.kept(h) == 0 {
				t.Error("nothing is kept")
			}
			g.fault(f)
			// Bytes that are discarded are fetched again, so progress may go back.
			if err := g.inParts(t, h, quietly).pull(t.Context(), names.ParseName("tiny")); err != nil {
				t.Fatal(err)
			}
			g.intact(t, h)
		})
	}
}

func TestDownload_CancellingKeepsWhatCame(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Stalls: 1000, StallAfter: testPart / 2})
	ctx, cancel := context.WithCancelCause(t.Context())
	left := errors.New("the client left")
	go func() {
		for g.Counts(g.weights).Bytes < connections*testPart/2 {
			time.Sleep(time.Millisecond)
		}
		cancel(left)
	}()
	if err := g.inParts(t, h, quietly).pull(ctx, names.ParseName("tiny")); !errors.Is(err, left) {
		t.Errorf("%v", err)
	}
	if g.kept(h) == 0 {
		t.Error("nothing is kept")
	}
	g.fault(registrystub.Faults{})
	if err := g.pullParts(t, h); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
}

func TestDownload_ARecordWithoutItsFileIsNothing(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	path, err := h.store.blob(g.weights)
	if err != nil {
		t.Fatal(err)
	}
	// A crash between the two last steps of an earlier pull; the blob was deleted since.
	record := fmt.Sprintf(`{"size":%d,"whole":[{"from":0,"to":%d}]}`, len(g.content), len(g.content))
	if err := os.WriteFile(path+partialSuffix+recordSuffix, []byte(record), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := g.pullParts(t, h); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	if n := g.Counts(g.weights).Bytes; n != int64(len(g.content)) {
		t.Errorf("%d bytes sent", n)
	}
}

func TestDownload_BrokenPartsOfAnEarlierPullAreFetchedAgain(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Cuts: 7, CutAfter: testPart / 2, Status: http.StatusServiceUnavailable})
	if err := g.pullParts(t, h); err == nil {
		t.Fatal("no error")
	}
	path, err := h.store.blob(g.weights)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path+partialSuffix, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("broken"), 3); err != nil {
		t.Fatal(err)
	}
	f.Close()
	g.fault(registrystub.Faults{})
	if err := g.inParts(t, h, quietly).pull(t.Context(), names.ParseName("tiny")); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
}

func TestDownload_PullsInPartsTogetherFetchOnce(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := g.inParts(t, h, quietly).pull(t.Context(), names.ParseName("tiny")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	g.intact(t, h)
	if n := g.Counts(g.weights).Bytes; n != int64(len(g.content)) {
		t.Errorf("%d bytes sent of %d", n, len(g.content))
	}
}

// A registry on this machine may speak plain HTTP, and redirect to itself.
func TestPull_OverPlainHTTPOnThisMachine(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	g.Direct = true
	plain := httptest.NewServer(g.Registry)
	defer plain.Close()
	h := newHarness(t)
	name := strings.TrimPrefix(plain.URL, "http://") + "/" + tinyName
	req := &api.PullRequest{Model: name, Insecure: true}
	if err := h.dial(t).Pull(t.Context(), req, quietly); err != nil {
		t.Fatal(err)
	}
	g.intact(t, h)
	if _, err := h.entry(name); err != nil {
		t.Error(err)
	}
	far := &api.PullRequest{Model: "http://registry.example/library/tiny", Insecure: true}
	if err := h.dial(t).Pull(t.Context(), far, quietly); err == nil || !strings.Contains(err.Error(), "https") {
		t.Errorf("plain HTTP to elsewhere: %v", err)
	}
}
