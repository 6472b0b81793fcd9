package parse

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v3"

	"golocal"
	"golocal/ingest/normal"
)

// parseMarkdown reads CommonMark with tables. Text is the source itself, so
// that quotes are verbatim and lines the file's own; front matter gives the
// title and stays in the text, where its tags are found.
func parseMarkdown(source string) (golocal.Document, error) {
	doc := golocal.Document{Type: Markdown, Text: normal.NoPages(normal.Text(source))}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(Markdown, 0)
	}
	front, title := frontMatter(doc.Text)
	doc.Title = title
	if front > 0 {
		if span := normal.Trim(doc.Text, golocal.Span{End: front}, false); span.End > span.Start {
			doc.Sections = append(doc.Sections, golocal.Section{Kind: golocal.KindCode, Span: span})
		}
	}
	body := []byte(doc.Text[front:])
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(body))
	var starts []int
	var nodes []ast.Node
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		at := blockStart(n, body)
		if at < 0 || len(starts) > 0 && at <= starts[len(starts)-1] {
			continue // an empty block: what little it has goes with the one before
		}
		nodes, starts = append(nodes, n), append(starts, at)
	}
	var out outline
	for i, n := range nodes {
		span := golocal.Span{Start: front + starts[i], End: len(doc.Text)}
		if i+1 < len(starts) {
			span.End = front + starts[i+1]
		}
		s := golocal.Section{Kind: blockKind(n)}
		if h, ok := n.(*ast.Heading); ok {
			span.End = headingEnd(doc.Text, span)
			s.Level = h.Level
			s.Heading = out.heading(h.Level, plain(h, body))
		} else {
			s.Heading = out.path()
		}
		if s.Span = normal.Trim(doc.Text, span, s.Kind == golocal.KindCode); s.Span.End > s.Span.Start {
			doc.Sections = append(doc.Sections, s)
		}
	}
	if doc.Title == "" {
		for i, n := range nodes {
			if h, ok := n.(*ast.Heading); ok {
				if h.Level == 1 {
					doc.Title = normal.Shorten(plain(nodes[i], body), 300)
				}
				break
			}
		}
	}
	setPlaces(&doc)
	return doc, nil
}

// frontMatter returns the length of the YAML block that text begins with, 0
// for none, and the title it gives.
func frontMatter(text string) (int, string) {
	if !strings.HasPrefix(text, "---\n") {
		return 0, ""
	}
	at := 4
	for at < len(text) {
		line, _, more := strings.Cut(text[at:], "\n")
		if t := strings.TrimRight(line, " \t"); t == "---" || t == "..." {
			var head struct {
				Title any `yaml:"title"`
			}
			if err := yaml.Unmarshal([]byte(text[4:at]), &head); err != nil {
				if !strings.Contains(text[4:at], ":") {
					return 0, "" // a rule, not front matter
				}
				return min(len(text), at+len(line)+1), ""
			}
			title, _ := head.Title.(string)
			return min(len(text), at+len(line)+1), normal.Shorten(normal.OneLine(title), 300)
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return 0, ""
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
