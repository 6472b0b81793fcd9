package parse

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

// texts returns the blocks of a document, one a line.
func blocks(doc golocal.Document) []string {
	var out []string
	for _, s := range doc.Sections {
		out = append(out, string(s.Kind)+": "+doc.Text[s.Span.Start:s.Span.End])
	}
	return out
}

func TestHTMLBlocks(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"ordered lists count", `<ol start=3><li>c<li value=7>g<ol type=a><li>x</ol><li>h</ol><ul><li>y</ul>`,
			[]string{"list: 3. c\n7. g\nx\n8. h", "list: y"}},
		{"definitions", `<dl><dt>Tide<dd>Water that comes and goes.</dl>`, []string{"list: Tide\nWater that comes and goes."}},
		{"two line breaks end a paragraph", `One<br>line<br><br>two`, []string{"paragraph: One line", "paragraph: two"}},
		{"caption before the table", `<table><caption>Fares</caption><tr><th>To<th>Euro<tr><td>Oslo<td>9</table>`,
			[]string{"paragraph: Fares", "table: To | Euro\nOslo | 9"}},
		{"a cell of two rows stands in both", `<table><tr><td rowspan=2>2024<td>Q1<td>5<tr><td>Q2<td>6</table>`,
			[]string{"table: 2024 | Q1 | 5\n2024 | Q2 | 6"}},
		{"a table that lays out a page", `<table><tr><td><h1>A</h1>b<td>c</table>`, []string{"heading: A", "paragraph: b", "paragraph: c"}},
		{"details are content", `<details><summary>More</summary>Inside.</details>`, []string{"paragraph: More", "paragraph: Inside."}},
		{"forms show what is filled in", `<label>Name <input value="Ann"></label><input type=hidden value=x><select><option>a<option selected>b</select><button>Send</button>`,
			[]string{"paragraph: Name Ann b"}},
		{"a button that is a heading", `<h2><button>What is it?</button></h2><p>This.`, []string{"heading: What is it?", "paragraph: This."}},
		{"readings", `<p><ruby>漢字<rt>かんじ</rt></ruby> <ruby>語<rp>(</rp><rt>ご</rt><rp>)</rp></ruby>`, []string{"paragraph: 漢字(かんじ) 語(ご)"}},
		{"words of drawings", `<svg><title>no</title><text x=1>Sales</text><g><text>2024</text></g></svg><p>after`, []string{"paragraph: Sales 2024", "paragraph: after"}},
		{"pictures by their text", `<p>See <img src=a.png alt="the harbour">.`, []string{"paragraph: See the harbour ."}},
		{"a formula once", `<p><span><math><mi>x</mi><annotation>x</annotation></math></span><span aria-hidden=true>xyz</span> is 1`, []string{"paragraph: x is 1"}},
		{"seen, though not by screen readers", `<p aria-hidden=true>Drawn words.`, []string{"paragraph: Drawn words."}},
	} {
		doc, err := parseOne(t, "a.html", []byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, blocks(doc)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestHTMLHidden(t *testing.T) {
	for _, c := range []struct{ name, body, why string }{
		{"display", `<p style="Display : NONE !important">secret</p>`, "display:none"},
		{"attribute", `<p hidden>secret</p>`, "hidden"},
		{"visibility", `<p style="visibility:hidden">secret</p>`, "visibility:hidden"},
		{"size", `<p style="font-size:0.1pt">secret</p>`, "too small to see"},
		{"size of what is around", `<div style="font-size:1px"><p>secret</p></div>`, "too small to see"},
		{"opacity", `<p style="opacity: 0.0">secret</p>`, "opacity:0"},
		{"left", `<p style="position:absolute; left:-9999px">secret</p>`, "off the page"},
		{"indent", `<p style="text-indent:-9999px">secret</p>`, "off the page"},
		{"clip", `<p style="position:absolute;clip:rect(0 0 0 0)">secret</p>`, "clipped away"},
		{"colour", `<p style="color:#fff;background-color:#fff">secret</p>`, "in the colour of its background"},
		{"class", `<style>/* .a{} */ @import "x"; .b, .a.c { display: none }</style><p class="c a">secret</p>`, "display:none"},
		{"id over class", `<style>#x{display:none} .a{display:block}</style><p id=x class=a>secret</p>`, "display:none"},
		{"in a heading", `<h2>Head <span style="display:none">secret</span></h2>`, "display:none"},
		{"in a cell", `<table><tr><td>a<td>b <span hidden>secret</span></table>`, "hidden"},
		{"once in a table of one column", `<table><tr><td>b <span hidden>secret</span></table>`, "hidden"},
	} {
		doc, err := parseOne(t, "a.html", []byte("<p>before</p>"+c.body))
		if err != nil || strings.Contains(doc.Text, "secret") {
			t.Errorf("%s: %q, %v", c.name, doc.Text, err)
			continue
		}
		if len(doc.Hidden) != 1 || doc.Hidden[0].Text != "secret" || doc.Hidden[0].Why != c.why || doc.Hidden[0].Place.Paragraph == 0 {
			t.Errorf("%s: %+v", c.name, doc.Hidden)
		}
		if diff := cmp.Diff([]string{"hidden text was left out (6 characters)"}, doc.Notes); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	for name, body := range map[string]string{
		"inline style wins":           `<style>.a{display:none}</style><p class=a style="display:block">shown</p>`,
		"a later rule wins":           `<style>.a{display:none} .a{display:block}</style><p class=a>shown</p>`,
		"rules for print":             `<style>@media print { .a{display:none} }</style><p class=a>shown</p>`,
		"rules that may not hold":     `<style>.closed .a, .a:hover, a[b] {display:none}</style><p class=a>shown</p>`,
		"size given back":             `<div style="font-size:0"><p style="font-size:14px">shown</p></div>`,
		"visible again":               `<div style="visibility:hidden"><p style="visibility:visible">shown</p></div>`,
		"letters drawn by a gradient": `<p style="color:transparent;background:linear-gradient(red,blue)">shown</p>`,
		"half seen":                   `<p style="opacity:0.5;font-size:80%;left:-5px;position:absolute">shown</p>`,
	} {
		if doc, err := parseOne(t, "a.html", []byte(body)); err != nil || doc.Text != "shown\n" || len(doc.Hidden) > 0 {
			t.Errorf("%s: %q, %+v, %v", name, doc.Text, doc.Hidden, err)
		}
	}
}

var article = strings.Repeat("<p>The ferry leaves the harbour at nine, and with the tide it is faster by an hour, as the captain said, who has sailed it for years.</p>", 6) +
	`<div class="share-price">Shares of the ferry company rose to 40 euros after the news, analysts said, and are expected to rise again.</div>`

func TestSavedPage(t *testing.T) {
	doc, err := parseOne(t, "a.html", []byte(sample.SavedPage("Ferries are faster", article)))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(doc.Text, "The ferry leaves"); n != 6 || !strings.Contains(doc.Text, "rose to 40 euros") {
		t.Errorf("the article is not whole:\n%s", doc.Text)
	}
	for _, not := range []string{"urniture", "unseen", "Skip to", "cookies"} {
		if strings.Contains(doc.Text, not) {
			t.Errorf("%q is in the text:\n%s", not, doc.Text)
		}
	}
	want := golocal.Meta{Authors: []string{"Ann Lee"}, Created: time.Date(2024, 3, 5, 9, 30, 0, 0, time.UTC), Tags: []string{"harbour", "ferries"}, Language: "en-GB"}
	if diff := cmp.Diff(want, doc.Meta); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"navigation and page furniture was left out", "hidden text was left out (36 characters)"}, doc.Notes); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "Ferries are faster" {
		t.Errorf("title %q", doc.Title)
	}
}

// What a person wrote by hand is kept, also where it has a website's elements.
func TestPageOfNoWebsite(t *testing.T) {
	for name, source := range map[string]string{
		"header and footer":         `<header>kept</header><h1>Notes</h1><p>Some words.</p><footer>kept</footer>`,
		"a list of links":           `<h1>Links</h1><ul><li><a href=a>kept</a><li><a href=b>kept</a><li><a href=c>kept</a><li><a href=d>kept</a></ul>`,
		"an aside in an article":    sample.SavedPage("T", article+`<aside><p>A word beside it: kept.</p></aside>`),
		"a page that is navigation": `<nav><p>` + strings.Repeat("Everything on this page is kept, since nothing else is here. ", 10) + `</p></nav><p>end</p>`,
	} {
		if doc, err := parseOne(t, "a.html", []byte(source)); err != nil || !strings.Contains(doc.Text, "kept") {
			t.Errorf("%s: %q, %v", name, doc.Text, err)
		}
	}
	// An article of two lines is not what this page is about.
	short := sample.SavedPage("Results", `<p>Two lines.</p>`) + `<div class="menu-results">` + strings.Repeat("<p>A result that was found for the words.</p>", 30) + `</div>`
	if doc, err := parseOne(t, "a.html", []byte(short)); err != nil || strings.Count(doc.Text, "A result that was found") != 30 {
		t.Errorf("%q, %v", doc.Text, err)
	}
}

func TestMHTML(t *testing.T) {
	data := sample.MHTML("https://example.com/ferries", "Ferries", `<html><head></head><body><h1>Café</h1><p style="color:red">By the sea.</p></body></html>`)
	for _, name := range []string{"a.mhtml", "a.mht", "page"} {
		doc, err := parseOne(t, name, data)
		if err != nil || doc.Type != MHTML {
			t.Fatalf("%s: %q, %v", name, doc.Type, err)
		}
		if diff := cmp.Diff([]string{"paragraph: Saved from https://example.com/ferries", "heading: Café", "paragraph: By the sea."}, blocks(doc)); diff != "" {
			t.Error(diff)
		}
		if doc.Title != "Ferries" || !doc.Meta.Created.Equal(time.Date(2024, 3, 5, 8, 30, 0, 0, time.UTC)) {
			t.Errorf("title %q, created %v", doc.Title, doc.Meta.Created)
		}
	}
}
