package main

import (
	"strings"
	"testing"

	"golocal"
	"golocal/index"
)

func TestExcerptText(t *testing.T) {
	defer func(f func(...string) string) { found = f }(found)
	found = func(s ...string) string { return "[" + strings.Join(s, "") + "]" }
	for _, c := range []struct {
		text, query, want string
		part              golocal.Span
	}{
		{"Leave:\n  25  days\t", "days leave", "[Leave]: 25 [days]", golocal.Span{End: 18}},
		{"before. The days are gone. after", "days gone", "… The [days] are [gone]. …", golocal.Span{Start: 8, End: 27}},
		{"\x1b[31mdays\x1b[0m", "days", `\x1b[31mdays\x1b[0m`, golocal.Span{End: 13}},
		{"\x1b[31m days\x1b", "days", `\x1b[31m [days]\x1b`, golocal.Span{End: 11}},
		{"cut days off", "days", "cut da …", golocal.Span{End: 6}},
		{"", "days", "", golocal.Span{}},
	} {
		if got := excerptText(c.text, c.part, index.Highlight(c.query, c.text)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
