package parse

import (
	"bytes"
	"slices"
)

// rtfOpen says where the text of a group goes that begins with a control word.
// Groups of unknown words that begin with \* are left out.
var rtfOpen = map[string]rtfDestination{
	"fonttbl": toFonts, "stylesheet": toStyles, "colortbl": toNowhere, "filetbl": toNowhere, "listtable": toNowhere, "listoverridetable": toNowhere,
	"revtbl": toNowhere, "rsidtbl": toNowhere, "generator": toNowhere, "info": toNowhere, "title": toInfo, "author": toInfo, "keywords": toInfo,
	"creatim": toInfo, "revtim": toInfo, "pict": toNowhere, "objdata": toNowhere, "objclass": toNowhere, "objname": toNowhere, "shppict": toNowhere, "nonshppict": toNowhere,
	"header": toNowhere, "headerl": toNowhere, "headerr": toNowhere, "headerf": toNowhere,
	"footer": toNowhere, "footerl": toNowhere, "footerr": toNowhere, "footerf": toNowhere,
	"ftnsep": toNowhere, "ftnsepc": toNowhere, "ftncn": toNowhere, "aftnsep": toNowhere, "aftnsepc": toNowhere, "aftncn": toNowhere,
	"footnote": toAside, "annotation": toAside, "atnauthor": toAuthor, "atnid": toNowhere, "atnref": toNowhere, "atndate": toNowhere, "atnparent": toNowhere,
	"fldinst": toNowhere, "nonesttables": toNowhere, "nesttableprops": toNowhere, "listtext": toMarker, "pntext": toMarker, "pn": toNowhere,
	"shpinst": toGroups, "shptxt": toBody, "shprslt": toNowhere, "sp": toNowhere, "upr": toGroups, "ud": toBody, "xe": toNowhere, "tc": toNowhere,
	"bkmkstart": toNowhere, "bkmkend": toNowhere, "rxe": toNowhere, "txe": toNowhere, "pgdsc": toNowhere, "pgdsctbl": toNowhere, "falt": toNowhere, "panose": toNowhere,
	"themedata": toNowhere, "datastore": toNowhere, "latentstyles": toNowhere, "xmlnstbl": toNowhere, "private": toNowhere,
}

// open begins a destination; false leaves the word to be taken as any other.
func (r *rtfReader) open(word string, star bool) bool {
	to, known := rtfOpen[word]
	switch {
	case !known:
		return false
	case r.state.destination == toNowhere:
		// Of what is left out only the properties' own groups are read.
		if to != toInfo || !r.inInfo() {
			return true
		}
	case to == toInfo: // a word of the same name elsewhere
		if !r.inInfo() {
			return false
		}
	case r.state.destination == toFonts || r.state.destination == toStyles:
		if star || to == toNowhere {
			r.state.destination = toNowhere
		}
		return true
	case word == "ud":
		r.state.destination = toBody
		if n := len(r.stack); n > 1 {
			r.state.destination = r.stack[n-2].destination
		}
		return true
	}
	r.state.destination = to
	switch to {
	case toFonts, toStyles, toInfo, toAuthor:
		r.state.fields = &rtfFields{name: word}
	case toAside:
		r.beginAside(word == "footnote")
	case toMarker:
		r.marker.Reset()
	case toNowhere:
		if word == "info" {
			r.state.fields = &rtfFields{name: word}
		}
	case toBody:
		if word == "shptxt" {
			r.state.paragraph = rtfParagraph{table: r.state.paragraph.table, nested: r.state.paragraph.nested}
		}
	}
	return true
}

// inInfo reports that the group around is \info.
func (r *rtfReader) inInfo() bool {
	n := len(r.stack)
	return n > 0 && r.stack[n-1].fields != nil && r.stack[n-1].fields.name == "info"
}

