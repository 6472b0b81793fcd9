package retrieve

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/prose"
)

// scoped is a shelf whose texts have days, and that keeps to scopes of days,
// phrases and documents.
type scoped struct {
	*shelf
	days []string
}

func (s scoped) in(scope golocal.Scope) func(golocal.Match) bool {
	return func(m golocal.Match) bool {
		text, day := strings.ToLower(s.texts[m.Chunk-1]), ""
		if s.days != nil {
			day = s.days[m.Chunk-1]
		}
		out := scope.After != "" && day < scope.After || scope.Before != "" && day >= scope.Before || len(scope.Docs) > 0 && !slices.Contains(scope.Docs, m.Chunk)
		for _, t := range scope.With {
			out = out || t.Field == "" && !strings.Contains(text, strings.ToLower(t.Text))
		}
		return out
	}
}

func (s scoped) Match(ctx context.Context, q string, k int, scope golocal.Scope) ([]golocal.Match, error) {
	if q == "" {
		var all []golocal.Match
		for i := range s.texts {
			all = append(all, golocal.Match{Chunk: int64(i + 1)})
		}
		return slices.DeleteFunc(all, s.in(scope)), nil
	}
	found, err := s.shelf.Match(ctx, q, len(s.texts), scope)
	found = slices.DeleteFunc(found, s.in(scope))
	return found[:min(k, len(found))], err
}

func (s scoped) Nearest(ctx context.Context, v golocal.Vector, k int, scope golocal.Scope) ([]golocal.Match, error) {
	found, err := s.shelf.Nearest(ctx, v, len(s.texts), scope)
	found = slices.DeleteFunc(found, s.in(scope))
	return found[:min(k, len(found))], err
}

// spell knows one mistake.
type spell map[string]string

func (s spell) Near(_ context.Context, word string) (string, bool, error) {
	if word == "broken" {
		return "", false, errors.New("no vocabulary")
	}
	near, ok := s[word]
	return near, ok, nil
}

func notes() scoped {
	return scoped{&shelf{texts: []string{
		"The move to the new office begins in May.",
		"Budget of the new office: 48,200 euros.",
		"The old office had a garden with a walnut tree.",
		"Invoice INV-2024-0031 is for chairs of the new office.",
		"Invoice INV-2024-0032 is for desks of the new office, new office, new office.",
	}}, []string{"2026-11-18", "2024-03-05", "2020-01-01", "2026-11-28", "2026-11-28"}}
}

func now() time.Time { return saturday }

func TestAsk_KeepsToADateWhereItAnswers(t *testing.T) {
	s := notes()
	r := New(Options{Searcher: s, Rarity: s, Now: now})
	found, err := r.Retrieve(t.Context(), "notes from last week about the move to the office", golocal.Scope{}, 5)
	if err != nil || len(found.Hits) != 1 || found.Hits[0].Chunk.ID != 1 || len(found.Asked.Limits) != 1 || len(found.Asked.Notes) > 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	// Nothing of that week knows the tree: the date is left out, and that is said.
	found, err = r.Retrieve(t.Context(), "notes from last week about the walnut tree in the garden", golocal.Scope{}, 5)
	if err != nil || len(found.Hits) == 0 || found.Hits[0].Chunk.ID != 3 || len(found.Asked.Limits) != 0 || len(found.Asked.Notes) != 1 || found.Asked.Scope.After != "" {
		t.Fatalf("%+v, %v", found, err)
	}
	// A day that the caller asks for stays, whatever is guessed.
	found, err = r.Retrieve(t.Context(), "notes from last week about the walnut tree", golocal.Scope{After: "2026-01-01"}, 5)
	if err != nil || slices.ContainsFunc(found.Hits, func(h golocal.Hit) bool { return h.Chunk.ID == 3 }) {
		t.Fatalf("%+v, %v", found, err)
	}
}

