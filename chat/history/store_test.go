package history

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/chat"
	"golocal/internal/remark"
)

// plain are rules of words for tests: letters in lower case, the last word of a
// query unfinished.
type plain struct{}

func (plain) Segment(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), " ")
}

func (p plain) All(query string) string {
	words := strings.Fields(p.Segment(query))
	for i := range words {
		words[i] = `"` + words[i] + `"`
	}
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words, " AND ") + " *"
}

func (p plain) Excerpt(query, text string, size int) (golocal.Span, []golocal.Span) {
	for w := range strings.FieldsSeq(p.Segment(query)) {
		if i := strings.Index(strings.ToLower(text), w); i >= 0 {
			return golocal.Span{Start: i, End: min(len(text), i+size)}, []golocal.Span{{Start: i, End: i + len(w)}}
		}
	}
	return golocal.Span{End: min(len(text), size)}, nil
}

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Words: plain{}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shut(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// says is an answer of one quote.
func says(text string) *chat.Answer {
	return &chat.Answer{Kind: chat.KindQuotes, Sentences: []chat.Sentence{}, Sources: []golocal.Source{}, Verdict: chat.Supported, Support: 1,
		Quotes: []chat.Quote{{Plain: text, Citation: golocal.Citation{Source: 1, Doc: 7, Path: "/notes/a.md", Ref: golocal.Ref{Root: 1, Path: "a.md"}, Quote: text, State: golocal.Current, Place: golocal.Place{Line: 3}}}},
		Ledger: chat.Ledger{Sources: []chat.Spent{}, Dropped: []golocal.Dropped{}}}
}

// ask keeps a question with its answer.
func ask(t testing.TB, s *Store, a Ask, answer string) Begun {
	t.Helper()
	b, err := s.Begin(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), b.Turn, Outcome{State: Done, Standalone: a.Question, Answer: says(answer)}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStore_KeepsWhyAnAnswerFailed(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	why := remark.New(remark.NoMemory, "5 GiB")
	b := ask(t, s, Ask{Question: "How long?"}, "")
	if err := s.Save(t.Context(), b.Turn, Outcome{State: Failed, Problem: "no room", Why: why}); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	s = open(t, dir)
	defer shut(t, s)
	w, err := s.Conversation(t.Context(), b.Conversation)
	if err != nil || w.Turns[0].Problem != "no room" || remark.Say("de", w.Turns[0].Why) != "das Modell passt nicht in den Arbeitsspeicher: 5 GiB" {
		t.Errorf("%+v %v", w, err)
	}
}

func TestStore_KeepsTurnsOverARestart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	scope := golocal.Scope{Roots: []int64{4}, Types: []string{"pdf"}}
	first := ask(t, s, Ask{Question: "How long is the sabbatical?", Mode: "quotes", Model: "qwen3:4b", Open: true, Scope: scope, Run: "r1"}, "It lasts six weeks.")
	second := ask(t, s, Ask{Conversation: first.Conversation, Question: "And who pays?"}, "The company does.")
	if len(second.Before) != 1 || second.Before[0].ID != first.Turn || second.Before[0].Answer.Said() != "It lasts six weeks." {
		t.Errorf("before the second: %+v", second.Before)
	}
	again := ask(t, s, Ask{Conversation: first.Conversation, Parent: first.Turn, Question: "And who decides?"}, "Your team.")
	root := ask(t, s, Ask{Conversation: first.Conversation, Parent: First, Question: "How short is it?"}, "Six weeks.")
	shut(t, s)
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	s = open(t, dir)
	defer shut(t, s)
	w, err := s.Conversation(t.Context(), first.Conversation)
	if err != nil || len(w.Turns) != 4 || w.Title != "How long is the sabbatical" {
		t.Fatalf("%+v %v", w, err)
	}
	got := w.Turns[0]
	if got.Parent != "" || got.Mode != "quotes" || got.Model != "qwen3:4b" || w.Turns[1].Model != "" || !got.Open || got.Run != "r1" || got.State != Done || !cmp.Equal(got.Scope, scope) || !cmp.Equal(got.Answer, says("It lasts six weeks.")) {
		t.Errorf("%+v", got)
	}
	if w.Turns[1].Open {
		t.Error("a turn that was not asked so is open")
	}
	var ways []string
	for _, turn := range []string{"", second.Turn, again.Turn, root.Turn} {
		var ids []string
		for _, b := range w.Branch(turn) {
			ids = append(ids, b.Question)
		}
		ways = append(ways, strings.Join(ids, " > "))
	}
	want := []string{"How short is it?", "How long is the sabbatical? > And who pays?", "How long is the sabbatical? > And who decides?", "How short is it?"}
	if !cmp.Equal(ways, want) {
		t.Error(cmp.Diff(want, ways))
	}
}

func TestStore_UnknownNamesAreNotFound(t *testing.T) {
	s := open(t, t.TempDir())
	defer shut(t, s)
	b := ask(t, s, Ask{Question: "What?"}, "This.")
	for name, do := range map[string]func() error{
		"conversation": func() error { _, err := s.Conversation(t.Context(), "nowhere"); return err },
		"begin":        func() error { _, err := s.Begin(t.Context(), Ask{Conversation: "nowhere", Question: "?"}); return err },
		"parent": func() error {
			_, err := s.Begin(t.Context(), Ask{Conversation: b.Conversation, Parent: "nowhere", Question: "?"})
			return err
		},
		"save":   func() error { return s.Save(t.Context(), "nowhere", Outcome{State: Done}) },
		"change": func() error { _, err := s.Change(t.Context(), "nowhere", Change{Title: new("x")}); return err },
		"remove": func() error { _, err := s.Remove(t.Context(), "nowhere"); return err },
	} {
		if err := do(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, err := s.Remove(t.Context(), "nowhere", b.Conversation); n != 1 || err != nil {
		t.Errorf("of several unknown ones: %d, %v", n, err)
	}
}

// TestStore_AKilledRunIsStopped opens what lies on the disk while an answer is
// made, as after kill -9.
func TestStore_AKilledRunIsStopped(t *testing.T) {
	dir, after := t.TempDir(), t.TempDir()
	s := open(t, dir)
	b, err := s.Begin(t.Context(), Ask{Question: "How long?"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), b.Turn, Outcome{State: Running, Standalone: "How long?", Answer: says("so far")}); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, dir, after)
	shut(t, s)
	s = open(t, after)
	defer shut(t, s)
	w, err := s.Conversation(t.Context(), b.Conversation)
	if err != nil || w.Turns[0].State != Stopped || w.Turns[0].Answer.Said() != "so far" {
		t.Errorf("%+v %v", w.Turns, err)
	}
}

func copyFiles(t testing.TB, from, to string) {
	t.Helper()
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(filepath.Join(from, FileName+end))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, FileName+end), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// holding names the files of dir that hold any of the words.
func holding(t testing.TB, dir string, words ...string) (out []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(data, []byte(w)) {
				out = append(out, f.Name()+" has "+w)
			}
		}
	}
	return out
}

