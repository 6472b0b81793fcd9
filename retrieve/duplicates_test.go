package retrieve

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"golocal"

	"github.com/google/go-cmp/cmp"
)

func listed(docs []golocal.Document, err error) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
		if err != nil {
			yield(golocal.Document{}, err)
		}
	}
}

func TestDuplicates_Groups(t *testing.T) {
	long := "The lease begins on 1 May and ends after three years unless one side says otherwise in writing six months before. The rent is paid in advance. Pets are allowed where the neighbours agree."
	doc := func(id int64, path, text string, sum byte) golocal.Document {
		return golocal.Document{ID: id, Ref: golocal.Ref{Root: 1, Path: path}, Text: text, Sum: golocal.Sum{sum}, Modified: time.Unix(id, 0), State: golocal.StateReady}
	}
	groups, err := Duplicates(listed([]golocal.Document{
		doc(1, "lease.docx", long, 1),
		doc(2, "copy of lease.docx", long, 1),
		doc(3, "lease.pdf", strings.ReplaceAll(long, " ", "\n"), 3),
		doc(4, "lease draft.txt", strings.Replace(long, "six months", "half a year", 1)[:len(long)-20], 4),
		doc(5, "other.txt", "Nothing of this has been said before by anybody in any of the other files here, whatever they are about.", 5),
		doc(6, "a.png", "", 6), doc(7, "b.png", "", 6), // without words: the same bytes alone tell
		doc(8, "c.png", "", 8),
		doc(9, "short.txt", "one two", 9), doc(10, "short.md", "One two.", 10), doc(11, "short2.md", "one two three", 11),
	}, nil), .6)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, g := range groups {
		var names []string
		for _, d := range g.Documents {
			if d.Doc.Text != "" || d.Share < .6 || d.Share > 1 {
				t.Errorf("%s: share %.2f, text kept: %v", d.Doc.Ref.Path, d.Share, d.Doc.Text != "")
			}
			names = append(names, d.Doc.Ref.Path+": "+d.Kind)
		}
		got = append(got, names)
	}
	want := [][]string{
		{"lease.docx: same file", "copy of lease.docx: same file", "lease.pdf: same text", "lease draft.txt: nearly same text"},
		{"a.png: same file", "b.png: same file"},
		{"short.md: same file", "short.txt: same text"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	boom := errors.New("boom")
	if _, err := Duplicates(listed(nil, boom), .8); !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
}
