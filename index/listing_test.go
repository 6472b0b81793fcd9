package index

import (
	"slices"
	"testing"

	"golocal"
)

func TestListing(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "The trams of Lisbon.", "Rain in Porto.")
	put(t, x, root.ID, "b/lisbon.md", "A walrus swims.")
	put(t, x, root.ID, "c.md", "Nothing but fog.")
	must(t, x.Put(t.Context(), golocal.Document{Ref: golocal.Ref{Root: root.ID, Path: "d.pdf"}, Type: "pdf", State: golocal.StateNoText, Reason: "no text"}, nil, nil))
	with := func(field, text string) golocal.Term { return golocal.Term{Field: field, Text: text} }
	for _, c := range []struct {
		name  string
		scope golocal.Scope
		want  []string
	}{
		{"everything, what has no text too", golocal.Scope{}, []string{"a.md", "b/lisbon.md", "c.md", "d.pdf"}},
		{"a type", golocal.Scope{Types: []string{"pdf"}}, []string{"d.pdf"}},
		{"words of the text, not of the name", golocal.Scope{With: []golocal.Term{with("text", "Lisbon")}}, []string{"a.md"}},
		{"words of text or name", golocal.Scope{With: []golocal.Term{with("", "Lisbon")}}, []string{"a.md", "b/lisbon.md"}},
		{"terms of two passages", golocal.Scope{With: []golocal.Term{with("text", "trams"), with("text", "Porto")}}, []string{"a.md"}},
		{"an inflected form", golocal.Scope{With: []golocal.Term{with("text", "tram")}}, []string{"a.md"}},
		{"left out by any passage", golocal.Scope{Without: []golocal.Term{with("text", "Porto")}}, []string{"b/lisbon.md", "c.md", "d.pdf"}},
		{"nothing", golocal.Scope{With: []golocal.Term{with("text", "xylophone")}}, nil},
	} {
		var got []string
		for d, err := range x.Listing(t.Context(), c.scope) {
			must(t, err)
			got = append(got, d.Ref.Path)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