// close ends a group; the state is again that of the group around it.
func (r *rtfReader) close(inner rtfState) {
	if inner.destination == r.state.destination && inner.fields == r.state.fields {
		if inner.destination == toFonts || inner.destination == toStyles {
			r.entry() // an entry without its semicolon
		}
		return
	}
	switch inner.destination {
	case toInfo:
		r.property(inner.fields)
	case toAuthor:
		r.author = inner.fields.text.String()
	case toAside:
		if r.state.destination != toAside {
			r.endAside()
		}
	case toFonts, toStyles:
		outer := r.state
		r.state = inner
		r.entry()
		r.state = outer
	}
}

var rtfCharacters = map[string]string{
	"tab": "\t", "line": " ", "lbr": " ", "page": " ", "column": " ", "softline": " ", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
	"qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwnj": "\u200c", "zwj": "\u200d",
}

// word takes a control word that begins no destination.
func (r *rtfReader) word(word string, n int) {
	on := n != 0
	s := &r.state
	if s.destination == toFonts || s.destination == toStyles || s.destination == toInfo {
		r.entryWord(word, n)
		return
	}
	if text, ok := rtfCharacters[word]; ok {
		r.write(text)
		return
	}
	switch word {
	case "u":
		if n != none {
			r.unicode(n)
		}
	case "uc":
		s.skip = min(max(n, 0), 10)
	case "bin":
		r.at = min(len(r.data), r.at+max(n, 0))
	case "ansicpg":
		if codePages[n] != nil {
			r.page = n
		}
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "deff":
		r.deff, s.font = n, n
	case "f":
		s.font = n
	case "plain":
		s.font, s.hidden, s.gone = r.deff, false, false
	case "v":
		s.hidden = on
	case "deleted":
		s.gone = on
	case "pard":
		s.paragraph = rtfParagraph{}
	case "intbl":
		s.paragraph.table = on
	case "itap":
		s.paragraph.nested = n
	case "s":
		s.paragraph.style = n
	case "outlinelevel":
		if n >= 0 && n < 9 {
			s.paragraph.outline = n + 1
		}
	case "ls", "pnlvlblt", "pnlvlbody":
		s.paragraph.list = n != 0
	case "object":
		if s.destination == toBody { // only its \result is seen
			s.destination = toBody
		}
	default:
		r.structure(word)
	}
}

// structure takes the ends of paragraphs, cells and rows.
func (r *rtfReader) structure(word string) {
	if r.state.destination != toBody && r.state.destination != toAside {
		return
	}
	p := r.state.paragraph
	switch word {
	case "par", "sect":
		r.par(r.level(p), p.list, p.table)
	case "cell":
		r.par(r.level(p), p.list, true)
		r.cell()
	case "nestcell":
		r.par(r.level(p), p.list, true)
	case "row":
		r.row()
	case "chftn", "chatn":
		r.reference(word == "chftn")
	}
}

// level is the heading level of a paragraph.
func (r *rtfReader) level(p rtfParagraph) int {
	if p.outline > 0 {
		return min(p.outline, 6)
	}
	return r.styles[p.style].level
}

// entryWord takes a control word in the font or style table, or in a property.
func (r *rtfReader) entryWord(word string, n int) {
	f := r.state.fields
	if f == nil {
		return
	}
	switch word {
	case "f":
		if r.state.destination == toFonts {
			f.number = n
		}
	case "s":
		f.number = n
	case "cs", "ds", "ts":
		f.number = none
	case "fcharset":
		f.page = charsets[n]
		if n == symbolPage {
			f.page = symbolPage
		}
	case "cpg":
		if codePages[n] != nil {
			f.page = n
		}
	case "outlinelevel":
		if n >= 0 && n < 9 {
			f.level = min(n+1, 6)
		}
	case "u":
		if n != none {
			r.unicode(n)
		}
	case "uc":
		r.state.skip = min(max(n, 0), 10)
	case "bin":
		r.at = min(len(r.data), r.at+max(n, 0))
	default:
		if i := slices.Index([]string{"yr", "mo", "dy", "hr", "min"}, word); i >= 0 && n >= 0 {
			f.date[i] = n
		}
	}
}

// rtf reports a Rich Text file; a byte order mark and white space may precede.
func rtf(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte(`{\rtf`))
}
