package chunk

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/parse"
)

func FuzzSentences(f *testing.F) {
	f.Add("One. Two! 「三。」 Dr. x\n\nfour", 0, 20)
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		s = strings.ToValidUTF8(s, "?")
		if start < 0 || end > len(s) || start > end || start < len(s) && !utf8.RuneStart(s[start]) || end < len(s) && !utf8.RuneStart(s[end]) {
			return
		}
		at := start
		for _, one := range sentences(s, golocal.Span{Start: start, End: end}) {
			if one.Start < at || one.End <= one.Start || one.End > end || strings.TrimSpace(s[at:one.Start]) != "" {
				t.Fatalf("%+v after %d in %q", one, at, s)
			}
			at = one.End
		}
		if strings.TrimSpace(s[at:end]) != "" {
			t.Fatalf("%q is left out", s[at:end])
		}
	})
}

// FuzzCut gives Cut sections that no parser would make.
func FuzzCut(f *testing.F) {
	f.Add("Some text.\n\nMore text here.", []byte{0, 1, 3, 2, 2, 5}, 10, 12)
	f.Add("漢字。かな", []byte{9, 9, 9}, 1, 1)
	f.Fuzz(func(t *testing.T, text string, cuts []byte, target, most int) {
		doc := golocal.Document{Text: strings.ToValidUTF8(text, "?"), Title: "T"}
		kinds := []golocal.Kind{golocal.KindParagraph, golocal.KindHeading, golocal.KindList, golocal.KindTable, golocal.KindCode}
		at := 0
		for i := 0; i+2 < len(cuts) && i < 300; i += 3 {
			s := golocal.Section{Kind: kinds[int(cuts[i])%5], Level: 1 + int(cuts[i])/5%6}
			s.Span = golocal.Span{Start: at + int(cuts[i+1])%7, End: at + int(cuts[i+1])%7 + int(cuts[i+2])}
			at = s.Span.End - int(cuts[i])%3
			doc.Sections = append(doc.Sections, s)
		}
		limit := Limit{Target: 1 + max(0, target%500), Max: most % 600, Small: 3}
		limit.Max = max(limit.Max, limit.Target)
		checkChunks(t, doc, Cut(doc, words, limit), limit)
	})
}

// FuzzCutParsed cuts what the parsers make of any text.
func FuzzCutParsed(f *testing.F) {
	for i, s := range []string{
		"# A\n\nOne. Two.\n\n## B\n\n### C\n\n- a\n- b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n", "Title\n\nOne line. Two.\n\n1. a\n2. b\n",
		"class A:\n    x = 1\n\n    def f(self):\n        pass\n", "a,b\n1,2\n3,4\n", "== A ==\nx\n== B ==\n" + strings.Repeat("word ", 60),
	} {
		f.Add([]byte(s), i, 20, 10)
	}
	f.Fuzz(func(t *testing.T, data []byte, kind, target, most int) {
		doc, err := (&parse.Formats{}).Parse(context.Background(), []string{"a.md", "a.txt", "a.py", "a.csv", "a.html"}[uint(kind)%5], data)
		if err != nil {
			return
		}
		limit := Limit{Target: 1 + int(uint(target)%400), Small: int(uint(most) % 50)}
		limit.Max = limit.Target + int(uint(most)%200)
		chunks := Cut(doc, words, limit)
		checkChunks(t, doc, chunks, limit)
		checkBorders(t, doc, chunks)
	})
}
