package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
)

func TestCreate_FromUploadedBlob(t *testing.T) {
	h := newHarness(t)
	c := h.dial(t)
	b, err := os.ReadFile(writeModel(t, embedder()))
	if err != nil {
		t.Fatal(err)
	}
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(b))
	for range 2 {
		if err := c.CreateBlob(t.Context(), digest, bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	}
	var last string
	err = c.Create(t.Context(), &api.CreateRequest{Model: "up", Files: map[string]string{"model.gguf": digest}, License: "Apache-2.0"},
		func(p api.ProgressResponse) error { last = p.Status; return nil })
	if err != nil || last != "success" {
		t.Fatalf("%q, %v", last, err)
	}
	show, err := c.Show(t.Context(), &api.ShowRequest{Model: "up"})
	if err != nil || show.Details.Family != "bert" || show.License != "Apache-2.0" || show.Details.ParameterSize != "12" {
		t.Errorf("%+v, %v", show, err)
	}
}

func TestCreate_TemplateComesFromTheWeights(t *testing.T) {
	h := newHarness(t)
	w := h.call(t, "POST", "/api/create", fmt.Sprintf(`{"model":"talk","from":%q}`, writeModel(t, chatter())))
	if !strings.Contains(w.Body.String(), "using autodetected template chatml") {
		t.Errorf("%s", w.Body)
	}
	var show api.ShowResponse
	if err := json.Unmarshal(h.call(t, "POST", "/api/show", `{"model":"talk"}`).Body.Bytes(), &show); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(show.Template, "<|im_start|>") || !strings.Contains(show.Parameters, "<|im_end|>") || !strings.Contains(show.Modelfile, "FROM talk:latest") {
		t.Errorf("%+v", show)
	}
	// A request's own template and system prompt win.
	w = h.call(t, "POST", "/api/create", `{"model":"own","from":"talk","template":"<{{ .System }}|{{ .Prompt }}>","system":"S","stream":false}`)
	if w.Code != 200 {
		t.Fatal(w.Body)
	}
	if w := h.call(t, "POST", "/api/chat", `{"model":"own","messages":[{"role":"user","content":"P"}]}`); w.Code != 200 {
		t.Fatal(w.Body)
	}
	if got := h.fakes[0].prompts[0].Prompt; got != "<S|P>" {
		t.Errorf("prompt %q", got)
	}
}