func TestStore_DeletedBytesAreNowhere(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	defer shut(t, s)
	var ids []string
	for i := range 60 { // answers of many sizes, so that pages are split
		text := fmt.Sprintf("Flimflamwort%d ", i%3) + strings.Repeat(fmt.Sprintf("filler%d ", i), 10+i*29%400)
		ids = append(ids, ask(t, s, Ask{Question: fmt.Sprintf("Where is the Zanzibarquux%d?", i%3)}, text).Conversation)
	}
	if _, err := s.Change(t.Context(), ids[2], Change{Title: new("Brabbelheimer")}); err != nil {
		t.Fatal(err)
	}
	if len(holding(t, dir, "Flimflamwort0", "Zanzibarquux0", "zanzibarquux0", "Brabbelheimer")) == 0 {
		t.Fatal("the words are nowhere, so this test sees nothing")
	}
	var some []string
	for i, id := range ids {
		if i%3 == 0 {
			some = append(some, id)
		}
	}
	if n, err := s.Remove(t.Context(), some...); n != 20 || err != nil {
		t.Fatal(n, err)
	}
	if got := holding(t, dir, "Flimflamwort0", "flimflamwort0", "Zanzibarquux0", "zanzibarquux0", some[0], some[19]); got != nil {
		t.Error(got)
	}
	if _, err := s.Change(t.Context(), ids[2], Change{Title: new("Another")}); err != nil {
		t.Fatal(err)
	}
	if got := holding(t, dir, "Brabbelheimer", "brabbelheimer"); got != nil {
		t.Error("after another title:", got)
	}
	if n, err := s.RemoveAll(t.Context()); n != 40 || err != nil {
		t.Fatal(n, err)
	}
	if got := holding(t, dir, "limflamwort", "anzibarquux", "filler", "Another"); got != nil {
		t.Error(got)
	}
}

