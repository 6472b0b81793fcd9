package models

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

func sentences(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("passage number%d speaks about subject%d", i, i*7)
	}
	return out
}

// near says that v is the fake's vector of text.
func near(v []float32, text string) bool {
	return v != nil && cosine(v, fakeollama.Vector(text, len(v))) > 0.9999
}

func TestEmbed_OrderLaneAndBounds(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	texts := sentences(40)
	got, err := m.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if !near(got[i], texts[i]) {
			t.Fatalf("text %d has another text's vector", i)
		}
	}
	req := fake.LastEmbed()
	if n := len(req.Input.([]any)); n > 16 {
		t.Errorf("a request of %d inputs; the engine lets people pass after 16", n)
	}
	if req.Truncate == nil || *req.Truncate || req.Options["num_ctx"] != float64(512) || req.KeepAlive == nil {
		t.Errorf("request %+v", req)
	}
	if n := fake.Counts(); n.Lanes["index"] == 0 || n.Lanes["query"] != 0 || n.Lanes[""] != 0 {
		t.Errorf("lanes %v", n.Lanes)
	}
	if _, err := m.EmbedQuery(t.Context(), "q"); err != nil || fake.Counts().Lanes["query"] != 1 {
		t.Errorf("a question: %v, lanes %v", err, fake.Counts().Lanes)
	}
	before := fake.Counts().Requests["/api/embed"]
	if v, err := m.Embed(t.Context(), nil); v != nil || err != nil || fake.Counts().Requests["/api/embed"] != before {
		t.Errorf("no texts: %v, %v", v, err)
	}
}

func TestEmbed_RolePrefixes(t *testing.T) {
	nomic := fakeollama.Catalogue()[3]
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{nomic}})
	m := opened(t, host, nil)
	if _, err := m.Embed(t.Context(), []string{"the text"}); err != nil {
		t.Fatal(err)
	}
	if got := fake.LastEmbed().Input.([]any)[0]; got != "search_document: the text" {
		t.Errorf("passage sent as %q", got)
	}
	if _, err := m.EmbedQuery(t.Context(), "the question"); err != nil {
		t.Fatal(err)
	}
	if got := fake.LastEmbed().Input.([]any)[0]; got != "search_query: the question" {
		t.Errorf("question sent as %q", got)
	}
	m = opened(t, host, func(o *Options, _ *timing) {
		o.Prompts = map[string]Prompt{"nomic-embed-text": {Query: "Q ", Document: "D "}}
	})
	if s, _ := m.Space(); s.QueryPrefix != "Q " || s.DocumentPrefix != "D " {
		t.Errorf("the user's own prefixes are not used: %+v", s)
	}
}

func TestEmbed_WrongVectorsNeverGetOut(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	for _, fault := range []string{"dims", "nan", "inf", "null", "short", "garbage"} {
		m := opened(t, host, nil)
		fake.Set(func(b *fakeollama.Behaviour) { b.Embed = fault })
		v, err := m.Embed(t.Context(), sentences(5))
		if !errors.Is(err, ErrBadVectors) || v != nil {
			t.Errorf("%s: %d vectors, %v", fault, len(v), err)
		}
		if v, err := m.EmbedQuery(t.Context(), "q"); !errors.Is(err, ErrBadVectors) || v != nil {
			t.Errorf("%s: question: %v, %v", fault, v, err)
		}
		fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "" })
		if _, err := m.Embed(t.Context(), sentences(5)); err != nil {
			t.Errorf("%s: does not recover: %v", fault, err)
		}
	}
}

// Faults of a batch alone are worked around text by text.
func TestEmbed_SwappedBatch(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "swap" })
	texts := sentences(9)
	got, err := m.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if !near(got[i], texts[i]) {
			t.Fatalf("text %d has another text's vector", i)
		}
	}
}

func TestEmbed_OneTextThatAlwaysFails(t *testing.T) {
	for _, bad := range [][]int{{0}, {6}, {12}, {0, 1}, {3, 9, 10}} {
		fake, host := serve(t, fakeollama.Options{})
		m := opened(t, host, nil)
		fake.Set(func(b *fakeollama.Behaviour) { b.Poison = "poison" })
		texts := sentences(13)
		for _, i := range bad {
			texts[i] += " poison"
		}
		got, err := m.Embed(t.Context(), texts)
		part, ok := errors.AsType[*TextsError](err)
		if !ok {
			t.Fatalf("%v: %v", bad, err)
		}
		if failed := slices.Sorted(maps.Keys(part.Failed())); !reflect.DeepEqual(failed, bad) {
			t.Errorf("failed %v, want %v", failed, bad)
		}
		for i := range texts {
			if slices.Contains(bad, i) != (got[i] == nil) || got[i] != nil && !near(got[i], texts[i]) {
				t.Errorf("%v: vector %d is wrong", bad, i)
			}
		}
		if errors.Is(err, golocal.ErrUnavailable) {
			t.Error("one bad text counts as a dead runner")
		}
	}
}

