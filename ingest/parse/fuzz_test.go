package parse

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/normal"
	"golocal/internal/sample"
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
		if doc.Type == PDF {
			return
		}
		if err := Verify(&doc); err != nil {
			t.Fatal(err)
		}
		if !normal.HasWords(doc.Text) || normal.Text(doc.Text) != doc.Text || strings.Contains(doc.Text, "\f") && !strings.HasPrefix(doc.Type, Mail) && doc.Type != Outlook {
			t.Fatalf("%q", doc.Text)
		}
		for _, s := range doc.Sections {
			if s.Span.Start == s.Span.End || s.Place == (golocal.Place{}) || s.Kind == golocal.KindHeading && (s.Level < 1 || s.Level > 6) {
				t.Fatalf("%+v", s)
			}
		}
		for _, c := range chunk.Cut(doc, chunk.Estimate, chunk.Limit{Target: 20, Max: 30, Small: 5}) {
			if c.Text != doc.Text[c.Span.Start:c.Span.End] || c.Place == (golocal.Place{}) {
				t.Fatalf("chunk %+v", c)
			}
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	fuzzParser(f, "a.md", "# A\n\nb\n\n- c\n  - d\n\n> e\n\n```\nf\n```\n", "---\ntitle: x\n---\n\nA\n=\n\n| a | b |\n|--|--|\n| 1 | 2 |\n",
		"[a]: b\n\n<div>\n\nx\n\n</div>\n", "\t# x\r\n1. a\r\n\r\n   b\r\n", "- # heading in list\n- \n", "~~~\n\n", "```\n```\nx", "#\n#\n# a #\n", "e\u0301\x00\xff")
}

func FuzzHTML(f *testing.F) {
	fuzzParser(f, "a.html", "<p>a<b>c</b><br>d", "<table><tr><td>1<td>2</table>", "<ul><li>a<ul><li>b</ul></ul>", "<h1><p>x</h1><pre>\n a\n</pre>",
		"<meta charset=utf-16><p>x", "<title>a<title>b", "<h3>a</h3><table><caption>c<tr><td><table><td>x</table></table>", "\xff\xfe<\x00p\x00>\x00a\x00", "<svg><title>x</title></svg>y",
		sample.SavedPage("T", "<p>a<p>b"), "<style>.a,#b{display:none}p.c{font-size:1px}</style><p class=a>x<p class=c>y<span style='font-size:9pt'>z", "<ol start=3><li>a<ul><li>b</ol>c",
		"<table><tr><td rowspan=3>a<td colspan=2>b<tr><td>c</table>", "<ruby>a<rt>b</ruby><math><mi>x</math><select><option selected>y</select><textarea>\nz")
}

func FuzzText(f *testing.F) {
	fuzzParser(f, "a.txt", "a\n\nb", "\xff\xfea\x00", "\x00\x00\xfe\xff\x00\x00\x00a", "\x93\xfa\x96{\x8c\xea", "1. a\n2. b\n", strings.Repeat("a", 500), "a\rb\r\nc\x0bd\x0ce")
}

func FuzzCode(f *testing.F) {
	fuzzParser(f, "a.go", "package a\n\nfunc b() {\n}\n", "#!/bin/sh\n\nx\n", "\t\n\n\tx\n\ny", "class A:\n  def b():\n    pass\n")
}

func FuzzDOCX(f *testing.F) {
	// Zip checksums would keep the fuzzer out, so it writes the body and the styles.
	f.Add(sample.Para("H1", "a")+sample.Para("", "b"), `<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>`)
	f.Add(`<w:tbl><w:tr><w:tc>`+sample.Para("", "a")+`</w:tc></w:tr></w:tbl>`, ``)
	f.Add(`<w:p><w:r><w:t>open`, `<w:style w:styleId="a"><w:basedOn w:val="a"/>`)
	f.Add(`</w:p></w:tbl><w:tc><w:p/></w:tc><w:tr><w:t>x</w:t>`, ``)
	f.Add(`<w:p><w:del><w:p><w:t>x</w:t></w:p></w:del><w:t>y</w:t></w:p>`, ``)
	f.Fuzz(func(t *testing.T, body, styles string) {
		data := sample.DOCX(body, map[string]string{"word/styles.xml": `<w:styles ` + sample.WordNS + `>` + styles + `</w:styles>`})
		doc, err := (&Formats{}).Parse(context.Background(), "a.docx", data)
		var failure *Failure
		if err != nil {
			if !errors.As(err, &failure) {
				t.Fatal(err)
			}
			return
		}
		if err := Verify(&doc); err != nil {
			t.Fatal(err)
		}
		if normal.Text(doc.Text) != doc.Text {
			t.Fatalf("%q", doc.Text)
		}
		for _, c := range chunk.Cut(doc, chunk.Estimate, chunk.Limit{Target: 20, Max: 30, Small: 5}) {
			if c.Text != doc.Text[c.Span.Start:c.Span.End] || c.Place == (golocal.Place{}) {
				t.Fatalf("chunk %+v", c)
			}
		}
	})
}

func FuzzContainer(f *testing.F) {
	f.Add(sample.DOCX(sample.Para("", "a"), nil))
	f.Add(append(append([]byte{}, oleMagic...), 1, 2, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := (&Formats{}).parseZip(context.Background(), "a.docx", data, 0)
		var failure *Failure
		if err != nil && !errors.As(err, &failure) {
			t.Fatal(err)
		}
	})
}
