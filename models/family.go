package models

import "strings"

// family is what golocal knows about a line of embedding models: how it wants
// questions and passages marked, as its authors' model card says.
type family struct {
	name      string
	match     []string // all of these are in the model's name and tag, or one is "arch=" + its architecture
	query     string   // written before a question
	document  string   // written before a passage
	dims      int      // of its vectors; 0 when the sizes of the line differ
	tokens    int      // longest input, markers and prefix included
	pooling   string   // how token vectors become one: "mean", "cls" or "last"
	preferred int      // choosing among installed models: lower first
	spread    float64  // of its cosines, Spread; 0 where it was not measured
}

const (
	searchPassages = "Represent this sentence for searching relevant passages: "
	// searchPassagesZh is the same in Chinese, for models made for it.
	searchPassagesZh = "为这个句子生成表示以用于检索相关文章："
	instructQuery    = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)

// families are matched in this order: the first whose words are all in the
// name wins, so the narrower name stands first. Sources: the model cards of
// each line on huggingface.co as of 2026, and the context lengths of the
// models in Ollama's library.
var families = []family{
	{name: "EmbeddingGemma", match: []string{"embeddinggemma"}, query: "task: search result | query: ", document: "title: none | text: ", dims: 768, tokens: 2048, pooling: "mean", preferred: 1},
	{name: "EmbeddingGemma", match: []string{"embedding", "gemma"}, query: "task: search result | query: ", document: "title: none | text: ", dims: 768, tokens: 2048, pooling: "mean", preferred: 1},
	{name: "Nomic Embed Code", match: []string{"nomic-embed-code"}, query: "Represent this query for searching relevant code: ", dims: 3584, tokens: 32768, pooling: "last", preferred: 11},
	{name: "Nomic Embed v2", match: []string{"nomic-embed", "v2"}, query: "search_query: ", document: "search_document: ", dims: 768, tokens: 512, pooling: "mean", preferred: 2},
	{name: "Nomic Embed", match: []string{"nomic-embed"}, query: "search_query: ", document: "search_document: ", dims: 768, tokens: 2048, pooling: "mean", preferred: 2},
	{name: "Snowflake Arctic Embed 2", match: []string{"arctic-embed2"}, query: "query: ", dims: 1024, tokens: 8192, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed 2", match: []string{"arctic-embed-m-v2"}, query: "query: ", dims: 768, tokens: 8192, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed 2", match: []string{"arctic-embed", "v2"}, query: "query: ", dims: 1024, tokens: 8192, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed", "long"}, query: searchPassages, dims: 768, tokens: 2048, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed", "137m"}, query: searchPassages, dims: 768, tokens: 2048, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed-xs"}, query: searchPassages, dims: 384, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed:22m"}, query: searchPassages, dims: 384, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed-s"}, query: searchPassages, dims: 384, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed:33m"}, query: searchPassages, dims: 384, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed-m"}, query: searchPassages, dims: 768, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed:110m"}, query: searchPassages, dims: 768, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed-l"}, query: searchPassages, dims: 1024, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed:335m"}, query: searchPassages, dims: 1024, tokens: 512, pooling: "cls", preferred: 5},
	{name: "Snowflake Arctic Embed", match: []string{"arctic-embed"}, query: searchPassages, tokens: 512, pooling: "cls", preferred: 5},
	{name: "mxbai Embed German", match: []string{"mxbai-embed-de"}, query: "query: ", document: "passage: ", dims: 1024, tokens: 512, pooling: "mean", preferred: 7},
	{name: "mxbai Embed", match: []string{"mxbai-embed-large"}, query: searchPassages, dims: 1024, tokens: 512, pooling: "cls", preferred: 3},
	{name: "BGE-M3", match: []string{"bge-m3"}, dims: 1024, tokens: 8192, pooling: "cls", preferred: 4},
	{name: "BGE Chinese", match: []string{"bge-large-zh"}, query: searchPassagesZh, dims: 1024, tokens: 512, pooling: "cls", preferred: 12},
	{name: "BGE Chinese", match: []string{"bge-base-zh"}, query: searchPassagesZh, dims: 768, tokens: 512, pooling: "cls", preferred: 12},
	{name: "BGE Chinese", match: []string{"bge-small-zh"}, query: searchPassagesZh, dims: 512, tokens: 512, pooling: "cls", preferred: 12},
	{name: "BGE", match: []string{"bge-large"}, query: searchPassages, dims: 1024, tokens: 512, pooling: "cls", preferred: 4},
	{name: "BGE", match: []string{"bge-base"}, query: searchPassages, dims: 768, tokens: 512, pooling: "cls", preferred: 4},
	{name: "BGE", match: []string{"bge-small"}, query: searchPassages, dims: 384, tokens: 512, pooling: "cls", preferred: 4},
	{name: "Qwen3 Embedding", match: []string{"qwen3-embedding", "0.6b"}, query: instructQuery, dims: 1024, tokens: 32768, pooling: "last", preferred: 6},
	{name: "Qwen3 Embedding", match: []string{"qwen3-embedding", "4b"}, query: instructQuery, dims: 2560, tokens: 32768, pooling: "last", preferred: 6},
	{name: "Qwen3 Embedding", match: []string{"qwen3-embedding", "8b"}, query: instructQuery, dims: 4096, tokens: 32768, pooling: "last", preferred: 6},
	{name: "Qwen3 Embedding", match: []string{"qwen3-embedding"}, query: instructQuery, tokens: 32768, pooling: "last", preferred: 6},
	{name: "E5 Mistral", match: []string{"e5-mistral"}, query: instructQuery + " ", dims: 4096, tokens: 4096, pooling: "last", preferred: 7},
	{name: "E5 instruct", match: []string{"e5-", "instruct"}, query: instructQuery + " ", dims: 1024, tokens: 512, pooling: "mean", preferred: 7},
	{name: "E5", match: []string{"e5-small"}, query: "query: ", document: "passage: ", dims: 384, tokens: 512, pooling: "mean", preferred: 7},
	{name: "E5", match: []string{"e5-base"}, query: "query: ", document: "passage: ", dims: 768, tokens: 512, pooling: "mean", preferred: 7},
	{name: "E5", match: []string{"e5-large"}, query: "query: ", document: "passage: ", dims: 1024, tokens: 512, pooling: "mean", preferred: 7},
	{name: "Granite Embedding R2", match: []string{"granite-embedding-small", "r2"}, dims: 384, tokens: 8192, pooling: "cls", preferred: 8},
	{name: "Granite Embedding R2", match: []string{"granite-embedding", "r2"}, dims: 768, tokens: 8192, pooling: "cls", preferred: 8},
	{name: "Granite Embedding", match: []string{"granite-embedding", "30m"}, dims: 384, tokens: 512, pooling: "cls", preferred: 8},
	{name: "Granite Embedding", match: []string{"granite-embedding", "107m"}, dims: 384, tokens: 512, pooling: "cls", preferred: 8},
	{name: "Granite Embedding", match: []string{"granite-embedding", "125m"}, dims: 768, tokens: 512, pooling: "cls", preferred: 8},
	{name: "Granite Embedding", match: []string{"granite-embedding", "278m"}, dims: 768, tokens: 512, pooling: "cls", preferred: 8},
	{name: "Granite Embedding", match: []string{"granite-embedding"}, tokens: 512, pooling: "cls", preferred: 8},
	{name: "Paraphrase Multilingual", match: []string{"paraphrase-multilingual", "minilm"}, dims: 384, tokens: 128, pooling: "mean", preferred: 10},
	{name: "Paraphrase Multilingual", match: []string{"paraphrase-multilingual"}, dims: 768, tokens: 128, pooling: "mean", preferred: 10},
	{name: "MiniLM", match: []string{"all-minilm"}, dims: 384, tokens: 512, pooling: "mean", preferred: 9, spread: .3},
	{name: "MiniLM", match: []string{"minilm"}, dims: 384, tokens: 512, pooling: "mean", preferred: 9},
	{name: "EmbeddingGemma", match: []string{"arch=gemma-embedding"}, query: "task: search result | query: ", document: "title: none | text: ", dims: 768, tokens: 2048, pooling: "mean", preferred: 1},
	{name: "Nomic Embed", match: []string{"arch=nomic-bert"}, query: "search_query: ", document: "search_document: ", dims: 768, tokens: 2048, pooling: "mean", preferred: 2},
	{name: "Nomic Embed v2", match: []string{"arch=nomic-bert-moe"}, query: "search_query: ", document: "search_document: ", dims: 768, tokens: 512, pooling: "mean", preferred: 2},
}

// Spread is how much of cosine, in the vectors of a model of this name, tells as
// much about a passage as the whole range of a question's BM25 scores: a passage
// so much nearer than the hundredth is worth as much as one that is first by
// words. It is measured (retrieve's ranking); 0 where it was not.
func Spread(name string) float64 {
	f, _ := familyOf(name, "")
	return f.spread
}

// familyOf finds the line of an embedding model by its name, else by its
// GGUF architecture.
func familyOf(name, arch string) (family, bool) {
	name = strings.NewReplacer("_", "-", " ", "-").Replace(lastSegment(name))
	for _, f := range families {
		hit := true
		for _, word := range f.match {
			if a, ok := strings.CutPrefix(word, "arch="); ok {
				hit = hit && a == arch
			} else {
				hit = hit && strings.Contains(name, word)
			}
		}
		if hit {
			return f, true
		}
	}
	return family{}, false
}
