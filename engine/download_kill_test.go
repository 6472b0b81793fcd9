package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	names "github.com/ollama/ollama/types/model"

	"golocal/internal/registrystub"
)

// pullAndDie is a process that pulls the tiny model from registry into dir, in
// small parts, to be killed in the middle. It ends with 0 when it was not.
func pullAndDie(dir, registry string) {
	s, err := openStore(dir, quiet())
	if err == nil {
		var base *url.URL
		if base, err = url.Parse(registry); err == nil {
			p := puller{
				store: s, client: http.DefaultClient, base: base, repository: "library/tiny", report: quietly, log: quiet(),
				partSize: testPart, recordPause: time.Millisecond,
			}
			err = p.pull(context.Background(), names.ParseName("tiny"))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func TestDownload_KilledAtAnyMomentGoesOn(t *testing.T) {
	kills := 6
	if os.Getenv("GOLOCAL_LONG") != "" {
		kills = 100
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g := newRegistry(t, tinyConfig, 1<<20)
	h := newHarness(t)
	plain := httptest.NewServer(g.Registry)
	defer plain.Close()
	g.fault(registrystub.Faults{Pause: 2 * time.Millisecond}) // all of it takes 40 ms and more
	rng := rand.New(rand.NewPCG(3, 3))
	killed, kept := 0, int64(0)
	// Where the machine is too busy for a pull to keep anything in that time, later
	// ones get longer.
	for i := 0; i < kills || kept == 0 && i < 10*kills; i++ {
		cmd := exec.CommandContext(t.Context(), exe, "pull", h.store.dir, plain.URL)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		before, enough := g.Counts(g.weights).Bytes, rng.Int64N(200<<10)+int64(max(0, i-kills))<<14
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		for waiting := true; waiting && g.Counts(g.weights).Bytes-before < enough; {
			select {
			case err := <-ended:
				ended <- err
				waiting = false
			case <-time.After(time.Millisecond):
			}
		}
		_ = cmd.Process.Kill() // it may have ended
		if err := <-ended; err == nil {
			break // it was done first
		}
		killed++
		g.truthful(t, h)
		kept = max(kept, g.kept(h))
	}
	if killed == 0 || kept == 0 {
		t.Errorf("%d pulls were killed, %d bytes of them were kept", killed, kept)
	}
	g.rest(t, h, testPart)
}
