package parse

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"strings"
)

// sniff names the type of a text by what it looks like; ext is its extension,
// one that says nothing about texts. text may be only the beginning of the file.
func sniff(text, ext string) string {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	switch {
	case strings.HasPrefix(text, "#!"), strings.HasPrefix(text, "<?php"):
		return Code
	case looksLikeHTML([]byte(text)):
		return HTML
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<svg"), rootElement.MatchString(text):
		return Data
	case savedPage(text):
		return MHTML
	case mailboxStart.MatchString(text):
		return Mailbox
	case mailHeader(text):
		return Mail
	case strings.HasPrefix(text, "WEBVTT"), srtStart.MatchString(text):
		return Subtitles
	case strings.HasPrefix(text, "BEGIN:VCALENDAR"), strings.HasPrefix(text, "BEGIN:VCARD"), strings.HasPrefix(text, "%YAML "):
		return Data
	case latexStart.MatchString(text):
		return LaTeX
	case orgStart.MatchString(text):
		return Org
	case asciidocStart.MatchString(text):
		return AsciiDoc
	}
	if kind := sniffJSON(text); kind != "" {
		return kind
	}
	if n, _ := frontMatter(strings.ReplaceAll(text, "\r\n", "\n")); n > 0 {
		return Markdown
	}
	switch {
	case yamlStart.MatchString(text), iniStart.MatchString(text):
		return Data
	case looksLikeMarkdown(text):
		return Markdown
	case looksLikeTabs(text) || binaryTable[ext] && looksLikeRows(text):
		return CSV
	}
	return Text
}

var (
	rootElement   = regexp.MustCompile(`^<(!DOCTYPE [a-z]+|[A-Za-z][\w.:-]*)(\s+[\w:.-]+\s*=\s*["'][^<>]*)?>`)
	mailboxStart  = regexp.MustCompile(`^From [^\n]* \d{4}\r?\n[A-Za-z][\w-]*:`)
	srtStart      = regexp.MustCompile(`^\d+\r?\n\d\d:\d\d:\d\d[,.]\d+ --> `)
	latexStart    = regexp.MustCompile(`(?m)^\s*\\(documentclass|begin\{document\}|documentstyle)`)
	orgStart      = regexp.MustCompile(`(?i)^#\+(title|author|date|options|startup|filetags|property):`)
	asciidocStart = regexp.MustCompile(`^= \S[^\n]*\n(?:[^\n]*\n)?:[\w-]+:`)
	yamlStart     = regexp.MustCompile(`^---\r?\n(?:#[^\n]*\n)*[\w"'-]+:(?:\s|\r?\n)`)
	iniStart      = regexp.MustCompile(`^(?:[#;][^\n]*\n|\s*\n)*\[[^\]\n]+\]\r?\n(?:[#;][^\n]*\n|\s*\n)*[\w.-]+\s*=`)
	// binaryTable are extensions of spreadsheets, under which programs write
	// plain rows.
	binaryTable = set(".xls .xlsx .dat")
)

