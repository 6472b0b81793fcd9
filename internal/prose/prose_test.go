package prose

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWords_Folds(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"Hello, World!", []string{"hello", "world"}},
		{"Café MÜLLER straße", []string{"cafe", "muller", "straße"}},
		{"the user's don't we'll", []string{"the", "user", "don", "we"}},
		{"rock'n'roll", []string{"rock", "n", "roll"}},
		{"it's", []string{"it"}},
		{"snake_case 3.5 B12", []string{"snake", "case", "3", "5", "b12"}},
		{"世界", []string{"世界"}},
		{"世界你好。", []string{"世界", "界你", "你好"}},
		{"世", []string{"世"}},
		{"Go语言 good", []string{"go", "语言", "good"}},
		{"Привет мир", []string{"привет", "мир"}},
		{"مرحبا بالعالم", []string{"مرحبا", "بالعالم"}},
		{"a\xff\xfeb", []string{"a", "b"}},
	} {
		if d := cmp.Diff(c.want, foldsOf(c.text)); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
	}
}

func foldsOf(text string) (out []string) {
	for _, w := range Words(text) {
		out = append(out, w.Fold)
	}
	return out
}

func TestWords_Stems(t *testing.T) {
	same := [][2]string{{"day", "days"}, {"vacation", "vacations"}, {"rolling", "rolls"}, {"connect", "connection"}, {"Norman", "Normans"}}
	for _, p := range same {
		if a, b := Words(p[0])[0].Stem, Words(p[1])[0].Stem; a != b {
			t.Errorf("%s has the stem %s, %s %s", p[0], a, p[1], b)
		}
	}
	if a, b := Words("paid")[0].Stem, Words("pool")[0].Stem; a == b {
		t.Error("unlike words have one stem")
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Hello wörld's 3.5", "世界你a好", "don't '", "\xff世'", "a'", "ーー", "é\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, w := range Words(s) {
			if w.Start < at || w.End <= w.Start || w.End > len(s) || w.Fold == "" && strings.TrimFunc(s[w.Start:w.End], func(r rune) bool { return unicode.Is(unicode.M, r) }) != "" {
				t.Fatalf("%q: word %+v behind %d", s, w, at)
			}
			at = w.Start
			for _, r := range s[w.Start:w.End] {
				if !inWord(r) {
					t.Fatalf("%q: %q is no word", s, s[w.Start:w.End])
				}
			}
		}
	})
}

func pieces(text string, units []Unit) (out []string) {
	for _, u := range units {
		out = append(out, text[u.Start:u.End])
	}
	return out
}

func TestSentences_Splits(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"One.", []string{"One."}},
		{"One. Two! Three? Four", []string{"One.", "Two!", "Three?", "Four"}},
		{"Mr. Smith met Dr. Jones. They talked.", []string{"Mr. Smith met Dr. Jones.", "They talked."}},
		{"See Fig. 3 and e.g. this. Done.", []string{"See Fig. 3 and e.g. this.", "Done."}},
		{"It costs 3.50 at example.com. Yes.", []string{"It costs 3.50 at example.com.", "Yes."}},
		{"J. R. Tolkien wrote. He did.", []string{"J. R. Tolkien wrote.", "He did."}},
		{"In the U.S. The law", []string{"In the U.S.", "The law"}},
		{"In the U.S. Army he", []string{"In the U.S. Army he"}},
		{"Acme Inc. makes it. Yes.", []string{"Acme Inc. makes it.", "Yes."}},
		{"He said “Go.” She went.", []string{"He said “Go.”", "She went."}},
		{"Wait... what? Yes.", []string{"Wait... what?", "Yes."}},
		{"Done (really). Next.", []string{"Done (really).", "Next."}},
		{"A sentence\nover lines. Next.", []string{"A sentence\nover lines.", "Next."}},
		{"世界。你好！再见", []string{"世界。", "你好！", "再见"}},
		{"It is so. 20 came.", []string{"It is so.", "20 came."}},
		{"Say I. Then go.", []string{"Say I.", "Then go."}},
	} {
		if d := cmp.Diff(c.want, pieces(c.text, Sentences(c.text))); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
	}
}

