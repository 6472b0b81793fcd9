package chat

import (
	"regexp"
	"strings"
	"testing"
)

func clean(sources int, pieces ...string) string {
	c := cleaner{sources: sources}
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(c.write(p))
	}
	return b.String() + c.end()
}

func TestCleaner_Table(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Plain text. Two sentences!", "Plain text. Two sentences!"},
		{"20 days [1].", "20 days [1]."},
		{"20 days [2][1].", "20 days [2][1]."},
		{"20 days [1, 2].", "20 days [1][2]."},
		{"20 days [source 2].", "20 days [2]."},
		{"20 days [1-3].", "20 days [1][2][3]."},
		{"20 days 【2】.", "20 days [2]."},
		{"20 days [99].", "20 days."}, // names no source
		{"20 days [0] a year.", "20 days a year."},
		{"20 days [1, 99].", "20 days [1]."},
		{"In [1994] it rained.", "In [1994] it rained."}, // a year is no marker
		{"[sic] and [ ] too", "[sic] and [ ] too"},
		{"![x](http://evil.test/?q=1)", ""},
		{"a ![x](http://evil.test/?q=1) b", "a  b"},
		{"![x][r]", ""},
		{"![x]", ""},
		{"[r]: http://evil.test/", "[r] : http://evil.test/"},
		{"[1]: http://evil.test/", "[1] : http://evil.test/"},
		{"[text](https://a.example/x)", "text (https://a.example/x)"},
		{"[text](javascript:alert(1))", "text"},
		{"[text](data:text/html,x)", "text"},
		{"[text](//evil.test)", "text"},
		{`[text](\\evil.test\x)`, "text"},
		{"[text](file:///etc/passwd)", "text"},
		{"[text][ref]", "text"},
		{"[text][1]", "text [1]"},
		{"[1](http://evil.test)", "[1]"},
		{"[![x](http://evil.test/a)](http://evil.test/b)", " (http://evil.test/b)"},
		{"<img src=http://evil.test>", ""},
		{"<IMG\nsrc='http://evil.test'>", ""},
		{"<script>alert(1)</script>", "alert(1)"},
		{"<svg/onload=alert(1)>", ""},
		{"<x onclick=alert(1)>hi", "hi"},
		{"<!-- c -->", ""},
		{"<https://a.example/>", "https://a.example/"},
		{"<javascript://x>", ""},
		{"!<b>[x]", "! [x]"}, // what is dropped must not join its neighbours
		{"[1]<b>: http://evil.test", "[1] : http://evil.test"},
		{"<<b>img src=x>", "< img src=x>"},
		{"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
		{"a<b and c>d", "ad"}, // "b" is an element
		{"x <y and z> w", "x < y and z> w"},
		{"Wow! Great!", "Wow! Great!"},
		{"a\x1b[31mred", "a(31mred"},
		{"a\u202eb\u200bc\U000E0041d", "abcd"},
		{"unclosed [bracket", "unclosed (bracket"},
		{"Take `rows[0]` [1].", "Take `rows[0]` [1]."},
		{"Take ``a`rows[0]`` [9].", "Take ``a`rows[0]``."},
		{"An open `quote [9].", "An open `quote."},
		{"An open `quote\nand rows[9]` too", "An open `quote\nand rows` too"},
		{"```go\nx := rows[0]\n```\nIt is first [9].", "```go\nx := rows[0]\n```\nIt is first."},
		{"```\n[x](http://evil.test) ![x](y)", "```\n[x] (http://evil.test) ! [x] (y)"},
		{"a ``[9]`x[8]`", "a `` `x[8]`"},
		{"unclosed ![bracket", "unclosed bracket"},
		{"[x](http://evil.test/unclosed", "x(http://evil.test/unclosed"},
	} {
		if got := clean(3, c.in); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func TestCleaner_MarkersSplitOverTokens(t *testing.T) {
	for _, c := range []struct {
		pieces []string
		want   string
	}{
		{[]string{"20 days ", "[", "1", "]", "."}, "20 days [1]."},
		{[]string{"20 days ", "[", "9", "9", "]", "."}, "20 days."},
		{[]string{"20 days", " [1", ",", " 2]", " of rest"}, "20 days [1][2] of rest"},
		{[]string{"!", "[x", "](", "http://evil", ".test)", " ok"}, " ok"},
		{[]string{"<", "im", "g src", "=x>", "ok"}, "ok"},
		{[]string{"caf\xc3", "\xa9 [1", "]"}, "café [1]"},
		{[]string{"【", "1】"}, "[1]"},
	} {
		if got := clean(3, c.pieces...); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.pieces, got, c.want)
		}
	}
}

func TestCleaner_HoldsNoMoreThanItNeeds(t *testing.T) {
	c := cleaner{sources: 2}
	if got := c.write("Twenty days"); got != "Twenty days" {
		t.Errorf("plain words are held back: %q", got)
	}
	if got := c.write(" [1"); got != "" {
		t.Errorf("half a marker got out: %q", got)
	}
	if got := c.write("] a"); got != " [1] a" {
		t.Errorf("got %q", got)
	}
}

// live is what CommonMark or a browser would act on.
var live = regexp.MustCompile(`!\[|\]\(|\]:|<[\pL/!?]`)

// number is a citation marker.
var number = regexp.MustCompile(`\[(\d{1,3})\]`)

func FuzzCleaner(f *testing.F) {
	for _, s := range []string{
		"20 days [1].", "![x](http://evil.test/?q=1)", "![x][r]\n\n[r]: http://evil.test", "<<b>img src=x>", "<!<b>[x](u)", "!<b>[x][y]",
		"[1]<b>: http://evil.test", "[a](b", "[[1]](x)", "【1】", "[x]\u200b(http://evil)", "<img\u200bsrc=x>", "<\u200bimg src=x>", "!\u200b[x](y)", "\\![x](y)",
		"[![a](b)](c)", "[x](<y>)", "<a\nhref=x>", "]<b>(x)", "[x](a)(b)", "[1]\u202e:x", "![" + strings.Repeat("a", 2100) + "](http://evil.test)",
		"[x](" + strings.Repeat("a", 2100) + ")", "<img " + strings.Repeat("a", 2100) + ">", "[x] (y)", "a [", " ", "<", "\xff[1]\xc3",
		"Take `rows[0]` [1].", "```go\nx[9]\n``\n```\n[9]", "a ``[9]`x[8]`", "`" + strings.Repeat("a", 2100) + "`[9]", "````\n```\n[9]", " ```[9]",
	} {
		f.Add(s, 3)
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, step int) {
		whole := clean(3, s)
		if m := live.FindString(whole); m != "" {
			t.Fatalf("%q becomes %q, which holds %q", s, whole, m)
		}
		if step < 1 || step > 64 {
			return
		}
		var pieces []string
		for i := 0; i < len(s); i += step {
			pieces = append(pieces, s[i:min(i+step, len(s))])
		}
		if got := clean(3, pieces...); got != whole {
			t.Fatalf("%q: whole %q, in pieces of %d %q", s, whole, step, got)
		}
		code := codeRanges(whole)
		for _, at := range number.FindAllStringSubmatchIndex(whole, -1) {
			m := []string{whole[at[0]:at[1]], whole[at[2]:at[3]]}
			if inCode(code, at[0]) {
				continue
			}
			if m[1] != "1" && m[1] != "2" && m[1] != "3" {
				t.Fatalf("%q becomes %q: %s names no source", s, whole, m[0])
			}
		}
	})
}
