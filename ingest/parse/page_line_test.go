package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

// drawnPage makes letters as a page draws them, each half as wide as its size.
type drawnPage struct{ chars []pdfChar }

// at draws text from (x, y) in a direction, in letters of a size.
func (d *drawnPage) at(x, y, size, dx, dy float64, text string) *drawnPage {
	object := uint32(len(d.chars) + 1)
	for _, r := range text {
		switch r {
		case ' ':
			d.chars = append(d.chars, pdfChar{r: ' '})
		case '\n':
			d.chars = append(d.chars, pdfChar{r: '\n'})
			continue
		default:
			x1, y1 := x+dx*size/2-dy*size*0.8, y+dy*size/2+dx*size*0.8
			c := pdfChar{r: r, object: object, x: x, y: y, size: size, dx: dx, dy: dy}
			c.box = golocal.Box{float32(min(x, x1)), float32(min(y, y1)), float32(max(x, x1)), float32(max(y, y1))}
			d.chars = append(d.chars, c)
		}
		x, y = x+dx*size/2, y+dy*size/2
	}
	return d
}

// line draws text from left to right in 10 points.
func (d *drawnPage) line(x, y float64, text string) *drawnPage { return d.at(x, y, 10, 1, 0, text) }

// apart puts what PDFium puts between letters that stand apart.
func (d *drawnPage) apart(r rune) *drawnPage {
	d.chars = append(d.chars, pdfChar{r: r, made: true})
	return d
}

// hyphen draws a hyphen that PDFium holds for one at a line's end.
func (d *drawnPage) hyphen(x, y float64) *drawnPage {
	d.line(x, y, "\ufffd")
	d.chars[len(d.chars)-1].hyphen = true
	return d
}

