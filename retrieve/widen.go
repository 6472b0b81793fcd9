package retrieve

import (
	"context"
	"fmt"

	"golocal"
	"golocal/internal/place"
)

const (
	widened = 3 // sources that get what stands around them, the best
	reach   = 4 // passages on either side, at most
)

// Surroundings gives what stands around a passage.
type Surroundings interface {
	// Section is a passage with those beside it under the same heading, in order.
	Section(ctx context.Context, chunk int64, reach int) ([]golocal.Chunk, error)
	// Passage is a span of a document's Text.
	Passage(ctx context.Context, doc int64, span golocal.Span) (string, error)
}

// Pack chooses the passages that fit into budget tokens (see the function), and lets the
// best three grow to their section as far as tokens are left: first by what
// follows, then by what stands before. A source that grew has a Hit whose Chunk is
// the whole of it. Errors of reading leave a source as it is.
func (r *Retriever) Pack(ctx context.Context, question string, hits []golocal.Hit, budget int, count func(string) int) ([]golocal.Source, []golocal.Dropped) {
	kept, dropped := Pack(question, hits, budget, count)
	if r.o.Surroundings == nil {
		return kept, dropped
	}
	left := budget - budget/16 // the joints between texts are in no count of pieces
	for _, s := range kept {
		left -= s.Tokens
	}
	for i := range kept[:min(widened, len(kept))] {
		s := &kept[i]
		if s.Text != s.Hit.Chunk.Text { // cut: there is no room
			continue
		}
		chunk, err := r.grow(ctx, *s, kept, left, count)
		if err != nil {
			r.o.Log.Warn("read what stands around a passage", "chunk", s.Hit.Chunk.ID, "err", err)
			continue
		}
		if grown := count(chunk.Text) - count(s.Text); grown > 0 && grown <= left {
			left -= grown
			s.Tokens += grown
			s.Hit.Chunk, s.Text = chunk, chunk.Text
		}
	}
	return kept, dropped
}

// grow is the source's passage with as much of its section as left tokens hold.
func (r *Retriever) grow(ctx context.Context, s golocal.Source, kept []golocal.Source, left int, count func(string) int) (golocal.Chunk, error) {
	own := s.Hit.Chunk
	section, err := r.o.Surroundings.Section(ctx, own.ID, reach)
	if err != nil {
		return own, err
	}
	at := -1
	for i, c := range section {
		if c.ID == own.ID && c.Span == own.Span {
			at = i
		}
	}
	if at < 0 { // it has changed since it was found
		return own, nil
	}
	first, last := at, at
	take := func(i int) bool {
		if i < 0 || i >= len(section) || taken(section[i], s, kept) || place.Unit(section[i].Place) != place.Unit(own.Place) {
			return false
		}
		left -= count(section[i].Text) + 1
		return left >= 0
	}
	for after, before := true, true; after || before; {
		if after {
			if after = take(last + 1); after {
				last++
			}
		}
		if before {
			if before = take(first - 1); before {
				first--
			}
		}
	}
	if first == last {
		return own, nil
	}
	return r.join(ctx, own, section[first:last+1])
}

// taken tells whether another source has a passage already.
func taken(c golocal.Chunk, s golocal.Source, kept []golocal.Source) bool {
	for _, k := range kept {
		other := k.Hit.Chunk
		if k.Number != s.Number && other.Doc == c.Doc && c.Span.Start < other.Span.End && other.Span.Start < c.Span.End {
			return true
		}
	}
	return false
}

// join makes one passage of those in a row, with the id of own and the places of
// them all.
func (r *Retriever) join(ctx context.Context, own golocal.Chunk, row []golocal.Chunk) (golocal.Chunk, error) {
	span := golocal.Span{Start: row[0].Span.Start, End: row[len(row)-1].Span.End}
	text, err := r.o.Surroundings.Passage(ctx, own.Doc, span)
	if err != nil {
		return own, err
	}
	out := own
	out.Span, out.Text, out.Input, out.Sum, out.Marks = span, text, "", golocal.Sum{}, nil
	out.Ordinal, out.Tokens = row[0].Ordinal, 0
	for i, c := range row {
		out.Tokens += c.Tokens
		out.Code = out.Code && c.Code
		if at := c.Span.Start - span.Start; at < 0 || at+len(c.Text) > len(text) || text[at:at+len(c.Text)] != c.Text {
			return own, fmt.Errorf("passage %d is not where its document has it", c.ID)
		}
		for j, m := range append([]golocal.Mark{{Place: place.OfChunk(c).At(0)}}, c.Marks...) {
			if m.At += c.Span.Start - span.Start; i > 0 || j > 0 {
				out.Marks = append(out.Marks, m)
			}
		}
	}
	out.Place = row[0].Place
	out.Place = place.OfChunk(out).Of(golocal.Span{End: len(text)})
	return out, nil
}
