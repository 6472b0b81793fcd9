package engine

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ollama/ollama/fs/ggml"
)

func TestReadGGUF_KeepsShortArraysOnly(t *testing.T) {
	kv := chatter()
	kv["tokenizer.ggml.tokens"] = make([]string, keepArrays+1)
	path := writeModel(t, kv)
	short, err := readGGUF(path, keepArrays)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(short.KV().Strings("tokenizer.ggml.tokens")); n != 0 {
		t.Errorf("%d tokens kept", n)
	}
	long, err := readGGUF(path, -1)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(long.KV().Strings("tokenizer.ggml.tokens")); n != keepArrays+1 {
		t.Errorf("%d tokens read", n)
	}
	if long.KV().ParameterCount() != 12 {
		t.Errorf("%d parameters", long.KV().ParameterCount())
	}
}

// lie returns a header of one key whose value is the raw bytes given.
func lie(key string, kind uint32, value ...any) []byte {
	var b bytes.Buffer
	var put func(vs ...any)
	put = func(vs ...any) {
		for _, v := range vs {
			if s, ok := v.(string); ok {
				put(uint64(len(s)))
				b.WriteString(s)
				continue
			}
			_ = binary.Write(&b, binary.LittleEndian, v)
		}
	}
	b.WriteString("GGUF")
	put(uint32(3), uint64(0), uint64(2), "general.architecture", uint32(ggufString), "llama", key, kind)
	put(value...)
	return b.Bytes()
}

func TestCheckGGUF_LiesAreRefused(t *testing.T) {
	if err := checkGGUF(bytes.NewReader(lie("x", ggufString, "ok")), 1<<20); err != nil {
		t.Fatalf("an honest header: %v", err)
	}
	tensors := func(dims uint32, shape ...uint64) []byte {
		b := lie("x", ggufU32, uint32(1))
		binary.LittleEndian.PutUint64(b[8:], 1)
		w := bytes.NewBuffer(b)
		_ = binary.Write(w, binary.LittleEndian, uint64(1))
		w.WriteString("t")
		_ = binary.Write(w, binary.LittleEndian, dims)
		_ = binary.Write(w, binary.LittleEndian, shape)
		_ = binary.Write(w, binary.LittleEndian, uint32(0))
		_ = binary.Write(w, binary.LittleEndian, uint64(0))
		return w.Bytes()
	}
	if b := tensors(1, 4); checkGGUF(bytes.NewReader(b), int64(len(b))) != nil {
		t.Fatal("an honest tensor is refused")
	}
	for name, b := range map[string][]byte{
		"empty":                 {},
		"another format":        []byte("PK\x03\x04 and so on"),
		"cut":                   lie("x", ggufString, "ok")[:40],
		"endless string":        lie("x", ggufString, uint64(1<<62)),
		"endless array":         lie("x", ggufArray, uint32(0), uint64(1<<62)),
		"array that overflows":  lie("x", ggufArray, uint32(10), uint64(1<<61)),
		"array of arrays":       lie("x", ggufArray, uint32(ggufArray), uint64(1)),
		"unknown type":          lie("x", 99),
		"alignment of zero":     lie("general.alignment", ggufU32, uint32(0)),
		"alignment of a text":   lie("general.alignment", ggufString, "32"),
		"no architecture":       append([]byte("GGUF\x03\x00\x00\x00"), make([]byte, 16)...),
		"too many keys":         append([]byte("GGUF\x03\x00\x00\x00"), bytes.Repeat([]byte{0xff}, 16)...),
		"too many dimensions":   tensors(200, 1),
		"tensor that overflows": tensors(3, 1<<40, 1<<40, 1<<40),
	} {
		if err := checkGGUF(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := checkGGUF(strings.NewReader("PK\x03\x04"), 4); !errors.Is(err, errNotGGUF) {
		t.Errorf("a zip file: %v", err)
	}
	kv := chatter()
	kv["llama.block_count"] = uint32(4_000_000_000)
	if _, err := readGGUF(writeModel(t, kv), keepArrays); err == nil {
		t.Error("four billion layers are accepted")
	}
}

func FuzzReadGGUF(f *testing.F) {
	for _, kv := range []ggml.KV{embedder(), chatter()} {
		b, err := os.ReadFile(writeModel(f, kv))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(lie("x", ggufString, uint64(1<<62)))
	path := filepath.Join(f.TempDir(), "x.gguf")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if g, err := readGGUF(path, -1); err == nil {
			_ = checkArchitecture(g.KV())
			footprint(g.KV(), 1, 4096)
		}
		if d := time.Since(began); d > 5*time.Second {
			t.Errorf("took %v", d)
		}
	})
}

func TestFootprint(t *testing.T) {
	// The shape of SmolLM2-135M: 30 layers, 3 key-value heads of 64, 9 heads.
	kv := ggml.KV{
		"general.architecture": "llama", "llama.block_count": uint32(30), "llama.embedding_length": uint32(576),
		"llama.attention.head_count": uint32(9), "llama.attention.head_count_kv": uint32(3), "llama.vocab_size": uint32(49152),
	}
	const (
		weights = 98_000_000
		cache   = 4096 * 30 * 3 * (64 + 64) * 2
		scores  = 4 * 512 * (49152 + 576) // larger than the attention's 4*512*(1+4*576+4096*10)
	)
	if got := footprint(kv, weights, 4096); got != weights+cache+scores+processSize {
		t.Errorf("%d bytes", got)
	}
	if small, large := footprint(kv, weights, 1024), footprint(kv, weights, 8192); small >= large {
		t.Errorf("a larger context takes less: %d, %d", small, large)
	}
	// A pooling model keeps no cache and scores no tokens.
	kv["llama.pooling_type"] = uint32(1)
	if got := footprint(kv, 0, 512); got != processSize+4*512*(1+4*576+512*10) {
		t.Errorf("%d bytes", got)
	}
}

func TestRefusal_SaysHowMuchIsMissing(t *testing.T) {
	text := refusal("llama3:8b", 6<<30, 2<<30, 8192).Error()
	for _, want := range []string{"llama3:8b", "6.0 GiB", "2.0 GiB", "4.0 GiB are missing", "8192"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
}
