package index

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func TestPut_MetadataIsFound(t *testing.T) {
	x, root := ready(t, Options{})
	letter, chunks := document(root.ID, "letter.eml", "The contract is ready.")
	letter.Title = "Our contract"
	letter.Meta = golocal.Meta{Authors: []string{"Ann Lee <ann@example.org>"}, To: []string{"Bob"}, Created: time.Date(2024, 5, 3, 23, 0, 0, 0, time.UTC), Tags: []string{"work/legal"}, Language: "pt-BR"}
	letter.Garbled, letter.Notes = 2, []string{"attachment a.png: an image"}
	letter.Marks = []golocal.Mark{{Place: golocal.Place{Paragraph: 1}}}
	letter.Lines = []golocal.Line{{Span: golocal.Span{End: 5}, Page: 1, Box: golocal.Box{72, 700, 140.5, 712}}}
	chunks[0].Marks = []golocal.Mark{{At: 4, Place: golocal.Place{Page: 2}}}
	must(t, x.Put(t.Context(), letter, chunks, vectors(chunks)))
	put(t, x, root.ID, "other.md", "Bob and Ann met in May 2024, the language was pt.")
	with := func(field, text string) golocal.Scope {
		return golocal.Scope{With: []golocal.Term{{Field: field, Text: text}}}
	}
	for _, c := range []struct {
		query string
		scope golocal.Scope
		want  int
	}{
		{"", with("author", "ann"), 1}, {"", with("author", "ann lee"), 1}, {"", with("to", "bob"), 1}, {"", with("tag", "legal"), 1}, {"", with("tag", "leg*"), 1},
		{"", with("language", "pt"), 1}, {"", with("title", "contract"), 1}, {"ann", golocal.Scope{}, 2}, {"20240503", golocal.Scope{}, 0},
		{"contract", with("to", "eve"), 0},
	} {
		if got := match(t, x, c.query, c.scope); len(got) != c.want {
			t.Errorf("%s in %+v finds %q", c.query, c.scope, got)
		}
	}
	stored, known, err := x.Document(t.Context(), letter.Ref)
	must(t, err)
	whole, _, err := x.DocumentByID(t.Context(), stored.ID)
	must(t, err)
	if !known || !cmp.Equal(stored.Meta, letter.Meta) || stored.Garbled != 2 || !cmp.Equal(stored.Notes, letter.Notes) ||
		!cmp.Equal(whole.Marks, letter.Marks) || !cmp.Equal(whole.Lines, letter.Lines) {
		t.Errorf("%+v", whole)
	}
	back, err := x.Chunks(t.Context(), stored.ID)
	must(t, err)
	if !cmp.Equal(back[0].Marks, chunks[0].Marks) {
		t.Errorf("marks %+v", back[0].Marks)
	}

	letter.Meta.Authors = []string{"Carol"} // the same text of somebody else
	must(t, x.Put(t.Context(), letter, chunks, vectors(chunks)))
	if got := len(match(t, x, "", with("author", "ann"))) + 10*len(match(t, x, "", with("author", "carol"))); got != 10 {
		t.Errorf("after another author: %d", got)
	}
}

// TestAddMeta opens an index that the version before this step wrote.
func TestAddMeta(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	doc := versionOne(t, dir)
	x := open(t, Options{}, dir)
	if got := match(t, x, "boats", golocal.Scope{}); len(got) != 1 || len(match(t, x, "", golocal.Scope{With: []golocal.Term{{Field: "title", Text: "harbour"}}})) != 1 {
		t.Errorf("found %q", got)
	}
	d, found, err := x.DocumentByID(t.Context(), 1)
	if err != nil || !found || len(d.Sections) != 1 || d.Text != doc.Text {
		t.Errorf("%+v, %v", d, err)
	}
}
