package parse

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"golocal"
	"golocal/ingest/normal"
)

// parseMarkdown reads CommonMark with tables. Text is the source itself, so
// that quotes are verbatim and lines the file's own: comments that a rendered
// page does not show (<!-- -->, Obsidian's %% %%) are in it, as whoever opens
// the file sees them. Front matter fills the title and Meta and stays in the text.
func parseMarkdown(source string) (golocal.Document, error) {
	v := newVerbatim(Markdown, source)
	if !normal.HasWords(v.doc.Text) {
		return v.doc, NoText(Markdown, 0)
	}
	front, head := frontMatter(v.doc.Text)
	v.doc.Title, v.doc.Meta = describe(head)
	v.add(golocal.KindCode, 0, front)
	body := v.doc.Text[front:]
	for _, b := range markdownBlocks(body) {
		if b.level > 0 {
			v.heading(b.level, b.title, front+b.start, front+b.end)
		} else {
			v.add(b.kind, front+b.start, front+b.end)
		}
	}
	v.doc.Meta.Tags = appendNew(v.doc.Meta.Tags, inlineTags(body)...)
	wikiHeadings(&v.doc)
	return v.document()
}

// mdBlock is a block of Markdown: source[start:end].
type mdBlock struct {
	kind       golocal.Kind
	level      int // of a heading
	title      string
	start, end int
}

// markdownBlocks returns the top-level blocks of a Markdown text, in order.
func markdownBlocks(source string) []mdBlock {
	body := []byte(source)
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(body))
	var out []mdBlock
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		at := blockStart(n, body)
		if at < 0 || len(out) > 0 && at <= out[len(out)-1].start {
			continue // an empty block: what little it has goes with the one before
		}
		if len(out) > 0 {
			out[len(out)-1].end = at
		}
		b := mdBlock{kind: blockKind(n), start: at, end: len(source)}
		if h, ok := n.(*ast.Heading); ok {
			b.level, b.title = h.Level, shownTitle(plain(h, body))
		}
		out = append(out, b)
	}
	for i := range out {
		b := &out[i]
		if b.level > 0 {
			b.end = headingEnd(source, golocal.Span{Start: b.start, End: b.end})
		} else if m := htmlHeading.FindStringSubmatch(strings.TrimSpace(source[b.start:min(b.end, b.start+1000)])); m != nil {
			if title := normal.OneLine(htmlTag.ReplaceAllString(m[2], " ")); title != "" {
				b.kind, b.level, b.title = golocal.KindHeading, int(m[1][0]-'0'), title
			}
		}
	}
	return out
}

var (
	// htmlHeading is what pages of projects centre their names with.
	htmlHeading = regexp.MustCompile(`(?is)^<h([1-6])(?:\s[^>]*)?>(.*)</h[1-6]>$`)
	htmlTag     = regexp.MustCompile(`<[^>]*>`)
	wikiLink    = regexp.MustCompile(`!?\[\[([^\]|\n]*)(?:\|([^\]\n]*))?\]\]`)
	// titleMarks are attributes (Pandoc) and names of blocks (Obsidian) behind a heading.
	titleMarks = regexp.MustCompile(`\s*(?:\{[#.][^{}]*\}|\s\^[\w-]+)$`)
)

// shownTitle is a heading as readers of the rendered note see it.
func shownTitle(s string) string {
	s = wikiLink.ReplaceAllStringFunc(s, func(link string) string {
		m := wikiLink.FindStringSubmatch(link)
		if m[2] != "" {
			return m[2]
		}
		return m[1]
	})
	return strings.TrimSpace(titleMarks.ReplaceAllString(s, ""))
}

// blockStart returns the offset of the line that a block begins on, -1 for a
// block without any text.
func blockStart(n ast.Node, source []byte) int {
	at := -1
	ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		pos := -1
		switch {
		case c.Type() == ast.TypeBlock && c.Lines() != nil && c.Lines().Len() > 0:
			pos = c.Lines().At(0).Start
		case c.Type() == ast.TypeInline:
			if t, ok := c.(*ast.Text); ok {
				pos = t.Segment.Start
			}
		}
		if pos >= 0 {
			at = pos
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if fence, ok := n.(*ast.FencedCodeBlock); ok {
		switch {
		case fence.Info != nil:
			at = fence.Info.Segment.Start
		case at > 0:
			at-- // the line above holds the fence
		}
	}
	if pos := n.Pos(); pos >= 0 && (at < 0 || pos < at) && pos <= len(source) {
		at = pos
	}
	if at < 0 || at > len(source) {
		return -1
	}
	return bytes.LastIndexByte(source[:at], '\n') + 1
}

func blockKind(n ast.Node) golocal.Kind {
	switch n.(type) {
	case *ast.Heading:
		return golocal.KindHeading
	case *ast.List:
		return golocal.KindList
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return golocal.KindCode
	case *extast.Table:
		return golocal.KindTable
	}
	return golocal.KindParagraph
}

// headingEnd returns the end of a heading whose span may hold more than it: one
// line, or up to the rule that underlines it.
func headingEnd(text string, s golocal.Span) int {
	first, rest, _ := strings.Cut(text[s.Start:s.End], "\n")
	if strings.HasPrefix(strings.TrimLeft(first, " "), "#") {
		return s.Start + len(first)
	}
	end := s.Start + len(first) + 1
	for line := range strings.SplitSeq(rest, "\n") {
		end = min(s.End, end+len(line)+1)
		if t := strings.TrimSpace(line); t != "" && strings.Trim(t, "=") == "" || t != "" && strings.Trim(t, "-") == "" {
			break
		}
	}
	return end
}

// plain returns the text of a heading without its marks.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch t := c.(type) {
			case *ast.Text:
				b.Write(t.Segment.Value(source))
				if t.SoftLineBreak() || t.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(t.Value)
			case *ast.AutoLink:
				b.Write(t.Label(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return normal.OneLine(b.String())
}
