package models

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal/internal/fakeollama"
)

// server is what a scripted download talks to: it sends 1 MB a second to each
// model, and keeps what has come, as runners do.
type server struct {
	mu    sync.Mutex
	has   map[string]int64
	now   map[string]int // attempts that run
	most  int            // attempts of one model at the same time, at most
	calls []string
	fail  func(name string, done int64) error // after each megabyte
}

const size = 20 << 20

func (s *server) fetch(ctx context.Context, d Download, progress func(Progress)) error {
	s.mu.Lock()
	s.calls = append(s.calls, d.Name)
	s.now[d.Name]++
	s.most = max(s.most, s.now[d.Name])
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.now[d.Name]--
	}()
	progress(Progress{Stage: StagePlan, Model: d.Name, Total: size, Text: "21 MB from a server"})
	for {
		s.mu.Lock()
		done := s.has[d.Name]
		s.mu.Unlock()
		progress(Progress{Stage: StageDownload, Model: d.Name, Done: done, Total: size})
		if s.fail != nil {
			if err := s.fail(d.Name, done); err != nil {
				return err
			}
		}
		if done >= size {
			return nil
		}
		select {
		case <-ctx.Done():
			time.Sleep(300 * time.Millisecond) // a runner takes a moment to let go
			return ctx.Err()
		case <-time.After(time.Second):
		}
		s.mu.Lock()
		s.has[d.Name] += 1 << 20
		s.mu.Unlock()
	}
}

func scripted() *server { return &server{has: map[string]int64{}, now: map[string]int{}} }

// over makes the Downloads of a folder over a server.
func over(t *testing.T, dir string, s *server) *Downloads {
	t.Helper()
	d := NewDownloads(&Models{o: Options{State: dir}, log: slog.New(slog.DiscardHandler)})
	d.fetch = s.fetch
	return d
}

// launch runs d until the returned function is called.
func launch(t *testing.T, d *Downloads, resume bool) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx, resume) }()
	return func() {
		t.Helper()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func one(t *testing.T, d *Downloads, name string) Download {
	t.Helper()
	for _, o := range d.List() {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("%s is not listed: %+v", name, d.List())
	return Download{}
}

func start(t *testing.T, d *Downloads, name string) {
	t.Helper()
	if _, err := d.Start(name); err != nil {
		t.Fatal(err)
	}
}

func TestDownloads_SpeedAndTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scripted()
		d := over(t, t.TempDir(), s)
		stop := launch(t, d, true)
		defer stop()
		start(t, d, "Qwen3:4B")
		start(t, d, "qwen3:4b") // the same one: not a second download
		time.Sleep(5500 * time.Millisecond)
		o := one(t, d, "qwen3:4b")
		if o.State != DownloadRunning || o.Done != 5<<20 || o.Total != size || !slices.Equal(o.Notes, []string{"21 MB from a server"}) {
			t.Errorf("after 5 s: %+v", o)
		}
		if o.Rate < 0.9e6 || o.Rate > 1.1e6 || o.Left < 13 || o.Left > 18 {
			t.Errorf("at 1 MiB a second: %.0f bytes a second, %.1f s left", o.Rate, o.Left)
		}
		time.Sleep(16 * time.Second)
		if o := one(t, d, "qwen3:4b"); o.State != DownloadDone || o.Done != size || o.Rate != 0 {
			t.Errorf("after 21 s: %+v", o)
		}
		if len(s.calls) != 1 {
			t.Errorf("fetched %v", s.calls)
		}
		time.Sleep(rememberDone)
		if l := d.List(); len(l) != 0 {
			t.Errorf("a finished download is still listed: %+v", l)
		}
	})
}

func TestDownloads_PauseKeepsAndResumeGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scripted()
		d := over(t, t.TempDir(), s)
		stop := launch(t, d, true)
		defer stop()
		start(t, d, "a")
		time.Sleep(3500 * time.Millisecond)
		for range 2 { // a second time changes nothing
			if o, err := d.Pause("a:latest"); err != nil || o.State != DownloadPaused {
				t.Fatalf("%+v, %v", o, err)
			}
		}
		if _, err := d.Resume("a"); err != nil { // while the old work is still letting go
			t.Fatal(err)
		}
		if _, err := d.Pause("a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if o := one(t, d, "a"); o.State != DownloadPaused || o.Done != 3<<20 || o.Rate != 0 {
			t.Errorf("paused for a minute: %+v", o)
		}
		if _, err := d.Resume("a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(18 * time.Second)
		if o := one(t, d, "a"); o.State != DownloadDone {
			t.Errorf("resumed: %+v", o)
		}
		if s.most != 1 || len(s.calls) != 2 {
			t.Errorf("%d attempts, %d at once", len(s.calls), s.most)
		}
	})
}

