package history

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"golocal"
	"golocal/chat"
)

// First is the Parent of an Ask that follows no turn: another beginning of the
// same conversation.
const First = "first"

// Ask is a question that begins a turn.
type Ask struct {
	Conversation string // "" begins a new one
	Parent       string // the turn it follows; "" is the one asked last, First none
	Question     string
	Mode         string
	Model        string // that was to write it; "" is the one in use
	Think        bool
	Open         bool // the model may add general knowledge
	Scope        golocal.Scope
	Run          string
}

// Begun is a turn that has begun.
type Begun struct {
	Conversation string
	Turn         string
	Before       []Turn // of its branch, oldest first
}

// newID makes a short name that people can type: 50 random bits.
func newID() string { return strings.ToLower(rand.Text()[:10]) }

// Begin keeps a question as a turn that is being answered. An unknown
// conversation or parent is [fs.ErrNotExist].
func (s *Store) Begin(ctx context.Context, a Ask) (Begun, error) {
	b := Begun{Conversation: a.Conversation, Turn: newID()}
	if a.Conversation != "" {
		whole, err := s.Conversation(ctx, a.Conversation)
		if err != nil {
			return b, err
		}
		if a.Parent != First {
			b.Before = whole.Branch(a.Parent)
			if a.Parent != "" && b.Before == nil {
				return b, fmt.Errorf("turn %s of conversation %s: %w", a.Parent, a.Conversation, fs.ErrNotExist)
			}
		}
	}
	parent := ""
	if n := len(b.Before); n > 0 {
		parent = b.Before[n-1].ID
	}
	scope, err := json.Marshal(a.Scope)
	if err != nil {
		return b, fmt.Errorf("keep the question: %w", err)
	}
	now := time.Now().UnixMilli()
	err = s.update(ctx, func(t *sql.Tx) error {
		title := ""
		if b.Conversation == "" {
			b.Conversation, title = newID(), Title(a.Question)
			if _, err := t.ExecContext(ctx, `INSERT INTO conversation (id, title, created, changed) VALUES (?, ?, ?, ?)`, b.Conversation, title, now, now); err != nil {
				return err
			}
		} else if n, err := affected(t.ExecContext(ctx, `UPDATE conversation SET changed = ? WHERE id = ?`, now, b.Conversation)); err != nil || n == 0 {
			return errors.Join(err, fs.ErrNotExist) // deleted a moment ago
		}
		r, err := t.ExecContext(ctx, `INSERT INTO turn (id, conversation, parent, asked, question, mode, model, think, open, scope, state, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			b.Turn, b.Conversation, parent, now, a.Question, a.Mode, a.Model, a.Think, a.Open, string(scope), Running, a.Run)
		if err != nil {
			return err
		}
		number, err := r.LastInsertId()
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO posting (rowid, title, question, answer) VALUES (?, ?, ?, '')`, number, s.o.Words.Segment(title), s.o.Words.Segment(a.Question))
		return err
	})
	return b, s.explain("keep the question", err)
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Outcome is what is kept of an answer.
type Outcome struct {
	State      State
	Standalone string
	Answer     *chat.Answer // nil where there is none yet
	Problem    string
	Why        golocal.Remark // Problem, where it can be said in other languages
}

// Save keeps how far the answer of a turn got, in place of what was kept of it.
// A turn that was deleted meanwhile is [fs.ErrNotExist].
func (s *Store) Save(ctx context.Context, turn string, o Outcome) error {
	var answer any
	said := ""
	if o.Answer != nil {
		b, err := json.Marshal(o.Answer)
		if err != nil {
			return fmt.Errorf("keep the answer: %w", err)
		}
		answer, said = string(b), o.Answer.Said()
	}
	why := ""
	if o.Why.Code != "" {
		b, err := json.Marshal(o.Why)
		if err != nil {
			return fmt.Errorf("keep the answer: %w", err)
		}
		why = string(b)
	}
	now := time.Now().UnixMilli()
	err := s.update(ctx, func(t *sql.Tx) error {
		var number int64
		var conversation, question, title string
		err := t.QueryRowContext(ctx, `SELECT t.number, t.conversation, t.question, iif(t.number = (SELECT min(number) FROM turn WHERE conversation = c.id), c.title, '')
			FROM turn t JOIN conversation c ON c.id = t.conversation WHERE t.id = ?`, turn).Scan(&number, &conversation, &question, &title)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("turn %s: %w", turn, fs.ErrNotExist)
		}
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE turn SET state = ?, standalone = ?, answer = ?, said = ?, problem = ?, why = ? WHERE number = ?`, o.State, o.Standalone, answer, said, o.Problem, why, number); err != nil {
			return err
		}
		if o.State == Running {
			return nil // its words are found when it is done
		}
		if _, err := t.ExecContext(ctx, `UPDATE conversation SET changed = max(changed, ?) WHERE id = ?`, now, conversation); err != nil {
			return err
		}
		return s.post(ctx, t, number, title, question, said)
	})
	return s.explain("keep the answer", err)
}

// post makes the words of a turn findable, in place of those it had.
func (s *Store) post(ctx context.Context, t *sql.Tx, number int64, title, question, said string) error {
	w := s.o.Words
	_, err := t.ExecContext(ctx, `INSERT OR REPLACE INTO posting (rowid, title, question, answer) VALUES (?, ?, ?, ?)`, number, w.Segment(title), w.Segment(question), w.Segment(said))
	return err
}

// Change renames or pins a conversation; an unknown one is [fs.ErrNotExist].
func (s *Store) Change(ctx context.Context, id string, c Change) (Conversation, error) {
	err := s.update(ctx, func(t *sql.Tx) error {
		if c.Pinned != nil {
			if _, err := t.ExecContext(ctx, `UPDATE conversation SET pinned = ? WHERE id = ?`, *c.Pinned, id); err != nil {
				return err
			}
		}
		if c.Title == nil {
			return nil
		}
		if _, err := t.ExecContext(ctx, `UPDATE conversation SET title = ? WHERE id = ?`, *c.Title, id); err != nil {
			return err
		}
		var number int64
		var question, said string
		err := t.QueryRowContext(ctx, `SELECT number, question, said FROM turn WHERE conversation = ? ORDER BY number LIMIT 1`, id).Scan(&number, &question, &said)
		if err == nil {
			err = s.post(ctx, t, number, *c.Title, question, said)
		}
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil && c.Title != nil { // the old title's bytes go, too
			err = markErase(ctx, t)
		}
		return err
	})
	if err == nil && c.Title != nil {
		err = s.finishErasing(ctx)
	}
	if err != nil {
		return Conversation{}, s.explain("change the conversation", err)
	}
	return s.row(ctx, id)
}
