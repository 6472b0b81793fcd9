package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"golocal"
	"golocal/web"
)

// like searches for passages like the one at PATH or PATH:LINE; without a line, at
// the first of the file.
func (c *cli) like(ctx context.Context, s *session, at string, scope golocal.Scope, n int) (golocal.Found, error) {
	path, line := at, 0
	if !exists(path) {
		if i := strings.LastIndexByte(at, ':'); i > 0 {
			if l, err := strconv.Atoi(at[i+1:]); err == nil {
				path, line = at[:i], l
			}
		}
	}
	doc, err := findDocument(ctx, s, path)
	if err != nil {
		return golocal.Found{}, err
	}
	content, err := s.Document(ctx, doc)
	if err != nil {
		return golocal.Found{}, err
	}
	if len(content.Chunks) == 0 {
		return golocal.Found{}, usagef("%s has no passages; golocal why %s QUESTION says why", printable(path), printable(path))
	}
	chosen := content.Chunks[0]
	for _, k := range content.Chunks {
		if first := k.Place.Line; line > 0 && first > 0 && first <= line {
			chosen = k
		}
	}
	return s.Like(ctx, chosen.ID, scope, n)
}

// findDocument is the id of the document of the file at path.
func findDocument(ctx context.Context, s *session, path string) (int64, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return 0, fmt.Errorf("find %s: %w", path, err)
	}
	root, inside, err := holding(ctx, s, abs)
	if err != nil {
		return 0, err
	}
	roots, err := s.Roots(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range roots {
		if r.ID != root {
			continue
		}
		rel, err := filepath.Rel(r.Path, inside)
		if err != nil {
			continue
		}
		rel = filepath.ToSlash(rel)
		docs, err := allDocuments(ctx, s, web.Filter{Root: root, Query: rel})
		if err != nil {
			return 0, err
		}
		for _, d := range docs {
			if d.Ref.Path == rel {
				return d.ID, nil
			}
		}
	}
	return 0, usagef("%s is not indexed; golocal why %s QUESTION says why", printable(path), printable(path))
}

// noteAsked tells how a search was understood, where that is not plain.
func (c *cli) noteAsked(q golocal.Query) {
	for _, l := range q.Limits {
		how := ""
		if l.Guessed {
			how = fmt.Sprintf(" (“%s”; put it in quotes to search for the words)", l.Text)
		}
		c.t.notef("%s\n", faint.Render(printable(l.Says+how)))
	}
	for _, n := range q.Notes {
		c.t.notef("%s\n", warn.Render(printable(n)))
	}
}

// alsoText names the files that hold nearly the same passage.
func alsoText(also []alsoJSON) string {
	var names []string
	for _, a := range also[:min(3, len(also))] {
		names = append(names, printable(shortPath(a.Path))+placeText(a.Place))
	}
	text := "also in " + strings.Join(names, ", ")
	if n := len(also) - len(names); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}
