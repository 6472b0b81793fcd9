package parse

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golocal"
	"golocal/ingest/normal"
)

// pdfFacts are what a PDF says about itself.
type pdfFacts struct {
	title     string
	meta      golocal.Meta
	bookmarks []pdfBookmark
}

// pdfBookmark is an entry of a PDF's outline.
type pdfBookmark struct {
	title string
	level int // 1-based
	page  int // 0-based
}

// Limits on an outline, which a hostile file can make endless (its entries may
// point at each other in a circle).
const (
	mostBookmarks  = 5000
	deepestOutline = 32
)

// facts reads what the document says about itself.
func (d *pdfDocument) facts() pdfFacts {
	var f pdfFacts
	text := func(tag string) (s string) {
		d.p.withName(tag, func(at uint64) { s = d.p.string16("FPDF_GetMetaText", d.handle, at) })
		return normal.OneLine(normal.Text(s))
	}
	f.title = text("Title")
	f.meta.Authors = authorNames(text("Author"))
	f.meta.Tags = listOf(text("Keywords"), ";,", 50)
	f.meta.Created = pdfDate(text("CreationDate"))
	f.meta.Edited = pdfDate(text("ModDate"))
	f.meta.Language = languageTag(normal.OneLine(d.p.string16("FPDFCatalog_GetLanguage", d.handle)))
	f.bookmarks = d.outline()
	return f
}

// label returns the printed number of page i, 0-based, "" where it is i+1.
func (d *pdfDocument) label(i int) string {
	s := normal.Shorten(normal.OneLine(normal.Text(d.p.string16("FPDF_GetPageLabel", d.handle, uint64(i)))), 40)
	if s == strconv.Itoa(i+1) {
		return ""
	}
	return s
}

// outline reads the bookmarks in their order. Every entry is read once, however
// they point at each other.
func (d *pdfDocument) outline() []pdfBookmark {
	var out []pdfBookmark
	seen := map[uint64]bool{}
	var walk func(parent uint64, level int)
	walk = func(parent uint64, level int) {
		for b := d.p.call("FPDFBookmark_GetFirstChild", d.handle, parent); b != 0 && !seen[b] && len(seen) < mostBookmarks; b = d.p.call("FPDFBookmark_GetNextSibling", d.handle, b) {
			seen[b] = true
			dest := d.p.call("FPDFBookmark_GetDest", d.handle, b)
			if dest == 0 {
				if action := d.p.call("FPDFBookmark_GetAction", b); action != 0 {
					dest = d.p.call("FPDFAction_GetDest", d.handle, action)
				}
			}
			page := -1
			if dest != 0 {
				page = d.p.count("FPDFDest_GetDestPageIndex", d.handle, dest)
			}
			if title := normal.OneLine(normal.Text(d.p.string16("FPDFBookmark_GetTitle", b))); title != "" && page >= 0 {
				out = append(out, pdfBookmark{title: title, level: level, page: page})
			}
			if level < deepestOutline {
				walk(b, level+1)
			}
		}
	}
	walk(0, 1)
	return out
}

// authorNames cuts a list of names. A comma is a separator only between whole names:
// "Doe, Jane" is one.
func authorNames(s string) []string {
	if strings.Contains(s, ";") {
		return listOf(s, ";", 20)
	}
	for name := range strings.SplitSeq(s, ",") {
		if !strings.Contains(strings.TrimSpace(name), " ") {
			return listOf(s, ";", 20)
		}
	}
	return listOf(s, ",", 20)
}

// listOf cuts a list that people typed into its items.
func listOf(s, separators string, most int) []string {
	var out []string
	for _, item := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if item = strings.TrimSpace(item); item != "" && len(out) < most {
			out = append(out, normal.Shorten(item, 200))
		}
	}
	return out
}

// pdfDate reads "D:20240229120000+01'00'" (ISO 32000-1, 7.9.4), whose parts
// after the year may be missing.
func pdfDate(s string) time.Time {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	digits := len(s) - len(strings.TrimLeftFunc(s, unicode.IsDigit))
	zone := strings.NewReplacer("'", "", ":", "").Replace(s[digits:])
	digits = min(digits, 14)
	const layout = "20060102150405"
	if digits < 4 || digits%2 != 0 {
		return time.Time{}
	}
	t, err := time.Parse(layout[:digits]+"-0700", s[:digits]+zone)
	if err != nil {
		t, err = time.Parse(layout[:digits], s[:digits])
	}
	if err != nil || t.Year() < 1970 {
		return time.Time{}
	}
	return t.UTC()
}
