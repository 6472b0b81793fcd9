package runner

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
)

// call is one line from the parent: a request, the wish to end one, or, without
// an id and without an answer, how many threads to compute with from now on.
type call struct {
	ID       uint64             `json:"id"`
	Embed    *EmbedRequest      `json:"embed,omitempty"`
	Complete *CompletionRequest `json:"complete,omitempty"`
	Cancel   bool               `json:"cancel,omitempty"`
	Threads  int                `json:"threads,omitempty"`
}

// reply is one line from the child. The first line of all has no id and says
// whether the model is loaded (Info) or not (Fault); later ones without an id
// are reports (Usage).
type reply struct {
	ID    uint64           `json:"id,omitempty"`
	Info  *Info            `json:"info,omitempty"`
	Usage *Usage           `json:"usage,omitempty"`
	Embed *EmbedResponse   `json:"embed,omitempty"`
	Event *CompletionEvent `json:"event,omitempty"`
	Fault *fault           `json:"fault,omitempty"`
}

// last reports whether nothing follows this reply to its call.
func (r reply) last() bool {
	return r.Fault != nil || r.Embed != nil || r.Event != nil && r.Event.Done
}

// fault carries an error between the processes so that errors.Is still finds
// the sentinel behind it.
type fault struct {
	Text string `json:"text"`
	Code string `json:"code,omitempty"`
}

var codes = map[string]error{
	"too_long":    ErrTooLong,
	"unsupported": ErrUnsupported,
}

func faultOf(err error) *fault {
	f := &fault{Text: err.Error()}
	for code, sentinel := range codes {
		if errors.Is(err, sentinel) {
			f.Code = code
		}
	}
	return f
}

// Error implements error.
func (f *fault) Error() string { return f.Text }

// Unwrap returns the sentinel that the code stands for, or nil.
func (f *fault) Unwrap() error { return codes[f.Code] }

// line writes one JSON value per line; safe for several goroutines.
type line struct {
	mu  sync.Mutex
	enc *json.Encoder
}

func newLine(w io.Writer) *line {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &line{enc: enc}
}

func (l *line) write(v any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.enc.Encode(v)
}

// tail is a writer that keeps the last lines written to it and passes each on.
type tail struct {
	each func(line string)

	mu    sync.Mutex
	part  string
	lines []string
}

const tailLines = 12

// Write implements io.Writer; it never fails.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.part += string(p)
	for {
		text, rest, ok := strings.Cut(t.part, "\n")
		if !ok {
			t.part = t.part[max(0, len(t.part)-4096):]
			return len(p), nil
		}
		t.part = rest
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		t.each(text)
		t.lines = append(t.lines, text)
		t.lines = t.lines[max(0, len(t.lines)-tailLines):]
	}
}

// reason returns the line that most likely says why the writer of this tail
// died: what the runtime or the native code printed first, or the last line.
func (t *tail) reason() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.lines {
		for _, mark := range []string{"GGML_ASSERT", "panic:", "fatal error:", "SIGILL", "SIGSEGV", "SIGBUS"} {
			if strings.Contains(l, mark) {
				return l
			}
		}
	}
	if len(t.lines) > 0 {
		return t.lines[len(t.lines)-1]
	}
	return ""
}
