//go:build cgo

package runner

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal/internal/tinymodel"
)

func TestStart_NamesWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole, err := os.ReadFile(tinymodel.Llama().Write(t))
	if err != nil {
		t.Fatal(err)
	}
	changed := func(f func(*tinymodel.Model)) string {
		m := tinymodel.Llama()
		f(m)
		return m.Write(t)
	}
	tests := []struct {
		name, file, want string
		unsupported      bool
	}{
		{"no file", filepath.Join(dir, "none.gguf"), "load none.gguf: no such file", false},
		{"a folder", dir, "not a regular file", false},
		{"an empty file", file("empty.gguf", nil), "cut short at 0 bytes", false},
		{"not a model", file("notes.txt", []byte("Dear diary, dear diary")), "load notes.txt: not a GGUF file", false},
		{"cut in the tables", file("a.gguf", whole[:500]), "cut short", false},
		{"cut in the weights", file("b.gguf", whole[:len(whole)-100]), "damaged one: tensor", false},
		{"an unknown architecture", tinymodel.New("plasma", 1).Write(t), `architecture "plasma" needs Ollama`, true},
		{"Mixtral", changed(func(m *tinymodel.Model) { m.Set("expert_count", uint32(8)) }), `"llama" with 8 experts (Mixtral) needs Ollama`, true},
		{"an unknown tokenizer", changed(func(m *tinymodel.Model) { m.KV["tokenizer.ggml.model"] = "runes" }), `tokenizer "runes" needs Ollama`, true},
		{"a missing tensor", changed(func(m *tinymodel.Model) { m.Drop("blk.1.ffn_norm.weight") }), "does not fit its architecture", false},
		{"no vocabulary", changed(func(m *tinymodel.Model) { m.KV["tokenizer.ggml.tokens"] = []string{} }), "no vocabulary", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Start(t.Context(), options(tt.file))
			if err == nil {
				p.Close()
				t.Fatal("it loads")
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || errors.Is(err, ErrUnsupported) != tt.unsupported {
				t.Errorf("got %q (unsupported %v), want %q", err, errors.Is(err, ErrUnsupported), tt.want)
			}
		})
	}
}

func TestStart_BadProgram(t *testing.T) {
	file := tinymodel.Llama().Write(t)
	o := options(file)
	o.Executable = filepath.Join(t.TempDir(), "none")
	if _, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "load tiny.gguf: ") {
		t.Errorf("no program: %v", err)
	}
	o = options(file)
	o.Args = []string{"-test.run=^$", "-test.unknown"} // ends at once, without the protocol
	if _, err := Start(t.Context(), o); !errors.Is(err, ErrEnded) {
		t.Errorf("a program that ends: %v", err)
	}
	o = options(file)
	o.Args = []string{"-test.list=Start"} // says something else
	if _, err := Start(t.Context(), o); !errors.Is(err, ErrEnded) || !strings.Contains(err.Error(), "protocol") && !strings.Contains(err.Error(), "exit status") {
		t.Errorf("a program that says something else: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, options(file)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A child whose parent is gone, however it went, ends: in the middle of a reply too.
func TestMain_EndsWithItsInput(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	m := tinymodel.Llama()
	m.Set("context_length", uint32(1<<14))
	cmd := exec.CommandContext(t.Context(), exe, childArg, "--model", m.Write(t), "--ctx", "16384", "--threads", "1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if first, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(first, `{"info":{"architecture":"llama"`) {
		t.Fatalf("first line %q %v", first, err)
	}
	// A prompt of 16,000 tokens, which takes long.
	if _, err := io.WriteString(in, `{"id":1,"complete":{"prompt":"`+strings.Repeat("x", 16000)+`"}}`+"\n"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	in.Close()
	_, _ = io.Copy(io.Discard, lines)
	if err := cmd.Wait(); err != nil {
		t.Errorf("the child: %v", err)
	}
	if d := time.Since(began); d > 2*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestMain_Flags(t *testing.T) {
	for _, args := range [][]string{nil, {"--model", "a.gguf", "more"}, {"--unknown"}} {
		if err := Main(t.Context(), args); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}

func TestTail(t *testing.T) {
	var seen []string
	w := &tail{each: func(l string) { seen = append(seen, l) }}
	for _, s := range []string{"one\ntw", "o\n\n", "panic: oh\ngoroutine 1\n", strings.Repeat("x", 10000)} {
		if n, err := w.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
	}
	if strings.Join(seen, "|") != "one|two|panic: oh|goroutine 1" || w.reason() != "panic: oh" || len(w.part) > 4096 {
		t.Errorf("%q, reason %q, %d bytes held", seen, w.reason(), len(w.part))
	}
}

func TestChecks(t *testing.T) {
	for name, r := range map[string]EmbedResponse{
		"too few":      {},
		"no counts":    {Vectors: [][]float32{{1, 0}}},
		"short":        {Vectors: [][]float32{{1}}, Tokens: []int{1}},
		"not a unit":   {Vectors: [][]float32{{1, 1}}, Tokens: []int{1}},
		"zero":         {Vectors: [][]float32{{0, 0}}, Tokens: []int{1}},
		"not a number": {Vectors: [][]float32{{1, 0 * inf}}, Tokens: []int{1}},
	} {
		if checkVectors(r, 1, 2) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := checkVectors(EmbedResponse{Vectors: [][]float32{{.6, -.8}}, Tokens: []int{1}}, 1, 2); err != nil {
		t.Error(err)
	}
	for name, v := range map[string][]float32{"zero": {0, 0}, "infinite": {inf, 1}, "not a number": {0 * inf, 1}} {
		if normalise(v) == nil {
			t.Errorf("%s is normalised", name)
		}
	}
	v := []float32{3e-30, -4e-30}
	if err := normalise(v); err != nil || v[0] != .6 || v[1] != -.8 {
		t.Errorf("%v %v", v, err)
	}
}