func TestEmbed_TooLongIsSplit(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.TooLong = 20 })
	long := strings.Repeat("harbour ships ", 30) + strings.Repeat("vacation days ", 30)
	texts := []string{"cats sleep", long, "dogs bark"}
	got, err := m.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if !near(got[0], texts[0]) || !near(got[2], texts[2]) {
		t.Error("the short texts beside it have wrong vectors")
	}
	for _, part := range []string{"harbour ships", "vacation days"} {
		if c := cosine(got[1], fakeollama.Vector(part, 384)); c < 0.5 {
			t.Errorf("%q is not found in the long text: cosine %.2f", part, c)
		}
	}
	var norm float64
	for _, x := range got[1] {
		norm += float64(x) * float64(x)
	}
	if math.Abs(norm-1) > 1e-4 {
		t.Errorf("length %f of the averaged vector", norm)
	}
	// A text that cannot be cut small enough fails alone.
	got, err = m.Embed(t.Context(), []string{strings.Repeat("w ", 5000), "dogs bark"})
	if part, ok := errors.AsType[*TextsError](err); !ok || !errors.Is(part.Failed()[0], ErrTooLong) || !near(got[1], "dogs bark") {
		t.Errorf("an endless text: %v", err)
	}
	if v, err := m.EmbedQuery(t.Context(), strings.Repeat("w ", 5000)); err == nil && len(v) != 384 {
		t.Errorf("an endless question: %d dims, %v", len(v), err)
	}
}

func TestEmbed_RunnerFaults(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	for _, row := range []struct {
		fault, reason string
		most          int // requests
	}{
		{"500", "fails on every text", 10},
		{"503", "busy", 5},
		{"429", "busy", 5},
		{"oom", "does not fit into memory", 2},
		{"hang", "stopped answering", 2},
	} {
		m := opened(t, host, func(_ *Options, l *timing) { l.batch, l.query = 100*time.Millisecond, 100*time.Millisecond })
		fake.Set(func(b *fakeollama.Behaviour) { b.Embed = row.fault })
		before := fake.Counts().Requests["/api/embed"]
		_, err := m.Embed(t.Context(), sentences(14))
		if !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), row.reason) {
			t.Errorf("%s: %v", row.fault, err)
		}
		if n := fake.Counts().Requests["/api/embed"] - before; n > row.most {
			t.Errorf("%s: %d requests for one batch, at most %d", row.fault, n, row.most)
		}
		if _, err := m.EmbedQuery(t.Context(), "q"); err == nil {
			t.Errorf("%s: question: no error", row.fault)
		}
		fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "" })
	}
}

func TestEmbed_CallerLeaves(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "hang" })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := m.Embed(ctx, sentences(3)); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, golocal.ErrUnavailable) {
		t.Errorf("%v", err)
	}
	if m.Runner().Kind != "ollama" {
		t.Error("the runner counts as lost because the caller left")
	}
}

func TestEmbed_SlowMachineGetsSmallBatches(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, func(_ *Options, l *timing) { l.target = 5 * time.Millisecond })
	fake.Set(func(b *fakeollama.Behaviour) { b.EmbedDelay = 8 })
	if _, err := m.Embed(t.Context(), sentences(30)); err != nil {
		t.Fatal(err)
	}
	if len(m.batch) != 1 || slices.Collect(maps.Values(m.batch))[0] != 1 {
		t.Errorf("batches of %v although each takes longer than the target", m.batch)
	}
}

func TestEmbed_NoModelSaysWhatToDo(t *testing.T) {
	_, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Chat()}})
	_, err := opened(t, host, nil).Embed(t.Context(), []string{"a"})
	if !errors.Is(err, ErrNoModel) || !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), "golocal models") {
		t.Errorf("%v", err)
	}
}

func TestCut(t *testing.T) {
	for _, row := range []struct {
		text   string
		tokens int
		want   string
	}{{"abc", 5, "abc"}, {"abc", 3, "abc"}, {"abc", 2, "ab"}, {"aéé", 2, "a"}, {"aéé", 3, "aé"}, {"", 4, ""}} {
		if got := cut(row.text, row.tokens); got != row.want {
			t.Errorf("%+v: %q", row, got)
		}
	}
}

func TestHalve(t *testing.T) {
	for _, text := range []string{"", "a", "ab", "one two three four", "ééééééé", "漢字漢字漢字", " x "} {
		left, right := halve(text)
		if got := strings.ReplaceAll(left+right, " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Errorf("halves of %q: %q, %q", text, left, right)
		}
		if len(text) > 0 && (len(left) >= len(text) && len(text) > 1 || len(right) > len(text)) {
			t.Errorf("%q is not halved: %q, %q", text, left, right)
		}
	}
}

func FuzzHalve(f *testing.F) {
	f.Add("one two three four")
	f.Add("漢字\u2028é  x")
	f.Fuzz(func(t *testing.T, text string) {
		left, right := halve(text)
		if len(left)+len(right) > len(text) {
			t.Fatalf("%q grew: %q %q", text, left, right)
		}
		if !strings.HasPrefix(strings.TrimSpace(text), left) || !strings.HasSuffix(strings.TrimSpace(text), right) {
			t.Fatalf("%q: halves %q and %q are not its beginning and end", text, left, right)
		}
	})
}

func TestEmbedSentences_AheadOfIndexingInOrder(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.TooLong = 600 })
	texts := sentences(70)
	texts[3] = strings.Repeat("word ", 700)
	got, err := m.EmbedSentences(t.Context(), texts)
	if err != nil || len(got) != len(texts) {
		t.Fatalf("%d vectors, %v", len(got), err)
	}
	for i := range texts {
		if i != 3 && !near(got[i], texts[i]) {
			t.Fatalf("sentence %d has another one's vector", i)
		}
	}
	if n := fake.Counts().Lanes; n["query"] == 0 || n["index"] != 0 {
		t.Errorf("lanes %v", n)
	}
}
