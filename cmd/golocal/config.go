package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"golocal/chat"
	"golocal/models"
	"golocal/retrieve"
)

// config is config.yaml. Every key has a default; an unknown key is an error
// that names its line.
type config struct {
	Listen         string `yaml:"listen"`          // address of the page; loopback only
	Ollama         string `yaml:"ollama"`          // "auto", "none" or an address
	AllowRemote    bool   `yaml:"allow-remote"`    // accept a model runner on another machine
	EmbeddingModel string `yaml:"embedding-model"` // "" chooses
	ChatModel      string `yaml:"chat-model"`      // "" chooses
	NumGPU         int    `yaml:"num-gpu"`         // layers on the GPU; -1 lets the runner decide
	// before texts of the named embedding models, instead of what golocal knows
	EmbeddingPrompts map[string]prompts `yaml:"embedding-prompts"`
	MaxContext       int                `yaml:"max-context"`   // largest context of the chat model, tokens; 0 is golocal's own bound
	Offline          bool               `yaml:"offline"`       // never fetch anything
	Quiet            time.Duration      `yaml:"quiet"`         // how long a file must rest before it is read
	MaxWait          time.Duration      `yaml:"max-wait"`      // longest that a file being written may wait; 0 is 5 s, or quiet where that is longer
	Rescan           time.Duration      `yaml:"rescan"`        // time between full comparisons
	MaxFileMB        int64              `yaml:"max-file-mb"`   // larger files are skipped
	Inbox            string             `yaml:"inbox"`         // where files that are dropped on the page are copied to; "" is a folder beside the user's documents, "off" takes none
	Polite           string             `yaml:"polite"`        // "auto": indexing takes less of a machine that runs on its battery; "on": always; "off": never
	OCR              bool               `yaml:"ocr"`           // read text in images and scanned pages, through an installed tesseract
	OCRLanguages     string             `yaml:"ocr-languages"` // of that text, as tesseract names them: "eng+deu"
	Memory           string             `yaml:"memory"`        // "full" holds whole vectors in memory, "small" a quarter of them: same answers, a little slower
	Evidence         float64            `yaml:"evidence"`      // from which the files count as answering a question, 0 to 1
	Support          float64            `yaml:"support"`       // share of a written answer's claims that the files must support, or it is folded behind the quotes
	History          string             `yaml:"history"`       // "on" keeps conversations, "off" keeps none
	HistoryDays      int                `yaml:"history-days"`  // a conversation is kept for so many days after its last question; 0 is for ever
	LogLevel         string             `yaml:"log-level"`     // "debug", "info", "warn" or "error"; "" is warn for the daemon, error for other commands
}

// prompts are what an embedding model wants written before its texts.
type prompts struct {
	Query   string `yaml:"query"`   // before a question
	Passage string `yaml:"passage"` // before a passage of a file
}

func (c config) prompts() map[string]models.Prompt {
	out := map[string]models.Prompt{}
	for name, p := range c.EmbeddingPrompts {
		out[name] = models.Prompt{Query: p.Query, Document: p.Passage}
	}
	return out
}

func defaultConfig() config {
	return config{
		Listen:    "127.0.0.1:7654",
		Ollama:    "auto",
		NumGPU:    -1,
		Quiet:     300 * time.Millisecond,
		Rescan:    time.Hour,
		MaxFileMB: 200,
		Polite:    politeAuto,

		OCRLanguages: "eng",
		Memory:       "full",
		History:      "on",
		Evidence:     retrieve.Threshold,
		Support:      chat.Support,
	}
}

// usageError is a mistake in what the user typed or configured: exit code 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// loadConfig reads path over the defaults, and environment variables named
// after the keys (GOLOCAL_CHAT_MODEL for chat-model) over both. A missing file
// is fine.
func loadConfig(path string) (config, error) {
	c := defaultConfig()
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return c, fmt.Errorf("read config: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, usagef("%s: %s", path, explainYAML(err, data))
	}
	if err := c.check(); err != nil {
		return c, usagef("%s: %w", path, err)
	}
	var set []string
	for _, key := range configKeys() {
		name := "GOLOCAL_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
		value := os.Getenv(name)
		if value == "" {
			continue
		}
		if err := yaml.Unmarshal([]byte(key+": "+value), &c); err != nil {
			return c, usagef("%s=%s: %s", name, value, strings.TrimPrefix(err.Error(), "yaml: unmarshal errors:\n  line 1: "))
		}
		set = append(set, name)
	}
	if err := c.check(); err != nil { // of the file alone that was checked
		return c, usagef("%s: %w", strings.Join(set, ", "), err)
	}
	if c.MaxWait == 0 {
		c.MaxWait = max(5*time.Second, c.Quiet)
	}
	return c, nil
}

