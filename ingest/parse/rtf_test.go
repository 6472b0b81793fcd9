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

func TestRTF(t *testing.T) {
	body := `{\header Head}\pard\s1 Means\par\pard Two\tab words,\line one {\v unseen }line\~here{\deleted  gone}.\chftn{\footnote\pard\plain {\chftn} A note.\par}\par
\pard{\pntext\f3\'b7\tab}\ls1 first\par{\listtext 2)\tab}\ls1 second\par
\pard\s2 Deep\par\pard {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}} {\*\unknown not this}{\object{\*\objdata 00ff}{\result\pard shown}}{\pict\bin4 }}}}}\par
\trowd\cellx100\cellx200\pard\intbl Name\cell Age\cell\row\trowd\pard\intbl Ann\par Lee\cell 5{\*\atnauthor Bob}\chatn{\*\annotation\pard Sure?}\cell\row
\pard after\par\trowd\pard\intbl layout\cell\row\pard end {\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard boxed\par}}{\shprslt twice}}`
	doc, err := parseOne(t, "a.rtf", sample.RTF(body))
	if err != nil {
		t.Fatal(err)
	}
	p := func(n int) golocal.Place { return paraRange(n, n) }
	want := []shown{
		{golocal.KindHeading, "", "Means", p(1)},
		{golocal.KindParagraph, "Means", "Two words, one line here.[1]", p(2)},
		{golocal.KindParagraph, "Means", "[1] A note.", p(3)},
		{golocal.KindList, "Means", "first\n2) second", paraRange(4, 5)},
		{golocal.KindHeading, "Means", "Deep", p(6)},
		{golocal.KindParagraph, "Means > Deep", "link shown", p(7)},
		{golocal.KindTable, "Means > Deep", "Name | Age\nAnn Lee | 5", paraRange(8, 9)},
		{golocal.KindParagraph, "Means > Deep", "Bob: Sure?", p(10)},
		{golocal.KindParagraph, "Means > Deep", "after", p(11)},
		{golocal.KindParagraph, "Means > Deep", "layout", p(12)},
		{golocal.KindParagraph, "Means > Deep", "end boxed", p(13)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]golocal.Hidden{{Why: "hidden text", Text: "unseen", Place: golocal.Place{Paragraph: 2}}}, doc.Hidden); d != "" || len(doc.Notes) != 1 {
		t.Errorf("notes %q, %s", doc.Notes, d)
	}
	said := golocal.Meta{Authors: []string{"Ann"}, Created: time.Date(2024, 2, 3, 4, 5, 0, 0, time.UTC), Tags: []string{"red", "blue"}}
	if d := cmp.Diff(said, doc.Meta); d != "" || doc.Title != "A Title" || doc.Type != RTF {
		t.Errorf("title %q, type %q, %s", doc.Title, doc.Type, d)
	}
}

func TestRTFCharacters(t *testing.T) {
	for in, want := range map[string]string{
		`\'e9\'80`:                                "é€",
		`{\f1\'93\'fa\'96\{}`:                     "日本",
		`{\f1 \'83A\'83\'5c}`:                     "アソ",
		`{\f2 \'b3\'f3d\'9f}`:                     "łódź",
		`{\f3 p\'b7}`:                             "π•",
		`\u8364?\u-10179\u-8704?x`:                "€😀x",
		`\uc0\u233e\uc2\u233\'e9?x`:               "éeéx",
		`\u233\'e9\u233{}x`:                       "ééx",
		`\emdash\endash\lquote a\rdblquote\_b\-c`: "—–‘a”-bc",
		`\{a\\b\}`:                                `{a\b}`,
		"a\r\nb\\\nc":                             "ab\nc",
		`{\upr{A?}{\*\ud{A\u233?}}}`:              "Aé",
		`\u61623 ?x`:                              "•x",
	} {
		doc, err := parseOne(t, "a.rtf", sample.RTF(in))
		if err != nil || strings.TrimSpace(doc.Text) != want {
			t.Errorf("%s: %q, want %q, %v", in, doc.Text, want, err)
		}
	}
	for in, want := range map[string]string{
		// Where all fonts are "ANSI", that is the document's code page.
		`{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 Arial;}}\'cc\'e8\'f0}`:                         "Мир",
		`{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\'e9 \f1\'cc\'e8\'f0}`: "é Мир",
		`{\rtf1\mac\'8e}`: "é",
		`{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 S;}}\f0\'d6\'d0\'ce\'c4}`: "中文",
		`{\rtf1\ansi\ansicpg950\'a4\'a4}`:                                          "中",
		`{\rtf1\ansi\ansicpg949\'c7\'d1}`:                                          "한",
		"\xef\xbb\xbf{\\rtf1 x}":                                                   "x",
	} {
		doc, err := parseOne(t, "a.rtf", []byte(in))
		if err != nil || strings.TrimSpace(doc.Text) != want {
			t.Errorf("%s: %q, want %q, %v", in, doc.Text, want, err)
		}
	}
}

func TestRTFFailures(t *testing.T) {
	for _, c := range []struct {
		name, in, reason string
		state            golocal.State
	}{
		{"empty", `{\rtf1\ansi }`, remark.Text(remark.NoText), golocal.StateNoText},
		{"hidden", `{\rtf1{\v x}}`, "holds no text that can be seen", golocal.StateNoText},
		{"cut short", `{\rtf1{\pict 00`, "broken: it ends in the middle", golocal.StateFailed},
		{"deep", `{\rtf1` + strings.Repeat("{", 100_000), "broken: groups are nested deeper than 1000", golocal.StateFailed},
	} {
		_, err := (&Formats{}).Parse(context.Background(), "a.rtf", []byte(c.in))
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != c.reason || failure.State != c.state {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	doc, err := parseOne(t, "a.rtf", []byte(`{\rtf1 first\par second`))
	if err != nil || doc.Text != "first\nsecond\n" || len(doc.Notes) != 1 {
		t.Errorf("cut short: %q, notes %q, %v", doc.Text, doc.Notes, err)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add(`a\par{\b b}\'e9\u-1?{\*\x y}`)
	f.Add(`\trowd\intbl a\cell b\cell\row{\footnote\chftn c}`)
	f.Add(`{\footnote{\footnote{\*\annotation a}\cell}\row}}\pard`)
	f.Add(`\bin99999999999 x`)
	f.Add(`{\info{\title{\info{\title x}}}}{\fonttbl{\f9\fcharset128 {\*\falt x}y;}}\f9\'`)
	f.Add(`{\upr{\upr}{\*\ud{\*\ud x}}}{\stylesheet{\s5 heading 9;}}\s5 x`)
	f.Fuzz(func(t *testing.T, body string) {
		checkFuzzed(t, "a.rtf", sample.RTF(body))
	})
}
