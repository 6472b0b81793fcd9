package parse

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

func chapter(name string, from, to int) golocal.Place {
	return golocal.Place{Chapter: name, Paragraph: from, ParagraphEnd: to}
}

func TestEPUB(t *testing.T) {
	meta := `<dc:title>The Sea</dc:title><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator><dc:language>en</dc:language><dc:date>1999-02-03</dc:date>
		<dc:subject>Boats</dc:subject><meta property="dcterms:modified">2024-01-02T03:04:05Z</meta>`
	toc := `<ol><li><span>Part One</span><ol><li><a href="c2.xhtml">Setting out</a></li><li><a href="c3.xhtml#b">The storm</a></li></ol></li><li><a href="c4.xhtml">Home</a></li></ol>`
	doc, err := parseOne(t, "a.epub", sample.EPUB(meta, toc, nil,
		`<p>By Ann<a id="x"/></p>`, // no heading, not in the table of contents
		`<h1>Setting out</h1><p>We left<br/>early.</p><h2>Tools</h2><ul><li>rope</li><li>sail</li></ul>`,
		`<div><p>Still calm.</p><div id="b"><p>Then wind.</p></div><p>And rain.</p></div>`,
		`<p>At last.</p>`,
		`<h1>Notes</h1><p>None &amp; never.</p>`,
		`<p><a href="c2.xhtml">Setting out</a> <a href="c3.xhtml">The storm</a> <a href="c4.xhtml">Home</a></p>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindParagraph, "", "By Ann", chapter("1", 1, 1)},
		{golocal.KindHeading, "Part One", "Setting out", chapter("Setting out", 1, 1)},
		{golocal.KindParagraph, "Part One > Setting out", "We left early.", chapter("Setting out", 2, 2)},
		{golocal.KindHeading, "Part One > Setting out", "Tools", chapter("Setting out", 3, 3)},
		{golocal.KindList, "Part One > Setting out > Tools", "rope\nsail", chapter("Setting out", 4, 5)},
		{golocal.KindParagraph, "Part One > Setting out", "Still calm.", chapter("Setting out", 1, 1)},
		{golocal.KindParagraph, "Part One > The storm", "Then wind.", chapter("The storm", 1, 1)},
		{golocal.KindParagraph, "Part One > The storm", "And rain.", chapter("The storm", 2, 2)},
		{golocal.KindParagraph, "Home", "At last.", chapter("Home", 1, 1)},
		{golocal.KindHeading, "", "Notes", chapter("Notes", 1, 1)},
		{golocal.KindParagraph, "Notes", "None & never.", chapter("Notes", 2, 2)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	said := golocal.Meta{Authors: []string{"Ann", "Bob"}, Created: time.Date(1999, 2, 3, 0, 0, 0, 0, time.UTC), Edited: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), Tags: []string{"Boats"}, Language: "en"}
	if d := cmp.Diff(said, doc.Meta); d != "" || doc.Title != "The Sea" || doc.Type != EPUB {
		t.Errorf("title %q, type %q, %s", doc.Title, doc.Type, d)
	}
	if n := strings.Count(doc.Text, "\f"); n != 5 {
		t.Errorf("%d chapter ends", n)
	}
}

// The table of contents of EPUB 2 is an NCX.
func TestEPUB2(t *testing.T) {
	opf := `<package><metadata><title>T</title></metadata><manifest><item id="a" href="text/a%20b.html" media-type="application/xhtml+xml"/>
		<item id="cover" href="cover.svg" media-type="image/svg+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
		<spine toc="ncx"><itemref idref="cover"/><itemref idref="a" linear="no"/><itemref idref="lost"/></spine></package>`
	ncx := `<ncx><navMap><navPoint><navLabel><text>Book I</text></navLabel><content src="text/a%20b.html"/><navPoint><navLabel><text>Inner</text></navLabel><content src="text/a%20b.html#i"/></navPoint></navPoint></navMap>
		<pageList><pageTarget><navLabel><text>9</text></navLabel><content src="text/a%20b.html"/></pageTarget></pageList></ncx>`
	doc, err := parseOne(t, "a.epub", sample.EPUB("", "", map[string]string{"OEBPS/book.opf": opf, "OEBPS/toc.ncx": ncx, "OEBPS/cover.svg": "<svg/>",
		"OEBPS/text/a b.html": `<html><body><p>one</p><p><a name="i"></a></p><h3>Inner</h3><p>two</p></body></html>`}))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindParagraph, "Book I", "one", chapter("Book I", 1, 1)},
		{golocal.KindHeading, "Book I", "Inner", chapter("Inner", 1, 1)},
		{golocal.KindParagraph, "Book I > Inner", "two", chapter("Inner", 2, 2)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" || doc.Title != "T" {
		t.Errorf("title %q, %s", doc.Title, d)
	}
}

func TestEPUBFailures(t *testing.T) {
	encryption := func(file string) map[string]string {
		return map[string]string{"META-INF/encryption.xml": `<encryption><EncryptedData><CipherData><CipherReference URI="` + file + `"/></CipherData></EncryptedData></encryption>`, "OEBPS/f.otf": "x"}
	}
	for _, c := range []struct {
		name, reason string
		data         []byte
	}{
		{"DRM", "protected by DRM", sample.EPUB("", "", encryption("OEBPS/c1.xhtml"), "<p>x</p>")},
		{"fonts only", "", sample.EPUB("", "", encryption("OEBPS/f.otf"), "<p>x</p>")},
		{"no package", "broken: no book in it", sample.Zip(map[string]string{"META-INF/container.xml": "<container/>"})},
		{"no chapters", "broken: it names no chapters that are there", sample.EPUB("", "", nil)},
		{"pictures only", remark.Text(remark.NoText), sample.EPUB("", "", nil, `<img src="a.png"/>`)},
		{"package elsewhere", "", sample.Zip(map[string]string{"META-INF/container.xml": "<container/>", "x/y.opf": `<package><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></package>`, "x/a.html": "<p>x"})},
	} {
		_, err := (&Formats{}).Parse(context.Background(), "a.epub", c.data)
		var failure *Failure
		if c.reason == "" && err != nil || c.reason != "" && (!errors.As(err, &failure) || failure.Reason != c.reason) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOpenTags(t *testing.T) {
	for in, want := range map[string]string{
		`<title/><p>x</p>`:          `<title></title><p>x</p>`,
		`<br/><img alt="a>b" />`:    `<br/><img alt="a>b" />`,
		`<a id="x" title='/>'/>y`:   `<a id="x" title='/>'></a>y`,
		`<![CDATA[a < b & c]]>`:     `a &lt; b &amp; c`,
		`<a href=x/y>z</a> 1 </> 2`: `<a href=x/y>z</a> 1 </> 2`,
	} {
		if got := openTags(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func FuzzEPUB(f *testing.F) {
	f.Add(`<h1>a</h1><p id="b">c</p>`, `<ol><li><a href="c1.xhtml#b">x</a><ol><li><a href="c1.xhtml">y</a></li></ol></li></ol>`)
	f.Add(`<table><tr><td id="b">c</table><pre>`, `<li><a href="c1.xhtml#b">x</a>`)
	f.Add(`<ul><li><a id="b"/>c`, `<ol><li><a href="c1.xhtml#b">`)
	f.Fuzz(func(t *testing.T, body, toc string) {
		checkFuzzed(t, "a.epub", sample.EPUB("", toc, nil, body, body))
	})
}