func TestUnits_Kinds(t *testing.T) {
	text := "# Title\n\nA paragraph. With two\nsentences.\n\nLead:\n- one\n  goes on\n- two\n\n1. first\n2. second\n\n| a | b |\n|---|---|\n| c | d |\n\n```go\nx := 1\n\ny := 2\n```\nEnd."
	type unit struct {
		Kind Kind
		Text string
	}
	want := []unit{
		{Heading, "# Title"}, {Sentence, "A paragraph."}, {Sentence, "With two\nsentences."}, {Sentence, "Lead:"}, {Item, "- one\n  goes on"}, {Item, "- two"},
		{Item, "1. first"}, {Item, "2. second"}, {Row, "| a | b |"}, {Rule, "|---|---|"}, {Row, "| c | d |"}, {Rule, "```go"}, {Code, "x := 1\n\ny := 2"}, {Rule, "```"}, {Sentence, "End."},
	}
	units := Units(text, Wrapped)
	var got []unit
	for _, u := range units {
		got = append(got, unit{u.Kind, text[u.Start:u.End]})
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if units[4].Block != units[5].Block {
		t.Error("two entries of one list lie in two blocks")
	}
	if units[5].Block == units[6].Block {
		t.Error("two lists lie in one block")
	}
}

func TestUnits_Layouts(t *testing.T) {
	text := "One line\nof text. More.\n\nx\fPage"
	for _, c := range []struct {
		layout Layout
		want   []string
	}{
		{Wrapped, []string{"One line\nof text.", "More.", "x", "Page"}},
		{Lines, []string{"One line", "of text.", "More.", "x", "Page"}},
		{Source, []string{"One line\nof text. More.", "x", "Page"}},
	} {
		if d := cmp.Diff(c.want, pieces(text, Units(text, c.layout))); d != "" {
			t.Errorf("layout %d: %s", c.layout, d)
		}
	}
}

// Units are in order, do not overlap, lie between characters and miss nothing
// but white space.
func FuzzUnits(f *testing.F) {
	for _, s := range []string{"# A\n\nb. C", "- a\n- b\nc", "| a |\n|-|\n", "```\na\n\nb", "a\fb\n\n\f", "世界。你\n好", "1. \n2) x", "> q\n> r", "~~~\n```\n~~~", "\xff\n-", "a. \u00a0b"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, s string, layout uint8) {
		if !utf8.ValidString(s) {
			return
		}
		at := 0
		for _, u := range Units(s, Layout(layout%3)) {
			if u.Start < at || u.End <= u.Start || u.End > len(s) || !utf8.ValidString(s[u.Start:u.End]) {
				t.Fatalf("%q: unit %+v behind %d", s, u, at)
			}
			if strings.TrimSpace(s[at:u.Start]) != "" {
				t.Fatalf("%q: %q is in no unit", s, s[at:u.Start])
			}
			if x := s[u.Start:u.End]; strings.TrimSpace(x) != x {
				t.Fatalf("%q: unit %q is not trimmed", s, x)
			}
			at = u.End
		}
		if strings.TrimSpace(s[at:]) != "" {
			t.Fatalf("%q: %q is in no unit", s, s[at:])
		}
	})
}

func TestWeights_Cover(t *testing.T) {
	words := Content(Words("How many vacation days at Acme?"))
	w := Weigh(words, []int{1, 50, 0}, 100)
	if !(w[Stem("acme")] > w[Stem("vacation")] && w[Stem("vacation")] > w[Stem("days")]) {
		t.Errorf("a rarer word does not weigh more: %v", w)
	}
	if c := w.Coverage(Stems(Words("vacation days at acme"))); c != 1 {
		t.Errorf("all words cover %v", c)
	}
	if c := w.Coverage(nil); c != 0 {
		t.Errorf("no words cover %v", c)
	}
	if c := (Weights{}).Coverage(nil); c != 0 || math.IsNaN(c) {
		t.Errorf("an empty question is covered %v", c)
	}
	for n := range 12 {
		if v := Idf(n, 10); v < 0 || math.IsNaN(v) {
			t.Errorf("idf of %d in 10 is %v", n, v)
		}
	}
}

