package models

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Speed is how fast a model was in its last run.
type Speed struct {
	Model  string         `json:"model"`
	At     time.Time      `json:"at"`
	Load   float64        `json:"load_seconds"`
	Read   float64        `json:"prompt_tokens_per_second,omitempty"` // over tokens that were computed; 0 when too few were to tell
	Write  float64        `json:"tokens_per_second,omitempty"`        // of an answer
	Embed  float64        `json:"embed_tokens_per_second,omitempty"`  // of a batch of passages
	Text   string         `json:"text"`                               // "last answer: loaded in 0.4 s, reads 365 tokens/s, writes 81 tokens/s"
	Remark golocal.Remark `json:"remark,omitzero"`                    // Text
}

// How many tokens a rate must rest on: a question says nothing about passages.
const (
	tellingTokens = 16
	tellingWords  = 4
	tellingBatch  = 256
)

// rate is tokens per second; 0 when they are too few to tell.
func rate(tokens int, seconds float64, least int) float64 {
	if tokens < least || seconds <= 0 {
		return 0
	}
	return float64(tokens) / seconds
}

func (s Speed) said() golocal.Remark {
	if s.Embed > 0 {
		return remark.New(remark.LastBatch, grouped(s.Embed))
	}
	var parts []golocal.Remark
	if s.Load >= 0.05 {
		parts = append(parts, remark.New(remark.SpeedLoaded, fmt.Sprintf("%.1f", s.Load)))
	}
	if s.Read > 0 {
		parts = append(parts, remark.New(remark.SpeedReads, grouped(s.Read)))
	}
	if s.Write > 0 {
		parts = append(parts, remark.New(remark.SpeedWrites, grouped(s.Write)))
	}
	if len(parts) == 0 {
		return golocal.Remark{}
	}
	return remark.New(remark.LastAnswer, parts)
}

// grouped writes a rate: "8.1", "81", "4,070".
func grouped(x float64) string {
	switch n := int64(x + 0.5); {
	case x < 9.95:
		return fmt.Sprintf("%.1f", x)
	case n < 1000:
		return fmt.Sprint(n)
	default:
		return fmt.Sprintf("%d,%03d", n/1000, n%1000)
	}
}

// speeds keeps the last run of each model, in a file too: a command that works
// without the daemon runs a model and ends.
type speeds struct {
	mu    sync.Mutex // guards the fields below
	file  string
	last  map[string]Speed
	fresh bool            // since the file was written
	read  map[string]read // by model
}

// read is what a model has read and written last, which its runner still has.
type read struct {
	prompt string
	window int
}

const speedsFile = "speeds.json"

// openSpeeds reads what earlier processes left in the state folder.
func openSpeeds(state string) *speeds {
	s := &speeds{file: filepath.Join(state, speedsFile), last: map[string]Speed{}, read: map[string]read{}}
	maps.Copy(s.last, s.stored())
	return s
}

// stored reads the file; one that is missing or broken is no speeds.
func (s *speeds) stored() map[string]Speed {
	f, err := os.Open(s.file)
	if err != nil {
		return nil
	}
	defer f.Close()
	var list []Speed
	if json.NewDecoder(io.LimitReader(f, maxLine)).Decode(&list) != nil {
		return nil
	}
	out := map[string]Speed{}
	for _, v := range list {
		out[canonical(v.Model)] = v
	}
	return out
}

// save writes the latest of each model, of this and of other processes.
func (s *speeds) save() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, v := range s.stored() {
		if v.At.After(s.last[key].At) {
			s.last[key] = v
		}
	}
	list := slices.SortedFunc(maps.Values(s.last), func(a, b Speed) int { return strings.Compare(a.Model, b.Model) })
	if !s.fresh {
		return nil
	}
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	temporary := fmt.Sprintf("%s.%d", s.file, os.Getpid())
	if err := os.WriteFile(temporary, data, 0o600); err != nil {
		return err
	}
	s.fresh = false
	return os.Rename(temporary, s.file)
}

// keep saves, and only notes when that fails: the speeds are for the curious.
func (s *speeds) keep(log *slog.Logger) {
	if err := s.save(); err != nil {
		log.Debug("speeds not kept", "err", err)
	}
}

// of is the last run of a model; nil when there was none.
func (s *speeds) of(model string) *Speed {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.last[canonical(model)]
	if !ok {
		return nil
	}
	return &v
}

// answered notes a reply.
func (s *speeds) answered(u golocal.Usage) {
	v := Speed{
		Model: u.Model, At: time.Now(), Load: u.Load,
		Read: u.PromptRate, Write: u.Rate,
	}
	v.Remark = v.said()
	v.Text = remark.Say("en", v.Remark)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last[canonical(u.Model)], s.fresh = v, true
}

// embedded notes a batch.
func (s *speeds) embedded(model string, tokens int, took, load time.Duration) {
	v := Speed{Model: model, At: time.Now(), Load: load.Seconds(), Embed: rate(tokens, (took - load).Seconds(), tellingBatch)}
	if v.Embed == 0 {
		return
	}
	v.Remark = v.said()
	v.Text = remark.Say("en", v.Remark)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last[canonical(model)], s.fresh = v, true
}

// computed estimates how many of a prompt's tokens the runner computed: what
// the prompt shares with the beginning of the last one lies in its cache,
// unless the model was loaded anew. Runners tell the whole count only. sure is
// false when this process did not see the last prompt: a runner of its own has
// none from before.
func (s *speeds) computed(model, prompt string, window, tokens int, load float64, own bool) (n int, sure bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, known := s.read[canonical(model)]
	s.read[canonical(model)] = read{prompt, window}
	switch {
	case load >= reloadedAfter.Seconds() || prompt == "" || !known && own || known && before.window != window:
		return tokens, true
	case !known:
		return tokens, false
	}
	same := 0
	for same < min(len(prompt), len(before.prompt)) && prompt[same] == before.prompt[same] {
		same++
	}
	return max(tokens-tokens*same/len(prompt), min(tokens, 1)), true
}
