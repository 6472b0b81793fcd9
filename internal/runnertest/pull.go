package runnertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/internal/registrystub"
	"golocal/internal/tinymodel"
)

// Pull is the contract of pulling: from a registry at the host in the model's
// name, over plain HTTP on this machine. What it cannot ask of all runners,
// such as blobs in parts, package engine tests.
func Pull(t *testing.T, start Start) {
	for name, f := range map[string]func(*testing.T, *pulling){
		"arrives whole":           pullWhole,
		"broken digest":           pullBroken,
		"cut twice":               pullCut,
		"left in the middle":      pullLeft,
		"not in the registry":     pullUnknown,
		"weights not in registry": pullMissing,
	} {
		t.Run(name, func(t *testing.T) {
			store := t.TempDir()
			f(t, newPulling(t, start(t, store)))
		})
	}
	pullFull(t, start)
}

// pulling is one runner beside one registry that has one tiny model.
type pulling struct {
	*registrystub.Registry
	client  *api.Client
	name    string // with the registry's host
	content []byte // of the weights
	digest  string // of the weights
	size    int64  // of the whole model
}

const (
	tinyName   = "library/tiny:latest"
	tinyConfig = `{"model_format":"gguf","model_family":"bert","model_families":["bert"],"model_type":"100K","file_type":"F32"}`
)

func newPulling(t *testing.T, client *api.Client) *pulling {
	t.Helper()
	content, err := os.ReadFile(tinymodel.Bert().Write(t))
	if err != nil {
		t.Fatal(err)
	}
	p := &pulling{Registry: registrystub.New(), client: client, content: content, digest: registrystub.Digest(content)}
	p.Direct = true
	p.size = int64(len(content) + len(tinyConfig))
	p.Add(tinyName, []byte(tinyConfig), registrystub.Blob{MediaType: registrystub.TypeWeights, Content: content})
	server := httptest.NewServer(p.Registry)
	t.Cleanup(server.Close)
	p.name = strings.TrimPrefix(server.URL, "http://") + "/" + tinyName
	return p
}

// half is where a transfer of the weights is in the middle.
func (p *pulling) half() int64 { return int64(len(p.content) / 2) }

// fault sets what is wrong with the weights.
func (p *pulling) fault(f registrystub.Faults) {
	p.Set(p.digest, func(now *registrystub.Faults) { *now = f })
}

// pull pulls the model and returns the lines that the runner sent.
func (p *pulling) pull(ctx context.Context) (lines []api.ProgressResponse, err error) {
	err = p.client.Pull(ctx, &api.PullRequest{Model: p.name, Insecure: true}, func(l api.ProgressResponse) error {
		lines = append(lines, l)
		return nil
	})
	if err == nil && (len(lines) == 0 || lines[len(lines)-1].Status != "success") { // the client takes a broken stream for an ended one
		err = cmp.Or(ctx.Err(), io.ErrUnexpectedEOF)
	}
	return lines, err
}

// absent checks that nothing of the model can be seen.
func (p *pulling) absent(t *testing.T) {
	t.Helper()
	list, err := p.client.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list.Models {
		if m.Name == p.name {
			t.Errorf("listed: %+v", m)
		}
	}
	var status api.StatusError
	if _, err := p.client.Show(t.Context(), &api.ShowRequest{Model: p.name}); !errors.As(err, &status) || status.StatusCode != http.StatusNotFound {
		t.Errorf("show: %v", err)
	}
}

// present checks that the model is listed and can be shown.
func (p *pulling) present(t *testing.T) {
	t.Helper()
	list, err := p.client.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Models, func(m api.ListModelResponse) bool { return m.Name == p.name })
	if i < 0 {
		t.Fatalf("not listed: %+v", list.Models)
	}
	if m := list.Models[i]; m.Size != p.size || m.Details.Family != "bert" || len(m.Digest) != 64 {
		t.Errorf("listed as %+v, it has %d bytes", m, p.size)
	}
	show, err := p.client.Show(t.Context(), &api.ShowRequest{Model: p.name})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%v %v %v", show.ModelInfo["general.architecture"], show.ModelInfo["bert.context_length"], show.Capabilities); got != "bert 64 [embedding]" {
		t.Errorf("shown as %s", got)
	}
}

