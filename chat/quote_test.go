package chat

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func hitOf(text string) golocal.Hit {
	return golocal.Hit{Doc: golocal.Document{ID: 1}, Score: 1, Chunk: golocal.Chunk{ID: 1, Doc: 1, Text: text, Span: golocal.Span{End: len(text)}}}
}

func first(question string, hits ...golocal.Hit) string {
	r := rank(question, hits, nil, nil, compared)
	if len(r) == 0 {
		return ""
	}
	return r[0].text(hits)
}

func TestRank_PrefersTheSentenceThatAnswers(t *testing.T) {
	off := hitOf(`37signals offers 20 days of vacation and personal days plus [11 local holidays](https://x.example/5) every year. We ask that you track your time off. Your vacation time rolls over year to year with a maximum bank of 27 days at any time. If you are terminated or resign from 37signals with vacation days in your bank, you’ll be paid the monetary equivalent for those unused days.`)
	off.Chunk.Heading = []string{"Benefits", "Paid Time Off"}
	rates := hitOf("Each pay period, you’ll see a payroll deduction:\n\n* Employee-only coverage: $96.05\n* Family coverage: $287.65\n")
	steps := hitOf("Setup is easy. To encrypt the disk:\n\n1. Open System Settings.\n2. Choose FileVault.\n3. Turn it on.\n\nThen restart.")
	table := hitOf("| Plan | Price |\n|---|---|\n| Basic | $12 |\n| Family | $44 |\n")
	for _, c := range []struct {
		question string
		hit      golocal.Hit
		want     string // in the first quote
		exact    bool
	}{
		{"How many paid vacation days do I get?", off, "offers 20 days of vacation and personal days plus [11 local holidays](https://x.example/5) every year.", false},
		{"Do vacation days roll over?", off, "rolls over year to year", false},
		{"How much is family coverage?", rates, "Family coverage: $287.65", false},
		{"How do I encrypt the disk?", steps, "To encrypt the disk:\n\n1. Open System Settings.\n2. Choose FileVault.\n3. Turn it on.", true},
		{"What is the price of the family plan?", table, "| Family | $44 |", true},
	} {
		got := first(c.question, c.hit)
		if !strings.Contains(got, c.want) || c.exact && got != c.want {
			t.Errorf("%q: first quote %q", c.question, got)
		}
	}
}

func TestRank_NumberForHowMany(t *testing.T) {
	h := hitOf("Vacation days are generous here. Vacation days come to 20 in all. Vacation days are loved by everyone.")
	if got := first("How many vacation days are there?", h); got != "Vacation days come to 20 in all." {
		t.Errorf("first quote %q", got)
	}
}

func TestRank_ComparesPlainText(t *testing.T) {
	var got []string
	rank("What is there?", []golocal.Hit{hitOf("There is a [pool](https://x.example/4711) in **town**.")}, nil, func(texts []string) []float64 {
		got = texts
		return make([]float64, len(texts))
	}, compared)
	if d := cmp.Diff([]string{"There is a pool in town."}, got); d != "" {
		t.Error(d)
	}
}

// What a piece says is compared bare, and under its title and the nearest heading.
func TestRank_ComparesUnderTitleAndHeading(t *testing.T) {
	for _, c := range []struct {
		title    string
		headings []string
		want     []string
	}{
		{"", nil, []string{"It opens at nine."}},
		{"Pool", nil, []string{"It opens at nine.", "Pool: It opens at nine."}},
		{"", []string{"Town", "Hours"}, []string{"It opens at nine.", "Hours: It opens at nine."}},
		{"Pool", []string{"Pool"}, []string{"It opens at nine.", "Pool: It opens at nine."}},
		{"Pool", []string{"Pool", "Hours"}, []string{"It opens at nine.", "Pool, Hours: It opens at nine."}},
	} {
		h := hitOf("It opens at nine.")
		h.Doc.Title, h.Chunk.Heading = c.title, c.headings
		var got []string
		rank("When does the pool open?", []golocal.Hit{h}, nil, func(texts []string) []float64 {
			got = texts
			return make([]float64, len(texts))
		}, compared)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("title %q, headings %q: %s", c.title, c.headings, d)
		}
	}
}

