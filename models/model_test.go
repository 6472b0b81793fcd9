package models

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/fakeollama"
)

func TestParseHost(t *testing.T) {
	for _, row := range []struct {
		in, base, dial string
		local          bool
	}{
		{"", "http://127.0.0.1:11434", "127.0.0.1:11434", true},
		{"127.0.0.1", "http://127.0.0.1:11434", "127.0.0.1:11434", true},
		{"localhost:8080", "http://localhost:8080", "127.0.0.1:8080", true},
		{"http://LOCALHOST./", "http://LOCALHOST.:80", "127.0.0.1:80", true},
		{"0.0.0.0", "http://127.0.0.1:11434", "127.0.0.1:11434", true},
		{"[::]:99", "http://[::1]:99", "[::1]:99", true},
		{"::1", "http://[::1]:11434", "[::1]:11434", true},
		{"[::1]:5", "http://[::1]:5", "[::1]:5", true},
		{"127.8.9.10:1", "http://127.8.9.10:1", "127.8.9.10:1", true},
		{"https://127.0.0.1/api/proxy/", "https://127.0.0.1:443/api/proxy", "127.0.0.1:443", true},
		{":7000", "http://127.0.0.1:7000", "127.0.0.1:7000", true},
		{"10.0.0.5", "http://10.0.0.5:11434", "10.0.0.5:11434", false},
		{"[::ffff:10.0.0.5]:1", "http://[::ffff:10.0.0.5]:1", "[::ffff:10.0.0.5]:1", false},
		{"host.docker.internal:11434", "http://host.docker.internal:11434", "host.docker.internal:11434", false},
		{"localhost.evil.test", "http://localhost.evil.test:11434", "localhost.evil.test:11434", false},
		{"127.0.0.1.nip.test", "http://127.0.0.1.nip.test:11434", "127.0.0.1.nip.test:11434", false},
		{"ollama.com", "http://ollama.com:11434", "ollama.com:11434", false},
	} {
		a, err := parseHost(row.in)
		if err != nil || a.base.String() != row.base || a.dial[0] != row.dial || a.local != row.local {
			t.Errorf("%q: %v dial %v local %v, %v", row.in, a.base, a.dial, a.local, err)
		}
	}
	for _, bad := range []string{"ftp://x", "http://x:99999", "x:port", "http://user@127.0.0.1", "127.0.0.1@evil.test", "unix:///x", "::1%]0"} {
		if a, err := parseHost(bad); err == nil {
			t.Errorf("%q: %v", bad, a)
		}
	}
}

func FuzzParseHost(f *testing.F) {
	f.Add("localhost:1")
	f.Add("http://[::1%25eth0]:80/x")
	f.Fuzz(func(t *testing.T, host string) {
		a, err := parseHost(host)
		if err != nil {
			return
		}
		if len(a.dial) == 0 || a.base.Host == "" {
			t.Fatalf("%q: %+v", host, a)
		}
		if a.local {
			for _, d := range a.dial {
				to, _, err := net.SplitHostPort(d)
				bare, _, _ := strings.Cut(to, "%")
				if err != nil || !net.ParseIP(bare).IsLoopback() {
					t.Fatalf("%q counts as local and dials %v", host, a.dial)
				}
			}
		}
	})
}

func TestRemoteReason(t *testing.T) {
	for name, remote := range map[string]bool{
		"gpt-oss:120b-cloud": true, "qwen3-coder:480b-cloud": true, "glm-4.6:cloud": true, "me/glm:Cloud": true, "deepseek-cloud": true,
		"llama3.2:3b": false, "cloudy:7b": false, "hf.co/cloud/model:q4": false,
	} {
		if got := remoteReason(name, "", "").Code != ""; got != remote {
			t.Errorf("%s: remote %v", name, got)
		}
	}
	if remoteReason("x", "", "https://ollama.com").Code == "" || remoteReason("x", "gpt", "").Code == "" {
		t.Error("a model with a remote host counts as local")
	}
}

