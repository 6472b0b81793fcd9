package parse

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golocal/ingest/normal"
	"golocal/internal/sample"
)

func FuzzNote(f *testing.F) {
	fuzzParser(f, "a.md", sample.Note, "+++\ntitle = \"x\"\n+++\n# [[a|b]]\n#tag\n", "{\"title\": 1}\n# x", "% a\n% b\n\nc", "---\na: &a [*a]\n---\nx", "<h1>x</h1>\n\ny")
}

func FuzzCSV(f *testing.F) {
	fuzzParser(f, "a.csv", sample.CSV, "sep=\t\na\tb\n1\t2\n", "a;\"b\nc\"\n\n\"d", "\"\"\"\n\"", "1,2\n3,4\n", "|\n|", "sep=\"\na")
}

func FuzzJSON(f *testing.F) {
	fuzzParser(f, "a.json", sample.JSON, "{\"a\": [1, {\"b\": \"\\u00e9\\n\"}, []]}\n[2]\n", "[[[\"\\t\"]],{}]", "{\"a\":\"\\ud800\"}", "1 2 \"x\"", "{\"\\u0301\":\"\\u0301\",\"title\":\"t\"}", strings.Repeat("[", 600))
}

func FuzzJSONL(f *testing.F) {
	fuzzParser(f, "a.jsonl", sample.JSONL, "{\"a\": 1}\n\n{\"b\": [\"\\n\", {\"c\": null}]}", "x\n{}\n1", "{\n\"a\": 1}\n{\n\"b\": 2}")
}

func FuzzData(f *testing.F) {
	fuzzParser(f, "a.yaml", sample.YAML, "- a: 1\n- b: 2\n", "[x]\ny = 1\n; c\n[[z]]\n", "a:\n- b\n---\n...\nc: |\n  d", sample.Calendar, "BEGIN:VCARD\nFN:a\\nb\n c\nADR:;;x\nEND:VCARD\nTEL;TYPE=\"a:b\":1")
}

func FuzzXML(f *testing.F) {
	fuzzParser(f, "a.xml", sample.DocBook, "<a b='1'><c>&#233;</c><d/>x</a>", "<rss><item><title>a<description>&lt;p&gt;x", "<svg><text>a<tspan>b</tspan></text></svg>", "</a>x<b>", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "<html><p>x</html>", "<table><row><entry>a</row></table>")
}

func FuzzNotebook(f *testing.F) {
	fuzzParser(f, "a.ipynb", sample.Notebook, `{"worksheets":[{"cells":[{"cell_type":"heading","level":9,"source":"x"},{"cell_type":"code","input":"\n\n y"}]}]}`, `{"cells":[{"cell_type":"raw","source":"\f"}]}`, "[1]")
}

func FuzzSubtitles(f *testing.F) {
	fuzzParser(f, "a.vtt", sample.VTT, sample.SRT, "[00:01.00][00:02]a\n[00:03]b", "Format\nDialogue: 0,0:00:01.00,0:00:02.50,D,N,0,0,0,,a\\Nb", "0:00:00.000,0:00:00.000\nx\n", "99:00 --> 00:01\na\n\n00:00 --> 00:00\na\nb")
}

func FuzzLaTeX(f *testing.F) {
	fuzzParser(f, "a.tex", sample.LaTeX, "\\newcommand{\\a}[1]{\\a{#1}}\\a{x}", "\\begin{itemize}\\item a\\begin{tabular}{l}b&c\\\\\\end{itemize}", "$a$ $$b \\[ c \\( \\verb|d \\'", "\\section{a\\footnote{b}}{\\caption{c}", "%\n\n%%\na\\", "\\def\\x#1#2{#2#1}\\x ab\\iffalse")
}

func FuzzOrg(f *testing.F) {
	fuzzParser(f, "a.org", sample.Org, "* a :b:\n:X:\n1. c\n  d\n\n\ne\n|f|", "#+begin_src\n* x", "****** ******* a\n#+TODO: A(x) | B\n* A b")
}

func FuzzAsciiDoc(f *testing.F) {
	fuzzParser(f, "a.adoc", sample.AsciiDoc, "= a\nb\n\n.c\n----\nd", "|===\n|a\n|b\n|===", "a::\n+\n--\nb\n--\n* c", "a\n=\n\nbb\n----\n====\n[x]", ".\n. a\n//// \n")
}

func FuzzRST(f *testing.F) {
	fuzzParser(f, "a.rst", sample.RST, "==\na\n==\nb\n--\nc::\n\n> d\n", "+--+\n|a |\n+--+", "== ==\na  b\n== ==\nc", ".. a:: b\n  c\n..\n  d\n.. _e:", "- a\n-\n b\n:c: d")
}

// FuzzCharset checks that whatever bytes come, text is valid or refused, and
// that text in UTF-8 is never taken for anything else.
func FuzzCharset(f *testing.F) {
	for _, s := range []string{"Größe", "\xff\xfea\x00", "caf\xe9", "\x1b$B$3\x1b(B", "\x00a\x00b\x00c", "ab\xc3", "\x04\x21\x04\x35\x00 "} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, ok := decode(data)
		if ok && !utf8.ValidString(normal.Text(text)) {
			t.Fatalf("%q", text)
		}
		if clean := cleanText(data); clean && len(data) > 0 && !strings.Contains(string(data), "\x1b$") && !strings.HasPrefix(string(data), "\xef\xbb\xbf") && (!ok || text != string(data)) {
			t.Fatalf("%q became %q, %v", data, text, ok)
		}
		Type("a", data)
		Type("a.xls", data)
	})
}