// looksLikeHTML reports a page, as a whole or in its beginning.
func looksLikeHTML(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	for bytes.HasPrefix(head, []byte("<!--")) {
		_, rest, closed := bytes.Cut(head, []byte("-->"))
		if !closed {
			return false
		}
		head = bytes.TrimLeft(rest, " \t\r\n")
	}
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	for _, start := range []string{"<!doctype html", "<html", "<head>", "<body", "<table", "<meta ", "<style", "<div", "<h1", "<title>", "<p>"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return false
}

// header matches a line of a mail's header (RFC 5322, 2.2).
var header = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9-]*):[ \t]?`)

// mailFields are those that nothing but mail begins with.
var mailFields = set("from to subject date message-id mime-version received return-path delivered-to reply-to cc sender content-type x-mailer dkim-signature in-reply-to")

// mailHeader reports a text that begins with the header of a message: at least
// three fields of mail, one of them the sender or the way it took.
func mailHeader(text string) bool {
	known, sender := 0, false
	first := true
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || known >= 8 {
			break
		}
		if !first && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		m := header.FindStringSubmatch(line)
		if m == nil {
			return false
		}
		first = false
		field := strings.ToLower(m[1])
		if mailFields[field] {
			known++
		}
		sender = sender || field == "from" || field == "received" || field == "return-path"
	}
	return known >= 3 && sender
}

// savedPage reports a page saved with its pictures (RFC 2557).
func savedPage(text string) bool {
	head, _, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	low := strings.ToLower(head)
	return strings.Contains(low, "mime-version:") && strings.Contains(low, "multipart/related") &&
		(strings.Contains(low, "snapshot-content-location:") || strings.Contains(low, "saved by") || strings.Contains(low, `type="text/html"`) && !strings.Contains(low, "\nto:"))
}

// sniffJSON tells JSON, JSON Lines and notebooks; "" for none of them. The text
// may end anywhere.
func sniffJSON(text string) string {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return ""
	}
	d := json.NewDecoder(strings.NewReader(text))
	values, tokens, depth := 0, 0, 0
	for {
		t, err := d.Token()
		if err != nil {
			if err != io.EOF && err != io.ErrUnexpectedEOF {
				return ""
			}
			break
		}
		tokens++
		if delim, ok := t.(json.Delim); ok {
			if depth += map[json.Delim]int{'{': 1, '[': 1, '}': -1, ']': -1}[delim]; depth == 0 {
				values++
			}
		} else if depth == 0 {
			return "" // "[1] A footnote"
		}
	}
	switch {
	case tokens < 2 || values == 0 && tokens < 4:
		return ""
	case values >= 1 && tokens > 2 && (values > 1 || depth > 0):
		return JSONL
	case strings.HasPrefix(text, "{") && strings.Contains(text, `"nbformat"`) && strings.Contains(text, `"cells"`),
		strings.HasPrefix(text, "{") && strings.Contains(text, `"cell_type"`) && strings.Contains(text, `"cells"`):
		return Notebook
	}
	return JSON
}

var markdownSigns = []*regexp.Regexp{
	regexp.MustCompile(`(?m)(?:\A|\n\r?\n)#{1,6} \S[^\n]*(?:\r?\n\r?\n|\z)`),
	regexp.MustCompile(`(?m)^#{2,6} \S`),
	regexp.MustCompile("(?m)^(?:```|~~~)"),
	regexp.MustCompile(`\[[^\]\n]+\]\((?:https?:|[\w./#-])[^)\n]*\)`),
	regexp.MustCompile(`(?m)^[^\n|]*\|[^\n]*\n\|?[ :|-]*---[ :|-]*$`),
	regexp.MustCompile(`\*\*\S[^*\n]*\*\*`),
	regexp.MustCompile(`(?m)^\w[^\n]*\n(?:={3,}|-{3,})\r?$`),
	regexp.MustCompile(`(?m)^(?:[-*+]|\d+\.) \S[^\n]*\n(?:[-*+]|\d+\.) \S`),
	regexp.MustCompile(`(?m)^> \S`),
	regexp.MustCompile("`[^`\n]+`"),
}

// looksLikeMarkdown wants three different signs, or two that nothing else has.
func looksLikeMarkdown(text string) bool {
	signs, sure := 0, 0
	for i, s := range markdownSigns {
		if s.MatchString(text) {
			signs++
			if i < 5 {
				sure++
			}
		}
	}
	return sure >= 2 || sure >= 1 && signs >= 3
}

// looksLikeTabs reports rows of cells that tabs part, as spreadsheets copy them.
func looksLikeTabs(text string) bool { return sameCells(text, "\t", 2) }

// looksLikeRows also takes commas and semicolons.
func looksLikeRows(text string) bool {
	return sameCells(text, "\t", 1) || sameCells(text, ";", 1) || sameCells(text, ",", 1)
}

// sameCells reports at least three lines that all hold the same number of
// separators, no fewer than least.
func sameCells(text, separator string, least int) bool {
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	if len(lines) > 3 {
		lines = lines[:len(lines)-1] // which may be cut off
	}
	n := strings.Count(lines[0], separator)
	for _, l := range lines {
		if strings.Count(l, separator) != n {
			return false
		}
	}
	return len(lines) >= 3 && n >= least
}
