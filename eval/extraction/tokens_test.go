package extraction

import (
	"math"
	"slices"
	"testing"
	"unicode/utf8"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		what, text string
		want       []string
	}{
		{"nothing", " \n-*—\t", nil},
		{"case and marks of punctuation", "The cat's «Mat», 3.5 kg.", []string{"the", "cat", "s", "mat", "3", "5", "kg"}},
		{"ligatures and wide letters", "oﬃce ＡＢＣ x²", []string{"office", "abc", "x2"}},
		{"accents, composed or not", "e\u0301te\u0301 été", []string{"été", "été"}},
		{"a mark without a letter", "\u0301 a", []string{"a"}},
		{"a hyphen inside a line", "well-known", []string{"well", "known"}},
		{"a hyphen at a line's end", "govern-\nment and ac\u2010 \r\n  tion", []string{"government", "and", "action"}},
		{"a hyphen at a page's end", "govern-\n\fment", []string{"government"}},
		{"a hyphen before an empty line", "govern-\n\nment", []string{"govern", "ment"}},
		{"a hyphen at the very end", "govern-\n", []string{"govern"}},
		{"a range of years over two lines", "2010-\n2011 b2-\nc", []string{"2010", "2011", "b2", "c"}},
		{"a list after a line that ends in a word", "list\n- one", []string{"list", "one"}},
		{"soft hyphens", "hy\u00adphen", []string{"hyphen"}},
		{"Chinese and Japanese", "第1章 東京へgo", []string{"第", "1", "章", "東", "京", "へ", "go"}},
		{"Korean", "한국 ok", []string{"한", "국", "ok"}},
		{"Arabic keeps its words", "مرحبا بالعالم", []string{"مرحبا", "بالعالم"}},
		{"broken UTF-8", "a\xffb", []string{"a", "b"}},
	} {
		if got := slices.Collect(Tokens(c.text)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func TestTokens_StopsWhenAsked(t *testing.T) {
	for _, text := range []string{"one two", "東京", "a東b"} {
		n := 0
		for range Tokens(text) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: %d tokens after a break", text, n)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		read, reference       string
		f1, precision, recall float64
	}{
		{"", "", 1, 1, 1},
		{"a", "", 0, 0, 0},
		{"", "a", 0, 0, 0},
		{"c a b", "A B C", 1, 1, 1},
		{"a b", "c d", 0, 0, 0},
		{"a b", "a b c d", 2. / 3, 1, .5},
		{"a b c d", "a b", 2. / 3, .5, 1},
		{"a a a", "a", .5, 1. / 3, 1}, // a word read thrice is right once
		{"a a b", "a b b", 2. / 3, 2. / 3, 2. / 3},
	} {
		got := Compare(NewBag(c.read), NewBag(c.reference))
		for _, v := range []struct{ got, want float64 }{{got.F1, c.f1}, {got.Precision, c.precision}, {got.Recall, c.recall}} {
			if math.Abs(v.got-v.want) > 1e-12 {
				t.Errorf("Compare(%q, %q) = %+v, want F1 %v, precision %v, recall %v", c.read, c.reference, got, c.f1, c.precision, c.recall)
				break
			}
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"govern-\nment", "a\xff-\n東\u0301", "-\n", "x\u00ad", "ﬃ\u2010\nﬀ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		size := 0
		for token := range Tokens(text) {
			if token == "" || !utf8.ValidString(token) {
				t.Fatalf("token %q", token)
			}
			size++
		}
		bag := NewBag(text)
		if bag.Size != size {
			t.Fatalf("a bag of %d of %d tokens", bag.Size, size)
		}
		if s := Compare(bag, bag); s.F1 != 1 {
			t.Fatalf("a text compared with itself: %+v", s)
		}
	})
}
