package models

import (
	"context"
	"errors"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

// TestIn_AnsweringSpaceBesideTheOneInUse embeds in the space of a model that is
// not in use any more, then finds it removed.
func TestIn_AnsweringSpaceBesideTheOneInUse(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	m := opened(t, host, func(o *Options, times *timing) {
		o.Embedding = "nomic-embed-text"
		times.recheck = 50 * time.Millisecond
	})
	before, ok := m.Space()
	if !ok || before.Dims != 768 {
		t.Fatalf("space %+v", before)
	}
	before.QueryPrefix, before.DocumentPrefix = "old query: ", "old passage: " // since then the config has changed
	if err := m.Use(t.Context(), Embedding, "all-minilm"); err != nil {
		t.Fatal(err)
	}
	old := m.In(before)
	v, err := old.EmbedQuery(t.Context(), "cats")
	if err != nil || len(v) != 768 {
		t.Fatalf("%d numbers, %v", len(v), err)
	}
	if got := fake.LastEmbed(); got.Input.([]any)[0] != "old query: cats" || got.Model != "nomic-embed-text:latest" {
		t.Errorf("asked %s for %q", got.Model, got.Input)
	}
	if got, err := old.Embed(t.Context(), sentences(5)); err != nil || len(got) != 5 || len(got[0]) != 768 {
		t.Errorf("%d vectors, %v", len(got), err)
	}
	if got, err := m.Embed(t.Context(), sentences(5)); err != nil || len(got) != 5 || len(got[0]) != 384 {
		t.Errorf("the one in use: %d vectors, %v", len(got), err)
	}
	if got, err := old.EmbedSentences(t.Context(), sentences(2)); err != nil || len(got) != 2 || len(got[0]) != 768 {
		t.Errorf("%d sentences, %v", len(got), err)
	}
	if _, err := old.Counter(t.Context()); err != nil {
		t.Error(err)
	}
	now, _ := m.Space()
	if v, err := m.In(now).EmbedQuery(t.Context(), "cats"); err != nil || len(v) != 384 {
		t.Errorf("the space in use: %d numbers, %v", len(v), err)
	}
	other := before
	other.Digest = "weights that were replaced"
	for name, of := range map[string]func(context.Context) error{
		"other weights": func(ctx context.Context) error { _, err := m.In(other).EmbedQuery(ctx, "cats"); return err },
		"removed": func(ctx context.Context) error {
			if err := m.Remove(ctx, "nomic-embed-text"); err != nil {
				return err
			}
			time.Sleep(60 * time.Millisecond) // what was known is looked up again
			_, err := old.EmbedQuery(ctx, "cats")
			return err
		},
	} {
		err := of(t.Context())
		gone, ok := errors.AsType[*Gone](err)
		if !ok || !errors.Is(err, golocal.ErrUnavailable) || gone.Reason() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := m.EmbedQuery(t.Context(), "cats"); err != nil || len(v) != 384 {
		t.Errorf("afterwards: %d numbers, %v", len(v), err)
	}
}
