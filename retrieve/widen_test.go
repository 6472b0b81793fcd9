package retrieve

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/place"
)

// chapter is a document of five passages, the last of another section.
type chapter struct {
	text   string
	chunks []golocal.Chunk
	err    error
}

func newChapter() *chapter {
	c := &chapter{}
	for i, p := range []string{"One is the first line.", "Two is the second line.", "Three is the third line.", "Four is the fourth line.", "Five is elsewhere."} {
		start := len(c.text)
		c.text += p + "\n\n"
		k := golocal.Chunk{ID: int64(i + 1), Doc: 1, Ordinal: i, Text: p, Span: golocal.Span{Start: start, End: start + len(p)}, Place: golocal.Place{Line: 2*i + 1, LineEnd: 2*i + 1}, Tokens: 5}
		c.chunks = append(c.chunks, k)
	}
	return c
}

func (c *chapter) Section(_ context.Context, chunk int64, reach int) ([]golocal.Chunk, error) {
	if chunk == 5 {
		return c.chunks[4:], c.err
	}
	from, to := max(0, int(chunk)-1-reach), min(4, int(chunk)+reach)
	return c.chunks[from:to], c.err
}

func (c *chapter) Passage(_ context.Context, _ int64, s golocal.Span) (string, error) {
	return c.text[s.Start:s.End], c.err
}

func (c *chapter) hits(ids ...int64) (out []golocal.Hit) {
	for _, id := range ids {
		out = append(out, golocal.Hit{Doc: golocal.Document{ID: 1, Ref: golocal.Ref{Root: 1, Path: "a.md"}}, Chunk: c.chunks[id-1]})
	}
	return out
}

func TestPack_LetsTheBestGrowToTheirSection(t *testing.T) {
	c := newChapter()
	r := New(Options{Surroundings: c})
	for _, row := range []struct {
		name   string
		ids    []int64
		budget int
		want   []string // first and last word of each source
	}{
		{"the whole section", []int64{2}, 1000, []string{"One fourth line."}},
		{"as far as tokens are left, what follows first", []int64{2}, 40, []string{"Two third line."}},
		{"no further than another source", []int64{2, 3}, 1000, []string{"One second line.", "Three fourth line."}},
		{"no room", []int64{2}, overhead + 1 + 5, []string{"Two second line."}},
		{"alone in its section", []int64{5}, 1000, []string{"Five elsewhere."}},
		{"the best three", []int64{5, 1, 3, 4}, 1000, []string{"Five elsewhere.", "One second line.", "Three third line.", "Four fourth line."}},
	} {
		kept, _ := r.Pack(t.Context(), "", c.hits(row.ids...), row.budget, words)
		if len(kept) != len(row.want) {
			t.Fatalf("%s: %d sources", row.name, len(kept))
		}
		sum := 0
		for i, s := range kept {
			sum += s.Tokens
			first, last, _ := strings.Cut(row.want[i], " ")
			if !strings.HasPrefix(s.Text, first) || !strings.HasSuffix(s.Text, last) {
				t.Errorf("%s: source %d is %q", row.name, i+1, s.Text)
			}
			k := s.Hit.Chunk
			if k.Text != s.Text || k.ID != row.ids[i] || c.text[k.Span.Start:k.Span.End] != k.Text {
				t.Errorf("%s: the hit is not the source: %+v", row.name, k)
			}
			for n, p := range c.chunks { // every passage in it is found at its own line
				if at := p.Span.Start - k.Span.Start; at >= 0 && p.Span.End <= k.Span.End {
					if got := place.OfChunk(k).Of(golocal.Span{Start: at, End: at + len(p.Text)}); got.Line != 2*n+1 {
						t.Errorf("%s: passage %d is at line %d", row.name, n+1, got.Line)
					}
				}
			}
		}
		if sum > row.budget {
			t.Errorf("%s: %d tokens of %d", row.name, sum, row.budget)
		}
	}
	c.err = errors.New("gone")
	if kept, _ := r.Pack(t.Context(), "", c.hits(2), 1000, words); len(kept) != 1 || kept[0].Text != c.chunks[1].Text {
		t.Errorf("after an error: %+v", kept)
	}
}
