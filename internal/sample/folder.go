package sample

import (
	"fmt"
	"strings"
)

// File is a made file of one format.
type File struct {
	Name  string
	Data  []byte
	Word  string // stands in this file only, in the sentence "The WORD is kept here."
	Place string // where that sentence stands, as place.Name writes it
}

// Folder is a file of every format that needs no other program to be read.
func Folder() []File {
	says := func(word string) string { return "The " + word + " is kept here." }
	long := func(word string) string {
		return "This document was made for a test. It has some sentences more than one, so that there is enough to compare. " + says(word) + " Nobody knows since when."
	}
	front := "From: Ann Lee <ann@example.org>\nTo: bob@example.org\nDate: Tue, 5 Mar 2024 09:30:00 +0100\n"
	text := "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"
	inner := PDF([][]PDFLine{Column(700, "A first page."), Column(700, says("lantern"))}, "", "", nil, "")
	page := func(word string) string {
		return "<!DOCTYPE html><html lang=en><head><title>Made</title></head><body><h1>Made</h1><p>First.</p><p>" + long(word) + "</p></body></html>"
	}
	return []File{
		{"report.pdf", PDF([][]PDFLine{Column(700, "A first page with some words."), Column(700, "The second page has its own words.", says("anchor"))}, "", "", nil, ""), "anchor", "page 2"},
		{"memo.docx", DOCX(Para("H1", "Memo")+Para("", "First.")+Para("", long("beacon")), nil), "beacon", "paragraph 3"},
		{"deck.pptx", PPTX([]string{Shape("title", "Start") + Shape("body", "First slide."), Shape("title", "End") + Shape("body", says("cannon"))}, nil), "cannon", "slide 2"},
		{"budget.xlsx", XLSX([]Sheet{{Name: "Costs", Rows: Row(1, "What", "Price") + Row(2, "Rope", 12.5) + Row(3, says("dinghy"), 300)}}, nil, nil), "dinghy", "Costs!A3:B3"},
		{"text.odt", ODF("text", "", "<text:h text:outline-level=\"1\">Text</text:h><text:p>First.</text:p><text:p>"+long("easel")+"</text:p>", "", map[string]string{
			"styles.xml": `<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`}), "easel", "paragraph 3"},
		{"sheet.ods", ODF("spreadsheet", "", `<table:table table:name="Stock"><table:table-row><table:table-cell><text:p>Thing</text:p></table:table-cell><table:table-cell><text:p>Note</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Oar</text:p></table:table-cell><table:table-cell><text:p>`+says("ferret")+`</text:p></table:table-cell></table:table-row></table:table>`, "", nil), "ferret", "Stock!A2:B2"},
		{"show.odp", ODF("presentation", "", `<draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>Start</text:p></draw:text-box></draw:frame></draw:page><draw:page draw:name="p2"><draw:frame><draw:text-box><text:p>`+says("goblet")+`</text:p></draw:text-box></draw:frame></draw:page>`, "", nil), "goblet", "slide 2"},
		{"book.epub", EPUB("<dc:title>Book</dc:title><dc:language>en</dc:language>", `<ol><li><a href="c1.xhtml">The Sea</a></li><li><a href="c2.xhtml">The Shore</a></li></ol>`, nil, "<h1>The Sea</h1><p>Water and more water.</p>", "<h1>The Shore</h1><p>"+long("harness")+"</p>"), "harness", "chapter The Shore"},
		{"note.rtf", RTF(`\pard First.\par ` + long("icicle") + `\par`), "icicle", "paragraph 2"},
		{"page.html", []byte(page("jacket")), "jacket", "paragraph 3"},
		{"saved.mhtml", MHTML("https://example.org/saved", "Saved", page("kettle")), "kettle", "paragraph 4"},
		{"letter.eml", []byte(Multipart(front+"Subject: Letter", "mixed", "cut", Mail(text, "Dear Bob,\n\n"+says("ladder")+"\n\nAnn"), Attachment("text/plain", "list.txt", []byte("Bread and butter.")))), "ladder", "paragraph"},
		{"attached.eml", []byte(Multipart(front+"Subject: With a file", "mixed", "cut", Mail(text, "See the file."), Attachment("application/pdf", "inside.pdf", inner))), "lantern", "inside.pdf, page 2"},
		{"box.mbox", Mailbox(Mail(front+"Subject: One\n"+text, "The first message."), Mail(front+"Subject: Two\n"+text, says("mirror"))), "mirror", "message 2"},
		{"outlook.msg", Outlook(OutlookMessage{Text: map[uint16]string{0x001a: "IPM.Note", 0x0037: "Outlook", 0x1000: "Dear Bob,\r\n\r\n" + says("needle") + "\r\n"}}), "needle", "paragraph"},
		{"note.md", []byte("---\ntitle: Made note\ntags: [made]\n---\n\n# Made\n\n" + long("oyster") + "\n"), "oyster", "line 8"},
		{"plain.txt", []byte("A heading\n\nFirst.\n\n" + says("pillow") + "\n"), "pillow", "line 5"},
		{"table.csv", []byte("Thing,Note\nOar,plain\nSail," + says("quiver") + "\n"), "quiver", "line 3"},
		{"table.tsv", []byte("Thing\tNote\nOar\tplain\nSail\t" + says("ribbon") + "\n"), "ribbon", "line 3"},
		{"data.json", []byte("{\n  \"first\": \"plain\",\n  \"second\": \"" + says("saddle") + "\"\n}\n"), "saddle", "line 3"},
		{"log.jsonl", []byte("{\"text\": \"plain\"}\n{\"text\": \"" + says("thimble") + "\"}\n"), "thimble", "line 2"},
		{"settings.yaml", []byte("first: plain\nsecond: " + says("umbrella") + "\n"), "umbrella", "line 2"},
		{"settings.toml", []byte("first = \"plain\"\n\n[part]\nsecond = \"" + says("violin") + "\"\n"), "violin", "line 4"},
		{"settings.ini", []byte("[part]\nsecond = " + says("walnut") + "\n"), "walnut", "line 2"},
		{"data.xml", []byte("<?xml version=\"1.0\"?>\n<things>\n <thing note=\"plain\"/>\n <thing>" + says("xylophone") + "</thing>\n</things>\n"), "xylophone", "line 4"},
		{"work.ipynb", []byte(`{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Work"]}, {"cell_type": "markdown", "metadata": {}, "source": ["` + long("yacht") + `"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`), "yacht", "cell 2"},
		{"film.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n2\n00:01:05,000 --> 00:01:07,000\n" + says("zipper") + "\n"), "zipper", "00:01:05"},
		{"talk.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nGood morning.\n\n00:09.000 --> 00:11.000\n" + says("acorn") + "\n"), "acorn", "00:00:09"},
		{"paper.tex", []byte("\\documentclass{article}\n\\title{Paper}\n\\begin{document}\n\\section{One}\n" + long("badger") + "\n\\end{document}\n"), "badger", "line 5"},
		{"plan.org", []byte("#+TITLE: Plan\n\n* One\n" + long("cactus") + "\n"), "cactus", "line 4"},
		{"guide.adoc", []byte("= Guide\n\n== One\n\n" + long("dolphin") + "\n"), "dolphin", "line 5"},
		{"manual.rst", []byte("Manual\n======\n\n" + long("emerald") + "\n"), "emerald", "line 4"},
		{"main.go", []byte("package main\n\n// " + says("falcon") + "\nfunc main() {}\n"), "falcon", "lines 3"},
		{"tool.py", []byte("def tool():\n    \"\"\"" + says("garnet") + "\"\"\"\n    return 1\n"), "garnet", "line"},
		{"latin1.txt", []byte("Gr\xfc\xdfe aus M\xfcnchen, sch\xf6n war es dort. " + says("hazelnut") + "\n"), "hazelnut", "line 1"},
	}
}

// Extracts are the files of Folder that pdftotext, mutool or pandoc read too,
// each with enough words to be compared.
func Extracts() []File {
	var out []File
	for _, f := range Folder() {
		for _, end := range []string{".docx", ".odt", ".rtf", ".epub", ".html"} {
			if strings.HasSuffix(f.Name, end) {
				out = append(out, f)
			}
		}
	}
	var pages [][]PDFLine
	for n := range 3 {
		pages = append(pages, Column(700, fmt.Sprintf("Page %d of a made document, with some words in it,", n+1), "and a second line that says a little more than the first one did."))
	}
	return append(out, File{Name: "long.pdf", Data: PDF(pages, "", "", nil, "")})
}
