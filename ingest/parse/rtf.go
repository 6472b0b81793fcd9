package parse

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
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
		doc.Notes = append(doc.Notes, fmt.Sprintf("broken: %v; what stands before is read", err))
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

const maxGroups = 1000

// read reads the tokens of the file.
func (r *rtfReader) read() error {
	for r.at < len(r.data) {
		c := r.data[r.at]
		switch c {
		case '{':
			r.flushBytes()
			r.at++
			if len(r.stack) >= maxGroups {
				return fmt.Errorf("groups are nested deeper than %d", maxGroups)
			}
			r.stack = append(r.stack, r.state)
			r.opened, r.star, r.ignore = true, false, 0
			continue
		case '}':
			r.flushBytes()
			r.at++
			if n := len(r.stack); n > 0 {
				inner := r.state
				r.state = r.stack[n-1]
				r.stack = r.stack[:n-1]
				r.close(inner)
				if n == 1 {
					return nil // what follows the document's group is none of it
				}
			}
			r.ignore = 0
		case '\\':
			r.control()
			continue // decides about opened
		case '\r', '\n', 0:
			r.at++
			continue
		default:
			r.at++
			r.byte(c)
		}
		r.opened = false
		if r.out.cut {
			return nil // the rest is cut off
		}
	}
	r.flushBytes()
	return fmt.Errorf("it ends in the middle")
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	r.at++ // the backslash
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && r.at-start < 32 && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.at-start < 11 && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[start:r.at]))
	if err != nil {
		n = none
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	opened, star := r.opened, r.star
	r.opened, r.star = false, false
	if r.ignore > 0 && word != "u" && word != "bin" {
		r.ignore-- // a control word counts as one character
		return
	}
	if word != "u" {
		r.flushBytes()
	}
	if (opened || star) && r.open(word, star) {
		return
	}
	if star {
		r.state.destination = toNowhere
		return
	}
	r.word(word, n)
}

// none is the number of a control word that has none.
const none = -1 << 40

// symbol takes a control symbol.
func (r *rtfReader) symbol(c byte) {
	opened := r.opened
	r.opened = false
	if c == '*' {
		r.star, r.opened = opened, opened
		return
	}
	if c == '\'' {
		if r.at+2 > len(r.data) {
			r.at = len(r.data)
			return
		}
		n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
		r.at += 2
		if err == nil {
			r.byte(byte(n))
		}
		return
	}
	if r.ignore > 0 {
		r.ignore--
		return
	}
	if c == '\\' || c == '{' || c == '}' { // may be the second byte of a character
		r.byte(c)
		return
	}
	r.flushBytes()
	switch c {
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '\r', '\n':
		r.word("par", none)
	case '\t':
		r.write("\t")
	}
}

// byte takes a byte of the font's code page.
func (r *rtfReader) byte(c byte) {
	if r.ignore > 0 {
		r.ignore--
		return
	}
	page := r.codePage()
	if page != r.pendingPage || len(r.pending) > 1<<16 && !double(page) {
		r.flushBytes()
	}
	r.pendingPage = page
	r.pending = append(r.pending, c)
}

// codePage is the code page of the font under way. Documents whose fonts are all
// of the "ANSI" charset mean the code page of the document by it.
func (r *rtfReader) codePage() int {
	page, ok := r.fonts[r.state.font]
	if !ok || page == 1252 && !r.ansi {
		return r.page
	}
	return page
}

func (r *rtfReader) flushBytes() {
	if len(r.pending) > 0 {
		s := decodePage(r.pendingPage, r.pending)
		r.pending = r.pending[:0]
		r.write(s)
	}
}

// unicode takes the number of a \u.
func (r *rtfReader) unicode(n int) {
	r.flushBytes()
	r.ignore = r.state.skip
	c := rune(uint16(n))
	if n > 0xffff && n <= 0x10ffff { // no program should, some do
		c = rune(n)
	}
	switch {
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
		return
	case c >= 0xdc00 && c < 0xe000:
		if r.high == 0 {
			return
		}
		c = (r.high-0xd800)<<10 | (c - 0xdc00) + 0x10000
	case c >= 0xf000 && c <= 0xf0ff: // a character of a symbol font
		c = rtfSymbol(c & 0xff)
	}
	r.high = 0
	r.write(string(c))
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
