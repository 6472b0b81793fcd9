package parse

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseRTF reads a Rich Text Format document (RTF 1.9.1): its text as a reader
// sees it, with headings, lists, tables, notes and comments. Pictures, objects'
// data, headers and footers, deleted and hidden text are left out.
func parseRTF(data []byte) (golocal.Document, error) {
	r := &rtfReader{data: data[max(bytes.Index(data, []byte(`{\rtf`)), 0):], fonts: map[int]int{}, styles: map[int]rtfStyle{}, page: 1252}
	r.state.skip = 1
	err := r.read()
	doc, empty := r.document()
	switch {
	case empty != nil && err != nil:
		return golocal.Document{}, Broken(RTF, err)
	case err != nil:
		note(&doc, remark.NoteBrokenAfter, err)
	}
	return doc, empty
}

// rtfReader is the state of reading a document.
type rtfReader struct {
	rtfText
	data   []byte
	at     int
	state  rtfState
	stack  []rtfState
	page   int // code page of the document
	deff   int // default font
	fonts  map[int]int
	styles map[int]rtfStyle
	ansi   bool // a font of another charset than the document's has been seen

	pending     []byte // bytes of the code page pendingPage that are not decoded yet
	pendingPage int
	high        rune // first half of a surrogate pair
	ignore      int  // characters that stand in for the last \u
	star        bool // \* was read
	opened      bool // nothing has been read in the group but \*
}

// rtfState is what a group saves and restores.
type rtfState struct {
	destination  rtfDestination
	skip         int // characters that stand in for a \u (\uc)
	font         int
	hidden, gone bool // \v, \deleted
	paragraph    rtfParagraph
	fields       *rtfFields // where the text of an entry goes
}

// rtfParagraph is the formatting of a paragraph that matters.
type rtfParagraph struct {
	table   bool
	style   int
	outline int // 1 to 9; 0 for body text
	list    bool
	nested  int // depth of tables
}

type rtfStyle struct {
	level int // of a heading, titleLevel, or 0
}

// rtfDestination is where a group's text goes.
type rtfDestination uint8

const (
	toBody rtfDestination = iota
	toNowhere
	toFonts
	toStyles
	toInfo // a piece of the document's properties
	toAside
	toAuthor // of a comment
	toMarker // of a list item
	toGroups // only groups that are known in it matter: \shpinst, \upr
)

// rtfFields collects the text of an entry of a table, or of a property.
type rtfFields struct {
	text   strings.Builder
	name   string
	number int
	level  int
	page   int
	date   [5]int // year, month, day, hour, minute
}

// write sends text to where the group's text goes.
func (r *rtfReader) write(s string) {
	switch r.state.destination {
	case toBody, toAside:
		switch {
		case r.state.gone:
		case r.state.hidden:
			r.unseen.WriteString(s)
		default:
			r.text(s, r.state.paragraph.table)
		}
	case toMarker:
		if !r.state.hidden && !r.state.gone && r.marker.Len() < 100 {
			r.marker.WriteString(s)
		}
	case toFonts, toStyles:
		for i, part := range strings.Split(s, ";") {
			if i > 0 {
				r.entry()
			}
			r.collect(part)
		}
	case toInfo, toAuthor:
		r.collect(s)
	}
}

func (r *rtfReader) collect(s string) {
	if f := r.state.fields; f != nil && f.text.Len() < 2000 {
		f.text.WriteString(s)
	}
}

// entry ends an entry of the font or style table.
func (r *rtfReader) entry() {
	f := r.state.fields
	if f == nil {
		return
	}
	name := strings.ToLower(normal.OneLine(f.text.String()))
	switch r.state.destination {
	case toFonts:
		if strings.HasPrefix(name, "symbol") || strings.HasPrefix(name, "wingdings") || strings.HasPrefix(name, "webdings") {
			f.page = symbolPage
		}
		if f.page != 0 && len(r.fonts) < 10_000 {
			r.fonts[f.number] = f.page
			r.ansi = r.ansi || f.page != 1252 && f.page != symbolPage
		}
	case toStyles:
		level := f.level
		if n, err := strconv.Atoi(strings.TrimPrefix(name, "heading ")); err == nil && strings.HasPrefix(name, "heading ") && n > 0 {
			level = min(n, 6)
		} else if name == "title" {
			level = titleLevel
		}
		if level > 0 && len(r.styles) < 10_000 {
			r.styles[f.number] = rtfStyle{level}
		}
	}
	*f = rtfFields{}
}

// document ends the reading.
func (r *rtfReader) document() (golocal.Document, error) {
	r.finish()
	doc, err := r.out.document(RTF, r.title)
	if err != nil && r.out.unseen > 0 {
		return doc, unseenText(RTF)
	}
	return doc, err
}

// property takes a piece of the document's properties.
func (r *rtfReader) property(f *rtfFields) {
	s := normal.OneLine(normal.Text(f.text.String()))
	switch f.name {
	case "title":
		r.title = s
	case "author":
		if s != "" {
			r.out.meta.Authors = []string{s}
		}
	case "keywords":
		for tag := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ',' || c == ';' }) {
			if tag = strings.TrimSpace(tag); tag != "" && len(r.out.meta.Tags) < 50 {
				r.out.meta.Tags = append(r.out.meta.Tags, tag)
			}
		}
	case "creatim", "revtim":
		if f.date[0] < 1900 || f.date[0] > 9999 {
			return
		}
		t := time.Date(f.date[0], time.Month(max(f.date[1], 1)), max(f.date[2], 1), f.date[3], f.date[4], 0, 0, time.UTC)
		if f.name == "creatim" {
			r.out.meta.Created = t
		} else {
			r.out.meta.Edited = t
		}
	}
}
