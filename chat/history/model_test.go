package history

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestStore_AgreesWithMaps does random operations on a store and on maps, and
// compares what both hold; now and then the store is opened anew.
func TestStore_AgreesWithMaps(t *testing.T) {
	steps := 300
	if os.Getenv("GOLOCAL_LONG") != "" {
		steps = 5000
	}
	type turn struct{ id, parent, question, answer string }
	type conversation struct {
		title  string
		pinned bool
		turns  []turn
	}
	r := rand.New(rand.NewPCG(9, 9))
	dir := t.TempDir()
	s := open(t, dir)
	want := map[string]*conversation{}
	words := strings.Fields("amber birch cedar delta ember fjord grove heath inlet juniper")
	text := func() string {
		var out []string
		for range 1 + r.IntN(4) {
			out = append(out, words[r.IntN(len(words))])
		}
		return strings.Join(out, " ")
	}
	pick := func() string {
		ids := slices.Sorted(maps.Keys(want))
		if len(ids) == 0 {
			return ""
		}
		return ids[r.IntN(len(ids))]
	}
	check := func(step int) {
		t.Helper()
		got := map[string]*conversation{}
		var listed []Conversation
		for q := (Query{Limit: 7}); ; {
			p, err := s.List(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			listed = append(listed, p.Conversations...)
			if q.After = p.Next; q.After == "" {
				break
			}
		}
		if !slices.IsSortedFunc(listed, func(a, b Conversation) int {
			if a.Pinned != b.Pinned {
				if a.Pinned {
					return -1
				}
				return 1
			}
			return cmp.Or(b.Changed.Compare(a.Changed), strings.Compare(b.ID, a.ID))
		}) {
			t.Fatalf("step %d: the list is out of order", step)
		}
		for _, c := range listed {
			w, err := s.Conversation(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			k := &conversation{title: w.Title, pinned: w.Pinned}
			for _, o := range w.Turns {
				said := ""
				if o.Answer != nil {
					said = o.Answer.Said()
				}
				k.turns = append(k.turns, turn{o.ID, o.Parent, o.Question, said})
			}
			if c.Turns != len(k.turns) {
				t.Fatalf("step %d: %d turns listed, %d there", step, c.Turns, len(k.turns))
			}
			got[c.ID] = k
		}
		if d := gocmp.Diff(want, got, gocmp.AllowUnexported(conversation{}, turn{})); d != "" {
			t.Fatalf("step %d: %s", step, d)
		}
		query := words[r.IntN(len(words))] + " " + words[r.IntN(len(words))][:2]
		p, err := s.List(t.Context(), Query{Text: query, Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		found, expected := []string{}, []string{}
		for _, c := range p.Conversations {
			found = append(found, c.ID)
		}
		for id, c := range want {
			if slices.ContainsFunc(c.turns, func(o turn) bool {
				all := o.question + " " + o.answer
				if o.id == c.turns[0].id {
					all += " " + c.title
				}
				return holdsAll(all, query)
			}) {
				expected = append(expected, id)
			}
		}
		slices.Sort(found)
		slices.Sort(expected)
		if d := gocmp.Diff(expected, found); d != "" {
			t.Fatalf("step %d, %q: %s", step, query, d)
		}
	}
	for step := range steps {
		switch id := pick(); r.IntN(12) {
		case 0, 1: // a new conversation
			q, a := text(), text()
			b := ask(t, s, Ask{Question: q}, a)
			want[b.Conversation] = &conversation{title: Title(q), turns: []turn{{b.Turn, "", q, a}}}
		case 2, 3, 4, 5: // a turn, perhaps as a branch
			if id == "" {
				continue
			}
			c := want[id]
			parent, given := c.turns[len(c.turns)-1].id, ""
			switch r.IntN(3) {
			case 0:
				given = c.turns[r.IntN(len(c.turns))].id
				parent = given
			case 1:
				given, parent = First, ""
			}
			q, a := text(), text()
			b := ask(t, s, Ask{Conversation: id, Parent: given, Question: q}, a)
			c.turns = append(c.turns, turn{b.Turn, parent, q, a})
		case 6: // asked, not answered yet
			q := text()
			b, err := s.Begin(t.Context(), Ask{Question: q})
			if err != nil {
				t.Fatal(err)
			}
			want[b.Conversation] = &conversation{title: Title(q), turns: []turn{{b.Turn, "", q, ""}}}
		case 7: // answered anew
			if id == "" {
				continue
			}
			o := &want[id].turns[r.IntN(len(want[id].turns))]
			o.answer = text()
			if err := s.Save(t.Context(), o.id, Outcome{State: Stopped, Answer: says(o.answer)}); err != nil {
				t.Fatal(err)
			}
		case 8:
			if id == "" {
				continue
			}
			title, pin := text(), r.IntN(2) == 0
			if _, err := s.Change(t.Context(), id, Change{Title: &title, Pinned: &pin}); err != nil {
				t.Fatal(err)
			}
			want[id].title, want[id].pinned = title, pin
		case 9:
			if id == "" || r.IntN(2) == 0 {
				continue
			}
			if n, err := s.Remove(t.Context(), id, "nowhere"); err != nil || n != 1 {
				t.Fatal(n, err)
			}
			delete(want, id)
		case 10:
			if r.IntN(60) > 0 {
				continue
			}
			if n, err := s.RemoveAll(t.Context()); err != nil || n != len(want) {
				t.Fatal(n, err, len(want))
			}
			clear(want)
		case 11:
			shut(t, s)
			s = open(t, dir)
		}
		if step%20 == 0 {
			check(step)
		}
	}
	check(steps)
	shut(t, s)
}

// holdsAll tells whether a text holds every word of a query, the last one's
// beginning being enough.
func holdsAll(text, query string) bool {
	have := strings.Fields(plain{}.Segment(text))
	wanted := strings.Fields(query)
	for i, w := range wanted {
		if !slices.ContainsFunc(have, func(h string) bool { return h == w || i == len(wanted)-1 && strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

func TestStore_SearchShowsWhere(t *testing.T) {
	s := open(t, t.TempDir())
	defer shut(t, s)
	for i := range 5 {
		ask(t, s, Ask{Question: fmt.Sprintf("What is number %d?", i)}, fmt.Sprintf("A prime, or the xylophone%d.", i))
	}
	p, err := s.List(t.Context(), Query{Text: "xylophone3"})
	if err != nil || len(p.Conversations) != 1 || len(p.Conversations[0].Hits) != 1 {
		t.Fatalf("%+v %v", p, err)
	}
	h := p.Conversations[0].Hits[0]
	if len(h.Marks) != 1 || h.Excerpt[h.Marks[0].Start:h.Marks[0].End] != "xylophone3" {
		t.Errorf("%+v", h)
	}
	if p, err := s.List(t.Context(), Query{Text: " .,; "}); err != nil || len(p.Conversations) != 5 && len(p.Conversations) != 0 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := s.List(t.Context(), Query{After: "wrong"}); err != ErrCursor {
		t.Error(err)
	}
}
