package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestBackup_ComesBackWhereNothingIsKept(t *testing.T) {
	s := open(t, t.TempDir())
	b := ask(t, s, Ask{Question: "How long is the sabbatical?"}, "It lasts six weeks.")
	path := filepath.Join(t.TempDir(), "b.chats")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Backup(t.Context(), path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	ask(t, s, Ask{Question: "What was said after it?"}, "This.")
	shut(t, s)

	dir := filepath.Join(t.TempDir(), "new")
	in, err := Receive(t.Context(), dir, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Take(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	w, err := s.Conversation(t.Context(), b.Conversation)
	if err != nil || len(w.Turns) != 1 || w.Turns[0].Answer.Said() != "It lasts six weeks." {
		t.Errorf("%+v, %v", w, err)
	}
	if p, err := s.List(t.Context(), Query{Text: "sabbatical"}); err != nil || len(p.Conversations) != 1 {
		t.Errorf("searched: %+v, %v", p, err)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	shut(t, s)
	if _, err := Receive(t.Context(), dir, path); !errors.Is(err, ErrKept) {
		t.Errorf("over conversations: %v", err)
	}
}

func TestReceive_RefusesWhatIsNotWhole(t *testing.T) {
	s := open(t, t.TempDir())
	for range 50 {
		ask(t, s, Ask{Question: "How long is the sabbatical?"}, "It lasts six weeks.")
	}
	path := filepath.Join(t.TempDir(), "whole")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change := func(f func([]byte) []byte) []byte { return f(append([]byte{}, whole...)) }
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty":         {nil, ErrDamaged},
		"text":          {[]byte("no database at all, but a text that is longer than a header has to be, so that the first read finds enough of it"), ErrDamaged},
		"another's":     {change(func(b []byte) []byte { b[68] ^= 1; return b }), ErrDamaged},
		"newer":         {change(func(b []byte) []byte { b[63] = 99; return b }), ErrNewer},
		"cut":           {whole[:len(whole)/2], ErrDamaged},
		"a broken page": {change(func(b []byte) []byte { copy(b[len(b)-4096:], make([]byte, 4096)); return b }), ErrDamaged},
	} {
		bad, dir := filepath.Join(t.TempDir(), "bad"), t.TempDir()
		if err := os.WriteFile(bad, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Receive(t.Context(), dir, bad); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		left, _ := filepath.Glob(filepath.Join(dir, "*"+incoming+"*"))
		if len(left) > 0 {
			t.Errorf("%s: %q is left", name, left)
		}
	}
	if _, err := Receive(t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// What a killed restore leaves holds what was said: it goes when the store opens.
func TestReceive_KilledLeavesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	ask(t, s, Ask{Question: "How long is the sabbatical?"}, "It lasts six weeks.")
	path, dir := filepath.Join(t.TempDir(), "b"), t.TempDir()
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	if _, err := Receive(t.Context(), dir, path); err != nil { // and nobody takes it
		t.Fatal(err)
	}
	s = open(t, dir)
	defer shut(t, s)
	if left, _ := filepath.Glob(filepath.Join(dir, "*"+incoming+"*")); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
	if u, err := s.Usage(t.Context()); err != nil || u.Conversations != 0 {
		t.Errorf("%+v, %v", u, err)
	}
}
