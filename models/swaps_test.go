package models

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

// asked is one request to a model.
func asked(s *swaps, name string, context int, load time.Duration) {
	done := s.begin(name)
	time.Sleep(load + time.Second)
	done(context, load, keepAlive, true)
	time.Sleep(time.Second)
}

func TestSwaps_CountsALoadThatShouldNotHaveBeen(t *testing.T) {
	const cold, warm = 2 * time.Second, 20 * time.Millisecond
	for _, row := range []struct {
		name  string
		run   func(s *swaps)
		count int
		secs  float64
		text  string
	}{
		{"first loads", func(s *swaps) { asked(s, "a", 512, cold); asked(s, "b", 4096, cold); asked(s, "a", 512, warm) }, 0, 0, ""},
		{"made room", func(s *swaps) {
			asked(s, "a", 512, cold)
			asked(s, "b", 4096, cold)
			asked(s, "a", 512, cold)
			asked(s, "b", 4096, cold)
		}, 2, 4,
			"b and a do not fit into memory together: swapped 2 times, 4.0 s lost on loading"},
		{"another context", func(s *swaps) { asked(s, "a", 4096, cold); asked(s, "a", 8192, cold) }, 0, 0, ""},
		{"after its time", func(s *swaps) { asked(s, "a", 512, cold); time.Sleep(keepAlive); asked(s, "a", 512, cold) }, 0, 0, ""},
		{"another program's model", func(s *swaps) { asked(s, "a", 512, cold); asked(s, "a", 512, cold) }, 1, 2,
			"a was unloaded before its time once, 2.0 s lost on loading: another program's model took its place"},
		{"a new runner", func(s *swaps) { asked(s, "a", 512, cold); s.forget(""); asked(s, "a", 512, cold) }, 0, 0, ""},
		{"unloaded on purpose", func(s *swaps) { asked(s, "a", 512, cold); s.forget("a:latest"); asked(s, "a", 512, cold) }, 0, 0, ""},
		{"two that waited for one load", func(s *swaps) {
			first, second := s.begin("a"), s.begin("a")
			time.Sleep(cold)
			first(512, cold, keepAlive, true)
			time.Sleep(time.Second)
			second(512, cold, keepAlive, true)
		}, 0, 0, ""},
		{"a request that failed", func(s *swaps) {
			asked(s, "a", 512, cold)
			s.begin("a")(0, 0, 0, false)
			asked(s, "a", 512, cold)
		}, 0, 0, ""},
		{"gone from the list", func(s *swaps) {
			asked(s, "a", 512, cold)
			asked(s, "b", 512, cold)
			s.seen([]string{"b:latest"})
			s.seen([]string{"b:latest"})
		}, 1, 0,
			"a and b do not fit into memory together: swapped once"},
		{"gone from the list, then loaded", func(s *swaps) {
			asked(s, "a", 512, cold)
			asked(s, "b", 512, cold)
			s.seen([]string{"b"})
			asked(s, "a", 512, cold)
		}, 1, 2,
			"a and b do not fit into memory together: swapped once, 2.0 s lost on loading"},
		{"gone for a stranger", func(s *swaps) { asked(s, "a", 512, cold); s.seen([]string{"x:70b"}) }, 1, 0, "a and x:70b do not fit"},
		{"all gone", func(s *swaps) { asked(s, "a", 512, cold); s.seen(nil) }, 0, 0, ""},
		{"gone on time", func(s *swaps) { asked(s, "a", 512, cold); time.Sleep(keepAlive); s.seen([]string{"b"}) }, 0, 0, ""},
		{"still there", func(s *swaps) { asked(s, "a", 512, cold); s.seen([]string{"b", "a:latest"}) }, 0, 0, ""},
		{"not listed while it loads", func(s *swaps) {
			asked(s, "a", 512, cold)
			done := s.begin("a")
			s.seen([]string{"b"})
			time.Sleep(time.Second)
			done(512, warm, keepAlive, true)
		}, 0, 0, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			var s swaps
			row.run(&s)
			got := s.total(nil, [2]string{"a", "b"})
			if got.Count != row.count || got.Seconds != row.secs || !strings.HasPrefix(got.Text, row.text) || (got.Text == "") != (row.text == "") {
				t.Errorf("%s: %+v", row.name, got)
			}
			if (got.NextStep == "") != (row.count == 0) {
				t.Errorf("%s: next step %q", row.name, got.NextStep)
			}
		})
	}
}

func TestSwaps_TakesTheEnginesOwnCount(t *testing.T) {
	var s swaps
	got := s.total(&engineCounts{Swaps: 3, Crashes: 2}, [2]string{"all-minilm:latest", "llama3.2:3b"})
	if got.Count != 3 || got.Crashes != 2 || !strings.HasPrefix(got.Text, "all-minilm:latest and llama3.2:3b do not fit into memory together: swapped 3 times") || strings.Contains(got.NextStep, "OLLAMA") {
		t.Errorf("%+v", got)
	}
}

// TestStatus_CountsWhatOllamaEvictsSilently lets a fake hold one of two models.
func TestStatus_CountsWhatOllamaEvictsSilently(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	fake.Set(func(b *fakeollama.Behaviour) { b.Memory, b.ColdLoad = 2_100_000_000, 1500 })
	m := opened(t, host, nil)
	ask := func() golocal.Usage {
		t.Helper()
		var u golocal.Usage
		for d, err := range m.Generate(t.Context(), []golocal.Message{{Role: "user", Content: "What is it?"}}, golocal.Limits{Window: 4096}) {
			if err != nil {
				t.Fatal(err)
			}
			if d.Usage != nil {
				u = *d.Usage
			}
		}
		return u
	}
	embed := func() {
		t.Helper()
		if _, err := m.EmbedQuery(t.Context(), "x"); err != nil {
			t.Fatal(err)
		}
	}
	swapped := func() Swaps {
		t.Helper()
		s, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s.Swaps
	}
	embed()
	ask()
	embed()
	if s := swapped(); s.Count != 0 {
		t.Fatalf("both fit, and %+v", s)
	}
	fake.Set(func(b *fakeollama.Behaviour) { b.Memory = 2_030_000_000 })
	fake.SetModels(fakeollama.Defaults()...) // nothing is loaded any more
	m.swaps.forget("")
	embed()
	if u := ask(); u.Load != 1.5 {
		t.Fatalf("loaded in %.1f s", u.Load)
	}
	embed()
	s := swapped()
	if s.Count != 2 || s.Seconds != 1.5 || !strings.Contains(s.Text, "all-minilm:latest and llama3.2:3b") && !strings.Contains(s.Text, "llama3.2:3b and all-minilm:latest") {
		t.Errorf("%+v", s) // the embedder by its load, the chat model by its absence
	}
	if !strings.Contains(s.NextStep, "golocal models suggest") {
		t.Errorf("next step %q", s.NextStep)
	}
}