func TestPageLines(t *testing.T) {
	draw := func() *drawnPage { return &drawnPage{} }
	for _, c := range []struct {
		name string
		page *drawnPage
		want []string
	}{
		{"lines", draw().line(10, 100, "one line").apart('\n').line(10, 88, "and more"), []string{"one line", "and more"}},
		{"letters that PDFium parts on one line", draw().line(10, 100, "w").apart('\n').line(15, 100, "o").apart('\n').line(20, 100, "rd").apart('\n').line(34, 100, "next"), []string{"word next"}},
		{"columns on one line", draw().line(10, 100, "left").apart('\n').line(200, 100, "right"), []string{"left", "right"}},
		{"a gap that PDFium leaves out", draw().line(10, 100, "be").line(24, 100, "perfect"), []string{"be perfect"}},
		{"a space that is none", draw().line(10, 100, "N").apart(' ').line(15.2, 100, "orth"), []string{"North"}},
		{"upwards", draw().at(50, 10, 10, 0, 1, "u").apart('\n').at(50, 15, 10, 0, 1, "p ").apart('\n').at(50, 25, 10, 0, 1, "it"), []string{"up it"}},
		{"downwards, with gaps for spaces", draw().at(50, 90, 10, 0, -1, "to").at(50, 77, 10, 0, -1, "day"), []string{"to day"}},
		{"aslant", draw().at(10, 10, 10, 0.8, 0.6, "draft").apart('\n').line(10, 200, "text"), []string{"draft", "text"}},
		{"an exponent, an index", draw().line(10, 100, "m").at(15, 104, 6, 1, 0, "2").line(18, 100, " of CO").apart('\n').at(48, 98, 6, 1, 0, "2"), []string{"m2 of CO2"}},
		{"the number of a note", draw().line(10, 100, "author").apart('\n').at(40, 104, 6, 1, 0, "12").apart('\n').line(46, 100, ", then"), []string{"author 12, then"}},
		{"a note's number after a number", draw().line(10, 100, "750").at(25, 104, 6, 1, 0, "1"), []string{"750 1"}},
		{"drawn twice, a little aside", draw().line(10, 100, "b").line(10.3, 100, "b").line(15, 100, "o").line(15.3, 100, "o"), []string{"bo"}},
		{"one ligature, two letters", draw().line(10, 100, "e").at(15, 100, 10, 1, 0, "ffect"), []string{"effect"}},
		{"a line drawn twice", draw().line(10, 100, "heading").apart('\n').line(10.4, 100.2, "heading").apart('\n').line(10, 80, "heading"), []string{"heading", "heading"}},
		{"accents on their own", draw().line(10, 100, "caf´").apart(' ').line(25, 100, "e").line(30, 100, " Sa").line(45, 100, "o").line(45, 100, "˜"), []string{"café Saõ"}},
		{"an accent by itself", draw().line(10, 100, "a ~ b ^"), []string{"a ~ b ^"}},
		{"ligatures and marks", draw().line(10, 100, "oﬃce \uf0b7 x\u00a0y"), []string{"office • x y"}},
		{"a mark that its font does not name", draw().line(10, 100, "\ufffd item"), []string{"• item"}},
		{"right to left", draw().line(10, 100, "םלוע").apart(' ').line(40, 100, "םולש"), []string{"םולש םלוע"}},
		{"right to left, with a number and a name", draw().line(10, 100, "Go").apart(' ').line(25, 100, "ב").apart(' ').line(35, 100, "2024").apart(' ').line(60, 100, "תנשב"), []string{"תנשב 2024 ב Go"}},
	} {
		page := pageLines(c.page.chars)
		var got []string
		for _, l := range page.lines {
			got = append(got, l.text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestDividedWords(t *testing.T) {
	draw := func() *drawnPage { return &drawnPage{} }
	divided := func(left, right string) *drawnPage {
		n := float64(len([]rune(left)))
		return draw().line(100, 100, left).hyphen(100+5*n, 100).line(100, 88, right)
	}
	for _, c := range []struct {
		name string
		page *drawnPage
		want []string
	}{
		{"a word", divided("an exam", "ple of it"), []string{"an example", "of it"}},
		{"a compound known from elsewhere", divided("a third", "party").apart('\n').line(100, 76, "one third-party, two"), []string{"a third-party", "one third-party, two"}},
		{"a word known from elsewhere", divided("self", "ish").apart('\n').line(100, 76, "more selfish"), []string{"selfish", "more selfish"}},
		{"well-known", divided("a well", "known fact"), []string{"a well-known", "fact"}},
		{"a name", divided("Anglo", "Saxon"), []string{"Anglo-Saxon"}},
		{"capitals", divided("INTRO", "DUCTION"), []string{"INTRODUCTION"}},
		{"a number", divided("COVID", "19"), []string{"COVID-19"}},
		{"a footer behind the hyphen", draw().line(100, 100, "exam").hyphen(120, 100).at(10, 20, 6, 1, 0, "page"), []string{"exam-", "page"}},
		{"on to the next column", draw().line(100, 100, "exam").hyphen(120, 100).line(300, 700, "ple of it"), []string{"example", "of it"}},
		{"over three lines", draw().line(100, 100, "anti").hyphen(120, 100).line(100, 88, "disestab").hyphen(140, 88).line(100, 76, "lish it"), []string{"antidisestablish", "it"}},
		{"an ordinary hyphen", draw().line(100, 100, "exam-").apart('\n').line(100, 88, "ple of it"), []string{"example", "of it"}},
		{"a dash", draw().line(100, 100, "one -").apart('\n').line(100, 88, "Two"), []string{"one -", "Two"}},
		{"a hyphen at the end", draw().line(100, 100, "exam").hyphen(120, 100), []string{"exam-"}},
	} {
		pages := []pdfPage{pageLines(c.page.chars)}
		joinWords(pages)
		var got []string
		for _, l := range pages[0].lines {
			got = append(got, l.text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestLineBoxes checks that a line's box holds its letters and no other line's,
// where a word goes on from one to the next, too.
func TestLineBoxes(t *testing.T) {
	d := (&drawnPage{}).line(100, 100, "an exam").hyphen(135, 100).line(100, 88, "ple of it")
	lines := pageLines(d.chars).lines
	want := []golocal.Box{{100, 100, 140, 108}, {100, 88, 145, 96}}
	for i, l := range lines {
		if l.box != want[i] {
			t.Errorf("%q: %v, want %v", l.text, l.box, want[i])
		}
	}
}

func FuzzPageLines(f *testing.F) {
	f.Add("one line\nand more", int64(1), true)
	f.Add("exam-\nple ´e ˜ \ufffd\x00 ﬃ", int64(7), false)
	f.Add("שלום 2024 Go (a)", int64(3), true)
	f.Fuzz(func(t *testing.T, text string, seed int64, sized bool) {
		// The places follow from the seed: near each other, far apart, turned.
		var chars []pdfChar
		state := uint64(seed)*6364136223846793005 + 1442695040888963407
		next := func(n uint64) float64 {
			state = state*6364136223846793005 + 1442695040888963407
			return float64(state >> 33 % n)
		}
		x, y := 0.0, 700.0
		for _, r := range strings.ToValidUTF8(text, "\ufffd") {
			if r == '\n' || r == ' ' {
				chars = append(chars, pdfChar{r: r, made: next(2) == 0})
				continue
			}
			c := pdfChar{r: r, object: uint32(next(3)), x: x, y: y, hyphen: r == '-' && next(2) == 0}
			if sized {
				c.size, c.dx = 5+next(10), 1
				if next(20) == 0 {
					c.dx, c.dy = 0, 1
				}
				c.box = golocal.Box{float32(x), float32(y), float32(x + c.size/2), float32(y + c.size)}
			}
			if next(15) == 0 {
				c.hidden = hiddenTiny
			}
			if x += next(12); next(9) == 0 {
				x, y = next(300), y-next(30)+8
			}
			chars = append(chars, c)
		}
		pages := []pdfPage{pageLines(chars), pageLines(chars), {}, pageLines(chars)}
		doc, err := layPages(pages, pdfFacts{title: text, bookmarks: []pdfBookmark{{text, 1, 0}, {"x", 3, 1}, {"one", 2, 9}}})
		if err == nil {
			if err := Verify(&doc); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Count(doc.Text, "\f") != len(pages) {
			t.Fatalf("%q", doc.Text)
		}
		for _, l := range doc.Lines {
			if s := doc.Text[l.Span.Start:l.Span.End]; s == "" || strings.ContainsAny(s, "\n\f") {
				t.Fatalf("line %q", s)
			}
		}
		for _, s := range doc.Sections {
			if s.Span.Start == s.Span.End || s.Place.Page == 0 {
				t.Fatalf("%+v", s)
			}
		}
	})
}
