package chunk

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golocal"
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

// FuzzChunks gives Chunks sections that no parser would make.
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
		limit := Limit{Target: target % 500, Max: most % 600, Small: 3}
		chunks := Cut(doc, words, limit)
		for i, c := range chunks {
			if c.Span.Start < 0 || c.Span.End > len(doc.Text) || c.Text != doc.Text[c.Span.Start:c.Span.End] || !utf8.ValidString(c.Text) {
				t.Fatalf("chunk %d: %+v", i, c.Span)
			}
		}
		if len(doc.Sections) == 0 {
			checkChunks(t, doc, chunks)
		}
	})
}