func TestContent_OnlyStopWords(t *testing.T) {
	if got := len(Content(Words("who are we"))); got != 3 {
		t.Errorf("%d words, want all 3", got)
	}
}

func TestExpects_Reads(t *testing.T) {
	for q, want := range map[string]Expect{
		"How many paid vacation days do I get?": Count,
		"How much is it?":                       Count,
		"When was the church built?":            Time,
		"In what year did it start?":            Time,
		"Who founded Acme?":                     Person,
		"Where is the pool?":                    Location,
		"How long is the sabbatical?":           Duration,
		"How do I encrypt the disk?":            Steps,
		"What is kudos?":                        Anything,
		"Wie viele Tage?":                       Count,
		"What happens when I leave?":            Anything,
		"To whom did he give it?":               Person,
		"":                                      Anything,
	} {
		if got := Expects(q); got != want {
			t.Errorf("%q expects %d, want %d", q, got, want)
		}
	}
}

func TestExpect_CountPrefersWhatIsCounted(t *testing.T) {
	q := "How many paid vacation days do I get?"
	last := 2.0
	for _, s := range []string{"Acme offers 20 days of vacation.", "There is a bank of 27 days at any time.", "In 7 offices they work.", "They work."} {
		got := Expects(q).Fits(s, Unit{End: len(s)}, Words(s), Stems(Words(q)))
		if got >= last {
			t.Errorf("%q fits %v, the one before %v", s, got, last)
		}
		last = got
	}
}

func TestExpect_Fits(t *testing.T) {
	for _, c := range []struct {
		question, yes, no string
	}{
		{"How many vacation days are there?", "There are 20 vacation days.", "There are vacation days."},
		{"How many days of vacation in 2024?", "It is twenty days.", "In 2024 vacation days exist."},
		{"When was it built?", "It was built in 1924.", "It was built slowly."},
		{"Who built it?", "It was built by Rollo.", "It was built by monks."},
		{"Where is it?", "It stands in France.", "It stands by the river."},
		{"How long is the leave?", "The leave lasts 16 weeks.", "The leave is long."},
		{"How do I start?", "- Press the button.", "Starting is easy."},
	} {
		e, asked := Expects(c.question), Stems(Words(c.question))
		fit := func(s string) float64 { return e.Fits(s, Unit{End: len(s)}, Words(s), asked) }
		if a, b := fit(c.yes), fit(c.no); a <= b || a > 1 || b != 0 {
			t.Errorf("%q: %q fits %v, %q %v", c.question, c.yes, a, c.no, b)
		}
	}
}

func TestContent_OfTheTextsLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"How many paid vacation days do I get?":         "paid vacation days",
		"Wie viele Urlaubstage habe ich im Jahr?":       "Urlaubstage Jahr",
		"Wann wird die Miete für das Büro fällig?":      "Miete Büro fällig",
		"Combien de jours de congé avons-nous par an ?": "jours congé avons an",
		"¿Cuántos días de vacaciones tiene la empresa?": "días vacaciones empresa",
		"Quanti giorni di ferie sono per chi lavora?":   "giorni ferie lavora",
		"Hoeveel dagen vakantie heb ik per jaar?":       "dagen vakantie per jaar",
		"Сколько дней отпуска у нас есть?":              "дней отпуска",
		"a hard war": "hard war", // one word of German does not make it so
		"who are we": "who are we",
		"die":        "die",
		"":           "",
	} {
		var got []string
		for _, w := range Content(Words(text)) {
			got = append(got, text[w.Start:w.End])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestUnits_RowsAreLines(t *testing.T) {
	text := "City;Note\nRome;- a list? 1. No.\n\n```;x y\n"
	var got []string
	for _, u := range Units(text, Rows) {
		if u.Kind != Row {
			t.Errorf("%q is a %d", text[u.Start:u.End], u.Kind)
		}
		got = append(got, text[u.Start:u.End])
	}
	if want := []string{"City;Note", "Rome;- a list? 1. No.", "```;x y"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