func TestAsk_WithoutAPhraseWhereNothingHasIt(t *testing.T) {
	s := notes()
	r := New(Options{Searcher: s, Rarity: s, Now: now})
	found, err := r.Retrieve(t.Context(), `"walnut tree" office`, golocal.Scope{}, 5)
	if err != nil || len(found.Hits) != 1 || found.Hits[0].Chunk.ID != 3 || len(found.Asked.Notes) != 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	found, err = r.Retrieve(t.Context(), `"tree of walnut" in the garden`, golocal.Scope{}, 5)
	if err != nil || len(found.Hits) == 0 || len(found.Asked.Notes) != 1 || len(found.Asked.Limits) != 0 {
		t.Fatalf("%+v, %v", found, err)
	}
}

func TestAsk_SpellsOnlyWhatNothingHas(t *testing.T) {
	s := notes()
	r := New(Options{Searcher: s, Rarity: s, Now: now, Speller: spell{"budgit": "budget", "offic": "office", "wallnut": "walnut"}})
	for query, want := range map[string]struct {
		first int64
		note  string
	}{
		"the budgit":            {2, "nothing matches “budgit”: searched for “budget”"},
		"garden with a wallnut": {3, "no file has “wallnut”: if “walnut” was meant, search for that"}, // the garden is there, and says nothing of it
		"garden with a walnut":  {3, ""},
		"zzz":                   {0, ""},
	} {
		found, err := r.Retrieve(t.Context(), query, golocal.Scope{}, 3)
		if err != nil {
			t.Fatal(err)
		}
		first := int64(0)
		if len(found.Hits) > 0 {
			first = found.Hits[0].Chunk.ID
		}
		if first != want.first || strings.Join(found.Asked.Notes, "") != want.note {
			t.Errorf("%s: first %d, notes %q", query, first, found.Asked.Notes)
		}
	}
	r.o.Embedder = embed{at: 1} // what it means may be found in other words
	found, err := r.Retrieve(t.Context(), "the budgit", golocal.Scope{}, 3)
	if err != nil || found.Asked.Text != "the budgit" || found.Asked.Meant != "the budget" || strings.Join(found.Asked.Notes, "") != "no file has “budgit”: if “budget” was meant, search for that" {
		t.Errorf("by meaning: %+v, %v", found.Asked, err)
	}
	if _, err := r.Retrieve(t.Context(), "broken", golocal.Scope{}, 3); err == nil || !strings.Contains(err.Error(), "no vocabulary") {
		t.Errorf("error %v", err)
	}
}

func TestAsk_IdentifiersGoFirst(t *testing.T) {
	s := notes()
	// By meaning the other invoice is nearer, and it has more of the words.
	r := New(Options{Searcher: s, Rarity: exactly{s}, Embedder: embed{at: 5}, Now: now})
	found, err := r.Retrieve(t.Context(), "what is INV-2024-0031 of the new office for", golocal.Scope{}, 2)
	if err != nil || len(found.Hits) < 2 || found.Hits[0].Chunk.ID != 4 || !slices.Equal(found.Asked.Exact, []string{"INV-2024-0031"}) {
		t.Fatalf("%+v, %v", found, err)
	}
	if found.Hits[0].Score <= found.Hits[1].Score || found.Hits[0].Score > 1 {
		t.Errorf("scores %v and %v", found.Hits[0].Score, found.Hits[1].Score)
	}
}

// exactly counts words of several parts where they stand as they are.
type exactly struct{ scoped }

func (e exactly) Frequency(_ context.Context, ws []string) ([]int, int, error) {
	counts := make([]int, len(ws))
	for i, w := range ws {
		for _, t := range e.texts {
			if holds(strings.ToLower(t), strings.ToLower(w)) || prose.Stems(prose.Words(t))[prose.Stem(w)] {
				counts[i]++
			}
		}
	}
	return counts, len(e.texts), nil
}

func TestAsk_SavedScopes(t *testing.T) {
	s := notes()
	r := New(Options{Searcher: s, Rarity: s, Now: now, Scopes: func(name string) (string, bool) { return "after:2026-11-20", name == "new" }})
	for _, c := range []struct {
		query string
		scope golocal.Scope
	}{{"office in:new", golocal.Scope{}}, {"office", golocal.Scope{In: "new"}}} {
		found, err := r.Retrieve(t.Context(), c.query, c.scope, 5)
		if err != nil || len(found.Hits) != 2 || len(found.Asked.Limits) != 1 || found.Asked.Limits[0].Says != "only new: after:2026-11-20" {
			t.Errorf("%s in %+v: %+v, %v", c.query, c.scope, found, err)
		}
	}
	_, err := r.Retrieve(t.Context(), "office", golocal.Scope{In: "old"}, 5)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), `"old"`) {
		t.Errorf("error %v", err)
	}
}

