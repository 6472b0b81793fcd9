package models

// wellKnown is a model that golocal can suggest.
type wellKnown struct {
	name         string
	job          Capability
	architecture string // as its GGUF file names it
	tokenizer    string // likewise
	experts      int    // of a mixture
	parameters   float64
	quantization string
	context      int // tokens it was made for
	thinks       bool
	shape
}

func bert(size int64, layers, heads, width, vocabulary float64) shape {
	return shape{weights: size, layers: layers, heads: heads, kvHeads: heads, key: width / heads, value: width / heads, width: width, vocabulary: vocabulary, pools: true}
}

func decoder(size int64, layers, heads, kvHeads, head, width, vocabulary float64) shape {
	return shape{weights: size, layers: layers, heads: heads, kvHeads: kvHeads, key: head, value: head, width: width, vocabulary: vocabulary}
}

func pooled(s shape) shape {
	s.pools = true
	return s
}

// catalogue are models that matter in 2026, with the bytes that Ollama's
// library gives under the plain name, and shapes from the models' own
// configuration. Sizes are approximate, within about 5 %: a library's file may
// be made again any day, and what a runner tells of an installed model counts
// more.
var catalogue = []wellKnown{
	{"embeddinggemma", Embedding, "gemma3", "llama", 0, .308, "BF16", 2048, false, pooled(decoder(621_900_000, 24, 3, 1, 256, 768, 262144))},
	{"nomic-embed-text", Embedding, "nomic-bert", "bert", 0, .137, "F16", 2048, false, bert(274_300_000, 12, 12, 768, 30522)},
	{"mxbai-embed-large", Embedding, "bert", "bert", 0, .334, "F16", 512, false, bert(669_600_000, 24, 16, 1024, 30522)},
	{"bge-m3", Embedding, "bert", "t5", 0, .567, "F16", 8192, false, bert(1_157_700_000, 24, 16, 1024, 250002)},
	{"snowflake-arctic-embed2", Embedding, "bert", "t5", 0, .567, "F16", 8192, false, bert(1_160_300_000, 24, 16, 1024, 250002)},
	{"qwen3-embedding:0.6b", Embedding, "qwen3", "gpt2", 0, .596, "Q8_0", 32768, false, pooled(decoder(639_200_000, 28, 16, 8, 128, 1024, 151669))},
	{"all-minilm", Embedding, "bert", "bert", 0, .0226, "F16", 512, false, bert(46_000_000, 6, 12, 384, 30522)},

	{"smollm2:135m", Chat, "llama", "gpt2", 0, .1345, "F16", 8192, false, decoder(270_900_000, 30, 9, 3, 64, 576, 49152)},
	{"gemma3:270m", Chat, "gemma3", "llama", 0, .268, "Q8_0", 32768, false, decoder(291_600_000, 18, 4, 1, 256, 640, 262144)},
	{"qwen3:0.6b", Chat, "qwen3", "gpt2", 0, .752, "Q4_K_M", 40960, true, decoder(522_700_000, 28, 16, 8, 128, 1024, 151936)},
	{"gemma3:1b", Chat, "gemma3", "llama", 0, 1.0, "Q4_K_M", 32768, false, decoder(815_300_000, 26, 4, 1, 256, 1152, 262144)},
	{"llama3.2:1b", Chat, "llama", "gpt2", 0, 1.24, "Q8_0", 131072, false, decoder(1_321_100_000, 16, 32, 8, 64, 2048, 128256)},
	{"qwen3:1.7b", Chat, "qwen3", "gpt2", 0, 2.03, "Q4_K_M", 40960, true, decoder(1_359_300_000, 28, 16, 8, 128, 2048, 151936)},
	{"llama3.2:3b", Chat, "llama", "gpt2", 0, 3.21, "Q4_K_M", 131072, false, decoder(2_019_400_000, 28, 24, 8, 128, 3072, 128256)},
	{"qwen3:4b", Chat, "qwen3", "gpt2", 0, 4.02, "Q4_K_M", 262144, true, decoder(2_497_300_000, 36, 32, 8, 128, 2560, 151936)},
	{"gemma3:4b", Chat, "gemma3", "llama", 0, 4.3, "Q4_K_M", 131072, false, decoder(3_338_800_000, 34, 8, 4, 256, 2560, 262144)},
	{"mistral:7b", Chat, "llama", "llama", 0, 7.25, "Q4_K_M", 32768, false, decoder(4_372_800_000, 32, 32, 8, 128, 4096, 32768)},
	{"llama3.1:8b", Chat, "llama", "gpt2", 0, 8.03, "Q4_K_M", 131072, false, decoder(4_920_800_000, 32, 32, 8, 128, 4096, 128256)},
	{"qwen3:8b", Chat, "qwen3", "gpt2", 0, 8.19, "Q4_K_M", 40960, true, decoder(5_225_400_000, 36, 32, 8, 128, 4096, 151936)},
	{"gemma3:12b", Chat, "gemma3", "llama", 0, 12.2, "Q4_K_M", 131072, false, decoder(8_149_200_000, 48, 16, 8, 256, 3840, 262144)},
	{"phi4:14b", Chat, "phi3", "gpt2", 0, 14.7, "Q4_K_M", 16384, false, decoder(9_053_100_000, 40, 40, 10, 128, 5120, 100352)},
	{"qwen3:14b", Chat, "qwen3", "gpt2", 0, 14.8, "Q4_K_M", 40960, true, decoder(9_276_200_000, 40, 40, 8, 128, 5120, 151936)},
	{"gpt-oss:20b", Chat, "gptoss", "gpt2", 32, 20.9, "MXFP4", 131072, true, decoder(13_793_400_000, 24, 64, 8, 64, 2880, 201088)},
	{"gemma3:27b", Chat, "gemma3", "llama", 0, 27.4, "Q4_K_M", 131072, false, decoder(17_396_900_000, 62, 32, 16, 128, 5376, 262144)},
	{"qwen3:30b", Chat, "qwen3moe", "gpt2", 128, 30.5, "Q4_K_M", 262144, true, decoder(18_600_000_000, 48, 32, 4, 128, 2048, 151936)},
	{"qwen3:32b", Chat, "qwen3", "gpt2", 0, 32.8, "Q4_K_M", 40960, true, decoder(20_201_300_000, 64, 64, 8, 128, 5120, 151936)},
	{"mixtral:8x7b", Chat, "llama", "llama", 8, 46.7, "Q4_0", 32768, false, decoder(26_443_000_000, 32, 32, 8, 128, 4096, 32000)},
	{"llama3.3:70b", Chat, "llama", "gpt2", 0, 70.6, "Q4_K_M", 131072, false, decoder(42_520_400_000, 80, 64, 8, 128, 8192, 128256)},
}
