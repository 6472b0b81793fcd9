package parse

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"unicode/utf16"

	"golocal"
	"golocal/internal/sample"
)

// entries returns a zip file whose directory has n entries that share one empty
// part, and says that there are claimed.
func entries(n int, claimed uint16) []byte {
	var b, dir bytes.Buffer
	local := [26]byte{}
	binary.LittleEndian.PutUint16(local[22:], 1)
	b.WriteString("PK\x03\x04")
	b.Write(local[:])
	b.WriteByte('a')
	for i := range n {
		var head [42]byte
		binary.LittleEndian.PutUint16(head[24:], 7)
		dir.WriteString("PK\x01\x02")
		dir.Write(head[:])
		fmt.Fprintf(&dir, "%07d", i)
	}
	var end [18]byte
	binary.LittleEndian.PutUint16(end[4:], claimed)
	binary.LittleEndian.PutUint16(end[6:], claimed)
	binary.LittleEndian.PutUint32(end[8:], uint32(dir.Len()))
	binary.LittleEndian.PutUint32(end[12:], uint32(b.Len()))
	b.Write(dir.Bytes())
	b.WriteString("PK\x05\x06")
	b.Write(end[:])
	return b.Bytes()
}

func TestArchive_Entries(t *testing.T) {
	for _, claimed := range []uint16{3, 60_000} {
		if _, err := openArchive(entries(60_000, claimed)); err == nil || err.Error() != "an archive of 60000 entries; up to 10000 are read" {
			t.Errorf("60,000 entries, %d claimed: %v", claimed, err)
		}
	}
	if a, err := openArchive(entries(10_000, 10_000)); err != nil || len(a.files) != 10_000 {
		t.Errorf("10,000 entries: %v", err)
	}
}

// claiming is a stored part of a zip file with the sizes that it claims.
func claiming(name, content string, size uint64) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(content)), CompressedSize64: uint64(len(content)), UncompressedSize64: size})
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

func TestArchive_Claims(t *testing.T) {
	for _, size := range []uint64{0, 5, 1 << 60} {
		a, err := openArchive(claiming("a", "0123456789", size))
		if err != nil {
			continue // refused at once
		}
		if data, err := a.read("a", maxPart); err == nil {
			t.Errorf("a part of 10 bytes that claims %d was read as %d", size, len(data))
		}
	}
	// Of two parts with one name, the first counts.
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, content := range []string{"first", "second"} {
		w, err := z.Create("a")
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if data, err := a.read("a", maxPart); err != nil || string(data) != "first" {
		t.Errorf("%q, %v", data, err)
	}
	// A part of exactly the limit is whole.
	a.part, a.left = 5, 5
	if data, err := a.read("a", 5); err != nil || string(data) != "first" {
		t.Errorf("a part of the limit's size: %q, %v", data, err)
	}
	if _, err := a.read("a", 5); !errors.Is(err, errBomb) {
		t.Errorf("nothing was left to be inflated: %v", err)
	}
}

// Files that are small on disk and large or deep in memory each end with one
// reason; the same with the defence off would take up to 1 GB.
func TestArchive_Bombs(t *testing.T) {
	if raced {
		return // one goroutine, byte by byte; ./check runs it without the race detector
	}
	wide := strings.Repeat(" ", maxToken+1<<20)
	for name, c := range map[string]struct {
		data   []byte
		reason string
	}{
		"a run of white space": {sample.DOCX(`<w:p><w:r><w:t>`+wide, nil), "broken: word/document.xml: a run of more than 8 MiB without an end"},
		"an attribute":         {sample.DOCX(`<w:p a="`+wide+`"/>`, nil), "broken: word/document.xml: a run of more than 8 MiB without an end"},
		"a comment":            {sample.DOCX(`<!--`+strings.ReplaceAll(wide, " ", "<")+`-->`, nil), "broken: word/document.xml: a run of more than 8 MiB without an end"},
	} {
		doc, err := parseOne(t, "a.docx", c.data)
		var failure *Failure
		if !errors.As(err, &failure) || failure.Type != DOCX || failure.Reason != c.reason {
			t.Errorf("%s: %d bytes of text, %v; want %s", name, len(doc.Text), err, c.reason)
		}
	}
}

// XML comes in more encodings than UTF-8, and not always clean.
func TestXMLText(t *testing.T) {
	utf16Of := func(s string, big, mark bool) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		if mark && big {
			return "\xfe\xff" + string(b)
		} else if mark {
			return "\xff\xfe" + string(b)
		}
		return string(b)
	}
	document := func(encoding, text string) string {
		return `<?xml version="1.0" encoding="` + encoding + `"?><w:document ` + sample.WordNS + `><w:body>` + sample.Para("", text) + `</w:body></w:document>`
	}
	for name, c := range map[string]struct{ xml, want string }{
		"utf-8":             {document("UTF-8", "Größe"), "Größe"},
		"utf-8 with a mark": {"\xef\xbb\xbf" + document("UTF-8", "Größe"), "Größe"},
		"utf-16":            {utf16Of(document("UTF-16", "Größe 日本"), false, true), "Größe 日本"},
		"utf-16, big":       {utf16Of(document("UTF-16", "Größe 日本"), true, true), "Größe 日本"},
		"utf-16, no mark":   {utf16Of(document("UTF-16", "Größe"), false, false), "Größe"},
		"utf-16 in name":    {document("UTF-16", "Größe"), "Größe"},
		"windows-1252":      {document("windows-1252", "Gr\xf6\xdfe"), "Größe"},
		"invalid bytes":     {document("UTF-8", "Gr\xf6\xdfe"), "Gr\ufffd\ufffde"},
		"control bytes":     {document("UTF-8", "a\x00b\x0bc\uffff"), "a b c"},
		"an unknown name":   {document("x-unknown", "Größe"), "Größe"},
	} {
		got := lines(t, "a.docx", sample.DOCX("", map[string]string{"word/document.xml": c.xml}))
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A document of more tiny paragraphs than there may be sections keeps its text.
func TestLayout_ManyParagraphs(t *testing.T) {
	var l layout
	for range maxSections + 1000 {
		l.add(golocal.KindParagraph, 0, "x")
	}
	doc, err := l.document(Text, "")
	if err != nil || len(doc.Sections) != maxSections || len(doc.Text) != 2*(maxSections+1000) || doc.Sections[maxSections-1].Span.End != len(doc.Text)-1 {
		t.Errorf("%d sections, %d bytes, %v", len(doc.Sections), len(doc.Text), err)
	}
}

// What is beyond the largest text is cut, not refused.
func TestLayout_Cut(t *testing.T) {
	var l layout
	l.text.WriteString(strings.Repeat("x", MaxText-5000))
	for range 3 {
		l.add(golocal.KindParagraph, 0, strings.Repeat("ä ", 1000))
	}
	l.end()
	doc, err := l.document(Text, "")
	putNotes(&doc)
	if err != nil || Verify(&doc) != nil || len(doc.Sections) != 2 || len(doc.Notes) != 1 || doc.Notes[0] != "only the first 64 MiB of its text were read" {
		t.Errorf("%d bytes, %q, %v", len(doc.Text), doc.Notes, err)
	}
}
