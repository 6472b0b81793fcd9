package fakeollama

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ollama/ollama/api"
)

// Vector is the fake embedding of a text: unit length, deterministic, near to
// those of texts with the same words.
func Vector(text string, dims int) []float32 {
	v := make([]float64, dims)
	add := func(feature string, weight float64) {
		h := fnv.New64a()
		h.Write([]byte(feature))
		n := h.Sum64()
		for range 4 { // four signed places, so that few features collide
			sign := 1.0
			if n&1 == 1 {
				sign = -1
			}
			v[(n>>1)%uint64(dims)] += sign * weight
			n = n*6364136223846793005 + 1442695040888963407
			n ^= n >> 29
		}
	}
	add("", 0.05) // no text is nowhere
	for _, word := range words(text) {
		if common[word] {
			add(word, 0.1)
			continue
		}
		add(stem(word), 1)
	}
	var norm float64
	for _, x := range v {
		norm += x * x
	}
	norm = math.Sqrt(norm)
	out := make([]float32, dims)
	for i, x := range v {
		out[i] = float32(x / norm)
	}
	return out
}

// stem makes "vacations" and "vacation", "working" and "worked" one feature.
func stem(word string) string {
	for _, end := range []string{"ing", "ed", "es", "s"} {
		if rest, ok := strings.CutSuffix(word, end); ok && len(rest) > 3 {
			return strings.TrimSuffix(rest, "e")
		}
	}
	return strings.TrimSuffix(word, "e")
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

var common = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`a an and are as at be but by can could did do does each every for from get had has have how i if in
is it its many me much my of on or our that the their them they this to was we were what when where which who why will with would you your`) {
		set[w] = true
	}
	return set
}()

func (s *Server) embed(w http.ResponseWriter, r *http.Request) {
	var req api.EmbedRequest
	if !read(w, r, &req) {
		return
	}
	var inputs []string
	switch in := req.Input.(type) {
	case string:
		inputs = []string{in}
	case []any:
		for _, v := range in {
			text, ok := v.(string)
			if !ok {
				fail(w, http.StatusBadRequest, "invalid input type")
				return
			}
			inputs = append(inputs, text)
		}
	}
	m, ok := s.find(req.Model)
	if !ok {
		missing(w, req.Model)
		return
	}
	b := s.now()
	s.mu.Lock()
	s.lastEmbed = req
	s.counts.EmbeddedTexts += len(inputs)
	s.mu.Unlock()
	if s.told != nil {
		s.told(r.Header.Get("X-Golocal-Lane"), inputs)
	}
	if m.Dims == 0 {
		fail(w, http.StatusBadRequest, "this model does not support embeddings")
		return
	}
	if !pause(r, b.EmbedDelay) {
		return
	}
	context := s.load(m, req.Options, req.KeepAlive)
	if !embedFault(w, r, b) {
		return
	}
	var tokens int
	vectors := make([][]float32, len(inputs))
	for i, text := range inputs {
		n := len(strings.Fields(text))
		strict := req.Truncate != nil && !*req.Truncate
		if b.TooLong > 0 && n > b.TooLong || strict && n > context {
			fail(w, http.StatusBadRequest, "the input length exceeds the context length")
			return
		}
		if b.Poison != "" && strings.Contains(text, b.Poison) {
			fail(w, http.StatusInternalServerError, "do embedding request: EOF")
			return
		}
		tokens += min(n, context)
		vectors[i] = Vector(text, m.Dims)
	}
	vectors, raw := spoil(vectors, b.Embed)
	if raw != "" {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, raw)
		return
	}
	reply(w, http.StatusOK, api.EmbedResponse{Model: req.Model, Embeddings: vectors, PromptEvalCount: tokens,
		TotalDuration: s.loadTook(m) + time.Millisecond, LoadDuration: s.loadTook(m)})
}

// embedFault answers for the faults that need no vectors; it returns false
// when it has answered.
func embedFault(w http.ResponseWriter, r *http.Request, b Behaviour) bool {
	switch b.Embed {
	case "hang":
		<-r.Context().Done()
	case "500":
		fail(w, http.StatusInternalServerError, "llama runner process has terminated")
	case "503":
		fail(w, http.StatusServiceUnavailable, "server busy, please try again. maximum pending requests exceeded")
	case "429":
		fail(w, http.StatusTooManyRequests, "too many requests")
	case "oom":
		fail(w, http.StatusInternalServerError, "model requires more system memory (6.1 GiB) than is available (2.0 GiB)")
	default:
		return true
	}
	return false
}

// spoil applies the fault to the vectors, or returns a raw body instead.
func spoil(vectors [][]float32, fault string) (_ [][]float32, raw string) {
	one := func(number string, n int) string {
		row := "[" + strings.TrimSuffix(strings.Repeat(number+",", n), ",") + "]"
		return `{"embeddings":[` + strings.TrimSuffix(strings.Repeat(row+",", len(vectors)), ",") + `]}`
	}
	if len(vectors) == 0 {
		return vectors, ""
	}
	last := len(vectors) - 1
	switch fault {
	case "dims":
		for i := range vectors {
			vectors[i] = append(vectors[i], 0.5)
		}
	case "ragged":
		vectors[last] = append(vectors[last], 0.5)
	case "nan":
		return nil, one("NaN", len(vectors[0]))
	case "inf":
		return nil, one("1e999", len(vectors[0]))
	case "null":
		return nil, one("null", len(vectors[0]))
	case "zero":
		clear(vectors[last])
	case "short":
		return vectors[:last], ""
	case "swap":
		slices.Reverse(vectors)
	case "garbage":
		return nil, "<html><body>502 Bad Gateway</body></html>"
	}
	return vectors, ""
}

// pause sleeps; it returns false when the client left meanwhile.
func pause(r *http.Request, milliseconds int) bool {
	if milliseconds <= 0 {
		return r.Context().Err() == nil
	}
	select {
	case <-time.After(time.Duration(milliseconds) * time.Millisecond):
		return true
	case <-r.Context().Done():
		return false
	}
}