func TestParameters(t *testing.T) {
	for in, want := range map[string]float64{
		"3.2B": 3.2, "134.52M": 0.13452, "8x7B": 56, "22.57m": 0.02257, "600K": 0.0006, "1T": 1000,
		"": 0, "B": 0, "x": 0, "-1B": 0, "1e999B": 0, "nanB": 0, "3,2B": 0,
	} {
		if got := parameters(in); got < want*0.999 || got > want*1.001 {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestSameModel(t *testing.T) {
	for _, row := range []struct {
		a, b string
		same bool
	}{
		{"all-minilm", "all-minilm:latest", true}, {"registry.ollama.ai/library/x:1", "X:1", true}, {"x:1", "x:2", false},
		{"hf.co/a/b", "hf.co/a/b:latest", true}, {"a/b", "b", false},
	} {
		if sameModel(row.a, row.b) != row.same {
			t.Errorf("%s and %s", row.a, row.b)
		}
	}
}

// The prefixes are what the model cards say; a wrong space in one costs
// retrieval quality in silence.
func TestFamilyOf(t *testing.T) {
	const passages = "Represent this sentence for searching relevant passages: "
	const gemmaQ, gemmaD = "task: search result | query: ", "title: none | text: "
	const instruct = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
	for _, row := range []struct {
		name, arch, query, document string
		dims, tokens                int
		pooling                     string
	}{
		{"nomic-embed-text:latest", "nomic-bert", "search_query: ", "search_document: ", 768, 2048, "mean"},
		{"hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0", "", "search_query: ", "search_document: ", 768, 2048, "mean"},
		{"nomic-embed-text-v2-moe", "", "search_query: ", "search_document: ", 768, 512, "mean"},
		{"nomic-embed-code", "qwen2", "Represent this query for searching relevant code: ", "", 3584, 32768, "last"},
		{"my-own-name", "nomic-bert", "search_query: ", "search_document: ", 768, 2048, "mean"},
		{"mxbai-embed-large:335m", "bert", passages, "", 1024, 512, "cls"},
		{"deepset-mxbai-embed-de-large-v1", "bert", "query: ", "passage: ", 1024, 512, "mean"},
		{"embeddinggemma:300m", "gemma3", gemmaQ, gemmaD, 768, 2048, "mean"},
		{"my-own-name", "gemma-embedding", gemmaQ, gemmaD, 768, 2048, "mean"},
		{"qwen3-embedding:0.6b", "qwen3", instruct, "", 1024, 32768, "last"},
		{"qwen3-embedding:4b-q8_0", "qwen3", instruct, "", 2560, 32768, "last"},
		{"hf.co/Qwen/Qwen3-Embedding-8B-GGUF:Q4_K_M", "qwen3", instruct, "", 4096, 32768, "last"},
		{"qwen3-embedding", "qwen3", instruct, "", 0, 32768, "last"},
		{"bge-m3", "bert", "", "", 1024, 8192, "cls"},
		{"BGE_Large-en-v1.5", "bert", passages, "", 1024, 512, "cls"},
		{"bge-small-en", "bert", passages, "", 384, 512, "cls"},
		{"bge-small-zh-v1.5", "bert", "为这个句子生成表示以用于检索相关文章：", "", 512, 512, "cls"},
		{"snowflake-arctic-embed:22m", "bert", passages, "", 384, 512, "cls"},
		{"snowflake-arctic-embed:33m", "bert", passages, "", 384, 512, "cls"},
		{"snowflake-arctic-embed:110m", "bert", passages, "", 768, 512, "cls"},
		{"snowflake-arctic-embed:137m", "nomic-bert", passages, "", 768, 2048, "cls"},
		{"snowflake-arctic-embed:335m", "bert", passages, "", 1024, 512, "cls"},
		{"snowflake-arctic-embed-xs", "bert", passages, "", 384, 512, "cls"},
		{"snowflake-arctic-embed-m-v1.5", "bert", passages, "", 768, 512, "cls"},
		{"snowflake-arctic-embed-m-long", "nomic-bert", passages, "", 768, 2048, "cls"},
		{"snowflake-arctic-embed2", "bert", "query: ", "", 1024, 8192, "cls"},
		{"snowflake-arctic-embed-m-v2.0", "bert", "query: ", "", 768, 8192, "cls"},
		{"snowflake-arctic-embed-l-v2.0", "bert", "query: ", "", 1024, 8192, "cls"},
		{"me/multilingual-e5-large", "bert", "query: ", "passage: ", 1024, 512, "mean"},
		{"multilingual-e5-small", "bert", "query: ", "passage: ", 384, 512, "mean"},
		{"e5-base-v2", "bert", "query: ", "passage: ", 768, 512, "mean"},
		{"multilingual-e5-large-instruct", "bert", instruct + " ", "", 1024, 512, "mean"},
		{"e5-mistral-7b-instruct", "llama", instruct + " ", "", 4096, 4096, "last"},
		{"granite-embedding:30m", "bert", "", "", 384, 512, "cls"},
		{"granite-embedding:278m", "bert", "", "", 768, 512, "cls"},
		{"granite-embedding-107m-multilingual", "bert", "", "", 384, 512, "cls"},
		{"granite-embedding-small-english-r2", "modern-bert", "", "", 384, 8192, "cls"},
		{"granite-embedding-english-r2", "modern-bert", "", "", 768, 8192, "cls"},
		{"all-minilm:l6-v2", "bert", "", "", 384, 512, "mean"},
		{"paraphrase-multilingual", "bert", "", "", 768, 128, "mean"},
		{"paraphrase-multilingual-MiniLM-L12-v2", "bert", "", "", 384, 128, "mean"},
	} {
		f, ok := familyOf(row.name, row.arch)
		if !ok || f.query != row.query || f.document != row.document || f.dims != row.dims || f.tokens != row.tokens || f.pooling != row.pooling {
			t.Errorf("%s: %+v, %v", row.name, f, ok)
		}
	}
	for _, name := range []string{"llama3.2:3b", "my-embedder", "gemma3:1b", "qwen3:8b"} {
		if f, ok := familyOf(name, "llama"); ok {
			t.Errorf("%s counts as %s", name, f.name)
		}
	}
}

func TestDescribe_UnknownEmbedderWorksWithALine(t *testing.T) {
	m := describe(api.ListModelResponse{Name: "mine:1"}, &api.ShowResponse{
		ModelInfo: map[string]any{"general.architecture": "bert", "bert.embedding_length": 384.0, "bert.context_length": 256.0, "bert.pooling_type": 2.0},
	})
	if m.Capability != Embedding || m.Dims != 384 || m.MaxTokens != 256 || m.Pooling != "cls" || m.QueryPrefix != "" || m.Note == "" {
		t.Errorf("%+v", m)
	}
}

func TestDescribe_ChatModels(t *testing.T) {
	show := func(template string, info map[string]any) *api.ShowResponse {
		return &api.ShowResponse{Template: template, ModelInfo: info}
	}
	base := describe(api.ListModelResponse{Name: "gemma3:270m-base"}, show("x {{ .Messages }}", nil))
	plain := describe(api.ListModelResponse{Name: "gpt2:1"}, show("{{ .Prompt }}", nil))
	tiny := describe(api.ListModelResponse{Name: "smollm2:135m", Details: api.ModelDetails{ParameterSize: "134.52M"}}, show("x", nil))
	llama := describe(api.ListModelResponse{Name: "llama3.2:3b"}, show("x", map[string]any{
		"general.architecture": "llama", "general.parameter_count": 3.2e9, "llama.context_length": 131072.0, "llama.block_count": 28.0,
		"llama.attention.head_count": 24.0, "llama.attention.head_count_kv": 8.0, "llama.embedding_length": 3072.0,
	}))
	if !base.Base || !plain.Base || tiny.Base || !tiny.Tiny || llama.Tiny || llama.Capability != Chat || llama.Parameters != 3.2 {
		t.Errorf("%+v\n%+v\n%+v\n%+v", base, plain, tiny, llama)
	}
	if llama.kvBytes != 28*8*(128+128)*2 {
		t.Errorf("%d bytes of keys and values a token", llama.kvBytes)
	}
}

func TestChoose(t *testing.T) {
	embed := func(name string) Model { return Model{Name: name, Digest: "d-" + name, Capability: Embedding} }
	chat := func(name string, billions float64) Model {
		return Model{Name: name, Capability: Chat, Parameters: billions, Size: int64(billions * 0.6e9)}
	}
	all := []Model{
		embed("all-minilm:latest"), embed("mystery:1"), embed("nomic-embed-text:latest"),
		{Name: "embeddinggemma:cloud", Capability: Embedding, Refused: "is a cloud model"},
		chat("llama3.2:3b", 3.2), chat("llama3.1:8b", 8), chat("llama3.3:70b", 70), chat("qwen2.5-coder:9b", 9),
		chat("llama-guard3:8b", 8.1), chat("smollm2:135m", 0.135),
		{Name: "big:8b-base", Capability: Chat, Parameters: 8.5, Base: true},
	}
	if m, err := chooseEmbedding(all, "", golocal.Space{}); err != nil || m.Name != "nomic-embed-text:latest" {
		t.Errorf("%v, %v", m.Name, err)
	}
	if m, _ := chooseEmbedding(all, "", golocal.Space{Digest: "d-all-minilm:latest"}); m.Name != "all-minilm:latest" {
		t.Errorf("the index's own model loses to %s", m.Name)
	}
	if m, _ := chooseEmbedding(all, "mystery:1", golocal.Space{Digest: "d-all-minilm:latest"}); m.Name != "mystery:1" {
		t.Errorf("the configured model loses to %s", m.Name)
	}
	for name, is := range map[string]error{"embeddinggemma:cloud": ErrRefused, "absent-cloud": ErrRefused, "absent": ErrNoModel, "llama3.2:3b": ErrNoModel} {
		if m, err := chooseEmbedding(all, name, golocal.Space{}); !errors.Is(err, is) {
			t.Errorf("%s: %v, %v", name, m.Name, err)
		}
	}
	for _, row := range []struct {
		gb   int64
		want string
	}{{0, "llama3.1:8b"}, {64, "llama3.1:8b"}, {6, "llama3.2:3b"}, {1, "smollm2:135m"}} {
		if m, err := chooseChat(all, "", row.gb<<30); err != nil || m.Name != row.want {
			t.Errorf("with %d GB: %s, %v", row.gb, m.Name, err)
		}
	}
	if _, err := chooseChat([]Model{chat("llama3.3:70b", 70)}, "", 8<<30); !errors.Is(err, ErrNoModel) || !strings.Contains(err.Error(), "llama3.3:70b is too large") {
		t.Errorf("%v", err)
	}
	if m, err := chooseChat(all, "llama3.3:70b", 8<<30); err != nil || m.Name != "llama3.3:70b" {
		t.Errorf("the configured model: %v, %v", m.Name, err)
	}
}

func TestStatus_TellsWhatRunsWhere(t *testing.T) {
	cloud := fakeollama.Chat()
	cloud.Name, cloud.RemoteHost = "gpt-oss:20b-cloud", "https://ollama.com"
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), fakeollama.Tiny(), cloud}})
	fake.Set(func(b *fakeollama.Behaviour) { b.GPU = 0.48 })
	m := opened(t, host, nil)
	if _, err := m.EmbedQuery(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	s, err := m.Status(t.Context())
	if err != nil || len(s.Models) != 3 || s.Space == nil {
		t.Fatalf("%+v, %v", s, err)
	}
	e, c, tiny := s.Models[0], s.Models[1], s.Models[2]
	if !e.Loaded || !strings.HasPrefix(e.Where, "48 % GPU: ") || e.LoadedContext != 512 || e.Expires.Before(time.Now()) || e.Quantization != "F16" {
		t.Errorf("%+v", e)
	}
	if c.Refused == "" || !strings.Contains(c.Refused, "ollama.com") {
		t.Errorf("%+v", c)
	}
	if !tiny.Tiny || s.Chat.Model != tiny.Name || !s.Chat.Tiny || s.Chat.Note == "" || s.Chat.Window != 8192 || tiny.Loaded {
		t.Errorf("%+v, %+v", tiny, s.Chat)
	}
}

func TestLanes_IndexingWaitsButNotForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l lanes
		start := time.Now()
		if err := l.yield(t.Context(), time.Minute); err != nil || time.Since(start) != 0 {
			t.Errorf("nobody waits: %v after %v", err, time.Since(start))
		}
		first, second := l.enter(), l.enter()
		time.AfterFunc(3*time.Second, first)
		time.AfterFunc(5*time.Second, func() { second(); second() })
		if err := l.yield(t.Context(), time.Minute); err != nil || time.Since(start) != 5*time.Second {
			t.Errorf("two people: %v after %v", err, time.Since(start))
		}
		defer l.enter()()
		start = time.Now()
		if err := l.yield(t.Context(), 10*time.Second); err != nil || time.Since(start) != 10*time.Second {
			t.Errorf("a long answer: %v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.yield(ctx, time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller left: %v", err)
		}
	})
}
