package main

import (
	"context"
	"strings"

	"golocal"
	"golocal/index"
	"golocal/web"
)

// excerptSize is how many characters of a passage a list of hits shows.
const excerptSize = 300

// showing is a search whose hits are to be shown: with the query's words marked
// and the part chosen that stands for the passage.
type showing struct{ web.Searcher }

func (s showing) Retrieve(ctx context.Context, query string, scope golocal.Scope, n int) (golocal.Found, error) {
	found, err := s.Searcher.Retrieve(ctx, query, scope, n)
	return marked(found), err
}

func (s showing) Like(ctx context.Context, chunk int64, scope golocal.Scope, n int) (golocal.Found, error) {
	found, err := s.Searcher.Like(ctx, chunk, scope, n)
	return marked(found), err
}

// marked marks what hits were found by: the query's words and the phrases that
// had to be in the text.
func marked(found golocal.Found) golocal.Found {
	words := []string{found.Asked.Text}
	for _, t := range found.Asked.Scope.With {
		if t.Field == "" {
			words = append(words, t.Text)
		}
	}
	query := strings.Join(words, " ")
	for i := range found.Hits {
		h := &found.Hits[i]
		h.Highlights = index.Highlight(query, h.Chunk.Text)
		h.Excerpt = index.Excerpt(h.Chunk.Text, h.Highlights, excerptSize)
	}
	return found
}
