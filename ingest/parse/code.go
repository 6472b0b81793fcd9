package parse

import (
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// declaration matches the first line of what a programmer would look up, in
// most languages. The line without its brace becomes the block's heading.
var declaration = regexp.MustCompile(`^(?:(?:export|default|pub(?:\([a-z]+\))?|public|private|protected|internal|static|final|abstract|async|unsafe|inline|virtual|override|sealed|partial|open|data|extern|const) +)*` +
	`(?:func|def|class|interface|struct|enum|fn|impl|trait|module|namespace|type|function|sub|procedure|object|protocol|extension|message|service|record|union|defmodule|defp?|CREATE +(?:TABLE|VIEW|FUNCTION|PROCEDURE)|create +(?:table|view|function|procedure))\b[^\n]*`)

// cDeclaration matches a function in the C family: words, a name, parentheses
// and no semicolon.
var cDeclaration = regexp.MustCompile(`^[A-Za-z_][\w:<>,*&\[\] ]*[ *&][A-Za-z_~][\w:]*\([^;]*$`)

// parseCode reads source code of any language: its lines stay the file's own;
// a block ends at a blank line before a line that is not indented, which is
// where top-level declarations part in nearly every language. Comments stay
// with what follows them.
func parseCode(name, text string) (golocal.Document, error) {
	doc := golocal.Document{Type: Code, Text: normal.NoPages(normal.Text(text))}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(Code, 0)
	}
	start, blank := 0, false
	add := func(end int) {
		if span := normal.Trim(doc.Text, golocal.Span{Start: start, End: end}, true); span.End > span.Start && strings.TrimSpace(doc.Text[span.Start:span.End]) != "" {
			s := golocal.Section{Kind: golocal.KindCode, Span: span}
			if title := signature(doc.Text[span.Start:span.End]); title != "" {
				s.Heading = []string{title}
			}
			doc.Sections = append(doc.Sections, s)
		}
		start = end
	}
	for at := 0; at < len(doc.Text); {
		line := doc.Text[at:]
		next := len(doc.Text)
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		switch {
		case strings.TrimSpace(line) == "":
			blank = true
		case blank && line[0] != ' ' && line[0] != '\t' && !strings.ContainsRune("})]", rune(line[0])) && !strings.HasPrefix(line, "end"):
			add(at)
			blank = false
		default:
			blank = false
		}
		at = next
	}
	add(len(doc.Text))
	setPlaces(&doc)
	return doc, nil
}

// signature returns the declaration that a block begins with, after comments
// and annotations; "" when there is none.
func signature(block string) string {
	n := 0
	for line := range strings.SplitSeq(block, "\n") {
		if n++; n > 60 {
			break
		}
		if line == "" || line[0] == ' ' || line[0] == '\t' || strings.ContainsRune("/#*@-;\"'%[", rune(line[0])) {
			continue
		}
		m := declaration.FindString(line)
		if m == "" && cDeclaration.MatchString(line) {
			m = line
		}
		m = strings.TrimRight(strings.TrimSpace(m), "{:=( ")
		return normal.Shorten(normal.OneLine(m), 120)
	}
	return ""
}
