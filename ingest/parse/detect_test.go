package parse

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

func TestType(t *testing.T) {
	mail := "Received: by x\r\nFrom: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: Hello\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n\r\nHi"
	mbox := "From ann@example.org Mon Jan  1 10:00:00 2024\nFrom: ann@example.org\nSubject: a\n\nx\n"
	saved := "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\"\n\n"
	notebook := `{"cells": [{"cell_type": "markdown", "source": ["# x"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`
	readme := "# Project\n\nA tool for [people](https://example.org).\n\n## Use\n\n```\nrun it\n```\n"
	for _, c := range []struct{ name, data, want string }{
		// By content, whatever the name says.
		{"a.pdf", "%PDF-1.7\n", PDF},
		{"a.txt", "%PDF-1.7\n", PDF},
		{"noname", "\n\n%PDF-1.4\n", PDF},
		{"a.pdf", "some prose about files which begin with the marker %PDF-1.4", PDF},
		{"a.txt", "some prose about files which begin with the marker %PDF-1.4", Text},
		{"server.txt", "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\n", Text}, // a secret, not of an unknown type
		{"server", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQPGBGN\n", Text},
		{"a.docx", "PK\x03\x04rest", zipped},
		{"a.txt", "PK\x05\x06rest", zipped},
		{"a.doc", string(oleMagic) + "rest", compound},
		{"a.txt", string(oleMagic), compound},
		{"a.doc", `{\rtf1 x}`, RTF},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Image},
		{"a.md", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", Image},
		{"a.txt", "GIF89a\x01\x00\x01\x00", Image},
		{"a.md", "\x00\x01\x02\x03\x80\x90", ""},
		{"a.txt", "\x7fELF\x02\x01\x01\x00\x00", ""},
		{"a.csv", "SQLite format 3\x00\x10\x00", ""},
		{"a.txt", "ID3\x03\x00\x00\x00\x00\x00\x21TIT2", ""},
		{"a.html", "\x1f\x8b\x08\x00\x00\x00\x00\x00", ""},
		{"a.txt", "%!PS-Adobe-3.0\n", ""},
		{"a.asc", "-----BEGIN PGP MESSAGE-----\n\nhQEMA", ""},
		{"a.asc", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nHello", AsciiDoc},
		// Letters that are magic numbers elsewhere.
		{"a.txt", "BMW sells cars.", Text},
		{"notes", "MZ is short for Mark Zbikowski.", Text},
		{"a.txt", "II* is no word, and ID3 is a tag.", Text},
		// By the extension, among texts.
		{"a.md", "# x", Markdown},
		{"a.MARKDOWN", "x", Markdown},
		{"a.Rmd", "x", Markdown},
		{"a.qmd", "---\ntitle: x\n---\n", Markdown},
		{"a.txt", `{"a": 1}`, Text},
		{"a.txt", "a,b\n1,2\n", Text},
		{"a.txt", mail, Text},
		{"a.txt", "<html>", Text},
		{"a.log", "[1] x", Text},
		{"a.html", "words alone", HTML},
		{"a.mht", "x", MHTML},
		{"a.html", saved, MHTML},
		{"a.eml", "x", Mail},
		{"a.mbox", "x", Mailbox},
		{"a.csv", "a;b", CSV},
		{"a.tsv", "a\tb", CSV},
		{"a.json", "[1]", JSON},
		{"a.geojson", "{}", JSON},
		{"a.jsonl", "{}\n{}", JSONL},
		{"a.yaml", "a: b", Data},
		{"a.toml", "a = 1", Data},
		{"a.ini", "[a]\nb=1", Data},
		{"a.svg", `<?xml version="1.0"?><svg/>`, Data},
		{"a.ics", "BEGIN:VCALENDAR", Data},
		{"a.ipynb", notebook, Notebook},
		{"a.srt", "1\n00:00:01,000 --> 00:00:02,000\nx", Subtitles},
		{"a.vtt", "WEBVTT\n", Subtitles},
		{"a.tex", "x", LaTeX},
		{"a.org", "* x", Org},
		{"a.adoc", "= x", AsciiDoc},
		{"a.rst", "x\n=", RST},
		{"a.php", "<html><?php", Code},
		{"a.py", "#!/usr/bin/env python", Code},
		{"Makefile", "all:\n", Code},
		{"a.ts", "let x = 1", Code},
		// Names that lie about data: what a server sent instead.
		{"export.csv", "<!DOCTYPE html><html>Sign in</html>", HTML},
		{"feed.xml", "<html><body>404</body></html>", HTML},
		// Binary names over text.
		{"report.doc", "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>x", HTML},
		{"sheet.xls", "<table><tr><td>1</table>", HTML},
		{"sheet.xls", "Name\tAge\nAnn\t5\nBob\t6\n", CSV},
		{"a.docx", "Only text.", Text},
		// No extension, or one that says nothing.
		{"README", "hello", Text},
		{"README", readme, Markdown},
		{"page", "<!doctype HTML><p>x", HTML},
		{"page", "<!-- saved --><html><p>x", HTML},
		{"script", "#!/bin/sh\n", Code},
		{"a.unknown", "words", Text},
		{"data", `{"name": "Ann", "age": 5}`, JSON},
		{"data", `[{"a": 1}, {"a": 2}]`, JSON},
		{"data", "{\"a\": 1}\n{\"a\": 2}\n", JSONL},
		{"data", notebook, Notebook},
		{"notes", "[1] See the second note.\n", Text},
		{"message", mail, Mail},
		{"Inbox", mbox, Mailbox},
		{"saved", saved, MHTML},
		{"minutes", "Date: Monday\nSubject: Rates\nWe met.\n", Text},
		{"feed", `<?xml version="1.0"?><rss/>`, Data},
		{"thing", `<note xmlns="urn:x"><to>Ann</to></note>`, Data},
		{"captions", "WEBVTT\n\n00:01.000 --> 00:02.000\nx", Subtitles},
		{"captions", "1\n00:00:01,000 --> 00:00:02,000\nx", Subtitles},
		{"paper", "% a comment\n\\documentclass{article}\n", LaTeX},
		{"plan", "#+TITLE: Plan\n* One\n", Org},
		{"guide", "= Guide\n:toc:\n\nText", AsciiDoc},
		{"post", "---\ntitle: A post\n---\n\nText", Markdown},
		{"play", "---\nhosts: all\ntasks:\n  - x\n", Data},
		{"conf", "; settings\n[main]\nkey = value\n", Data},
		{"cells", "a\tb\tc\n1\t2\t3\n4\t5\t6\n", CSV},
		{"bell", "# Install\nrun this\n# Done\n", Text},
	} {
		if got := Type(c.name, []byte(c.data)); got != c.want {
			t.Errorf("Type(%q, %.40q) = %q, want %q", c.name, c.data, got, c.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, c := range []struct{ name, data, reason string }{
		{"notes.txt", "SQLite format 3\x00\x10\x00\x01\x01", "a SQLite database"},
		{"a.txt", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "an archive (.gz); files in archives are not read"},
		{"a.7z", "7z\xbc\xaf\x27\x1c\x00\x04", "an archive (.7z); files in archives are not read"},
		{"a.rar", "Rar!\x1a\x07\x01\x00\xff", "an archive (.rar); files in archives are not read"},
		{"song.mp3", "ID3\x03\x00\x00\x00\x00\x00\x21TIT2", "an audio file (.mp3)"},
		{"a.wav", "RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00", "an audio file (.wav)"},
		{"film", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "a video file (.mp4)"},
		{"a.woff2", "wOF2\x00\x01\x00\x00\xff\xfe", "a font"},
		{"tool", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00", "a program"},
		{"a.exe", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff", "a program"},
		{"fig.eps", "%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript file; save it as PDF"},
		{"x.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate or a key"},
		{"Info.plist", "bplist00\xd1\x01\x02", "settings in Apple's binary form (.plist)"},
		{"a.txt", strings.Repeat("ab\x00", 100), "not text, and not a type that is known"},
	} {
		_, err := (&Formats{}).Parse(context.Background(), c.name, []byte(c.data))
		var failure *Failure
		if !errors.As(err, &failure) || failure.State != golocal.StateUnsupported || failure.Reason != c.reason {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
		}
	}
	tar := sample.Tar(map[string]string{"a.txt": "hello"})
	if _, err := (&Formats{}).Parse(context.Background(), "a", tar); err == nil || err.Error() != "an archive (.tar); files in archives are not read" {
		t.Errorf("tar: %v", err)
	}
}

func TestTypeByName(t *testing.T) {
	for name, want := range map[string]string{
		"main.go": Code, "Makefile": Code, "notes.md": Markdown, "page.HTML": HTML, "log.txt": Text, "scan.pdf": PDF, "letter.docx": "docx",
		"mail.eml": Mail, "all.mbox": Mailbox, "photo.JPG": Image, "nothing": "", "a.xyz": "xyz",
	} {
		if got := TypeByName(name); got != want {
			t.Errorf("%s is %q by its name, want %q", name, got, want)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"a.md", "# A", ""},
		{"a.docx", "PK\x03\x04rest", ""},
		{"a.zip", "PK\x03\x04rest", "archive"},
		{"a.pdf", "%PDF-1.7", ""},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""},
		{"a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", ""},
		{"song.mp3", "ID3\x04\x00\x00\x00\x00\x00\x00", "audio"},
		{"tool", "\x7fELF\x02\x01\x01\x00", "program"},
		{"notes.txt", "\x7fELF\x02\x01\x01\x00", "program"},
		{"old.tar.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "archive (.gz)"},
		{"empty", "", ""},
		{"long.txt", strings.Repeat("ü", 5000), ""},
	} {
		if got := remark.Say("en", Unreadable(c.name, []byte(c.head))); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("Unreadable(%q) = %q, want %q in it", c.name, got, c.want)
		}
	}
}
