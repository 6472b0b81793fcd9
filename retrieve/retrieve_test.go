package retrieve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/internal/prose"

	"github.com/google/go-cmp/cmp"
)

// shelf is a Searcher over texts: words by overlap, vectors by shared letters.
type shelf struct {
	texts              []string
	matchErr, nearErr  error
	lookupErr          error
	hang               bool // Match waits for its context
	vanish             int64
	scope              atomic.Pointer[golocal.Scope]
	matched, nearested atomic.Int32

	frequencyErr error
}

func (s *shelf) Match(ctx context.Context, query string, k int, scope golocal.Scope) ([]golocal.Match, error) {
	s.matched.Add(1)
	s.scope.Store(&scope)
	if s.hang {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	want := prose.Stems(prose.Content(prose.Words(query)))
	var out []golocal.Match
	for i, t := range s.texts {
		n := 0
		for w := range prose.Stems(prose.Words(t)) {
			if want[w] {
				n++
			}
		}
		if n > 0 {
			out = append(out, golocal.Match{Chunk: int64(i + 1), Score: float64(n)})
		}
	}
	for i := range out {
		for j := i; j > 0 && out[j].Score > out[j-1].Score; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out[:min(k, len(out))], s.matchErr
}

func (s *shelf) Nearest(_ context.Context, question golocal.Vector, k int, _ golocal.Scope) ([]golocal.Match, error) {
	s.nearested.Add(1)
	var out []golocal.Match
	for i := range s.texts {
		out = append(out, golocal.Match{Chunk: int64(i + 1), Score: 1 / (1 + float64(question.Values[0]-float32(i+1))*float64(question.Values[0]-float32(i+1)))})
	}
	for i := range out {
		for j := i; j > 0 && out[j].Score > out[j-1].Score; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out[:min(k, len(out))], s.nearErr
}

func (s *shelf) Lookup(_ context.Context, ids []int64) (out []golocal.Hit, _ error) {
	for _, id := range ids {
		if id != s.vanish {
			t := s.texts[id-1]
			out = append(out, golocal.Hit{Doc: golocal.Document{ID: id, Ref: golocal.Ref{Root: 1, Path: fmt.Sprint(id)}},
				Chunk: golocal.Chunk{ID: id, Doc: id, Text: t, Span: golocal.Span{End: len(t)}}})
		}
	}
	return out, s.lookupErr
}

func (s *shelf) Frequency(_ context.Context, words []string) ([]int, int, error) {
	counts := make([]int, len(words))
	for i, w := range words {
		for _, t := range s.texts {
			if prose.Stems(prose.Words(t))[prose.Stem(w)] {
				counts[i]++
			}
		}
	}
	return counts, len(s.texts), s.frequencyErr
}

// embed points at one text, or fails.
type embed struct {
	at   float32
	err  error
	wait time.Duration
}

func (e embed) EmbedQuery(ctx context.Context, _ string) (golocal.Vector, error) {
	if e.wait > 0 {
		select {
		case <-time.After(e.wait):
		case <-ctx.Done():
			return golocal.Vector{}, ctx.Err()
		}
	}
	return golocal.Vector{Values: []float32{e.at}}, e.err
}

func handbook() *shelf {
	return &shelf{texts: []string{
		"Acme offers 20 days of paid vacation every year.",
		"The coffee machine is on the third floor.",
		"Sick days are not tracked.",
		"Laptops are encrypted with FileVault.",
		"Every Monday the team meets at ten.",
	}}
}

func ids(f golocal.Found) (out []int64) {
	for _, h := range f.Hits {
		out = append(out, h.Chunk.ID)
	}
	return out
}

func TestRetrieve_FusesBothLegs(t *testing.T) {
	s := handbook()
	r := New(Options{Searcher: s, Embedder: embed{at: 1}, Rarity: s})
	found, err := r.Retrieve(t.Context(), "  How many paid vacation days do I get? ", golocal.Scope{Folder: "a"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	// 3 shares a word, but is the last of its leg and counts 0 there; 2 is the next nearest.
	if d := cmp.Diff([]int64{1, 2}, ids(found)); d != "" {
		t.Error(d)
	}
	if !found.Enough || found.Note != "" || found.Query != "How many paid vacation days do I get?" {
		t.Errorf("found %+v", found)
	}
	if p := found.Hits[0].Parts; p.KeywordRank != 1 || p.DenseRank != 1 || found.Hits[0].Score != 1 {
		t.Errorf("first hit: score %v, parts %+v", found.Hits[0].Score, p)
	}
	if s.scope.Load().Folder != "a" {
		t.Error("the scope did not reach the index")
	}
}

func TestRetrieve_RefusesWhatIsNotThere(t *testing.T) {
	s := handbook()
	for _, e := range []Embedder{nil, embed{at: 40}} { // 40 is far from every text
		found, err := New(Options{Searcher: s, Embedder: e, Rarity: s}).Retrieve(t.Context(), "Who won the world cup in 2018?", golocal.Scope{}, 5)
		if err != nil {
			t.Fatal(err)
		}
		if found.Enough {
			t.Errorf("embedder %v: evidence %v counts as enough", e, found.Evidence)
		}
	}
}

func TestRetrieve_GoesOnWithoutVectors(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Embedder
		near error
		note string
	}{
		{"none configured", nil, nil, "no embedding model"},
		{"runner away", embed{err: fmt.Errorf("embed: %w", golocal.ErrUnavailable)}, nil, "no model runner answers"},
		{"model fails", embed{err: errors.New("input too long")}, nil, "input too long"},
		{"its model away", embed{err: fmt.Errorf("embed: %w", gone{})}, nil, "minilm is not there"},
		{"no space", embed{}, fmt.Errorf("nearest: %w", golocal.ErrUnavailable), "no vectors"},
	} {
		s := handbook()
		s.nearErr = c.near
		found, err := New(Options{Searcher: s, Embedder: c.e, Rarity: s}).Retrieve(t.Context(), "How many paid vacation days do I get?", golocal.Scope{}, 3)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !strings.Contains(found.Note, c.note) || !strings.Contains(found.Note, "by words only") {
			t.Errorf("%s: note %q", c.name, found.Note)
		}
		if len(found.Hits) == 0 || found.Hits[0].Chunk.ID != 1 || !found.Enough {
			t.Errorf("%s: hits %v, evidence %v", c.name, ids(found), found.Evidence)
		}
	}
}

// gone is an error with a reason for people.
type gone struct{}

func (gone) Error() string        { return "gone" }
func (gone) Reason() string       { return "minilm is not there" }
func (gone) Is(target error) bool { return target == golocal.ErrUnavailable }

// flipped refuses the first question, as an index does that another space took
// over between the question's embedding and its search.
type flipped struct {
	*shelf
	asked int
}

func (f *flipped) Nearest(ctx context.Context, question golocal.Vector, k int, scope golocal.Scope) ([]golocal.Match, error) {
	if f.asked++; f.asked == 1 {
		return nil, golocal.ErrUnavailable
	}
	return f.shelf.Nearest(ctx, question, k, scope)
}

func TestRetrieve_AsksAgainAfterAnotherSpaceTookOver(t *testing.T) {
	s := &flipped{shelf: handbook()}
	found, err := New(Options{Searcher: s, Embedder: embed{at: 1}, Rarity: s}).Retrieve(t.Context(), "How many paid vacation days do I get?", golocal.Scope{}, 3)
	if err != nil || found.Note != "" || s.asked != 2 {
		t.Errorf("note %q, asked %d times, %v", found.Note, s.asked, err)
	}
}

func TestRetrieve_SlowEmbedderIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := handbook()
		start := time.Now()
		found, err := New(Options{Searcher: s, Embedder: embed{wait: time.Hour}, Rarity: s, Patience: 2 * time.Second}).
			Retrieve(t.Context(), "paid vacation", golocal.Scope{}, 3)
		if err != nil || !strings.Contains(found.Note, "longer than 2s") {
			t.Errorf("note %q, err %v", found.Note, err)
		}
		if d := time.Since(start); d != 2*time.Second {
			t.Errorf("took %v", d)
		}
	})
}

func TestRetrieve_LegsRunTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowShelf{handbook()}
		start := time.Now()
		if _, err := New(Options{Searcher: s, Embedder: embed{at: 1, wait: time.Second}}).Retrieve(t.Context(), "paid vacation", golocal.Scope{}, 3); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d != time.Second {
			t.Errorf("two legs of a second each took %v", d)
		}
	})
}