func TestRetrieve_FoldsWhatSaysTheSame(t *testing.T) {
	text := "Everybody gets 27 paid vacation days a year, and the days between Christmas and New Year on top of that."
	s := &shelf{texts: []string{text, "No vacation days are paid out, ever.", strings.ToUpper(text), strings.Replace(text, "27", "28", 1)}}
	found, err := New(Options{Searcher: s, Embedder: embed{at: 1}, Rarity: s}).Retrieve(t.Context(), "paid vacation days", golocal.Scope{}, 5)
	if err != nil || len(found.Hits) != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	if a := found.Hits[0].Also; found.Hits[0].Chunk.ID != 1 || len(a) != 1 || a[0].Chunk != 3 || a[0].Ref.Path != "3" {
		t.Errorf("first %d also %+v", found.Hits[0].Chunk.ID, a)
	}
}

func TestLike_FindsOthers(t *testing.T) {
	s := &shelf{texts: []string{
		"The harbour office keeps the accounts of all boats.", "Accounts of the boats are kept at the harbour.", "The cook makes soup.", "Boats need a licence.",
	}}
	r := New(Options{Searcher: s, Rarity: s, Vectors: stored{}})
	found, err := r.Like(t.Context(), 1, golocal.Scope{}, 2)
	if err != nil || len(found.Hits) != 2 || found.Hits[0].Chunk.ID != 2 || found.Note != "" || found.Query != "1" {
		t.Fatalf("%+v, %v", found, err)
	}
	found, err = r.Like(t.Context(), 4, golocal.Scope{}, 9)
	if err != nil || found.Note == "" || slices.ContainsFunc(found.Hits, func(h golocal.Hit) bool { return h.Chunk.ID == 4 }) {
		t.Fatalf("without a vector: %+v, %v", found, err)
	}
	s.vanish = 3
	if _, err := r.Like(t.Context(), 3, golocal.Scope{}, 2); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// stored has vectors of the first three passages.
type stored struct{}

func (stored) ChunkVectors(_ context.Context, chunks []int64) (map[int64]golocal.Vector, error) {
	out := map[int64]golocal.Vector{}
	for _, c := range chunks {
		if c < 4 {
			out[c] = golocal.Vector{Values: []float32{1}}
		}
	}
	return out, nil
}

func TestTrace_FollowsADocument(t *testing.T) {
	s := notes()
	r := New(Options{Searcher: s, Rarity: s, Embedder: embed{at: 2}, Vectors: stored{}, Now: now})
	trace, err := r.Trace(t.Context(), "budget of the new office", golocal.Scope{}, 1, 2)
	if err != nil || !trace.InScope || len(trace.Passages) != 1 || trace.Passages[0].Rank != 1 || trace.Passages[0].Keyword != 1 || !trace.Passages[0].Vector {
		t.Fatalf("%+v, %v", trace, err)
	}
	trace, err = r.Trace(t.Context(), "budget of the new office", golocal.Scope{}, 1, 3)
	if err != nil || len(trace.Passages) != 1 || trace.Passages[0].Rank < 2 || trace.Passages[0].Keyword < 2 {
		t.Fatalf("%+v, %v", trace, err)
	}
	trace, err = r.Trace(t.Context(), "budget after:2026-01-01", golocal.Scope{}, 1, 2)
	if err != nil || trace.InScope {
		t.Fatalf("%+v, %v", trace, err)
	}
	if cause, _, _ := Explain(trace, nil); cause != "scope" {
		t.Errorf("cause %s", cause)
	}
	if trace, err = r.Trace(t.Context(), " ", golocal.Scope{}, 1, 2); err != nil || trace.Note == "" {
		t.Errorf("%+v, %v", trace, err)
	}
}
