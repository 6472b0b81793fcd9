package main

import (
	"strings"
	"testing"

	"golocal"
)

func TestPrintable_NeverReachesTheTerminal(t *testing.T) {
	for in, want := range map[string]string{
		"plain text\nsecond":            "plain text\nsecond",
		"größer 東京 ✓":                   "größer 東京 ✓",
		"a\x1b]8;;http://e\x07b":        `a\x1b]8;;http://e\ab`,
		"bad\xffbyte":                   `bad\xffbyte`,
		"carriage\rreturn":              `carriage\rreturn`,
		"right\u202eleft":               `right\u202eleft`,
		"tab\tand \"quotes\"\x00":       "tab\tand \"quotes\"\\x00",
		"one\x01\ntwo":                  "one\\x01\ntwo",
		"no-break\u00a0space\ufffd\x02": "no-break\u00a0space\ufffd\\x02",
		"\u009b31mred":                  `\u009b31mred`,
	} {
		got := printable(in)
		if got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("x\x1b[2J")
	f.Add("\u202e\xff\n")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range printable(s) {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e {
				t.Fatalf("printable(%q) lets %U through", s, r)
			}
		}
	})
}

func TestPlaceText(t *testing.T) {
	for _, c := range []struct {
		place golocal.Place
		want  string
	}{
		{golocal.Place{Line: 12, LineEnd: 12}, ":12"},
		{golocal.Place{Line: 12, LineEnd: 14}, ":12-14"},
		{golocal.Place{Page: 3, PageEnd: 3}, " page 3"},
		{golocal.Place{Page: 3, PageEnd: 4, Line: 9}, " pages 3-4"},
		{golocal.Place{Paragraph: 7}, " paragraph 7"},
		{golocal.Place{Part: "a.txt", Line: 2, LineEnd: 3}, " a.txt, lines 2-3"},
		{golocal.Place{Sheet: "Bud\x1bget", Columns: "A:B", Row: 2, RowEnd: 3}, ` Bud\x1bget!A2:B3`},
		{golocal.Place{}, ""},
	} {
		if got := placeText(c.place); got != c.want {
			t.Errorf("placeText(%+v) = %q, want %q", c.place, got, c.want)
		}
	}
}

func TestWrap_KeepsWords(t *testing.T) {
	text := "a passage of several words that is longer than the line"
	for line := range strings.Lines(wrap(text, 24)) {
		if len(strings.TrimSuffix(line, "\n")) > 24 {
			t.Errorf("line %q is longer than 24", line)
		}
	}
	if got := strings.Join(strings.Fields(wrap(text, 24)), " "); got != text {
		t.Errorf("wrap changed the words: %q", got)
	}
}
