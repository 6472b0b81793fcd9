package chat

import (
	"strings"

	"golocal"
	"golocal/internal/place"
	"golocal/internal/prose"
)

// Sizes of what is quoted whole, in bytes.
const (
	maxList  = 600  // a list with its lead-in
	maxSteps = 1500 // the same when the question asks for steps
	maxQuote = 1200 // anything else: longer units are not quoted
)

// candidate is a piece of a passage that may be quoted.
type candidate struct {
	hit        int    // index of its hit
	start, end int    // byte range in the passage
	before     int    // start of the sentence before it in its paragraph, or start
	header     string // of a table row: the table's first row, "" when it has none
	kind       prose.Kind
	stems      map[string]bool
	words      []prose.Word
}

func (c candidate) text(hits []golocal.Hit) string { return hits[c.hit].Chunk.Text[c.start:c.end] }

// candidates cuts the hits into quotable pieces: sentences, table rows, pieces
// of code, and lists whole with their lead-in when they are short.
func candidates(hits []golocal.Hit, steps bool) []candidate {
	most := maxList
	if steps {
		most = maxSteps
	}
	var out []candidate
	for h, hit := range hits {
		text := hit.Chunk.Text
		units := prose.Units(text, layout(hit))
		header := ""
		for i := 0; i < len(units); i++ {
			u := units[i]
			c := candidate{hit: h, start: u.Start, end: u.End, before: u.Start, kind: u.Kind}
			if u.Kind != prose.Row && u.Kind != prose.Rule {
				header = ""
			}
			switch u.Kind {
			case prose.Heading, prose.Rule:
				continue
			case prose.Row:
				if i+1 < len(units) && units[i+1].Kind == prose.Rule && strings.Contains(text[units[i+1].Start:units[i+1].End], "-") {
					header = text[u.Start:u.End]
					continue // it names the columns; the rows below answer
				}
				c.header = header
			case prose.Item:
				last := i
				for last+1 < len(units) && units[last+1].Kind == prose.Item && units[last+1].Block == u.Block {
					last++
				}
				start := u.Start
				if i > 0 && units[i-1].Kind == prose.Sentence && strings.HasSuffix(text[units[i-1].Start:units[i-1].End], ":") {
					start = units[i-1].Start
				}
				if last > i && units[last].End-start <= most {
					c.start, c.end, i = start, units[last].End, last
					if start < u.Start && len(out) > 0 && out[len(out)-1].start == start && out[len(out)-1].hit == h {
						out = out[:len(out)-1] // the lead-in is part of the list now
					}
				}
			case prose.Sentence:
				if i > 0 && units[i-1].Block == u.Block && units[i-1].Kind == prose.Sentence {
					c.before = units[i-1].Start
				}
			}
			if c.end-c.start > max(maxQuote, most) || !runeSafe(text, c.start, c.end) {
				continue
			}
			c.words = prose.Words(text[c.start:c.end])
			if len(c.words) < 2 {
				continue
			}
			c.stems = prose.Stems(c.words)
			out = append(out, c)
		}
	}
	return out
}

// layout tells how a hit's lines relate to its paragraphs.
func layout(h golocal.Hit) prose.Layout {
	switch {
	case h.Chunk.Code:
		return prose.Source
	case place.LinePerParagraph(h.Chunk.Place):
		return prose.Lines
	}
	return prose.Wrapped
}

// refers tells that a sentence leans on the one before it: it opens with a
// pronoun.
func refers(words []prose.Word) bool {
	switch words[0].Fold {
	case "he", "she", "it", "they", "this", "these", "those", "that", "his", "her", "its", "their", "such":
		return true
	}
	return false
}

// localIdf weighs a question's words by how few of the candidates hold them:
// what tells the passages' sentences apart, not what the passages are about.
func localIdf(words []prose.Word, cands []candidate) prose.Weights {
	counts := make([]int, len(words))
	for i, w := range words {
		for _, c := range cands {
			if c.stems[w.Stem] {
				counts[i]++
			}
		}
	}
	return prose.Weigh(words, counts, len(cands))
}
