package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSetConfig_LeavesTheRestAsItIs(t *testing.T) {
	for _, c := range []struct{ name, before, value, want string }{
		{"missing key", "# mine\nquiet: 1s\n", "qwen3:4b", "# mine\nquiet: 1s\nchat-model: qwen3:4b\n"},
		{"empty file", "", "a", "chat-model: a\n"},
		{"comments only", "# nothing yet\n", "a", "# nothing yet\nchat-model: a\n"},
		{"no last line end", "quiet: 1s", "a", "quiet: 1s\nchat-model: a\n"},
		{"in its place", "# top\n\nchat-model: old # the good one\n\nquiet: 1s\n", "qwen3:4b", "# top\n\nchat-model: qwen3:4b # the good one\n\nquiet: 1s\n"},
		{"aligned comments", "chat-model: \"\"         # \"\" chooses\nquiet: 1s\n", "qwen3:4b", "chat-model: qwen3:4b   # \"\" chooses\nquiet: 1s\n"},
		{"longer than the room", "chat-model: a # one\n", "a-long-name:7b", "chat-model: a-long-name:7b # one\n"},
		{"quoted", "chat-model: 'x # y'\r\nquiet: 1s\r\n", "b", "chat-model: b\r\nquiet: 1s\r\n"},
		{"without a value", "chat-model:\nquiet: 1s\n", "b", "chat-model: b\nquiet: 1s\n"},
		{"needs quotes", "quiet: 1s\n", "1.5", "quiet: 1s\nchat-model: \"1.5\"\n"},
		{"chosen again", "chat-model: a\n", "", "chat-model: \"\"\n"},
		{"other keys that look like it", "embedding-prompts:\n  x: {query: \"chat-model: a\"}\n", "b", "embedding-prompts:\n  x: {query: \"chat-model: a\"}\nchat-model: b\n"},
		{"folded", "chat-model: >-\n  old\nquiet: 1s # q\n", "b", "chat-model: b\nquiet: 1s # q\n"},
		{"flow style", "{quiet: 1s, chat-model: old}\n", "b", "{quiet: 1s, chat-model: b}\n"},
		{"unchanged", "chat-model:   b # x\n", "b", "chat-model: b   # x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(path, []byte(c.before), 0o640); err != nil {
				t.Fatal(err)
			}
			if err := setConfig(path, "chat-model", c.value); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(path)
			if err != nil || string(got) != c.want {
				t.Errorf("%q, want %q (%v)", got, c.want, err)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
			if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestSetConfig_MakesTheFileAndKeepsALink(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	if err := setConfig(path, "chat-model", "a"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	link := filepath.Join(dir, "link.yaml")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no links on this system:", err)
	}
	if err := setConfig(link, "chat-model", "b"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if c, err := loadConfig(path); err != nil || c.ChatModel != "b" {
		t.Errorf("%+v, %v", c, err)
	}
	if err := os.WriteFile(path, []byte("quiet: [1s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := setConfig(path, "chat-model", "c"); err == nil {
		t.Error("a broken file was changed")
	}
}
