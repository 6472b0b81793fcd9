package models

import (
	"strings"
	"testing"

	"golocal"
	"golocal/internal/fakeollama"
	"golocal/internal/remark"
)

func TestSpeed_Text(t *testing.T) {
	for _, row := range []struct {
		s    Speed
		want string
	}{
		{Speed{Load: .41, Read: 364.6, Write: 80.9}, "last answer: loaded in 0.4 s, reads 365 tokens/s, writes 81 tokens/s"},
		{Speed{Load: .003, Write: 8.06}, "last answer: writes 8.1 tokens/s"},
		{Speed{Embed: 4070.2}, "last batch: embeds 4,070 tokens/s"},
		{Speed{}, ""},
	} {
		if got := remark.Say("en", row.s.said()); got != row.want {
			t.Errorf("%+v: %q", row.s, got)
		}
	}
}

func TestSpeeds_CountWhatWasComputed(t *testing.T) {
	s := openSpeeds(t.TempDir())
	long := strings.Repeat("passage ", 100)
	for _, row := range []struct {
		name   string
		prompt string
		window int
		load   float64
		want   int
	}{
		{"the first", long, 4096, 1.2, 1000},
		{"the same again", long, 4096, 0.01, 1},
		{"a second turn", long + strings.Repeat("x", 800), 4096, 0.01, 500},
		{"another window", long, 8192, 0.01, 1000},
		{"loaded again", long, 8192, 1.2, 1000},
		{"another prompt", "y" + long, 8192, 0.01, 1000},
	} {
		if got, sure := s.computed("m", row.prompt, row.window, 1000, row.load, false); got != row.want || !sure {
			t.Errorf("%s: %d, want %d; sure: %v", row.name, got, row.want, sure)
		}
	}
	if got, sure := s.computed("warm", long, 8192, 1000, 0.01, false); got != 1000 || sure {
		t.Errorf("a model that somebody else may have asked: %d, sure: %v", got, sure)
	}
	if got, sure := s.computed("own", long, 8192, 1000, 0.01, true); got != 1000 || !sure {
		t.Errorf("the first question to a runner of our own: %d, sure: %v", got, sure)
	}
}

func TestSpeeds_SurviveTheProcess(t *testing.T) {
	dir := t.TempDir()
	a, b := openSpeeds(dir), openSpeeds(dir)
	a.answered(golocal.Usage{Model: "llama3.2:3b", Rate: 81})
	b.answered(golocal.Usage{Model: "smollm2:135m", Rate: 200})
	for _, s := range []*speeds{a, b} {
		if err := s.save(); err != nil {
			t.Fatal(err)
		}
	}
	c := openSpeeds(dir)
	if c.of("llama3.2:3b") == nil || c.of("smollm2:135m") == nil || c.of("llama3.2:3b").Write != 81 {
		t.Errorf("%+v", c.last)
	}
	if err := openSpeeds(dir).save(); err != nil { // nothing new: nothing written
		t.Fatal(err)
	}
	mark(t, dir, speedsFile) // an empty file
	if s := openSpeeds(dir); len(s.last) != 0 {
		t.Errorf("from a broken file: %+v", s.last)
	}
}

func TestGenerate_TellsSpeedAndPlace(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	fake.Set(func(b *fakeollama.Behaviour) {
		b.GPU, b.ColdLoad, b.Reply = 1, 700, strings.Repeat("word ", 40)
	})
	m := opened(t, host, nil)
	var u *golocal.Usage
	for d, err := range m.Generate(t.Context(), []golocal.Message{{Role: "user", Content: strings.Repeat("a question ", 30)}}, golocal.Limits{}) {
		if err != nil {
			t.Fatal(err)
		}
		u = d.Usage
	}
	if u == nil || u.Where != "100 % GPU" || u.Load != 0.7 || u.Computed != u.PromptTokens || u.PromptRate != float64(u.PromptTokens)/u.Prompt || u.Rate <= 0 {
		t.Fatalf("%+v", u)
	}
	s, err := m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range s.Models {
		if (model.Speed != nil) != (model.Name == "llama3.2:3b") {
			t.Errorf("%s: %+v", model.Name, model.Speed)
		}
	}
	if _, err := m.Embed(t.Context(), []string{strings.Repeat("text ", 300)}); err != nil {
		t.Fatal(err)
	}
	if v := m.speeds.of("all-minilm"); v == nil || v.Embed <= 0 {
		t.Errorf("after a batch: %+v", v)
	}
}

func TestCloud(t *testing.T) {
	cloud := fakeollama.Chat()
	cloud.Name, cloud.RemoteHost = "gpt-oss:20b-cloud", "https://ollama.com"
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), cloud}})
	m := opened(t, host, nil)
	c, err := m.Cloud(t.Context())
	if err != nil || !c.Known || c.Off || len(c.Models) != 1 || c.Models[0] != cloud.Name {
		t.Errorf("%+v, %v", c, err)
	}
	fake.Set(func(b *fakeollama.Behaviour) { b.CloudOff = true })
	if c, err = m.Cloud(t.Context()); err != nil || !c.Off {
		t.Errorf("%+v, %v", c, err)
	}
}
