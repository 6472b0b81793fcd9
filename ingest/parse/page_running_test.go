package parse

import (
	"fmt"
	"strings"
	"testing"
)

// leaf is a page of lines at heights; "y:text", y in points of 800.
func leaf(lines ...string) pdfPage {
	page := pdfPage{height: 800}
	for _, l := range lines {
		var y float64
		at, text, _ := strings.Cut(l, ":")
		fmt.Sscan(at, &y)
		page.lines = append(page.lines, pdfLine{text: text, size: 10, x: 72, y: y})
	}
	return page
}

func TestDropRunning(t *testing.T) {
	body := func(i int, more ...string) pdfPage {
		lines := []string{}
		for n := range 8 {
			lines = append(lines, fmt.Sprintf("%d:Line %c of %c.", 650-n*12, 'a'+n, 'a'+i))
		}
		return leaf(append(lines, more...)...)
	}
	book := func(pages int, more func(i int) []string) []pdfPage {
		var out []pdfPage
		for i := range pages {
			out = append(out, body(i, more(i)...))
		}
		return out
	}
	for _, c := range []struct {
		name    string
		pages   []pdfPage
		dropped string // "page:text" of all that is dropped, 0-based
	}{
		{"a header and a number", book(3, func(i int) []string {
			return []string{"760:ACME Corp.", fmt.Sprintf("40:Page %d of 3", i+1)}
		}), "0:Page 1 of 3, 1:ACME Corp., 1:Page 2 of 3, 2:ACME Corp., 2:Page 3 of 3"},
		{"two pages are too few", book(2, func(i int) []string { return []string{"760:ACME Corp."} }), ""},
		{"within two points", book(3, func(i int) []string { return []string{fmt.Sprintf("%d:ACME Corp.", 760+i)} }), "1:ACME Corp., 2:ACME Corp."},
		{"at other heights", book(3, func(i int) []string { return []string{fmt.Sprintf("%d:ACME Corp.", 700+i*20)} }), ""},
		{"in the body", book(4, func(i int) []string { return []string{"400:This clause is void."} }), ""},
		{"in the margin, below text of its own", book(4, func(i int) []string {
			return []string{fmt.Sprintf("760:Part %s", strings.Repeat("x", i+1)), "740:This clause is void."}
		}), ""},
		{"left and right pages", book(6, func(i int) []string {
			if i%2 == 0 {
				return []string{fmt.Sprintf("760:%d  The Wheat Book", i+10)}
			}
			return []string{fmt.Sprintf("760:On Yield  %d", i+10)}
		}), "2:12  The Wheat Book, 3:On Yield  13, 4:14  The Wheat Book, 5:On Yield  15"},
		{"Roman numbers", book(5, func(i int) []string { return []string{"40:" + []string{"iii", "iv", "v", "vi", "vii"}[i]} }), "0:iii, 1:iv, 2:v, 3:vi, 4:vii"},
		{"a chapter's title beside the number", book(8, func(i int) []string {
			return []string{"760:Chapter " + []string{"one", "two"}[i/4], fmt.Sprintf("760.5:%d", i+1)}
		}), "0:1, 1:2, 1:Chapter one, 2:3, 2:Chapter one, 3:4, 3:Chapter one, 4:5, 5:6, 5:Chapter two, 6:7, 6:Chapter two, 7:8, 7:Chapter two"},
		{"dates of a table are no page numbers", book(5, func(i int) []string {
			return []string{fmt.Sprintf("750:12/%d/2015", 3+i*i), fmt.Sprintf("60:%d", 100-7*i*i)}
		}), ""},
		{"a long line", book(4, func(i int) []string { return []string{"750:" + strings.Repeat("word ", 30)} }), ""},
		{"forms, alike as a whole", []pdfPage{
			leaf("760:Order", "740:Name", "720:Street", "60:Sign here"), leaf("760:Order", "740:Name", "720:Street", "60:Sign here"),
			leaf("760:Order", "740:Name", "720:Street", "60:Sign here"),
		}, ""},
		{"pages of one line", []pdfPage{leaf("760:Slide 1"), leaf("760:Slide 2"), leaf("760:Slide 3"), leaf("760:Slide 4")}, ""},
		{"heights unknown", []pdfPage{
			{lines: []pdfLine{{text: "Head"}, {text: "a"}, {text: "b"}, {text: "c"}, {text: "d"}, {text: "e"}}},
			{lines: []pdfLine{{text: "Head"}, {text: "f"}, {text: "g"}, {text: "h"}, {text: "i"}, {text: "j"}}},
			{lines: []pdfLine{{text: "Head"}, {text: "k"}, {text: "l"}, {text: "m"}, {text: "n"}, {text: "o"}}},
		}, "1:Head, 2:Head"},
	} {
		dropRunning(c.pages)
		var got []string
		for p, page := range c.pages {
			var here []string
			for _, l := range page.lines {
				if l.running {
					here = append(here, fmt.Sprintf("%d:%s", p, l.text))
				}
			}
			// In the order of the test's wish: by text.
			for i := range here {
				for j := range i {
					if here[i] < here[j] {
						here[i], here[j] = here[j], here[i]
					}
				}
			}
			got = append(got, here...)
		}
		if s := strings.Join(got, ", "); s != c.dropped {
			t.Errorf("%s: %q, want %q", c.name, s, c.dropped)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"7": true, "- 12 -": true, "Page 3 of 10": true, "Seite 4": true, "xii": true, "第 3 页": true, "стр. 5": true,
		"": false, "Chapter 3": false, "mix": false, "2015": true, "civil 4": false, "4 %": true,
	} {
		if got := pageNumber(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for text, want := range map[string]int{"xiv": 14, "IX": 9, "1024": 1024, "lxxxviii": 88} {
		if n, ok := pageNumeral(text); !ok || n != want {
			t.Errorf("%q: %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"iVx", "9999999", "q", "word"} {
		if n, ok := pageNumeral(text); ok {
			t.Errorf("%q is %d", text, n)
		}
	}
}
