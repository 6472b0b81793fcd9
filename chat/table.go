package chat

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golocal"
	"golocal/chat/corpus"
	"golocal/internal/prose"
)

// Blocks tells what a piece of a document's text belongs to.
type Blocks interface {
	// Block is the section that byte at of a document's Text stands in; false
	// when none does.
	Block(ctx context.Context, doc int64, at int) (golocal.Section, bool, error)
	// Passage gives the bytes of a span of a document's Text.
	Passage(ctx context.Context, doc int64, span golocal.Span) (string, error)
}

// Header is the row of a table that names its columns.
type Header struct {
	Text   string       `json:"text"`   // the line, verbatim from the document's Text
	Span   golocal.Span `json:"span"`   // of it
	Paired bool         `json:"paired"` // Plain has the names at the cells; where not, Text above the quote tells what they are
}

// grid is a table that a passage holds rows of.
type grid struct {
	section golocal.Section
	header  Header // Text is "" where nothing names the columns
	names   []string
	comma   rune // what parts the cells of a CSV; 0 for bars
}

const (
	headRoom  = 4 << 10 // bytes read of a table to see its header
	headRows  = 6       // rows looked at to tell whether the first is one
	longGap   = 16      // empty cells in a row that a laid out sheet writes at most; see corpus
	pairedAll = 3       // columns from which a first row without numbers names them
)

// grids finds the tables of passages, each once.
type grids struct {
	ctx    context.Context
	blocks Blocks
	known  map[int64][]*grid // by document
	failed func(error)
}

// at is the table that a row of hit stands in, or whatever block it is, nil where none
// is known. start is the row's byte in the passage.
func (g *grids) at(hit golocal.Hit, start int) *grid {
	if g == nil || g.blocks == nil {
		return nil
	}
	at := hit.Chunk.Span.Start + start
	for _, k := range g.known[hit.Doc.ID] {
		if k.section.Span.Start <= at && at < k.section.Span.End {
			return k
		}
	}
	s, ok, err := g.blocks.Block(g.ctx, hit.Doc.ID, at)
	if err != nil || !ok {
		if err != nil && g.ctx.Err() == nil {
			g.failed(err)
		}
		return nil
	}
	out := &grid{section: s}
	if s.Kind == golocal.KindTable {
		head, err := g.blocks.Passage(g.ctx, hit.Doc.ID, golocal.Span{Start: s.Span.Start, End: min(s.Span.End, s.Span.Start+headRoom)})
		switch {
		case err == nil:
			out.read(hit.Doc.Type, head, s.Span.End-s.Span.Start == len(head))
		case g.ctx.Err() == nil:
			g.failed(err)
		}
	}
	g.known[hit.Doc.ID] = append(g.known[hit.Doc.ID], out)
	return out
}

// read takes the header from the head of the table's text; whole says that there
// is no more of it.
func (k *grid) read(kind, head string, whole bool) {
	if kind == "csv" {
		k.comma = corpus.Delimiter(head)
	}
	var rows [][]string
	ruled := false
	at := 0
	for len(rows) < headRows && at < len(head) {
		end := strings.IndexByte(head[at:], '\n')
		if end < 0 {
			if !whole {
				break // the last line may go on
			}
			end = len(head) - at
		}
		line := head[at : at+end]
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
		case strings.Trim(trimmed, "|-+=: \t") == "":
			ruled = ruled || len(rows) == 1
		default:
			if len(rows) == 0 {
				start := at + strings.Index(line, trimmed)
				k.header = Header{Text: trimmed, Span: golocal.Span{Start: k.section.Span.Start + start, End: k.section.Span.Start + start + len(trimmed)}}
			}
			rows = append(rows, corpus.Cells(trimmed, k.comma))
		}
		at += end + 1
	}
	if len(rows) < 2 || len(rows[0]) < 2 || strings.Join(rows[0], "") == "" {
		k.header = Header{}
		return
	}
	k.names = rows[0]
	// The readers of sheets and CSV make a table only of what has a header, and
	// Markdown draws a line below it. Elsewhere the first row may be one like the others.
	k.header.Paired = ruled || kind == "csv" || kind == "xlsx" || kind == "xls" || kind == "ods" || heads(rows[0])
}

// heads tells that a first row must be the columns' names: three at least, all
// different, no number among them. Two may as well be the first of many pairs.
func heads(first []string) bool {
	if len(first) < pairedAll {
		return false
	}
	for i, c := range first {
		if c == "" && i > 0 || strings.ContainsFunc(c, unicode.IsDigit) || slices.Contains(first[:i], c) {
			return false
		}
	}
	return true
}

// row reads a row with its columns' names, "Plan: Family · Price: $44"; false
// where its cells don't go with them.
func (k *grid) row(line string) (string, bool) {
	cells := corpus.Cells(line, k.comma)
	if len(cells) > len(k.names) || len(cells) == 0 ||
		len(k.names) > longGap && len(cells) < len(k.names) && slices.Contains(cells, "") { // nobody knows which columns are left out
		return "", false
	}
	var out []string
	for i, c := range cells {
		c, name := plain(c, false), plain(k.names[i], false)
		switch {
		case c == "":
		case name == "":
			out = append(out, c)
		default:
			out = append(out, strings.TrimSuffix(name, ":")+": "+c)
		}
	}
	return strings.Join(out, " · "), len(out) > 0
}

// ruledGrid is the Markdown table below a header that stands at a byte of a Text.
func ruledGrid(header string, at int) *grid {
	return &grid{header: Header{Text: header, Span: golocal.Span{Start: at, End: at + len(header)}, Paired: true}, names: corpus.Cells(header, 0)}
}

// listed tells that a question asks for several things or for steps: "Which
// documents do I need?", "What are the rules?", "How do I …?".
func listed(words []prose.Word, expect prose.Expect) bool {
	if expect == prose.Steps {
		return true
	}
	if expect != prose.Anything || len(words) < 2 {
		return false
	}
	switch words[0].Fold {
	case "list", "name":
		return true
	case "what", "which", "welche", "quels", "quelles", "cuales":
	default:
		return false
	}
	switch words[1].Fold {
	case "are", "were", "sind", "waren", "sont", "son":
		return true
	}
	plural := words[1].Fold
	return len(plural) > 3 && strings.HasSuffix(plural, "s") && !strings.HasSuffix(plural, "ss") && !strings.HasSuffix(plural, "us") && !strings.HasSuffix(plural, "is")
}
