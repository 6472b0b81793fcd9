package parse

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseODF reads an OpenDocument package (OASIS OpenDocument 1.3): a text, a
// sheet, slides or a drawing.
func parseODF(a *archive) (golocal.Document, error) {
	if a.encryptedODF() {
		return golocal.Document{}, Failed(a.kindODF(), remark.Encrypted)
	}
	d := newOpenDocument(a)
	for _, part := range []string{"meta.xml", "styles.xml"} { // broken ones cost the title and what is hidden by style
		if a.files[part] != nil {
			if err := a.tokens(part, d.visit); errors.Is(err, errBomb) {
				return golocal.Document{}, Broken(a.kindODF(), err)
			}
			d.restart()
		}
	}
	return d.document(a.tokens("content.xml", d.visit))
}

// parseFlatODF reads an OpenDocument that is one XML file.
func parseFlatODF(data []byte) (golocal.Document, error) {
	d := newOpenDocument(nil)
	return d.document(partTokens(bytes.NewReader(data), "the file", d.visit))
}

// flatODF reports an OpenDocument in one XML file.
func flatODF(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("urn:oasis:names:tc:opendocument:xmlns:office:1.0"))
}

// openDocument reports a package by its mimetype part, or by its content where
// a program has forgotten that.
func (a *archive) openDocument() bool {
	return strings.HasPrefix(a.mimetype(), "application/vnd.oasis.opendocument.") || a.files["content.xml"] != nil && (a.files["mimetype"] != nil || a.files["META-INF/manifest.xml"] != nil)
}

func (a *archive) mimetype() string {
	if a.files["mimetype"] == nil {
		return ""
	}
	r, err := a.open("mimetype")
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 200))
	return strings.TrimSpace(string(b))
}

// kindODF is the type of a package that cannot be opened further.
func (a *archive) kindODF() string {
	switch m := a.mimetype(); {
	case strings.Contains(m, "spreadsheet"):
		return ODS
	case strings.Contains(m, "presentation"):
		return ODP
	case strings.Contains(m, "graphics"):
		return ODG
	}
	return ODT
}

// encryptedODF reports a package that needs a password: its manifest names the
// keys of a part (OpenDocument 1.3 part 2, 3.4).
func (a *archive) encryptedODF() bool {
	found := false
	if a.files["META-INF/manifest.xml"] != nil {
		a.tokens("META-INF/manifest.xml", func(t xml.Token, _ int) error { // a broken manifest hides nothing
			if e, ok := t.(xml.StartElement); ok && e.Name.Local == "encryption-data" {
				found = true
				return io.EOF
			}
			return nil
		})
	}
	return found || a.files["encrypted-package"] != nil
}

// spaces are the name spaces of OpenDocument, by the last part of their
// address, and the prefixes that are used here for them.
var spaces = map[string]string{
	"office": "office", "text": "text", "table": "table", "drawing": "draw", "draw": "draw", "presentation": "presentation", "style": "style",
	"meta": "meta", "xsl-fo-compatible": "fo", "svg-compatible": "svg", "form": "form", "chart": "chart",
}

// space returns the prefix that golocal has for a name space.
func space(address string) string {
	switch {
	case strings.HasPrefix(address, "urn:oasis:names:tc:opendocument:xmlns:"):
		name, _, _ := strings.Cut(strings.TrimPrefix(address, "urn:oasis:names:tc:opendocument:xmlns:"), ":")
		return spaces[name]
	case strings.HasPrefix(address, "http://purl.org/dc/elements/"):
		return "dc"
	case address == "http://www.w3.org/1998/Math/MathML":
		return "math"
	}
	return ""
}

// document ends the reading of an OpenDocument; err is what ended it early.
func (d *openDocument) document(err error) (golocal.Document, error) {
	d.finish()
	if d.kind == "" {
		if err != nil {
			return golocal.Document{}, Broken(ODT, err)
		}
		return golocal.Document{}, Unsupported(remark.IsOtherODF)
	}
	if err == errFull { // what is too long is cut off
		err = nil
	}
	doc, empty := d.out.document(d.kind, cmp.Or(strings.TrimSpace(d.title), d.styled))
	switch {
	case err != nil && (empty != nil || errors.Is(err, errBomb)):
		return golocal.Document{}, Broken(d.kind, err)
	case err != nil:
		note(&doc, remark.NoteBrokenAfter, err)
	case empty != nil && d.out.unseen > 0:
		return doc, unseenText(d.kind)
	case empty == nil && d.kind == ODG:
		doc.Pages = d.page
	}
	return doc, empty
}

// unseenText is the Failure of a document whose text is all hidden.
func unseenText(kind string) *Failure {
	return Because(golocal.StateNoText, kind, remark.NoSeenText)
}

// errFull ends the reading of a document whose text is as long as it may be.
var errFull = errors.New("the text is too long")

// metaText takes the text of an element of office:meta.
func (d *openDocument) metaText(element, s string) {
	s = normal.OneLine(normal.Text(s))
	if s == "" || len(s) > 1000 {
		return
	}
	switch element {
	case "dc:title":
		d.title = s
	case "meta:initial-creator":
		d.out.meta.Authors = []string{s}
	case "dc:creator":
		if len(d.out.meta.Authors) == 0 {
			d.out.meta.Authors = []string{s}
		}
	case "meta:creation-date":
		d.out.meta.Created = isoTime(s)
	case "dc:date":
		d.out.meta.Edited = isoTime(s)
	case "meta:keyword":
		for tag := range strings.SplitSeq(s, ",") {
			if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(d.out.meta.Tags, tag) && len(d.out.meta.Tags) < 50 {
				d.out.meta.Tags = append(d.out.meta.Tags, tag)
			}
		}
	case "dc:language":
		d.out.meta.Language = s
	}
}

// isoTime reads a time as XML Schema writes it, with or without zone, time and
// day; the zero time for anything else.
func isoTime(s string) time.Time {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