func pullWhole(t *testing.T, p *pulling) {
	p.fault(registrystub.Faults{Pause: 50 * time.Millisecond}) // so that there is progress to tell of
	lines, err := p.pull(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var statuses []string
	var last int64
	told := 0
	for _, l := range lines {
		if !slices.Contains(statuses, l.Status) {
			statuses = append(statuses, l.Status)
		}
		if l.Digest != p.digest {
			continue
		}
		told++
		if l.Status != "pulling "+p.digest[7:19] || l.Total != int64(len(p.content)) || l.Completed > l.Total || l.Completed < last {
			t.Errorf("progress %+v after %d of %d bytes", l, last, len(p.content))
		}
		last = l.Completed
	}
	if told < 2 || last == 0 {
		t.Errorf("%d lines tell of the weights, the last of %d bytes", told, last)
	}
	if n := len(statuses); n < 5 || statuses[0] != "pulling manifest" ||
		!slices.Equal(statuses[n-3:], []string{"verifying sha256 digest", "writing manifest", "success"}) {
		t.Errorf("statuses %q", statuses)
	}
	p.present(t)
	// What is there is not fetched again.
	sent := p.Counts(p.digest).Bytes
	if lines, err := p.pull(t.Context()); err != nil {
		t.Errorf("second pull: %v, %v", lines, err)
	}
	if n := p.Counts(p.digest).Bytes; n != sent {
		t.Errorf("%d bytes were sent again", n-sent)
	}
}

func pullBroken(t *testing.T, p *pulling) {
	broken := slices.Clone(p.content)
	broken[len(broken)-1]++
	p.fault(registrystub.Faults{Content: broken})
	if _, err := p.pull(t.Context()); err == nil || !strings.Contains(err.Error(), "digest mismatch, file must be downloaded again") {
		t.Errorf("pull of broken weights: %v", err)
	}
	p.absent(t)
	p.fault(registrystub.Faults{})
	if _, err := p.pull(t.Context()); err != nil {
		t.Fatalf("pull of mended weights: %v", err)
	}
	p.present(t)
}

func pullCut(t *testing.T, p *pulling) {
	p.fault(registrystub.Faults{Cuts: 2, CutAfter: p.half() / 2})
	if _, err := p.pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.present(t)
	if n := len(p.Counts(p.digest).Ranges); n != 3 {
		t.Errorf("%d requests: %q", n, p.Counts(p.digest).Ranges)
	}
	if n := p.Counts(p.digest).Bytes; n > int64(len(p.content))+p.half()/2 {
		t.Errorf("%d bytes were sent of %d", n, len(p.content))
	}
}

func pullLeft(t *testing.T, p *pulling) {
	p.fault(registrystub.Faults{Stalls: 1, StallAfter: p.half()})
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	go func() {
		for ctx.Err() == nil && p.Counts(p.digest).Bytes < p.half() {
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond) // for the runner to read what was sent
		leave()
	}()
	if _, err := p.pull(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("pull that was left: %v", err)
	}
	for p.Counts(p.digest).Open > 0 {
		time.Sleep(5 * time.Millisecond)
	}
	p.absent(t)
	// Until it has cleared up, a runner may take the next pull for the one that was left.
	err := context.Canceled
	for try := 0; err != nil && strings.Contains(err.Error(), context.Canceled.Error()) && try < 100; try++ {
		_, err = p.pull(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	p.present(t)
	if n, least := p.Counts(p.digest).Bytes, int64(len(p.content)); n > least+p.half()/2 {
		t.Errorf("%d bytes were sent of %d", n, least)
	}
}

func pullUnknown(t *testing.T, p *pulling) {
	p.Set(tinyName, func(f *registrystub.Faults) { f.Status = http.StatusNotFound })
	const want = "pull model manifest: file does not exist"
	if _, err := p.pull(t.Context()); err == nil || err.Error() != want {
		t.Errorf("pull: %v", err)
	}
	var status api.StatusError
	stream := false
	err := p.client.Pull(t.Context(), &api.PullRequest{Model: p.name, Insecure: true, Stream: &stream}, func(api.ProgressResponse) error { return nil })
	if !errors.As(err, &status) || status.StatusCode != http.StatusInternalServerError || status.ErrorMessage != want {
		t.Errorf("pull without stream: %v", err)
	}
	p.absent(t)
}

func pullMissing(t *testing.T, p *pulling) {
	p.fault(registrystub.Faults{Status: http.StatusNotFound})
	if _, err := p.pull(t.Context()); err == nil {
		t.Error("a model without its weights was pulled")
	}
	p.absent(t)
}
