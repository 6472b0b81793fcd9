package retrieve

import (
	"fmt"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// overhead is what numbering, naming and fencing a source costs in a prompt, in
// tokens, beside its text and headings.
const overhead = 24

// Pack chooses the passages that fit into budget tokens, best first, and
// numbers them from 1. A passage that does not fit is left out and smaller ones
// after it are still tried; when not even the first fits, it is cut at the end
// of a sentence. count tells the tokens of a text. Pack is pure.
func Pack(hits []golocal.Hit, budget int, count func(string) int) (kept []golocal.Source, dropped []golocal.Dropped) {
	left := budget
	for i, h := range hits {
		drop := func(tokens int, why string) {
			dropped = append(dropped, golocal.Dropped{Chunk: h.Chunk.ID, Doc: h.Doc.ID, Ref: h.Doc.Ref, Tokens: tokens, Why: why})
		}
		text := h.Chunk.Text
		head := overhead + count(strings.Join(append([]string{h.Doc.Title, h.Doc.Ref.Path}, h.Chunk.Heading...), " "))
		tokens := head + count(text)
		if strings.TrimSpace(text) == "" {
			drop(0, "has no text")
			continue
		}
		if n := inside(h, kept); n > 0 {
			drop(tokens, fmt.Sprintf("its text is in source %d already", n))
			continue
		}
		if tokens > left {
			if i > 0 {
				drop(tokens, fmt.Sprintf("takes %d tokens, %d were left of %d", tokens, max(left, 0), budget))
				continue
			}
			if text = cut(text, left-head, count); text == "" {
				drop(tokens, fmt.Sprintf("takes %d tokens, the window leaves %d for sources", tokens, max(budget, 0)))
				continue
			}
			tokens = head + count(text)
		}
		left -= tokens
		kept = append(kept, golocal.Source{Number: len(kept) + 1, Hit: h, Text: text, Tokens: tokens})
	}
	return kept, dropped
}

// inside returns the number of the source that holds the hit's text, 0 for none.
func inside(h golocal.Hit, kept []golocal.Source) int {
	for _, s := range kept {
		same := s.Hit.Doc.ID == h.Doc.ID && s.Hit.Chunk.Span.Start <= h.Chunk.Span.Start && h.Chunk.Span.End <= s.Hit.Chunk.Span.Start+len(s.Text)
		if same && h.Chunk.Span.End > h.Chunk.Span.Start || s.Text == h.Chunk.Text {
			return s.Number
		}
	}
	return 0
}

// cut returns the longest run of whole units at the head of text that has at
// most budget tokens.
func cut(text string, budget int, count func(string) int) string {
	end := 0
	for _, u := range prose.Units(text, prose.Wrapped) {
		if count(text[:u.End]) > budget {
			break
		}
		end = u.End
	}
	return text[:end]
}
