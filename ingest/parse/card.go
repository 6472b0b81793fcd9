package parse

import (
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// cardNames are the fields of calendars and cards that people would look for.
var cardNames = map[string]string{
	"SUMMARY": "", "FN": "", "DTSTART": "Start", "DTEND": "End", "DUE": "Due", "DURATION": "Duration", "LOCATION": "Location", "DESCRIPTION": "Description", "ORGANIZER": "Organizer",
	"ATTENDEE": "Attendee", "RRULE": "Repeats", "STATUS": "Status", "CATEGORIES": "Categories", "COMMENT": "Comment", "URL": "URL", "CONTACT": "Contact", "PRIORITY": "Priority",
	"ORG": "Organization", "TITLE": "Title", "ROLE": "Role", "EMAIL": "Email", "TEL": "Phone", "ADR": "Address", "NOTE": "Note", "BDAY": "Birthday", "NICKNAME": "Nickname", "ANNIVERSARY": "Anniversary",
}

// parseCards reads calendars (RFC 5545) and address cards (RFC 6350): every
// entry under its name, one "Field: value" a line.
func parseCards(text string) (golocal.Document, error) {
	l := &layout{}
	title := ""
	var rows []run
	var name run
	entries := 0
	flush := func() {
		entries++
		l.addRuns(golocal.KindHeading, 1, "", name)
		l.addRuns(golocal.KindList, 0, "\n", rows...)
		rows, name = nil, run{}
	}
	lines := splitLines(normal.Text(text))
	for i := 0; i < len(lines); i++ {
		at := golocal.Place{Line: i + 1}
		var folded strings.Builder
		folded.WriteString(lines[i].text)
		for i+1 < len(lines) && lines[i+1].text != "" && (lines[i+1].text[0] == ' ' || lines[i+1].text[0] == '\t') {
			i++
			folded.WriteString(lines[i].text[1:])
		}
		field, value, ok := strings.Cut(unquotedColon(folded.String()), "\x00")
		if !ok {
			continue
		}
		field, parameters, _ := strings.Cut(strings.ToUpper(field), ";")
		if _, after, grouped := strings.Cut(field, "."); grouped {
			field = after // item1.EMAIL
		}
		value = strings.NewReplacer(`\n`, "; ", `\N`, "; ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		label, known := cardNames[field]
		switch {
		case field == "X-WR-CALNAME":
			title = value
		case field == "BEGIN" && strings.HasPrefix(value, "V") && value != "VALARM" && value != "VTIMEZONE", field == "END":
			if len(rows) > 0 {
				flush()
			}
		case !known || strings.TrimSpace(strings.Trim(value, ";")) == "":
		case label == "":
			name = run{normal.Shorten(normal.OneLine(value), 200), at}
			rows = append(rows, run{value, at})
		default:
			switch field {
			case "DTSTART", "DTEND", "DUE", "BDAY", "ANNIVERSARY":
				value = cardDate(value)
			case "ADR", "ORG":
				value = strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ';' }), ", ")
			case "ATTENDEE", "ORGANIZER":
				value = strings.TrimPrefix(strings.TrimPrefix(value, "mailto:"), "MAILTO:")
				if _, cn, found := strings.Cut(folded.String(), "CN="); found {
					cn, _, _ = strings.Cut(cn, ";")
					cn, _, _ = strings.Cut(cn, ":")
					value = strings.Trim(cn, `"`) + " <" + value + ">"
				}
			}
			if strings.Contains(parameters, "ENCODING=B") {
				continue // pictures
			}
			rows = append(rows, run{label + ": " + value, at})
		}
	}
	if len(rows) > 0 {
		flush()
	}
	doc, err := l.document(Data, title)
	if title == "" && entries > 1 {
		doc.Title = "" // one of many
	}
	return doc, err
}

// unquotedColon puts a zero byte in place of the colon before the value.
func unquotedColon(s string) string {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ':' && !quoted:
			return s[:i] + "\x00" + s[i+1:]
		}
	}
	return s
}

// cardDate writes 20240502T090000Z as 2024-05-02 09:00 UTC.
func cardDate(s string) string {
	day, clock, _ := strings.Cut(s, "T")
	if len(day) != 8 || strings.Trim(day, "0123456789") != "" {
		return s
	}
	out := day[:4] + "-" + day[4:6] + "-" + day[6:]
	if len(clock) >= 4 {
		out += " " + clock[:2] + ":" + clock[2:4]
		if strings.HasSuffix(clock, "Z") {
			out += " UTC"
		}
	}
	return out
}
