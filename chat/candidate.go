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
	maxAsked = 1200 // the same when the question asks for a list or for steps; a longer one is cut
	maxItems = 12   // of a list that is asked for
	maxQuote = 1200 // anything else: longer units are not quoted
)

// candidate is a piece of a passage that may be quoted.
type candidate struct {
	hit        int    // index of its hit
	start, end int    // byte range in the passage
	before     int    // start of the sentence before it in its paragraph, or start
	cut        bool   // of a list: more items follow
	table      *grid  // that a row stands in; nil for other kinds and where no header is known
	paired     bool   // said has the names of its columns
	said       string // what it says: without markup, a row with its header
	kind       prose.Kind
	stems      map[string]bool // of said
	words      []prose.Word    // of said
}

func (c candidate) text(hits []golocal.Hit) string { return hits[c.hit].Chunk.Text[c.start:c.end] }

// candidates cuts the hits into quotable pieces: sentences, table rows, pieces
// of code, and lists whole with their lead-in when they are short or asked for.
func candidates(hits []golocal.Hit, listed bool, tables *grids) []candidate {
	var out []candidate
	for h, hit := range hits {
		p := pieces{hit: hit, text: hit.Chunk.Text, listed: listed, tables: tables}
		p.units = prose.Units(p.text, layout(hit))
		for c := range p.all {
			if c.end-c.start > maxQuote || !runeSafe(p.text, c.start, c.end) {
				continue
			}
			c.hit = h
			c.said, c.paired = p.says(c)
			c.words = prose.Words(c.said)
			if len(c.words) < 2 {
				continue
			}
			c.stems = prose.Stems(c.words)
			out = append(out, c)
		}
	}
	return out
}

// pieces cuts one passage.
type pieces struct {
	hit    golocal.Hit
	text   string
	units  []prose.Unit
	listed bool
	tables *grids
}

// all yields the pieces in order.
func (p *pieces) all(yield func(candidate) bool) {
	var ruled *grid // the Markdown table whose header stands in the passage
	for i := 0; i < len(p.units); i++ {
		u := p.units[i]
		c := candidate{start: u.Start, end: u.End, before: u.Start, kind: u.Kind}
		if u.Kind != prose.Row && u.Kind != prose.Rule {
			ruled = nil
		}
		switch u.Kind {
		case prose.Heading, prose.Rule:
			continue
		case prose.Row:
			if i+1 < len(p.units) && p.units[i+1].Kind == prose.Rule && strings.Contains(p.of(p.units[i+1]), "-") {
				ruled = ruledGrid(p.of(u), p.hit.Chunk.Span.Start+u.Start)
				continue // it names the columns; the rows below answer
			}
			if c.table = ruled; c.table == nil {
				c.table = p.tables.at(p.hit, u.Start)
			}
			if c.table != nil && c.table.header.Text == "" {
				c.table = nil
			}
			if c.table != nil && p.hit.Chunk.Span.Start+u.Start < c.table.header.Span.End {
				continue // the header itself
			}
		case prose.Item:
			if l := p.list(i); l.quoted >= 0 {
				c.start, c.end, c.cut = l.start, p.units[l.quoted].End, l.quoted < l.last || p.goesBeyond(l.last)
				if !yield(c) {
					return
				}
				i = l.quoted
				for ; i < l.last; i++ { // what is cut off may be quoted entry by entry
					if v := p.units[i+1]; v.Kind == prose.Item && !yield(candidate{start: v.Start, end: v.End, before: v.Start, kind: v.Kind}) {
						return
					}
				}
				continue
			}
		case prose.Sentence:
			if p.leads(i) && p.list(i+1).quoted >= 0 {
				continue // it goes with the list
			}
			if i > 0 && p.units[i-1].Block == u.Block && p.units[i-1].Kind == prose.Sentence {
				c.before = p.units[i-1].Start
			}
		}
		if !yield(c) {
			return
		}
	}
}

func (p *pieces) of(u prose.Unit) string { return p.text[u.Start:u.End] }

// leads tells that unit i introduces the list behind it.
func (p *pieces) leads(i int) bool {
	return i >= 0 && i+1 < len(p.units) && p.units[i].Kind == prose.Sentence && p.units[i+1].Kind == prose.Item &&
		(strings.HasSuffix(p.of(p.units[i]), ":") || strings.HasSuffix(p.of(p.units[i]), "："))
}

// list is a list of a passage.
type list struct {
	start  int // byte where it begins, with its lead-in
	last   int // its last unit
	quoted int // the last unit that is quoted with it; -1 where its entries are quoted alone
}

// list looks at the list that unit i begins.
func (p *pieces) list(i int) list {
	l := list{start: p.units[i].Start, last: i, quoted: -1}
	if p.leads(i - 1) {
		l.start = p.units[i-1].Start
	}
	most, room := len(p.units), maxList
	if p.listed {
		most, room = maxItems, maxAsked
	}
	items := 0
	full := false
	for j := i; j < len(p.units) && (j == i || p.goesOn(i, j)); j++ {
		l.last = j
		if p.units[j].Kind == prose.Item {
			items++
		}
		if full = full || items > most || p.units[j].End-l.start > room; !full {
			l.quoted = j
		}
	}
	if items < 2 || full && !p.listed || l.quoted == i && full {
		l.quoted = -1
	}
	return l
}

// goesOn tells that unit j goes on with the list that unit i began: an entry of
// its kind, or what stands indented below an entry.
func (p *pieces) goesOn(i, j int) bool {
	u, before := p.units[j], p.units[j-1]
	switch {
	case u.Kind == prose.Heading:
		return false
	case u.Kind == prose.Item:
		return u.Block == before.Block || p.numbered(u) == p.numbered(p.units[i]) || p.indented(u)
	case p.indented(u):
		return true
	}
	return before.Kind == u.Kind && before.Block == u.Block // the next sentence of an indented paragraph
}

// goesBeyond tells that the list that unit i ends goes on in the file, behind the
// passage.
func (p *pieces) goesBeyond(i int) bool {
	if i+1 < len(p.units) {
		return false
	}
	k := p.tables.at(p.hit, p.units[i].Start)
	return k != nil && k.section.Kind == golocal.KindList && k.section.Span.End > p.hit.Chunk.Span.End
}

// numbered tells that an entry has a number for its mark.
func (p *pieces) numbered(u prose.Unit) bool { return '0' <= p.text[u.Start] && p.text[u.Start] <= '9' }

// indented tells that a unit's line begins with white space.
func (p *pieces) indented(u prose.Unit) bool {
	line := p.text[strings.LastIndexAny(p.text[:u.Start], "\n\f")+1 : u.Start]
	return len(line) > 0 && strings.TrimSpace(line) == ""
}

// says is what a piece says, in words to be read or compared.
func (p *pieces) says(c candidate) (said string, paired bool) {
	text := p.text[c.start:c.end]
	if c.table != nil && c.table.header.Paired {
		if said, ok := c.table.row(text); ok {
			return said, true
		}
	}
	return plain(text, p.hit.Chunk.Code || c.kind == prose.Code), false
}

// layout tells how a hit's lines relate to its paragraphs.
func layout(h golocal.Hit) prose.Layout {
	switch {
	case h.Chunk.Code:
		return prose.Source
	case h.Doc.Type == "csv":
		return prose.Rows
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
