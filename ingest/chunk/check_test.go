package chunk

import (
	"crypto/sha256"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
)

// checkChunks is what must hold of the chunks of any document, counted by words.
func checkChunks(t testing.TB, doc golocal.Document, chunks []golocal.Chunk, limit Limit) {
	t.Helper()
	covered := make([]bool, len(doc.Text))
	for _, s := range doc.Sections {
		if s.Kind == golocal.KindHeading {
			for i := max(0, s.Span.Start); i < min(len(doc.Text), s.Span.End); i++ {
				covered[i] = true
			}
		}
	}
	last := golocal.Span{}
	for i, c := range chunks {
		switch {
		case c.Span.Start < 0 || c.Span.End > len(doc.Text) || c.Span.Start >= c.Span.End:
			t.Fatalf("chunk %d: span %+v of %d bytes", i, c.Span, len(doc.Text))
		case c.Text != doc.Text[c.Span.Start:c.Span.End]:
			t.Fatalf("chunk %d: its text is not what its span holds", i)
		case !utf8.ValidString(c.Text) || !utf8.ValidString(c.Input):
			t.Fatalf("chunk %d: not UTF-8", i)
		case i > 0 && (c.Span.Start < last.Start || c.Span.End <= last.End):
			t.Fatalf("chunk %d: %+v after %+v", i, c.Span, last)
		case !strings.HasSuffix(c.Input, c.Text):
			t.Fatalf("chunk %d: the input does not end in the text", i)
		case c.Sum != sha256.Sum256([]byte(c.Input)):
			t.Fatalf("chunk %d: wrong sum", i)
		case c.Ordinal != i:
			t.Fatalf("chunk %d: ordinal %d", i, c.Ordinal)
		case c.Tokens != words(c.Input) || c.Tokens > limit.Max:
			t.Fatalf("chunk %d: %d tokens, said to be %d, may be %d: %q", i, words(c.Input), c.Tokens, limit.Max, c.Input)
		case c.Span.Start < last.End && words(doc.Text[c.Span.Start:last.End]) > limit.Target*15/100:
			t.Fatalf("chunk %d: repeats %q, more than 15 %% of %d tokens", i, doc.Text[c.Span.Start:last.End], limit.Target)
		case !normal.HasWords(c.Text) && normal.HasWords(doc.Text) && len(chunks) > 1 && strings.TrimFunc(c.Text, unicode.IsPunct) == "":
			t.Fatalf("chunk %d: nothing to find in %q", i, c.Text)
		}
		last = c.Span
		for j := c.Span.Start; j < c.Span.End; j++ {
			covered[j] = true
		}
	}
	for i, r := range doc.Text {
		if !covered[i] && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			t.Fatalf("%q at %d is in no chunk of %q", r, i, normal.Shorten(doc.Text, 200))
		}
	}
}

// checkBorders is what must hold besides where sections do not overlap: no
// chunk goes beyond a heading of level 1 or 2, a slide, sheet, message or
// attachment, and none repeats text of another section.
func checkBorders(t testing.TB, doc golocal.Document, chunks []golocal.Chunk) {
	t.Helper()
	ruler := place.NewRuler(doc.Marks, doc.Text)
	last := golocal.Span{}
	for i, c := range chunks {
		for _, s := range doc.Sections {
			inside := s.Span.Start < c.Span.End && c.Span.Start < s.Span.End
			if inside && s.Kind == golocal.KindHeading && s.Level <= 2 && (c.Span.Start < s.Span.Start || c.Span.End > s.Span.End) {
				t.Fatalf("chunk %d: %q goes beyond the heading %q", i, c.Text, doc.Text[s.Span.Start:s.Span.End])
			}
			if inside && c.Span.Start < last.End && s.Span.Start < last.End && (s.Span.Start > c.Span.Start || s.Span.End < last.End) {
				t.Fatalf("chunk %d: repeats %q, not all of one section", i, doc.Text[c.Span.Start:last.End])
			}
		}
		if place.Unit(ruler.At(c.Span.Start)) != place.Unit(ruler.At(c.Span.End-1)) {
			t.Fatalf("chunk %d: from %+v to %+v", i, ruler.At(c.Span.Start), ruler.At(c.Span.End-1))
		}
		last = c.Span
	}
}
