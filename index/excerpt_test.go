package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golocal"
)

func TestExcerpt(t *testing.T) {
	filler := strings.Repeat("Some words that say nothing of it. ", 20)
	for name, c := range map[string]struct{ text, query, want string }{
		"short":           {"all of it", "it", "all of it"},
		"no marks":        {filler + "end", "absent", "Some words that say nothing of it. Some words that say nothing of it. Some words that say nothing of it. Some words that"},
		"at a sentence":   {filler + "The leave is 25 days a year. " + filler, "leave days", "The leave is 25 days a year. Some words that say nothing of it. Some words that say nothing of it. Some words that say"},
		"most words win":  {"leave leave leave. " + filler + "On leave days. " + filler, "leave days", "On leave days. Some words that say nothing of it. Some words that say nothing of it. Some words that say nothing of it."},
		"at the end":      {filler + "the leave", "leave", "it. Some words that say nothing of it. Some words that say nothing of it. Some words that say nothing of it. the leave"},
		"at a line":       {filler + "\nleave: 25\n" + filler, "leave", "leave: 25\nSome words that say nothing of it. Some words that say nothing of it. Some words that say nothing of it. Some"},
		"without spaces":  {strings.Repeat("何もない", 40) + "。休暇は二十五日です。" + strings.Repeat("何もない", 40), "休暇", "休暇は二十五日です。" + strings.Repeat("何もない", 27) + "何も"},
		"one endless row": {strings.Repeat("x", 300) + " leave " + strings.Repeat("y", 300), "leave", strings.Repeat("x", 89) + " leave"},
	} {
		s := Excerpt(c.text, Highlight(c.query, c.text), 120)
		if got := c.text[s.Start:s.End]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("東京都の a b\u3000c 黒猫 \xff leave days", "a 猫", 5)
	f.Add(strings.Repeat("a\u3000", 300)+"leave.\u00a0 The", "leave", 150)
	f.Fuzz(func(t *testing.T, text, query string, size int) {
		size = lead + max(size%1000, 1)
		s := Excerpt(text, Highlight(query, text), size)
		if s.Start < 0 || s.End < s.Start || s.End > len(text) || utf8.RuneCountInString(text[s.Start:s.End]) > size {
			t.Fatalf("Excerpt(%q, %d) = %v", text, size, s)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("Excerpt(%q, %d) = %v cuts a character", text, size, s)
		}
		if s == (golocal.Span{}) && strings.TrimSpace(text) != "" {
			t.Fatalf("nothing of %q", text)
		}
	})
}