func TestDownloads_CancelForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scripted()
		d := over(t, t.TempDir(), s)
		stop := launch(t, d, true)
		defer stop()
		start(t, d, "a")
		time.Sleep(2500 * time.Millisecond)
		if err := d.Cancel("a"); err != nil {
			t.Fatal(err)
		}
		if l := d.List(); len(l) != 0 {
			t.Errorf("listed: %+v", l)
		}
		start(t, d, "a") // again, before the old work has let go
		time.Sleep(30 * time.Second)
		if o := one(t, d, "a"); o.State != DownloadDone || s.most != 1 {
			t.Errorf("%+v, %d at once", o, s.most)
		}
		for what, err := range map[string]error{
			"pause": func() error { _, err := d.Pause("b"); return err }(), "resume": func() error { _, err := d.Resume("b"); return err }(), "cancel": d.Cancel("b"),
		} {
			if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "model b") {
				t.Errorf("%s of a model that is not downloaded: %v", what, err)
			}
		}
		if _, err := d.Pause("a"); err == nil {
			t.Error("a finished download was paused")
		}
	})
}

func TestDownloads_TwoAtOnceTheOthersWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := over(t, t.TempDir(), scripted())
		stop := launch(t, d, true)
		defer stop()
		for _, name := range []string{"a", "b", "c"} {
			start(t, d, name)
		}
		time.Sleep(time.Second)
		if o := one(t, d, "c"); o.State != DownloadWaiting {
			t.Errorf("the third: %+v", o)
		}
		if _, err := d.Pause("b"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if o := one(t, d, "c"); o.State != DownloadRunning {
			t.Errorf("the third after a pause: %+v", o)
		}
	})
}

func TestDownloads_WhatGetsFurtherIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := scripted()
		cut := errors.New("the connection broke")
		from := map[string]int64{}
		s.fail = func(name string, done int64) error {
			switch {
			case name == "stuck" && done == 2<<20: // never gets further
				return cut
			case name == "shaky" && done == from[name]+4<<20: // every four megabytes
				from[name] = done
				return cut
			case name == "refused":
				return ErrRefused
			}
			return nil
		}
		d := over(t, t.TempDir(), s)
		stop := launch(t, d, true)
		defer stop()
		start(t, d, "shaky")
		time.Sleep(5 * time.Second)
		if o := one(t, d, "shaky"); o.State != DownloadWaiting || !strings.Contains(o.Reason, "the connection broke; tried again in 2s") {
			t.Errorf("after the first cut: %+v", o)
		}
		time.Sleep(2 * time.Minute)
		if o := one(t, d, "shaky"); o.State != DownloadDone || o.Reason != "" {
			t.Errorf("in the end: %+v", o)
		}
		start(t, d, "stuck")
		start(t, d, "refused")
		time.Sleep(time.Minute)
		if o := one(t, d, "stuck"); o.State != DownloadFailed || o.Reason != "the connection broke" || o.Done != 2<<20 {
			t.Errorf("%+v", o)
		}
		if o := one(t, d, "refused"); o.State != DownloadFailed {
			t.Errorf("%+v", o)
		}
		if n := len(slices.DeleteFunc(slices.Clone(s.calls), func(c string) bool { return c != "stuck" })); n != 2 {
			t.Errorf("%d attempts at what gets no further", n)
		}
	})
}

func TestDownloads_SurviveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := scripted(), t.TempDir()
		d := over(t, dir, s)
		stop := launch(t, d, true)
		for _, name := range []string{"goes", "rests"} {
			start(t, d, name)
		}
		time.Sleep(4500 * time.Millisecond)
		if _, err := d.Pause("rests"); err != nil {
			t.Fatal(err)
		}
		stop()
		// A command without a daemon leaves them alone.
		d = over(t, dir, s)
		stop = launch(t, d, false)
		time.Sleep(5 * time.Second)
		if o := one(t, d, "goes"); o.State != DownloadPaused || o.Done != 4<<20 || o.Text == "" {
			t.Errorf("in a command: %+v", o)
		}
		stop()
		d = over(t, dir, s)
		stop = launch(t, d, true)
		time.Sleep(30 * time.Second)
		if o := one(t, d, "goes"); o.State != DownloadDone {
			t.Errorf("after a restart: %+v", o)
		}
		if o := one(t, d, "rests"); o.State != DownloadPaused || o.Done != 4<<20 {
			t.Errorf("paused before the restart: %+v", o)
		}
		if err := d.Cancel("rests"); err != nil {
			t.Fatal(err)
		}
		stop()
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func TestDownloads_ACommandThatEndsPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := scripted(), t.TempDir()
		d := over(t, dir, s)
		stop := launch(t, d, false)
		start(t, d, "a")
		time.Sleep(2500 * time.Millisecond)
		stop()
		d = over(t, dir, s)
		stop = launch(t, d, true)
		defer stop()
		time.Sleep(5 * time.Second)
		if o := one(t, d, "a"); o.State != DownloadPaused || o.Done != 2<<20 {
			t.Errorf("%+v", o)
		}
	})
}

