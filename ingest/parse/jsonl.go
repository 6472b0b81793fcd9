package parse

import (
	"encoding/json"
	"fmt"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// maxRecords is how many lines get a section each; longer files have sections
// of about maxUnit bytes.
const maxRecords = 50_000

// parseJSONL reads JSON Lines: one record a line, each a section. Where lines
// are too long to read, or strings hide words behind escapes (chats and their
// \n), every record is written as "key: value; key: value" on its own line, so
// that lines are still counted as in the file.
func parseJSONL(text string) (golocal.Document, error) {
	v := newVerbatim(JSONL, text)
	if !normal.HasWords(v.doc.Text) {
		return v.doc, NoText(JSONL, 0)
	}
	lines := splitLines(v.doc.Text)
	broken, filled := 0, 0
	for _, l := range lines {
		if !l.blank() {
			filled++
			if !json.Valid([]byte(l.text)) {
				broken++
			}
		}
	}
	if broken*2 > filled { // values over several lines
		doc, err := parseJSON(text)
		doc.Type = JSONL
		return doc, err
	}
	if broken > 0 {
		if broken == 1 {
			note(&v.doc, remark.NoteBadJSONLine)
		} else {
			note(&v.doc, remark.NoteBadJSONLines, broken)
		}
	}
	kind := golocal.KindCode
	if !readable(v.doc.Text) {
		kind = golocal.KindParagraph
		var b strings.Builder
		for _, l := range lines {
			if b.Len() > MaxText-longLine-len(l.text) {
				v.doc.Remarks = append(v.doc.Remarks, cutNote)
				break
			}
			b.WriteString(flatRecord(l.text) + "\n")
		}
		v.doc.Text = b.String()
		lines = splitLines(v.doc.Text)
	}
	for i := 0; i < len(lines); {
		start := i
		for i++; i < len(lines) && filled > maxRecords && lines[i].end-lines[start].start < maxUnit; i++ {
		}
		v.add(kind, lines[start].start, lines[i-1].end)
	}
	return v.document()
}

// flatRecord writes a record on one line; what is no JSON stays as it is.
func flatRecord(s string) string {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var b strings.Builder
	type frame struct {
		object, isKey bool
		count         int
	}
	var stack []frame
	for {
		t, err := d.Token()
		if err != nil || len(stack) > maxDepth {
			break
		}
		delim, _ := t.(json.Delim)
		if delim == '}' || delim == ']' {
			stack = stack[:len(stack)-1]
			continue
		}
		if n := len(stack) - 1; n >= 0 {
			f := &stack[n]
			if !f.object || f.isKey {
				if f.count > 0 {
					b.WriteString(map[bool]string{true: "; ", false: ", "}[f.object])
				}
				f.count++
			}
			if f.object && f.isKey {
				f.isKey = false
				b.WriteString(fmt.Sprint(t) + ": ")
				continue
			}
			f.isKey = f.object
		}
		switch {
		case delim != 0:
			stack = append(stack, frame{object: delim == '{', isKey: delim == '{'})
		case t == nil:
			b.WriteString("null")
		default:
			b.WriteString(fmt.Sprint(t))
		}
	}
	if !json.Valid([]byte(s)) || b.Len() == 0 {
		return normal.OneLine(s)
	}
	return normal.OneLine(normal.NoPages(normal.Text(b.String())))
}
