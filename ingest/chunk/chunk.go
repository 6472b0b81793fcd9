// Package chunk cuts documents into passages.
package chunk

import (
	"crypto/sha256"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
)

// Limit sizes chunks, in tokens of what is embedded.
type Limit struct {
	Target int // what a chunk should have
	Max    int // what a chunk may have, context line included
	Small  int // below this a chunk joins a neighbour of its section
}

// Default suits embedders with inputs of 512 tokens. On the corpora of Chroma's
// chunking evaluation (golocal eval chunks) recall is flat, 97 to 98 %, from
// targets of 200 to 300 tokens, and precision falls from 5.9 to 4.0 %.
var Default = Limit{Target: 210, Max: 280, Small: 50}

// Estimate counts tokens where the embedder's vocabulary is not at hand, on
// the high side: three bytes a token in Latin script, a token for each
// character of a script without spaces.
func Estimate(s string) int {
	ascii, wide := 0, 0
	for _, r := range s {
		switch {
		case r < 0x80:
			ascii++
		case r < 0x2e80:
			ascii += 2
		default:
			wide++
		}
	}
	return (ascii+2)/3 + wide
}

// Cut cuts a document into passages of about limit.Target tokens. A passage
// stays inside the region of one heading of level 1 or 2 and inside one slide,
// sheet, message or attachment, prefers the ends of
// sections, paragraphs and sentences in that order, and carries its headings
// in Input, where a table's header rows are repeated too. Every letter and digit of the
// text that is not in a heading is in at least one chunk; where a cut falls
// inside a paragraph the next chunk repeats up to 15 % of its size from it.
// The result does not depend on the file's name.
func Cut(doc golocal.Document, count func(string) int, limit Limit) []golocal.Chunk {
	if limit.Target <= 0 {
		limit = Default
	}
	limit.Max = max(limit.Max, limit.Target)
	c := &chunker{doc: doc, limit: limit, count: count, ruler: place.NewRuler(doc.Marks, doc.Text)}
	cut := &cutter{text: doc.Text, ruler: c.ruler, count: count, most: max(1, limit.Target*3/4)}
	for _, region := range cut.regions(doc) {
		c.region(region)
	}
	return c.chunks
}

type chunker struct {
	doc    golocal.Document
	limit  Limit
	count  func(string) int
	ruler  place.Ruler
	chunks []golocal.Chunk
}

// region cuts a region where the sum of costs is least (dynamic programming
// over the pieces, as Knuth and Plass break lines: Software 11, 1981).
func (c *chunker) region(pieces region) {
	if !slices.ContainsFunc(pieces, func(p piece) bool { return normal.HasWords(c.doc.Text[p.span.Start:p.span.End]) }) {
		return // rules and ornaments
	}
	room := c.limit.Max - c.contextTokens(pieces)
	best := make([]float64, len(pieces)+1)
	from := make([]int, len(pieces)+1)
	for end := 1; end <= len(pieces); end++ {
		best[end] = math.Inf(1)
		tokens, apart := 0, 0
		for start := end - 1; start >= 0; start-- {
			tokens += pieces[start].tokens
			if start < end-1 && pieces[start+1].apart {
				apart++
			}
			if tokens > room && start < end-1 {
				break
			}
			cost := best[start] + c.cost(tokens) + 0.1*float64(apart)
			if start > 0 {
				cost += float64(pieces[start].before)
			}
			if cost < best[end] {
				best[end], from[end] = cost, start
			}
		}
	}
	var cuts []int
	for end := len(pieces); end > 0; end = from[end] {
		cuts = append(cuts, end)
	}
	start := 0
	for _, end := range slices.Backward(cuts) {
		c.emit(pieces, start, end)
		start = end
	}
}

// cost of a chunk's size: 0 at the target, about 1 when nearly empty or full.
func (c *chunker) cost(tokens int) float64 {
	t, target := float64(tokens), float64(c.limit.Target)
	switch {
	case tokens < c.limit.Small:
		return 2
	case t <= target:
		return (1 - t/target) * (1 - t/target)
	default:
		over := (t - target) / max(1, float64(c.limit.Max)-target)
		return over * over
	}
}

// contextTokens is the most that the context line and a repeated header take
// in a region.
func (c *chunker) contextTokens(pieces region) int {
	context, header := 0, 0
	var lastPath []string
	var lastHeader golocal.Span
	for i, p := range pieces {
		if i == 0 || !slices.Equal(p.path, lastPath) {
			context = max(context, c.count(c.context(p.path, ""))+1)
			lastPath = p.path
		}
		if p.header != lastHeader {
			header = max(header, c.count(c.doc.Text[p.header.Start:p.header.End])+1)
			lastHeader = p.header
		}
	}
	return min(context+header, c.limit.Max/2)
}

