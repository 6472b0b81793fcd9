package models

import (
	"errors"
	"strings"
	"testing"

	"golocal/internal/fakeollama"
)

func TestUse_TakesUpAtOnce(t *testing.T) {
	_, host := serve(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	m := opened(t, host, nil)
	ctx := t.Context()
	if c, _ := m.ChatModel(); c.Name != "llama3.2:3b" {
		t.Fatalf("golocal's choice is %s", c.Name)
	}
	if err := m.Use(ctx, Chat, "smollm2:135m"); err != nil {
		t.Fatal(err)
	}
	if c, _ := m.ChatModel(); c.Name != "smollm2:135m" {
		t.Errorf("in use: %s", c.Name)
	}
	if err := m.Use(ctx, Embedding, "all-minilm"); err != nil {
		t.Fatal(err)
	}
	if s, _ := m.Space(); s.Model != "all-minilm:latest" || s.Dims != 384 {
		t.Errorf("space %+v", s)
	}
	for _, row := range []struct {
		c          Capability
		name, want string
	}{
		{Chat, "all-minilm", "only makes vectors"}, {Embedding, "llama3.2:3b", "writes text"}, {Chat, "nowhere", "no model named nowhere is installed"},
	} {
		if err := m.Use(ctx, row.c, row.name); !errors.Is(err, ErrNoModel) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s for %s: %v", row.name, row.c, err)
		}
	}
	if c, _ := m.ChatModel(); c.Name != "smollm2:135m" {
		t.Errorf("a refused one changed it to %s", c.Name)
	}
	if err := m.Use(ctx, Chat, ""); err != nil {
		t.Fatal(err)
	}
	if c, _ := m.ChatModel(); c.Name != "llama3.2:3b" {
		t.Errorf("golocal's own choice again: %s", c.Name)
	}
}

func TestUnload_LetsTheModelGo(t *testing.T) {
	_, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	ctx := t.Context()
	if _, err := m.EmbedQuery(ctx, "a question"); err != nil {
		t.Fatal(err)
	}
	loaded := func() bool {
		st, err := m.Status(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return st.Models[0].Name == "all-minilm:latest" && st.Models[0].Loaded
	}
	if !loaded() {
		t.Fatal("not loaded after a question")
	}
	if err := m.Unload(ctx, "all-minilm"); err != nil {
		t.Fatal(err)
	}
	if loaded() {
		t.Error("still loaded")
	}
	if err := m.Unload(ctx, "nowhere"); !errors.Is(err, ErrNoModel) {
		t.Errorf("a model that is not there: %v", err)
	}
}
