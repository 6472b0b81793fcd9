package parse

import (
	"path"
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// parseData reads settings and records in lines (YAML, TOML, INI, properties),
// calendars and cards, and XML. Lines stay the file's own, comments included;
// top-level keys and [sections] are the headings that a block stands under.
func parseData(name, text string) (golocal.Document, error) {
	trimmed := strings.TrimLeft(text, " \t\r\n\ufeff")
	switch {
	case strings.HasPrefix(trimmed, "<"):
		return parseXML(text)
	case strings.HasPrefix(trimmed, "BEGIN:V"):
		return parseCards(text)
	}
	v := newVerbatim(Data, text)
	lines := splitLines(v.doc.Text)
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".yaml" || ext == ".yml" || ext == ".cff":
		v.keyed(lines)
	case iniSections(lines):
		v.sectioned(lines)
	case ext == ".properties" || ext == ".conf" || ext == ".cfg" || ext == ".ini" || ext == ".toml":
		for _, b := range paragraphs(v.doc.Text, golocal.Span{End: len(v.doc.Text)}) {
			v.add(golocal.KindCode, b.Span.Start, b.Span.End)
		}
	default:
		v.keyed(lines)
	}
	return v.document()
}

var (
	iniSection = regexp.MustCompile(`^\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:[#;].*)?$`)
	yamlKey    = regexp.MustCompile(`^("[^"]+"|'[^']+'|[^\s#\-?&*!|>%@\[{][^#:]*):(?:\s|$)`)
)

func iniSections(lines []line) bool {
	for _, l := range lines {
		if iniSection.MatchString(l.text) {
			return true
		}
	}
	return false
}

// comment reports a line that says something about the next.
func (l line) comment() bool {
	t := strings.TrimSpace(l.text)
	return strings.HasPrefix(t, "#") || strings.HasPrefix(t, ";") || strings.HasPrefix(t, "//")
}

// lead returns the index of the first of the comment lines right above line i,
// not below least.
func lead(lines []line, i, least int) int {
	for i > least && lines[i-1].comment() {
		i--
	}
	return i
}

// sectioned adds the parts of a file that [names] divide.
func (v *verbatim) sectioned(lines []line) {
	start, heading := 0, []string(nil)
	add := func(end int) {
		if end > start {
			v.section(golocal.Section{Kind: golocal.KindCode, Heading: heading, Span: golocal.Span{Start: lines[start].start, End: lines[end-1].end}})
		}
		start = end
	}
	for i, l := range lines {
		if m := iniSection.FindStringSubmatch(l.text); m != nil {
			add(lead(lines, i, start))
			heading = []string{normal.Shorten(normal.OneLine(m[1]), 80)}
		}
	}
	add(len(lines))
}

// keyed adds the top-level keys of a file in YAML: one with a block under it
// is a section under its name, lone values share one.
func (v *verbatim) keyed(lines []line) {
	var list units
	start, key, blocky := -1, "", false
	add := func(end int) {
		if start < 0 || end <= start {
			return
		}
		from, to := lines[start].start, lines[end-1].end
		path := []string(nil)
		if key != "" && blocky {
			path = []string{key}
		}
		if last := len(list) - 1; !blocky && last >= 0 && list[last].small && to-list[last].start <= maxUnit {
			list[last].end = to
		} else {
			list = append(list, unit{start: from, end: to, path: path, small: !blocky})
		}
		start = -1
	}
	for i, l := range lines {
		t := strings.TrimRight(l.text, " ")
		switch {
		case t == "---" || t == "...":
			add(i)
			if n := len(list); n > 0 {
				list[n-1].small = false
			}
			start, key, blocky = i, "", false
		case l.blank() || l.comment():
		case l.text[0] == ' ' || l.text[0] == '\t':
			blocky = true
		default:
			m := yamlKey.FindStringSubmatch(l.text)
			item := strings.HasPrefix(l.text, "- ")
			if m == nil && !item {
				continue
			}
			if item && key != "" && start >= 0 && i > 0 && (blocky || strings.HasSuffix(strings.TrimRight(lines[start].text, " "), ":")) {
				blocky = true // a list under its key, not indented
				continue
			}
			from := lead(lines, i, max(start+1, 0))
			add(from)
			start, key, blocky = from, "", false
			if m != nil {
				key = normal.Shorten(strings.Trim(m[1], `"' `), 80)
			}
		}
	}
	add(len(lines))
	v.addUnits(golocal.KindCode, list)
	if len(list) == 0 {
		v.add(golocal.KindCode, 0, len(v.doc.Text))
	}
}