// TestStore_ErasingGoesOnAfterAKill removes rows as one that is killed before the
// file is written anew.
func TestStore_ErasingGoesOnAfterAKill(t *testing.T) {
	dir, after := t.TempDir(), t.TempDir()
	s := open(t, dir)
	b := ask(t, s, Ask{Question: "Where is the Zanzibarquux?"}, "Behind the Flimflamwort.")
	ask(t, s, Ask{Question: "What stays?"}, "Everything else.")
	err := s.update(t.Context(), func(tx *sql.Tx) error {
		if _, err := forget(t.Context(), tx, `id = ?`, b.Conversation); err != nil {
			return err
		}
		return markErase(t.Context(), tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	copyFiles(t, dir, after)
	shut(t, s)
	if len(holding(t, after, "Zanzibarquux", "zanzibarquux")) == 0 {
		t.Fatal("nothing is left to erase, so this test sees nothing")
	}
	s = open(t, after)
	defer shut(t, s)
	if got := holding(t, after, "limflamwort", "anzibarquux"); got != nil {
		t.Error(got)
	}
	if p, err := s.List(t.Context(), Query{}); err != nil || len(p.Conversations) != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestOpen_RefusesWhatItCannotRead(t *testing.T) {
	garbage := bytes.Repeat([]byte("no database "), 1000)
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		want error
	}{
		"newer": {func(t *testing.T, path string) {
			shut(t, open(t, filepath.Dir(path)))
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(`PRAGMA user_version = 99`); err != nil {
				t.Fatal(err)
			}
		}, ErrNewer},
		"no database": {func(t *testing.T, path string) {
			if err := os.WriteFile(path, garbage, 0o600); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
		"another program's": {func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(`PRAGMA user_version = 1; CREATE TABLE other (x)`); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
		"overwritten": {func(t *testing.T, path string) {
			s := open(t, filepath.Dir(path))
			for range 30 {
				ask(t, s, Ask{Question: "How long is the sabbatical?"}, strings.Repeat("six weeks ", 200))
			}
			shut(t, s)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for at := 4096; at < len(data)-4096; at += 4096 {
				copy(data[at:at+64], garbage)
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), FileName)
			c.make(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(t.Context(), filepath.Dir(path), Options{Words: plain{}})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("%v", err)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// TestOpen_AMigrationThatWasKilledStartsAgain opens a file whose first version was
// never finished.
func TestOpen_AMigrationThatWasKilledStartsAgain(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, dir, Options{Words: plain{}}); err == nil {
		t.Fatal("opened with a context that has ended")
	}
	s := open(t, dir)
	defer shut(t, s)
	ask(t, s, Ask{Question: "What?"}, "This.")
}

// TestOpen_TakesUpTheFirstVersion opens a file from before models were named.
func TestOpen_TakesUpTheFirstVersion(t *testing.T) {
	dir := t.TempDir()
	db, err := sql.Open("sqlite", address(filepath.Join(dir, FileName)))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{migrations[0], `PRAGMA user_version = 1`, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID),
		`INSERT INTO conversation (id, title, created, changed) VALUES ('c', 'Old', 1, 1)`,
		`INSERT INTO turn (id, conversation, parent, asked, question, mode, think, scope, state, run) VALUES ('t', 'c', '', 1, 'What?', 'auto', 0, '{}', 'done', '')`} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	defer shut(t, s)
	ask(t, s, Ask{Conversation: "c", Question: "And now?", Model: "qwen3:4b"}, "This.")
	w, err := s.Conversation(t.Context(), "c")
	if err != nil || len(w.Turns) != 2 || w.Turns[0].Model != "" || w.Turns[0].Question != "What?" || w.Turns[1].Model != "qwen3:4b" {
		t.Errorf("%+v %v", w, err)
	}
}
