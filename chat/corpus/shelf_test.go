package corpus

import (
	"context"
	"iter"

	"golocal"
)

// shelf is a catalogue in memory that knows no conditions.
type shelf []golocal.Document

func (s shelf) Understand(text string, scope golocal.Scope) (golocal.Query, error) {
	return golocal.Query{Text: text, Scope: scope}, nil
}

func (s shelf) Documents(context.Context, golocal.Scope) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, d := range s {
			if !yield(bare(d), nil) {
				return
			}
		}
	}
}

func (s shelf) DocumentByID(_ context.Context, id int64) (golocal.Document, bool, error) {
	return s[id-1], true, nil
}

// filed is a document that is one table or one paragraph.
func filed(id int64, path, kind, text string) golocal.Document {
	d := golocal.Document{ID: id, Ref: golocal.Ref{Root: 1, Path: path}, Type: kind, State: golocal.StateReady, Text: text, Size: int64(len(text)), Marks: []golocal.Mark{{Place: golocal.Place{Line: 1}}},
		Sections: []golocal.Section{{Kind: golocal.KindParagraph, Span: golocal.Span{End: len(text)}}}}
	if kind == "csv" {
		d.Sections[0].Kind = golocal.KindTable
	}
	return d
}
