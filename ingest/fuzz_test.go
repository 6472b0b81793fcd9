package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golocal"
)

// fuzzParser checks a parser on any bytes: it ends, with a reason or with a
// document that keeps the promises of golocal.Document, and its chunks cover it.
func fuzzParser(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := (&Formats{}).Parse(context.Background(), name, data)
		var failure *Failure
		if errors.As(err, &failure) {
			if failure.Reason == "" || failure.State == "" || strings.Contains(failure.Reason, "\n") {
				t.Fatalf("%+v", failure)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if doc.Type == typePDF {
			return
		}
		if err := verify(&doc); err != nil {
			t.Fatal(err)
		}
		if !hasWords(doc.Text) || normal(doc.Text) != doc.Text || strings.Contains(doc.Text, "\f") {
			t.Fatalf("%q", doc.Text)
		}
		for _, s := range doc.Sections {
			if s.Span.Start == s.Span.End || s.Place == (golocal.Place{}) || s.Kind == golocal.KindHeading && (s.Level < 1 || s.Level > 6) {
				t.Fatalf("%+v", s)
			}
		}
		checkChunks(t, doc, Chunks(doc, words, Limit{Target: 20, Max: 30, Small: 5}))
	})
}

func FuzzMarkdown(f *testing.F) {
	fuzzParser(f, "a.md", "# A\n\nb\n\n- c\n  - d\n\n> e\n\n```\nf\n```\n", "---\ntitle: x\n---\n\nA\n=\n\n| a | b |\n|--|--|\n| 1 | 2 |\n",
		"[a]: b\n\n<div>\n\nx\n\n</div>\n", "\t# x\r\n1. a\r\n\r\n   b\r\n", "- # heading in list\n- \n", "~~~\n\n", "```\n```\nx", "#\n#\n# a #\n", "e\u0301\x00\xff")
}

func FuzzHTML(f *testing.F) {
	fuzzParser(f, "a.html", "<p>a<b>c</b><br>d", "<table><tr><td>1<td>2</table>", "<ul><li>a<ul><li>b</ul></ul>", "<h1><p>x</h1><pre>\n a\n</pre>",
		"<meta charset=utf-16><p>x", "<title>a<title>b", "<h3>a</h3><table><caption>c<tr><td><table><td>x</table></table>", "\xff\xfe<\x00p\x00>\x00a\x00", "<svg><title>x</title></svg>y")
}

func FuzzText(f *testing.F) {
	fuzzParser(f, "a.txt", "a\n\nb", "\xff\xfea\x00", "\x00\x00\xfe\xff\x00\x00\x00a", "\x93\xfa\x96{\x8c\xea", "1. a\n2. b\n", strings.Repeat("a", 500), "a\rb\r\nc\x0bd\x0ce")
}

func FuzzCode(f *testing.F) {
	fuzzParser(f, "a.go", "package a\n\nfunc b() {\n}\n", "#!/bin/sh\n\nx\n", "\t\n\n\tx\n\ny", "class A:\n  def b():\n    pass\n")
}

func FuzzDOCX(f *testing.F) {
	// Zip checksums would keep the fuzzer out, so it writes the body and the styles.
	f.Add(para("H1", "a")+para("", "b"), `<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>`)
	f.Add(`<w:tbl><w:tr><w:tc>`+para("", "a")+`</w:tc></w:tr></w:tbl>`, ``)
	f.Add(`<w:p><w:r><w:t>open`, `<w:style w:styleId="a"><w:basedOn w:val="a"/>`)
	f.Add(`</w:p></w:tbl><w:tc><w:p/></w:tc><w:tr><w:t>x</w:t>`, ``)
	f.Add(`<w:p><w:del><w:p><w:t>x</w:t></w:p></w:del><w:t>y</w:t></w:p>`, ``)
	f.Fuzz(func(t *testing.T, body, styles string) {
		data := makeDOCX(t, body, map[string]string{"word/styles.xml": `<w:styles ` + wordNS + `>` + styles + `</w:styles>`})
		doc, err := (&Formats{}).Parse(context.Background(), "a.docx", data)
		var failure *Failure
		if err != nil {
			if !errors.As(err, &failure) {
				t.Fatal(err)
			}
			return
		}
		if err := verify(&doc); err != nil {
			t.Fatal(err)
		}
		if normal(doc.Text) != doc.Text {
			t.Fatalf("%q", doc.Text)
		}
		checkChunks(t, doc, Chunks(doc, words, Limit{Target: 20, Max: 30, Small: 5}))
	})
}

func FuzzContainer(f *testing.F) {
	f.Add(makeDOCX(f, para("", "a"), nil))
	f.Add(append(append([]byte{}, oleMagic...), 1, 2, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := parseContainer("a.docx", data)
		var failure *Failure
		if err != nil && !errors.As(err, &failure) {
			t.Fatal(err)
		}
	})
}

func FuzzNormal(f *testing.F) {
	for _, s := range []string{"a\r\n\u200db", "e\u0301\ufe0f", "\xff\r", "1\ufe0f\u20e3", "می\u200c\u200cx", "\u1100\u1161\u11a8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := normal(s)
		if !utf8.ValidString(once) || normal(once) != once {
			t.Fatalf("%q gave %q, then %q", s, once, normal(once))
		}
	})
}

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
func FuzzChunks(f *testing.F) {
	f.Add("Some text.\n\nMore text here.", []byte{0, 1, 3, 2, 2, 5}, 10, 12)
	f.Add("漢字。かな", []byte{9, 9, 9}, 1, 1)
	f.Fuzz(func(t *testing.T, text string, cuts []byte, target, most int) {
		doc := golocal.Document{Type: typeText, Text: strings.ToValidUTF8(text, "?"), Title: "T"}
		kinds := []golocal.Kind{golocal.KindParagraph, golocal.KindHeading, golocal.KindList, golocal.KindTable, golocal.KindCode}
		at := 0
		for i := 0; i+2 < len(cuts) && i < 300; i += 3 {
			s := golocal.Section{Kind: kinds[int(cuts[i])%5], Level: 1 + int(cuts[i])/5%6}
			s.Span = golocal.Span{Start: at + int(cuts[i+1])%7, End: at + int(cuts[i+1])%7 + int(cuts[i+2])}
			at = s.Span.End - int(cuts[i])%3
			doc.Sections = append(doc.Sections, s)
		}
		limit := Limit{Target: target % 500, Max: most % 600, Small: 3}
		chunks := Chunks(doc, words, limit)
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