func (c config) check() error {
	switch {
	case c.Quiet < 0 || c.MaxWait != 0 && c.MaxWait < c.Quiet:
		return fmt.Errorf("max-wait (%v) must be at least quiet (%v), and neither below zero", c.MaxWait, c.Quiet)
	case c.Rescan < time.Minute:
		return fmt.Errorf("rescan is %v; the shortest is 1m", c.Rescan)
	case c.NumGPU < -1:
		return fmt.Errorf("num-gpu is %d; the smallest is -1, which lets the runner decide", c.NumGPU)
	case c.MaxContext != 0 && c.MaxContext < 2048:
		return fmt.Errorf("max-context is %d; the smallest is 2048, and 0 leaves it to golocal", c.MaxContext)
	case c.Polite != politeAuto && c.Polite != politeOn && c.Polite != politeOff:
		return fmt.Errorf("polite is %q; choose auto, on or off", c.Polite)
	case c.MaxFileMB < 1:
		return fmt.Errorf("max-file-mb is %d; the smallest is 1", c.MaxFileMB)
	case checkInbox(c.Inbox) != nil:
		return checkInbox(c.Inbox)
	case !(c.Evidence > 0 && c.Evidence <= 1):
		return fmt.Errorf("evidence is %v; it is over 0 and at most 1", c.Evidence)
	case !(c.Support > 0 && c.Support <= 1):
		return fmt.Errorf("support is %v; it is over 0 and at most 1", c.Support)
	case c.Memory != "full" && c.Memory != "small":
		return fmt.Errorf("memory is %q; it is full or small", c.Memory)
	}
	if c.History != "on" && c.History != "off" {
		return fmt.Errorf("history is %q; it is on or off", c.History)
	}
	if c.HistoryDays < 0 {
		return fmt.Errorf("history-days is %d; the smallest is 0, which keeps conversations for ever", c.HistoryDays)
	}
	if !ocrLanguages.MatchString(c.OCRLanguages) {
		return fmt.Errorf("ocr-languages is %q; name them as tesseract does, with + between: eng+deu (tesseract --list-langs)", c.OCRLanguages)
	}
	if c.LogLevel != "" {
		if _, err := parseLevel(c.LogLevel); err != nil {
			return err
		}
	}
	return nil
}

var ocrLanguages = regexp.MustCompile(`^[A-Za-z0-9_]+(/[A-Za-z0-9_]+)?(\+[A-Za-z0-9_]+(/[A-Za-z0-9_]+)?)*$`)

var unknownField = regexp.MustCompile(`line (\d+): field (\S+) not found in type (\S+)`)

// explainYAML turns the decoder's words into a line, the fault and the text at
// fault.
func explainYAML(err error, data []byte) string {
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		known := configKeys()
		if m[3] == reflect.TypeFor[prompts]().String() {
			known = keysOf(reflect.TypeFor[prompts]())
		}
		return fmt.Sprintf("line %s: unknown key %q; known keys: %s", m[1], m[2], strings.Join(known, ", "))
	}
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	msg = strings.TrimPrefix(msg, "unmarshal errors:\n  ")
	if m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(msg); m != nil {
		var n int
		fmt.Sscanf(m[1], "%d", &n)
		if lines := strings.Split(string(data), "\n"); n >= 1 && n <= len(lines) {
			return fmt.Sprintf("%s\n  %s", msg, strings.TrimRight(lines[n-1], "\r"))
		}
	}
	return msg
}

func configKeys() []string { return keysOf(reflect.TypeFor[config]()) }

func keysOf(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i] = t.Field(i).Tag.Get("yaml")
	}
	return keys
}
