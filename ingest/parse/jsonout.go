package parse

import (
	"encoding/json"
	"fmt"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// cutNote is the note of a document whose text was too long.
var cutNote = remark.New(remark.NoteCut, MaxText)

// jsonOut is JSON laid out again: one "key: value" a line, members indented,
// lists of plain values on one line, other items with a dash.
type jsonOut struct {
	text  strings.Builder
	marks []golocal.Mark
	lines bool // tie the lines to those of the source
	line  int  // of the source, 0-based
	count int  // line of the source that the line under way counts as
	full  bool
	dash  bool // the next line begins an item
	row   bool // the line is open for plain values of a list
	empty bool // there are none on it yet
}

// newLine begins a line at a depth.
func (o *jsonOut) newLine(depth int, item bool) {
	if o.text.Len() > 0 {
		o.text.WriteByte('\n')
		o.count++
	}
	if o.lines && (o.count != o.line || len(o.marks) == 0) {
		o.marks = append(o.marks, golocal.Mark{At: o.text.Len(), Place: golocal.Place{Line: o.line + 1}})
		o.count = o.line
	}
	if item = item || o.dash; item {
		depth--
	}
	for range min(depth, 40) {
		o.text.WriteString("  ")
	}
	if item {
		o.text.WriteString("- ")
	}
	o.dash, o.row = false, false
	o.full = o.text.Len() > MaxText-longLine
}

// value writes a value; further lines of a text go below its first.
func (o *jsonOut) value(s string, depth int) {
	s = normal.NoPages(normal.Text(s))
	if room := MaxText - longLine - o.text.Len(); len(s) > room {
		s, o.full = normal.Shorten(s, max(room, 0)), true
	}
	for i, one := range strings.Split(s, "\n") {
		if i > 0 {
			o.newLine(depth+1, false)
		}
		o.text.WriteString(one)
	}
}

// open begins an object or array.
func (w *jsonWalk) open(object bool) {
	o := w.out
	if o == nil {
		return
	}
	depth := len(w.stack) - 1
	switch f := w.top(); {
	case f == nil:
		o.row = false
	case f.object:
		o.newLine(depth, false)
		o.text.WriteString(normal.OneLine(normal.NoPages(normal.Text(f.key))) + ":")
		o.row, o.empty = !object, true
	default:
		o.dash, o.row = true, false
	}
}

// shut ends an object or array.
func (w *jsonWalk) shut(f jsonFrame) {
	if w.out != nil {
		w.out.row = false
		if f.count == 0 {
			w.out.dash = false
		}
	}
}

// scalar writes a plain value.
func (w *jsonWalk) scalar(t json.Token) {
	o := w.out
	if o == nil {
		return
	}
	s := "null"
	if t != nil {
		s = fmt.Sprint(t)
	}
	depth := len(w.stack) - 1
	f := w.top()
	switch {
	case f == nil:
		o.newLine(0, false)
	case f.object:
		o.newLine(depth, false)
		o.text.WriteString(normal.OneLine(normal.NoPages(normal.Text(f.key))) + ": ")
	case o.row && len(s) <= 80 && !strings.Contains(s, "\n"):
		o.text.WriteString(map[bool]string{true: " ", false: ", "}[o.empty])
		o.empty = false
		o.value(s, depth)
		return
	default:
		o.newLine(depth, true)
		o.value(s, depth)
		o.row, o.empty = len(s) <= 80 && !strings.Contains(s, "\n"), false
		return
	}
	o.value(s, depth)
}
