package history

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// A file of every older version is brought up to date with all that it held.
func TestOpen_BringsOlderFilesUpToDate(t *testing.T) {
	for version := 1; version < len(migrations); version++ {
		dir := t.TempDir()
		db, err := sql.Open("sqlite", address(filepath.Join(dir, FileName)))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range append(append([]string{}, migrations[:version]...), fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, version, applicationID),
			`INSERT INTO conversation (id, title, created, changed) VALUES ('c', 'Leave', 1, 2)`,
			`INSERT INTO turn (id, conversation, parent, asked, question, mode, think, scope, state, run) VALUES ('t', 'c', '', 1, 'How long?', 'auto', 1, '{}', 'running', 'r')`) {
			if _, err := db.Exec(q); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		w, err := s.Conversation(t.Context(), "c")
		if err != nil || len(w.Turns) != 1 {
			t.Fatalf("version %d: %+v %v", version, w, err)
		}
		if got := w.Turns[0]; got.Question != "How long?" || !got.Think || got.Open || got.State != Stopped {
			t.Errorf("version %d: %+v", version, got)
		}
		next := ask(t, s, Ask{Conversation: "c", Question: "And who?", Open: true}, "You.")
		if w, err = s.Conversation(t.Context(), "c"); err != nil || len(next.Before) != 1 || !w.Turns[1].Open {
			t.Errorf("version %d: %+v %v", version, w, err)
		}
		shut(t, s)
	}
}