type slowShelf struct{ *shelf }

func (s *slowShelf) Match(ctx context.Context, q string, k int, sc golocal.Scope) ([]golocal.Match, error) {
	time.Sleep(time.Second)
	return s.shelf.Match(ctx, q, k, sc)
}

func TestRetrieve_ErrorsNameTheStep(t *testing.T) {
	boom := errors.New("disk on fire")
	for _, c := range []struct {
		spoil func(*shelf)
		want  string
	}{
		{func(s *shelf) { s.matchErr = boom }, "search: disk on fire"},
		{func(s *shelf) { s.nearErr = boom }, "search: disk on fire"},
		{func(s *shelf) { s.nearErr, s.hang = boom, true }, "search: disk on fire"}, // the other leg is stopped, not waited for
		{func(s *shelf) { s.lookupErr = boom }, "look passages up: disk on fire"},
		{func(s *shelf) { s.frequencyErr = boom }, "weigh the question's words: disk on fire"},
	} {
		s := handbook()
		c.spoil(s)
		_, err := New(Options{Searcher: s, Embedder: embed{at: 1}, Rarity: s}).Retrieve(t.Context(), "paid vacation", golocal.Scope{}, 3)
		if err == nil || err.Error() != c.want || !errors.Is(err, boom) {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func TestRetrieve_CancelledContextStopsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := handbook()
		s.hang = true
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := New(Options{Searcher: s, Embedder: embed{wait: time.Hour}, Patience: time.Hour}).Retrieve(ctx, "paid vacation", golocal.Scope{}, 3)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
	})
}

func TestRetrieve_EmptyQuestionAndEmptyIndex(t *testing.T) {
	s := handbook()
	found, err := New(Options{Searcher: s}).Retrieve(t.Context(), " \n", golocal.Scope{}, 3)
	if err != nil || found.Note == "" || s.matched.Load() != 0 {
		t.Errorf("empty question: %+v, %v", found, err)
	}
	found, err = New(Options{Searcher: &shelf{}, Embedder: embed{}}).Retrieve(t.Context(), "anything", golocal.Scope{}, 3)
	if err != nil || found.Hits == nil || len(found.Hits) != 0 || found.Enough {
		t.Errorf("empty index: %+v, %v", found, err)
	}
}

func TestRetrieve_VanishedPassageIsLeftOut(t *testing.T) {
	s := handbook()
	s.vanish = 1
	found, err := New(Options{Searcher: s, Embedder: embed{at: 1}}).Retrieve(t.Context(), "paid vacation days", golocal.Scope{}, 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids(found) {
		if id == 1 {
			t.Error("a passage that is gone was returned")
		}
	}
}