func TestDownloads_DamagedFileCountsAsNone(t *testing.T) {
	for name, text := range map[string]string{
		"cut": `[{"name":"a","sta`, "other": `{"a":1}`, "no name": `[{"name":"","state":"running"}]`, "path": `[{"name":"../../etc","state":"running"}]`,
		"job": `[{"name":"a","for":"magic","state":"running"}]`, "state": `[{"name":"a","state":"flying"}]`,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "downloads.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if l := over(t, dir, scripted()).List(); len(l) != 0 {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestDownloads_FollowersSeeEveryState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := over(t, t.TempDir(), scripted())
		stop := launch(t, d, true)
		ctx, leave := context.WithCancel(t.Context())
		seen := make([][]DownloadState, 3)
		var watchers sync.WaitGroup
		for i := range seen {
			watchers.Go(func() {
				for list := range d.Follow(ctx) {
					for _, o := range list {
						if n := len(seen[i]); n == 0 || seen[i][n-1] != o.State {
							seen[i] = append(seen[i], o.State)
						}
					}
				}
			})
		}
		time.Sleep(time.Second)
		start(t, d, "a")
		time.Sleep(2 * time.Second)
		if _, err := d.Pause("a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if _, err := d.Resume("a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		leave()
		watchers.Wait()
		stop()
		for _, states := range seen {
			var long []DownloadState // waiting is too short to be sure of
			for _, s := range states {
				if s != DownloadWaiting {
					long = append(long, s)
				}
			}
			if !slices.Equal(long, []DownloadState{DownloadRunning, DownloadPaused, DownloadRunning, DownloadDone}) {
				t.Errorf("seen: %v", states)
			}
		}
	})
}

func TestDownloads_RefusesWhatIsNoModelOfThisMachine(t *testing.T) {
	d := over(t, t.TempDir(), scripted())
	for name, want := range map[string]string{
		"": "no model's name", "two words": "no model's name", "../up": "golocal models import", "./x.gguf": "golocal models import",
		"gpt-oss:120b-cloud": "cloud model",
	} {
		if _, err := d.Start(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
	d.offline = true
	if _, err := d.Start("a"); !errors.Is(err, ErrOffline) {
		t.Errorf("offline: %v", err)
	}
	if _, err := d.Resume("a"); !errors.Is(err, ErrOffline) {
		t.Errorf("offline: %v", err)
	}
	if l := d.List(); len(l) != 0 {
		t.Errorf("listed: %+v", l)
	}
}

// settled waits until a download is in no state that passes by itself.
func settled(t *testing.T, d *Downloads, name string) Download {
	t.Helper()
	for list := range d.Follow(t.Context()) {
		for _, o := range list {
			if o.Name == name && !o.Active() {
				return o
			}
		}
	}
	t.Fatal("the test ended first")
	return Download{}
}

func TestDownloads_OverARunner(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{}})
	m := opened(t, host, nil)
	reachable(m)
	d := NewDownloads(m)
	stop := launch(t, d, true)
	defer stop()

	// A pull that hangs is paused; the next attempt ends it.
	fake.Set(func(b *fakeollama.Behaviour) { b.Pull = "hang" })
	o, err := d.StartFor(t.Context(), Embedding)
	if err != nil || o.Name != "nomic-embed-text" || o.For != Embedding {
		t.Fatalf("%+v, %v", o, err)
	}
	for list := range d.Follow(t.Context()) {
		if list[0].Done > 0 {
			break
		}
	}
	if _, err := d.Pause("nomic-embed-text"); err != nil {
		t.Fatal(err)
	}
	fake.Set(func(b *fakeollama.Behaviour) { b.Pull = "" })
	if _, err := d.Resume("nomic-embed-text"); err != nil {
		t.Fatal(err)
	}
	if o := settled(t, d, "nomic-embed-text"); o.State != DownloadDone || o.Total != 274_302_450 {
		t.Errorf("%+v", o)
	}
	if s, ok := m.Space(); !ok || s.Model != "nomic-embed-text:latest" {
		t.Errorf("space %+v", s)
	}

	// By name, with faults.
	if o := settledAfter(t, d, "nowhere:1b"); o.State != DownloadFailed || !strings.Contains(o.Reason, "nowhere:1b") {
		t.Errorf("%+v", o)
	}
	fake.Set(func(b *fakeollama.Behaviour) { b.Pull = "digest" })
	if _, err := d.Start("llama3.2:3b"); err != nil {
		t.Fatal(err)
	}
	for list := range d.Follow(t.Context()) {
		if i := slices.IndexFunc(list, func(o Download) bool { return o.Name == "llama3.2:3b" }); list[i].Reason != "" {
			if !strings.Contains(list[i].Reason, "digest mismatch") {
				t.Errorf("%+v", list[i])
			}
			break
		}
	}
	fake.Set(func(b *fakeollama.Behaviour) { b.Pull = "" })
	if _, err := d.Resume("llama3.2:3b"); err != nil { // now, not after the pause
		t.Fatal(err)
	}
	if o := settled(t, d, "llama3.2:3b"); o.State != DownloadDone {
		t.Errorf("%+v", o)
	}
	if n := fake.Counts(); len(n.Pulled) != 2 {
		t.Errorf("pulled %v", n.Pulled)
	}
}

func settledAfter(t *testing.T, d *Downloads, name string) Download {
	t.Helper()
	start(t, d, name)
	return settled(t, d, name)
}
