package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/chat"
)

const (
	pageLimit   = 50
	hitsShown   = 3 // of a conversation
	excerptSize = 160
)

// List gives a piece of the list of conversations.
func (s *Store) List(ctx context.Context, q Query) (Page, error) {
	p := Page{Conversations: []Conversation{}}
	limit := pageLimit
	if q.Limit > 0 {
		limit = min(q.Limit, 200)
	}
	where, args := []string{"1"}, []any{}
	match := ""
	if strings.TrimSpace(q.Text) != "" {
		if match = s.o.Words.All(q.Text); match == "" {
			return p, nil
		}
		where = append(where, `c.id IN (SELECT conversation FROM turn WHERE number IN (SELECT rowid FROM posting WHERE posting MATCH ?))`)
		args = append(args, match)
	}
	if q.After != "" {
		pinned, changed, id, err := readCursor(q.After)
		if err != nil {
			return p, err
		}
		where = append(where, `(c.pinned, c.changed, c.id) < (?, ?, ?)`)
		args = append(args, pinned, changed, id)
	}
	rows, err := s.db.QueryContext(ctx, rowColumns+` WHERE `+strings.Join(where, ` AND `)+` ORDER BY c.pinned DESC, c.changed DESC, c.id DESC LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return p, s.explain("list the conversations", err)
	}
	err = each(rows, func() error {
		c, err := scanRow(rows)
		p.Conversations = append(p.Conversations, c)
		return err
	})
	if err != nil {
		return p, s.explain("list the conversations", err)
	}
	if len(p.Conversations) > limit {
		p.Conversations = p.Conversations[:limit]
		p.Next = cursor(p.Conversations[limit-1])
	}
	if match == "" {
		return p, nil
	}
	for i := range p.Conversations {
		if err := s.hits(ctx, &p.Conversations[i], q.Text, match); err != nil {
			return p, s.explain("search the conversations", err)
		}
	}
	return p, nil
}

// ErrCursor says that a Query's After is none.
var ErrCursor = errors.New("after: not what a list gave as next")

func cursor(c Conversation) string {
	pinned := 0
	if c.Pinned {
		pinned = 1
	}
	return fmt.Sprintf("%d-%d-%s", pinned, c.Changed.UnixMilli(), c.ID)
}

func readCursor(s string) (pinned, changed int64, id string, err error) {
	parts := strings.SplitN(s, "-", 3)
	if len(parts) != 3 {
		return 0, 0, "", ErrCursor
	}
	pinned, err1 := strconv.ParseInt(parts[0], 10, 64)
	changed, err2 := strconv.ParseInt(parts[1], 10, 64)
	if err1 != nil || err2 != nil {
		return 0, 0, "", ErrCursor
	}
	return pinned, changed, parts[2], nil
}

const rowColumns = `SELECT c.id, c.title, c.pinned, c.created, c.changed, (SELECT count(*) FROM turn WHERE conversation = c.id) FROM conversation c`

type scanner interface{ Scan(...any) error }

func scanRow(r scanner) (Conversation, error) {
	var c Conversation
	var created, changed int64
	err := r.Scan(&c.ID, &c.Title, &c.Pinned, &created, &changed, &c.Turns)
	c.Created, c.Changed = time.UnixMilli(created).UTC(), time.UnixMilli(changed).UTC()
	return c, err
}

// each calls f for every row and closes them.
func each(rows *sql.Rows, f func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := f(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) row(ctx context.Context, id string) (Conversation, error) {
	c, err := scanRow(s.db.QueryRowContext(ctx, rowColumns+` WHERE c.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("conversation %s: %w", id, fs.ErrNotExist)
	}
	return c, s.explain("read the conversation", err)
}

// hits adds the turns in which a search found its words.
func (s *Store) hits(ctx context.Context, c *Conversation, text, match string) error {
	rows, err := s.db.QueryContext(ctx, `SELECT id, question, said FROM turn WHERE conversation = ? AND number IN (SELECT rowid FROM posting WHERE posting MATCH ?) ORDER BY number DESC LIMIT ?`, c.ID, match, hitsShown)
	if err != nil {
		return err
	}
	c.Hits = []Hit{}
	return each(rows, func() error {
		var h Hit
		var question, said string
		if err := rows.Scan(&h.Turn, &question, &said); err != nil {
			return err
		}
		// The answer tells more than the question, which is shown with the turn anyway.
		for _, shown := range []string{said, question, c.Title} {
			span, marks := s.o.Words.Excerpt(text, shown, excerptSize)
			h.Excerpt, h.Marks = shown[span.Start:span.End], within(marks, span)
			if len(h.Marks) > 0 {
				break
			}
		}
		c.Hits = append(c.Hits, h)
		return nil
	})
}

// within are the marks that lie in span, counted from its start.
func within(marks []golocal.Span, span golocal.Span) []golocal.Span {
	out := []golocal.Span{}
	for _, m := range marks {
		if m.Start >= span.Start && m.End <= span.End {
			out = append(out, golocal.Span{Start: m.Start - span.Start, End: m.End - span.Start})
		}
	}
	return out
}

// Conversation gives one whole, as it was kept; an unknown one is [fs.ErrNotExist].
func (s *Store) Conversation(ctx context.Context, id string) (Whole, error) {
	c, err := s.row(ctx, id)
	if err != nil {
		return Whole{}, err
	}
	w := Whole{ID: c.ID, Title: c.Title, Pinned: c.Pinned, Created: c.Created, Changed: c.Changed, Turns: []Turn{}}
	rows, err := s.db.QueryContext(ctx, `SELECT id, parent, asked, question, standalone, mode, model, think, open, scope, state, run, answer, problem, why FROM turn WHERE conversation = ? ORDER BY number`, id)
	if err != nil {
		return w, s.explain("read the conversation", err)
	}
	err = each(rows, func() error {
		var t Turn
		var asked int64
		var scope, why string
		var answer sql.NullString
		if err := rows.Scan(&t.ID, &t.Parent, &asked, &t.Question, &t.Standalone, &t.Mode, &t.Model, &t.Think, &t.Open, &scope, &t.State, &t.Run, &answer, &t.Problem, &why); err != nil {
			return err
		}
		t.Asked = time.UnixMilli(asked).UTC()
		if err := json.Unmarshal([]byte(scope), &t.Scope); err != nil {
			return fmt.Errorf("%w: the scope of turn %s cannot be read", ErrDamaged, t.ID)
		}
		if why != "" {
			if err := json.Unmarshal([]byte(why), &t.Why); err != nil {
				return fmt.Errorf("%w: why turn %s failed cannot be read", ErrDamaged, t.ID)
			}
		}
		if answer.Valid {
			t.Answer = &chat.Answer{}
			if err := json.Unmarshal([]byte(answer.String), t.Answer); err != nil {
				return fmt.Errorf("%w: the answer of turn %s cannot be read", ErrDamaged, t.ID)
			}
		}
		w.Turns = append(w.Turns, t)
		w.Scope = t.Scope
		return nil
	})
	return w, s.explain("read the conversation", err)
}
