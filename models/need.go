package models

// need.go has the one formula for the memory that a model takes, used for
// models that are loaded and for those that are only suggested.

// shape is what a model's need of memory follows from.
type shape struct {
	weights    int64   // bytes of its file
	layers     float64 // with keys and values
	heads      float64 // of attention
	kvHeads    float64 // that have keys and values of their own
	key, value float64 // numbers in one key and in one value
	width      float64 // numbers in one token's vector
	vocabulary float64 // tokens
	pools      bool    // makes one vector per text, and keeps no keys and values
}

// cacheBytes is the memory of one token of context: a key and a value of 2
// bytes a number in every layer.
func (s shape) cacheBytes() float64 {
	if s.pools {
		return 0
	}
	return s.layers * s.kvHeads * (s.key + s.value) * 2
}

// processBytes is what a runner takes before it has a model.
const processBytes = 64 << 20

// need is the memory of a model that is loaded with a context of that many
// tokens, in bytes: weights, keys and values, and the intermediate results of
// one batch of 512 tokens, as engine.footprint and Ollama's GraphSize (its case
// of llama) estimate them. It errs on the large side for models whose attention
// looks back a limited way in most layers, as Gemma's does.
func (s shape) need(context int) int64 {
	n, batch := float64(context), 512.0
	vocabulary := s.vocabulary
	if s.pools { // texts of a batch are computed together, and no next token is chosen
		batch, vocabulary = min(4*batch, n), 0
	}
	graph := 4 * batch * max(1+4*s.width+n*(1+s.heads), s.width+vocabulary)
	return s.weights + int64(n*s.cacheBytes()) + int64(graph) + processBytes
}