func TestCreate_Refusals(t *testing.T) {
	h := newHarness(t)
	h.add(t, "talk", chatter())
	mixtral, mamba := chatter(), chatter()
	mixtral["llama.expert_count"] = uint32(8)
	mamba["general.architecture"] = "mamba"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pytorch_model.bin"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	zip := filepath.Join(dir, "x.gguf")
	if err := os.WriteFile(zip, []byte("PK\x03\x04"), 0o600); err != nil {
		t.Fatal(err)
	}
	blobs := func() int {
		files, err := os.ReadDir(h.store.blobs())
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	before := blobs()
	for _, c := range []struct{ name, body, text string }{
		{"nothing", `{"model":"x"}`, "neither"},
		{"no name", `{"from":"talk"}`, "model is required"},
		{"Mixtral", fmt.Sprintf(`{"model":"x","from":%q}`, writeModel(t, mixtral)), "Mixtral"},
		{"Mixtral again", fmt.Sprintf(`{"model":"x","from":%q}`, writeModel(t, mixtral)), "needs Ollama"},
		{"unknown architecture", fmt.Sprintf(`{"model":"x","from":%q}`, writeModel(t, mamba)), `"mamba": it needs Ollama`},
		{"quantize", `{"model":"x","from":"talk","quantize":"q4_0"}`, "needs Ollama"},
		{"adapters", `{"model":"x","from":"talk","adapters":{"a":"b"}}`, "need Ollama"},
		{"remote", `{"model":"x","from":"talk","remote_host":"https://ollama.com"}`, "leaves"},
		{"template", `{"model":"x","from":"talk","template":"{{ if }}"}`, "template"},
		{"no such file", fmt.Sprintf(`{"model":"x","from":%q}`, filepath.Join(dir, "none")), "no such file"},
		{"no GGUF", fmt.Sprintf(`{"model":"x","from":%q}`, zip), "not a GGUF file"},
		{"pickled folder", fmt.Sprintf(`{"model":"x","from":%q}`, dir), "no *.safetensors"},
		{"unknown blob", `{"model":"x","files":{"a.gguf":"sha256:` + strings.Repeat("0", 64) + `"}}`, "upload it first"},
		{"blob outside", `{"model":"x","files":{"a.gguf":"../../x"}}`, "no blob"},
		{"path outside", `{"model":"x","files":{"../a.gguf":"x"}}`, "relative"},
	} {
		w := h.call(t, "POST", "/api/create", strings.TrimSuffix(c.body, "}")+`,"stream":false}`)
		if w.Code != 400 || !strings.Contains(w.Body.String(), strings.ReplaceAll(c.text, `"`, `\"`)) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
	}
	if n := blobs(); n != before {
		t.Errorf("refused models left %d files", n-before)
	}
}

// bertFolder writes a sentence-transformers folder of a BERT with one layer.
func bertFolder(t *testing.T) string {
	t.Helper()
	const dims, vocab, inner, positions = 4, 6, 8, 16
	dir := t.TempDir()
	file := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file("config.json", fmt.Sprintf(`{"architectures":["BertModel"],"hidden_size":%d,"num_hidden_layers":1,"num_attention_heads":2,"intermediate_size":%d,"max_position_embeddings":%d,"vocab_size":%d,"layer_norm_eps":1e-12}`, dims, inner, positions, vocab))
	file("modules.json", `[{"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]`)
	file("1_Pooling/config.json", `{"pooling_mode_mean_tokens":true}`)
	file("tokenizer.json", `{"model":{"type":"WordPiece","vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"hello":4,"##s":5}},"added_tokens":[]}`)
	file("tokenizer_config.json", `{}`)
	type tensor struct {
		DType   string   `json:"dtype"`
		Shape   []int    `json:"shape"`
		Offsets [2]int64 `json:"data_offsets"`
	}
	header := map[string]tensor{}
	var end int64
	add := func(name string, shape ...int) {
		n := int64(4)
		for _, s := range shape {
			n *= int64(s)
		}
		header[name] = tensor{"F32", shape, [2]int64{end, end + n}}
		end += n
	}
	add("embeddings.word_embeddings.weight", vocab, dims)
	add("embeddings.position_embeddings.weight", positions, dims)
	add("embeddings.token_type_embeddings.weight", 2, dims)
	add("embeddings.LayerNorm.weight", dims)
	add("embeddings.LayerNorm.bias", dims)
	for _, l := range []string{"attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"} {
		add("encoder.layer.0."+l+".weight", dims, dims)
		add("encoder.layer.0."+l+".bias", dims)
	}
	add("encoder.layer.0.intermediate.dense.weight", inner, dims)
	add("encoder.layer.0.intermediate.dense.bias", inner)
	add("encoder.layer.0.output.dense.weight", dims, inner)
	add("encoder.layer.0.output.dense.bias", dims)
	j, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	file("model.safetensors", string(binary.LittleEndian.AppendUint64(nil, uint64(len(j))))+string(j)+strings.Repeat("\x00", int(end)))
	return dir
}

func TestCreate_FromSafetensorsFolder(t *testing.T) {
	h := newHarness(t)
	dir := bertFolder(t)
	w := h.call(t, "POST", "/api/create", fmt.Sprintf(`{"model":"bert","from":%q,"stream":false}`, dir))
	if w.Code != 200 {
		t.Fatal(w.Body)
	}
	var show api.ShowResponse
	if err := json.Unmarshal(h.call(t, "POST", "/api/show", `{"model":"bert","verbose":true}`).Body.Bytes(), &show); err != nil {
		t.Fatal(err)
	}
	if show.Details.Family != "bert" || show.ModelInfo["bert.pooling_type"] != float64(1) || show.ModelInfo["bert.embedding_length"] != float64(4) || len(show.Tensors) < 10 {
		t.Errorf("%+v", show)
	}
	if tokens, ok := show.ModelInfo["tokenizer.ggml.tokens"].([]any); !ok || len(tokens) != 6 || tokens[4] != "▁hello" || tokens[5] != "s" {
		t.Errorf("tokens %v", show.ModelInfo["tokenizer.ggml.tokens"])
	}

	// The same folder as uploaded blobs.
	files := map[string]string{}
	for _, name := range []string{"config.json", "modules.json", "1_Pooling/config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"} {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = fmt.Sprintf("sha256:%x", sha256.Sum256(b))
		if w := h.call(t, "POST", "/api/blobs/"+files[name], string(b)); w.Code != 201 {
			t.Fatalf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	body, err := json.Marshal(api.CreateRequest{Model: "bert2", Files: files, Stream: new(bool)})
	if err != nil {
		t.Fatal(err)
	}
	if w := h.call(t, "POST", "/api/create", string(body)); w.Code != 200 {
		t.Fatal(w.Body)
	}
	one, _ := h.installed("bert")
	two, err := h.installed("bert2")
	if err != nil || one.weights.Digest != two.weights.Digest {
		t.Errorf("two conversions of one folder differ, %v", err)
	}

	// What the converter does not know is named.
	config := filepath.Join(dir, "config.json")
	for arch, want := range map[string]string{"FalconForCausalLM": "needs Ollama", "MixtralForCausalLM": ""} {
		if err := os.WriteFile(config, []byte(`{"architectures":["`+arch+`"],"num_local_experts":8}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if w := h.call(t, "POST", "/api/create", fmt.Sprintf(`{"model":"x","from":%q,"stream":false}`, dir)); w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s", arch, w.Code, w.Body)
		}
	}
	// A header longer than its file is a lie.
	if err := os.WriteFile(filepath.Join(dir, "model.safetensors"), []byte("\xff\xff\xff\x00\x00\x00\x00\x00{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := h.call(t, "POST", "/api/create", fmt.Sprintf(`{"model":"x","from":%q,"stream":false}`, dir)); w.Code != 400 || !strings.Contains(w.Body.String(), "header of") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