// Each piece gets the cosine of its own text under its own title.
func TestRank_MeaningsGoToTheirPieces(t *testing.T) {
	bare, titled := hitOf("Dogs swim in the lake."), hitOf("Cats swim in the lake.")
	titled.Doc.ID, titled.Chunk.ID, titled.Doc.Title = 2, 2, "Lake"
	known := map[string]float64{"Dogs swim in the lake.": .1, "Cats swim in the lake.": .2, "Lake: Cats swim in the lake.": .3}
	for _, r := range rank("Who swims in the lake?", []golocal.Hit{bare, titled}, nil, func(texts []string) []float64 {
		out := make([]float64, len(texts))
		for i, text := range texts {
			out[i] = known[text]
		}
		return out
	}, compared) {
		want := [2]float64{.1, .1}
		if r.hit == 1 {
			want = [2]float64{.2, .3}
		}
		if got := [2]float64{r.signs[signSimilar], r.signs[signUnder]}; got != want {
			t.Errorf("%q: %v, want %v", r.said, got, want)
		}
	}
}

// Where a model writes, its first word waits for what is compared.
func TestRank_ComparesNoMoreThanAsked(t *testing.T) {
	text := "Acme offers days. "
	for i := range 20 {
		text += fmt.Sprintf("Acme number %d pays well. ", i)
	}
	for _, most := range []int{comparedBeside, compared} {
		n := 0
		out := rank("What does Acme pay?", []golocal.Hit{hitOf(text)}, nil, func(texts []string) []float64 {
			n = len(texts)
			return make([]float64, n)
		}, most)
		if want := min(most, 21); n != want || len(out) != want {
			t.Errorf("at most %d: compared %d, ranked %d", most, n, len(out))
		}
	}
}

func TestRank_DropsOverlapsAndRepeats(t *testing.T) {
	text := "Acme offers 20 days. Acme pays well."
	a, b := hitOf(text), hitOf(text[21:])
	b.Chunk.Span = golocal.Span{Start: 21, End: len(text)} // an overlapping passage
	c := hitOf("ACME OFFERS 20 DAYS!")
	c.Doc.ID = 2
	var got []string
	hits := []golocal.Hit{a, b, c}
	for _, r := range rank("What does Acme offer?", hits, nil, nil, compared) {
		got = append(got, r.text(hits))
	}
	if d := cmp.Diff([]string{"Acme offers 20 days.", "Acme pays well."}, got); d != "" {
		t.Error(d)
	}
}

func TestAsQuote_NamesWhatAPronounMeans(t *testing.T) {
	h := []golocal.Hit{hitOf("The church is old. It was built in 1924.")}
	q := rank("When was it built?", h, nil, nil, compared)[0].asQuote(h, 3)
	if q.Citation.Quote != "It was built in 1924." || q.Before != "The church is old." || q.Citation.Source != 3 {
		t.Errorf("%+v", q)
	}
}

func TestAsQuote_RowReadsWithItsHeader(t *testing.T) {
	h := []golocal.Hit{hitOf("| Plan | | **Price** |\n|---|---|---|\n| Basic | x | $12 |\n| Family | | $44 |\n")}
	q := rank("What is the price of the family plan?", h, nil, nil, compared)[0].asQuote(h, 1)
	if q.Citation.Quote != "| Family | | $44 |" || q.Plain != "Plan: Family · Price: $44" {
		t.Errorf("%+v", q)
	}
}

