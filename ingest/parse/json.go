package parse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseJSON reads JSON (RFC 8259), several values in one file too. The file's
// own lines are the Text where people can read them. Where lines are long, or
// strings hide their words behind escapes (\u00e9, or \n that glues two words),
// it is laid out again, as "key: value" lines without quotes and brackets. The
// headings of a section are the keys that lead to it.
func parseJSON(text string) (golocal.Document, error) {
	v := newVerbatim(JSON, text)
	if !normal.HasWords(v.doc.Text) {
		return v.doc, NoText(JSON, 0)
	}
	w := &jsonWalk{source: v.doc.Text}
	kind := golocal.KindCode
	if !readable(v.doc.Text) {
		kind = golocal.KindList
		w.out = &jsonOut{lines: len(v.doc.Text) <= markable && strings.Count(v.doc.Text, "\n")*longLine > len(v.doc.Text)}
	}
	if err := w.walk(); err != nil {
		note(&v.doc, remark.NoteBadJSON, 1+strings.Count(v.doc.Text[:min(w.read, len(v.doc.Text))], "\n"), err)
		v.add(golocal.KindCode, 0, len(v.doc.Text))
		return v.document()
	}
	v.doc.Title = normal.Shorten(normal.OneLine(normal.Text(w.title)), 300)
	if w.out != nil {
		v.doc.Text, v.doc.Marks = w.out.text.String(), w.out.marks
		if !w.out.lines {
			v.doc.Marks = []golocal.Mark{{Place: golocal.Place{Paragraph: 1}}}
		}
		if w.out.full {
			v.doc.Remarks = append(v.doc.Remarks, cutNote)
		}
	}
	v.addUnits(kind, w.units)
	return v.document()
}

// readable reports text with lines that people can read as they are.
func readable(text string) bool {
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			start = i + 1
		case '\\':
			if i++; i < len(text) && strings.IndexByte("nrtu", text[i]) >= 0 {
				return false
			}
		}
		if i-start > longLine {
			return false
		}
	}
	return true
}

// jsonFrame is an open object or array.
type jsonFrame struct {
	object bool
	start  int    // where its member begins
	first  int    // its first unit
	key    string // of the member under way
	count  int    // members so far
	isKey  bool   // the next string is a key
	at     int    // where the member under way begins
}

// jsonWalk goes through JSON token by token; memory is bounded by the depth
// and by the number of units.
type jsonWalk struct {
	source string
	out    *jsonOut // nil where the source's lines are kept
	read   int      // bytes of the source that were read
	title  string
	stack  []jsonFrame
	units  units
}

var errDeepJSON = fmt.Errorf("nested deeper than %d", maxDepth)

func (w *jsonWalk) walk() error {
	d := json.NewDecoder(strings.NewReader(w.source))
	d.UseNumber()
	for {
		before := w.read
		t, err := d.Token()
		w.read = int(d.InputOffset())
		switch {
		case err == io.EOF && len(w.stack) == 0 && len(w.units) > 0:
			return nil
		case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
			return errors.New("it ends too soon")
		case err != nil:
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				w.read = int(syntax.Offset)
			}
			return errors.New(strings.TrimPrefix(err.Error(), "json: "))
		}
		if w.out != nil {
			w.out.line += strings.Count(w.source[before:min(w.read, len(w.source))], "\n")
		}
		top := w.top()
		delim, _ := t.(json.Delim)
		if top != nil && top.isKey && delim == 0 {
			top.key, top.isKey = t.(string), false
			top.at = w.position(before)
			continue
		}
		if delim != '}' && delim != ']' && top != nil && !top.object {
			top.at = w.position(before)
		}
		switch delim {
		case '{', '[':
			if len(w.stack) >= maxDepth {
				return errDeepJSON
			}
			at := w.position(before)
			if top != nil {
				at = top.at
			}
			w.open(delim == '{')
			w.stack = append(w.stack, jsonFrame{object: delim == '{', start: at, at: at, first: len(w.units), isKey: delim == '{'})
		case '}', ']':
			f := *top
			w.stack = w.stack[:len(w.stack)-1]
			w.shut(f)
			w.member(f.start, f.first)
		default:
			if s, ok := t.(string); ok && len(w.stack) == 1 && top.object && top.key == "title" {
				w.title = s
			}
			at := w.position(before)
			if top != nil {
				at = top.at
			}
			w.scalar(t)
			w.member(at, len(w.units))
		}
		if w.out != nil && w.out.full {
			return nil
		}
	}
}

func (w *jsonWalk) top() *jsonFrame {
	if len(w.stack) == 0 {
		return nil
	}
	return &w.stack[len(w.stack)-1]
}

// position is where the text stands now: in the source behind the comma and
// white space that part members, or at the end of what was laid out.
func (w *jsonWalk) position(before int) int {
	if w.out != nil {
		return w.out.text.Len()
	}
	for before < len(w.source) && strings.IndexByte(", \n\t\r", w.source[before]) >= 0 {
		before++
	}
	return before
}

// member ends a member that began at start and has the units from first on.
func (w *jsonWalk) member(start, first int) {
	end := w.read
	if w.out != nil {
		end = w.out.text.Len()
	}
	depth, inside := len(w.stack), 0
	if depth > 0 {
		inside = w.stack[depth-1].first
	}
	w.units.member(start, end, first, depth, inside, w.path)
	if f := w.top(); f != nil {
		f.count++
		f.isKey = f.object
	}
}

// path returns the keys that lead to the member under way, itself included or not.
func (w *jsonWalk) path(itself bool) []string {
	var out []string
	for i, f := range w.stack {
		if i == len(w.stack)-1 && !itself {
			break
		}
		switch {
		case f.object:
			out = append(out, normal.Shorten(normal.OneLine(normal.Text(f.key)), 80))
		case len(out) > 0:
			out[len(out)-1] += fmt.Sprintf("[%d]", f.count)
		default:
			out = append(out, fmt.Sprintf("[%d]", f.count))
		}
		if len(out) == 6 {
			break
		}
	}
	return out
}
