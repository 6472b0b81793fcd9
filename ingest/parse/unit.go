package parse

import (
	"golocal"
)

// Sizes of structured data, in bytes of text.
const (
	maxUnit  = 2000    // a member up to this size is one section, a larger one is cut at its own members
	minUnit  = 400     // smaller members that follow each other share a section
	longLine = 1000    // nobody reads longer lines
	markable = 4 << 20 // larger texts are not tied to the file's lines: the marks would outweigh them
)

// unit is a part of structured data that becomes a section.
type unit struct {
	start, end int
	path       []string // the keys that lead to it
	depth      int      // of the container that it lies in
	small      bool     // may take in the next small member
}

// units are collected while a reader goes through nested data once; their
// number is bounded by the size of the text, not by that of its members.
type units []unit

// member ends a member text[start:end] of a container at depth, whose first
// unit is inside; the member's own units begin at first. path gives the keys
// that lead to it, itself included or not.
func (u *units) member(start, end, first, depth, inside int, path func(itself bool) []string) {
	list := *u
	if end-start > maxUnit && first < len(list) {
		list[first].start = start // its own members are units
		list[len(list)-1].small = false
		return
	}
	list = list[:first]
	if last := len(list) - 1; last >= inside && list[last].small && list[last].depth == depth && end-list[last].start <= minUnit {
		list[last].end, list[last].path = end, path(false)
	} else {
		list = append(list, unit{start, end, path(true), depth, end-start <= minUnit})
	}
	*u = list
}

// addUnits makes sections of units; what lies between two goes with the first.
func (v *verbatim) addUnits(kind golocal.Kind, list units) {
	for i, u := range list {
		s := golocal.Section{Kind: kind, Heading: u.path, Span: golocal.Span{Start: u.start, End: len(v.doc.Text)}}
		if i == 0 {
			s.Span.Start = 0
		}
		if i+1 < len(list) {
			s.Span.End = list[i+1].start
		}
		v.section(s)
	}
}