func TestCite_Places(t *testing.T) {
	for _, c := range []struct {
		name, text, quote string
		at, want          golocal.Place
		marks             []golocal.Mark
	}{
		{"lines", "one\ntwo\nthree\nfour", "two\nthree", golocal.Place{Line: 10, LineEnd: 13}, golocal.Place{Line: 11, LineEnd: 12}, nil},
		{"paragraphs", "one\ntwo", "two", golocal.Place{Paragraph: 4, ParagraphEnd: 5}, golocal.Place{Paragraph: 5, ParagraphEnd: 5}, nil},
		{"pages", "a\nb\fc\nd", "c", golocal.Place{Page: 2, PageEnd: 3}, golocal.Place{Page: 3, PageEnd: 3}, []golocal.Mark{{At: 4, Place: golocal.Place{Page: 3}}}},
		{"first page", "a\nb\fc\nd", "b", golocal.Place{Page: 2, PageEnd: 3}, golocal.Place{Page: 2, PageEnd: 2}, []golocal.Mark{{At: 4, Place: golocal.Place{Page: 3}}}},
		{"rows", "h\na\nb", "b", golocal.Place{Sheet: "S", Columns: "A:B", Row: 7, RowEnd: 9}, golocal.Place{Sheet: "S", Columns: "A:B", Row: 9, RowEnd: 9}, nil},
		{"no place", "one two", "two", golocal.Place{}, golocal.Place{}, nil},
	} {
		h := hitOf(c.text)
		h.Chunk.Place, h.Chunk.Marks, h.Chunk.Span = c.at, c.marks, golocal.Span{Start: 100, End: 100 + len(c.text)}
		i := strings.Index(c.text, c.quote)
		got := cite(h, 1, i, i+len(c.quote))
		if d := cmp.Diff(c.want, got.Place); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if got.Span.Start != 100+i || got.Quote != c.quote {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestPlain_Reads(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"**Bold** and *soft* and _it_ and `code`", "Bold and soft and it and code"},
		{"see [the docs](https://x.example/a) now", "see the docs now"},
		{"snake_case_name stays and 2*3*4 too", "snake_case_name stays and 2*3*4 too"},
		{"* one\n* **two**\n  more", "• one\n• two more"},
		{"1. one\n2. two", "1. one\n2. two"},
		{"> quoted\n> on", "quoted on"},
		{"![alt](x.png) text", "alt text"},
		{"| a | b |", "a | b"},
		{"wrapped\nline", "wrapped line"},
		{"<b>bold</b>", "bold"},
	} {
		if got := plain(c.in, false); got != c.want {
			t.Errorf("%q reads %q, want %q", c.in, got, c.want)
		}
	}
	if got := plain("a  *b*\n", true); got != "a  *b*\n" {
		t.Errorf("code is changed: %q", got)
	}
}

// Quotes and citations are byte-exact pieces of the passage, whatever it holds.
func FuzzQuotes(f *testing.F) {
	for _, s := range []string{handbook, normans, "世界。你好！再见", "| a | b |\n|--|--|\n| c | d |", "```go\nfunc main() {}\n```", "- a\n- b\n\n\f1. c", "a\u0301 b. C", "\"He said.\" She left...", "é. É"} {
		f.Add(s, "How many days? [1] Acme é")
	}
	f.Fuzz(func(t *testing.T, text, question string) {
		if !utf8.ValidString(text) || !utf8.ValidString(question) || len(text) > 5000 || len(question) > 500 {
			return
		}
		for _, layout := range []struct {
			kind  string
			chunk golocal.Chunk
		}{{"", golocal.Chunk{}}, {"code", golocal.Chunk{Code: true}}, {"docx", golocal.Chunk{Place: golocal.Place{Paragraph: 1, ParagraphEnd: 9}}}, {"csv", golocal.Chunk{}}} {
			doc := "ä " + text + " ö"
			c := layout.chunk
			c.Text, c.Span = text, golocal.Span{Start: 3, End: 3 + len(text)}
			hits := []golocal.Hit{{Doc: golocal.Document{ID: 1, Type: layout.kind}, Chunk: c}}
			for _, r := range rank(question, hits, nil, nil, compared) {
				q := r.asQuote(hits, 1)
				if got := doc[q.Citation.Span.Start:q.Citation.Span.End]; got != q.Citation.Quote || got == "" || !utf8.ValidString(got) {
					t.Fatalf("span %v holds %q, the quote is %q", q.Citation.Span, got, q.Citation.Quote)
				}
				if h := q.Header; h != nil && (doc[h.Span.Start:h.Span.End] != h.Text || h.Span.End > q.Citation.Span.Start) {
					t.Fatalf("header %+v of %+v", h, q.Citation)
				}
				if p := q.Citation.Place; p.Paragraph > p.ParagraphEnd {
					t.Fatalf("place %+v", p)
				}
			}
			v := newVerifier([]golocal.Source{{Number: 1, Hit: hits[0], Text: text}})
			for _, d := range drafts(clean(1, question+" "+text)) {
				if _, _, f := v.check(d); f != nil {
					x := v.sources[f.source]
					got := cite(x.Hit, 1, f.start, f.end)
					if doc[got.Span.Start:got.Span.End] != got.Quote || !utf8.ValidString(got.Quote) {
						t.Fatalf("citation %+v", got)
					}
				}
			}
		}
	})
}
