package chunk

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/ingest/normal"
	"golocal/ingest/parse"
	"golocal/internal/place"
)

// words counts words, and characters of scripts without spaces.
func words(s string) int {
	n, in := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			in = false
		case r >= 0x2e80:
			n++
			in = false
		case !in:
			n++
			in = true
		}
	}
	return n
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"One. Two! Three? Four", []string{"One.", "Two!", "Three?", "Four"}},
		{"Dr. Smith met Mr. J. Doe. They talked.", []string{"Dr. Smith met Mr. J. Doe.", "They talked."}},
		{"It costs 3.50 euros, i.e. little. Good.", []string{"It costs 3.50 euros, i.e. little.", "Good."}},
		{"See fig. 3 and No. 5. Then stop.", []string{"See fig. 3 and No. 5.", "Then stop."}},
		{"He said \"Stop.\" Then he left (for good.) Well.", []string{"He said \"Stop.\"", "Then he left (for good.)", "Well."}},
		{"\"Why?\" she asked. Nobody knew.", []string{"\"Why?\" she asked.", "Nobody knew."}},
		{"Wait... what? Yes.", []string{"Wait... what?", "Yes."}},
		{"It was me and I. You too.", []string{"It was me and I.", "You too."}},
		{"Das ist z.B. gut. Am 3. Mai kommt Hr. Maier.", []string{"Das ist z.B. gut.", "Am 3.", "Mai kommt Hr. Maier."}},
		{"今日は晴れ。明日は雨！本当？「はい。」終わり", []string{"今日は晴れ。", "明日は雨！", "本当？", "「はい。」", "終わり"}},
		{"A title without stop\n\nA paragraph\nover lines. End", []string{"A title without stop", "A paragraph\nover lines.", "End"}},
		{"1. First item. 2. Second item.", []string{"1. First item.", "2. Second item."}},
		{"www.example.com is up. v1.2.3 too.", []string{"www.example.com is up. v1.2.3 too."}},
		{" \n ", nil},
		{"", nil},
	} {
		var got []string
		for _, s := range sentences(c.text, golocal.Span{End: len(c.text)}) {
			got = append(got, c.text[s.Start:s.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

// prose makes n sentences of eight words.
func prose(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s sentence number %d is about some thing. ", prefix, i)
	}
	return strings.TrimSpace(b.String())
}

func markdown(t testing.TB, text string) golocal.Document {
	doc, err := (&parse.Formats{}).Parse(context.Background(), "a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestChunksByHeading(t *testing.T) {
	doc := markdown(t, "# Guide\n\n"+prose("Intro", 3)+"\n\n## Install\n\n"+prose("Install", 60)+"\n\n## Empty\n\n## Use\n\n### One\n\n"+prose("One", 3)+"\n\n### Two\n\n"+prose("Two", 3)+"\n")
	chunks := Cut(doc, words, Default)
	var heads []string
	for i, c := range chunks {
		heads = append(heads, strings.Join(c.Heading, " > "))
		if c.Ordinal != i {
			t.Errorf("chunk %d has the ordinal %d", i, c.Ordinal)
		}
	}
	want := []string{"Guide", "Guide > Install", "Guide > Install", "Guide", "Guide > Use"}
	if diff := cmp.Diff(want, heads); diff != "" {
		t.Fatal(diff)
	}
	if c := chunks[0]; !strings.HasPrefix(c.Input, "Guide\nIntro sentence number 0") || c.Place != (golocal.Place{Line: 3, LineEnd: 3}) {
		t.Errorf("%q at %+v", c.Input, c.Place)
	}
	if c := chunks[1]; !strings.HasPrefix(c.Input, "Guide > Install\nInstall sentence number 0") || !strings.HasSuffix(c.Text, ".") {
		t.Errorf("%q", c.Input)
	}
	if c := chunks[3]; c.Text != "## Empty" {
		t.Errorf("a heading without text gave %q", c.Text)
	}
	if c := chunks[4]; !strings.HasPrefix(c.Text, "### One\n") || !strings.Contains(c.Text, "### Two") {
		t.Errorf("small sections were not merged with their headings: %q", c.Text)
	}
	a, b := chunks[1], chunks[2]
	if b.Span.Start >= a.Span.End {
		t.Error("a paragraph that was cut has no overlap")
	}
	if shared := a.Span.End - b.Span.Start; shared*100 > 16*len(a.Text) {
		t.Errorf("the overlap is %d of %d bytes", shared, len(a.Text))
	}
	for _, c := range []golocal.Chunk{a, b} {
		if c.Tokens < 150 || c.Tokens > 400 {
			t.Errorf("a chunk of %d tokens", c.Tokens)
		}
	}
}

func TestChunksDoNotKnowTheName(t *testing.T) {
	doc := markdown(t, "# A\n\nSome text.")
	doc.Ref = golocal.Ref{Root: 1, Path: "a.md"}
	other := doc
	other.Ref.Path = "dir/b.md"
	if Cut(doc, words, Default)[0].Sum != Cut(other, words, Default)[0].Sum {
		t.Error("a rename would cost an embedding")
	}
}

func TestChunksOfTables(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Prices\n\n| item | price |\n|---|---|\n")
	for i := range 200 {
		fmt.Fprintf(&b, "| thing number %d | %d euros |\n", i, i*7)
	}
	chunks := Cut(markdown(t, b.String()), words, Default)
	if len(chunks) < 4 {
		t.Fatalf("%d chunks", len(chunks))
	}
	for i, c := range chunks {
		if !strings.Contains(c.Input, "| item | price |\n|---|---|\n| thing") {
			t.Errorf("chunk %d is without header: %q", i, normal.Shorten(c.Input, 80))
		}
		if i > 0 && strings.Contains(c.Text, "item | price") {
			t.Errorf("chunk %d quotes the header as its own", i)
		}
		if !strings.HasPrefix(c.Text, "|") || !strings.HasSuffix(c.Text, "|") {
			t.Errorf("chunk %d cuts a row: %q", i, c.Text)
		}
		if c.Tokens > 400 {
			t.Errorf("chunk %d has %d tokens", i, c.Tokens)
		}
	}
}

func TestChunksKeepListsWithTheirLead(t *testing.T) {
	doc := markdown(t, prose("Filler", 32)+"\n\nYou need the following things:\n\n- a hammer\n- a nail\n- a board\n\n"+prose("More", 32))
	for _, c := range Cut(doc, words, Default) {
		if strings.Contains(c.Text, "a hammer") != strings.Contains(c.Text, "You need") {
			t.Errorf("the list lost its lead-in: %q", c.Text)
		}
	}
}

func TestChunksOfCode(t *testing.T) {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "func f%d(x int) int {\n\ty := x + %d\n\n\treturn y * y // some words in a comment\n}\n\n", i, i)
	}
	doc, err := (&parse.Formats{}).Parse(context.Background(), "a.go", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Cut(doc, words, Default) {
		if !c.Code || !strings.HasPrefix(c.Text, "func") || !strings.HasSuffix(c.Text, "}") {
			t.Errorf("a chunk cuts a function: %q", c.Text)
		}
	}
	one, err := (&parse.Formats{}).Parse(context.Background(), "a.go", []byte("func big() {\n"+strings.Repeat("\tdo(some, thing) // with words\n", 300)+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	chunks := Cut(one, words, Default)
	if len(chunks) < 3 {
		t.Fatalf("%d chunks", len(chunks))
	}
	if c := chunks[1]; !strings.HasPrefix(c.Input, "func big()\n") || !strings.HasPrefix(c.Text, "\tdo(") {
		t.Errorf("the middle of a function does not say whose: %q", normal.Shorten(c.Input, 60))
	}
}

func TestChunksOfPages(t *testing.T) {
	doc := golocal.Document{Text: "First page text.\n\fSecond page text.\n\f\fFourth page text.\n\f", Marks: []golocal.Mark{
		{Place: golocal.Place{Page: 1, Label: "i"}}, {At: 18, Place: golocal.Place{Page: 2}}, {At: 37, Place: golocal.Place{Page: 3}}, {At: 38, Place: golocal.Place{Page: 4}}}}
	chunks := Cut(doc, words, Default)
	if len(chunks) != 1 || chunks[0].Place != (golocal.Place{Page: 1, PageEnd: 4, Label: "i"}) {
		t.Fatalf("%+v", chunks)
	}
	second := strings.Index(chunks[0].Text, "Second")
	if p := place.OfChunk(chunks[0]).Of(golocal.Span{Start: second, End: second + 6}); p != (golocal.Place{Page: 2, PageEnd: 2}) {
		t.Errorf("the second page's words stand at %+v", p)
	}
}

func TestChunksOfHugeLines(t *testing.T) {
	for name, text := range map[string]string{
		"no spaces":  strings.Repeat("QUJD", 20_000),
		"no stops":   strings.Repeat("word ", 20_000),
		"minified":   strings.Repeat(`{"key":"value","list":[1,2,3]},`, 3000),
		"characters": strings.Repeat("漢字", 5000),
		"emoji":      strings.Repeat("👩‍💻", 3000),
	} {
		doc, err := (&parse.Formats{}).Parse(context.Background(), "a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		chunks := Cut(doc, words, Default)
		for _, c := range chunks {
			if c.Tokens > 400 || len(c.Text) > 16*400 {
				t.Errorf("%s: a chunk of %d tokens, %d bytes", name, c.Tokens, len(c.Text))
			}
		}
		checkChunks(t, doc, chunks, Default)
		checkBorders(t, doc, chunks)
	}
}

func TestChunksOfAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	parts := []string{"word", " ", "\n", "\n\n", ". ", "# ", "## ", "### ", "- ", "| a | b |\n", "|--|--|\n", "```\n", "漢字。", "é", "---\n", "Dr. ", "\t", "x: ", "> ", "1. ", "A long sentence with several words in it. ", "== Wiki ==\n", "def f(x):\n    ", "class A:\n", strings.Repeat("long line ", 20)}
	for range 800 {
		var b strings.Builder
		for range random.IntN(120) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		name := []string{"a.md", "a.txt", "a.py", "a.csv"}[random.IntN(4)]
		doc, err := (&parse.Formats{}).Parse(context.Background(), name, []byte(b.String()))
		if err != nil {
			continue
		}
		limit := Limit{Target: 5 + random.IntN(40), Max: 0, Small: random.IntN(10)}
		limit.Max = limit.Target + random.IntN(20)
		chunks := Cut(doc, words, limit)
		checkChunks(t, doc, chunks, limit)
		checkBorders(t, doc, chunks)
	}
}

func TestChunksOfUnwrappedLines(t *testing.T) {
	// One paragraph on each line, titles between them, and no blank line.
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "Title of part %d\n%s\n%s\n", i, prose(fmt.Sprintf("First %d", i), 8), prose(fmt.Sprintf("Second %d", i), 8))
	}
	doc := markdown(t, b.String())
	if len(doc.Sections) != 1 {
		t.Fatalf("%d sections", len(doc.Sections))
	}
	for i, c := range Cut(doc, words, Limit{Target: 130, Max: 200, Small: 20}) {
		if !strings.HasPrefix(c.Text, "Title of part") || !strings.HasSuffix(c.Text, ".") {
			t.Errorf("chunk %d begins or ends inside a part: %q", i, c.Text)
		}
	}
	// Wrapped lines are no paragraphs.
	wrapped := markdown(t, strings.Repeat("Title like line\nof a paragraph whose lines\nsomebody broke by hand.\n", 40))
	for i, c := range Cut(wrapped, words, Limit{Target: 50, Max: 70, Small: 10}) {
		if !strings.HasPrefix(c.Text, "Title like line") {
			t.Errorf("chunk %d begins inside a sentence: %q", i, c.Text)
		}
	}
}

func TestChunksOfClasses(t *testing.T) {
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "class C%d:\n    \"\"\"Holds things.\"\"\"\n\n", i)
		for j := range 8 {
			fmt.Fprintf(&b, "    def m%d_%d(self, x):\n", i, j)
			for k := range 6 {
				fmt.Fprintf(&b, "        y = self.call(x, %d)  # some words\n\n        self.keep(y)\n", k)
			}
			b.WriteString("\n")
		}
	}
	doc, err := (&parse.Formats{}).Parse(context.Background(), "a.py", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range Cut(doc, words, Limit{Target: 130, Max: 190, Small: 20}) {
		first := strings.TrimSpace(c.Text)
		if !strings.HasPrefix(first, "class C") && !strings.HasPrefix(first, "def m") {
			t.Errorf("chunk %d begins inside a method: %q", i, c.Text)
		}
		if len(c.Heading) == 0 || !strings.HasPrefix(c.Input, c.Heading[0]) || strings.Count(c.Text, "class C") > 1 {
			t.Errorf("chunk %d does not stand in one class: %q, %q", i, c.Heading, normal.Shorten(c.Input, 80))
		}
	}
}