// emit makes the chunk of pieces[start:end], or several where the counter sees
// more tokens in the whole than in its parts.
func (c *chunker) emit(pieces region, start, end int) {
	span := golocal.Span{Start: pieces[start].span.Start, End: pieces[end-1].span.End}
	code := 0
	path := pieces[start].path
	body := pieces[start:end]
	if body[0].kind == golocal.KindHeading && len(body) > 1 {
		under := body[1].path
		if len(under) == len(path)+1 && !slices.ContainsFunc(body[1:], func(p piece) bool { return !slices.Equal(p.path, under) }) {
			// One section: its heading goes with the path, not with the text.
			body, path = body[1:], under
			span.Start = body[0].span.Start
		}
	}
	for _, p := range body {
		for len(path) > 0 && (len(path) > len(p.path) || !slices.Equal(path, p.path[:len(path)])) {
			path = path[:len(path)-1]
		}
		if p.kind == golocal.KindCode {
			code += p.span.End - p.span.Start
		}
	}
	if !normal.HasWords(c.text(span)) {
		return // a rule or ornament on its own
	}
	if first := body[0]; first.before == gapSentence && start > 0 && first.kind == golocal.KindParagraph {
		span.Start = c.overlap(pieces, start, end)
	}
	inCode := code*2 > span.End-span.Start
	span = normal.Trim(c.doc.Text, span, body[0].kind == golocal.KindCode)
	header := c.text(body[0].header)
	chunk := c.passage(span, path, c.context(path, c.text(span)), header)
	if chunk.Tokens > c.limit.Max {
		if n := end - start; n > 1 {
			c.emit(pieces, start, start+n/2)
			c.emit(pieces, start+n/2, end)
			return
		}
		// The piece alone fits: what goes first is what it repeats.
		span = body[0].span
		context := c.context(path, c.text(span))
		for _, lead := range [][]string{{context, header}, {context}, nil} {
			if chunk = c.passage(span, path, lead...); chunk.Tokens <= c.limit.Max {
				break
			}
		}
	}
	chunk.Code = inCode
	c.chunks = append(c.chunks, chunk)
}

// passage is the chunk of a span that is embedded with the given lines before
// its text, those that are not empty.
func (c *chunker) passage(span golocal.Span, path []string, lead ...string) golocal.Chunk {
	chunk := golocal.Chunk{
		Ordinal: len(c.chunks), Heading: path, Span: span, Text: c.text(span),
		Place: c.ruler.Of(normal.Trim(c.doc.Text, span, false)), Marks: c.ruler.Inside(span),
	}
	for _, line := range lead {
		if line != "" {
			chunk.Input += line + "\n"
		}
	}
	chunk.Input += chunk.Text
	chunk.Tokens = c.count(chunk.Input)
	chunk.Sum = sha256.Sum256([]byte(chunk.Input))
	return chunk
}

func (c *chunker) text(s golocal.Span) string { return c.doc.Text[s.Start:s.End] }

// overlap returns where the chunk pieces[start:end] begins when it repeats the
// last sentences of its paragraph from the chunk before.
func (c *chunker) overlap(pieces region, start, end int) int {
	own := 0
	for _, p := range pieces[start:end] {
		own += p.tokens
	}
	room := min(c.limit.Max-own-c.contextTokens(pieces[start:end]), min(own, c.limit.Target)*15/100)
	at := pieces[start].span.Start
	for i := start - 1; i >= 0 && pieces[i].block == pieces[start].block && pieces[i].tokens <= room; i-- {
		room -= pieces[i].tokens
		at = pieces[i].span.Start
		if pieces[i].before != gapSentence {
			break // the paragraph begins here
		}
	}
	return at
}

// context is the line that tells the embedder where a passage stands: title and
// headings, each once, at most a quarter of the limit.
func (c *chunker) context(path []string, text string) string {
	var parts []string
	if c.doc.Title != "" && (len(path) == 0 || !strings.EqualFold(path[0], c.doc.Title)) {
		parts = append(parts, c.doc.Title)
	}
	parts = append(parts, path...)
	if n := len(parts); n > 0 && startsWith(text, parts[n-1]) {
		parts = parts[:n-1]
	}
	line := normal.OneLine(strings.Join(parts, " > "))
	for len(parts) > 2 && c.count(line) > c.limit.Max/4 {
		parts = slices.Delete(parts, 1, 2)
		line = normal.OneLine(strings.Join(parts, " > "))
	}
	for len(line) > 8 && c.count(line) > c.limit.Max/4 {
		n := len(line) * 3 / 4
		for !utf8.RuneStart(line[n]) {
			n--
		}
		line = strings.TrimSpace(line[:n])
	}
	return line
}

// startsWith reports whether one of the first lines of text is the heading
// itself, as in source code, where a declaration is its own heading.
func startsWith(text, heading string) bool {
	for n := 0; n < 20 && text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if rest, ok := strings.CutPrefix(line, heading); ok && strings.Trim(rest, "{:=( #") == "" {
			return true
		}
	}
	return false
}
