package own

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golocal/internal/prose"
)

// usual is a rarity in which the given words are common.
func usual(words ...string) rarity {
	r := rarity{in: map[string]int{}, total: 100}
	for _, w := range words {
		r.in[prose.Stem(w)] = 60
	}
	return r
}

func TestCloze(t *testing.T) {
	for _, c := range []struct {
		name, sentence, question, answer string
		rarity                           rarity
	}{
		{"a count", "Everybody gets 27 paid vacation days in a calendar year.", "Everybody gets how many paid vacation days?", "27", usual()},
		{"a percentage", "The heating fund lends members 15% towards insulation grants.", "Lends members what percentage towards insulation?", "15", usual()},
		{"a year", "The Harbour Museum moved its ropewalk exhibition upstairs in 1987.", "Moved its ropewalk exhibition upstairs in what year?", "1987", usual()},
		{"a name of two words", "The old ferry timetable was drawn up by Marta Lindqvist for island residents.", "Timetable was drawn up by who or what for island residents?", "Marta Lindqvist", usual()},
		{"a name before what it names", "Our secretary keeps all the invoices in a Ledgerbook archive on the second shelf.", "All the invoices in a which archive on the second shelf?", "Ledgerbook", usual()},
		{"the rarest word", "our secretary waters the office plants with leftover rainwater.", "Waters the office plants with leftover what?", "rainwater", usual("our", "secretary", "office")},
		{"a sentence in quotes and brackets", "Each \"junior\" apprentice (once hired) receives 40 safety lessons from master carpenters.", "Once hired receives how many safety lessons?", "40", usual()},
		{"another language", "Die Heizung der Werkstatt wird im Oktober gemeinsam durch Hausmeister geprüft.", "Heizung der ___ wird im?", "Werkstatt", usual()},
		{"too short", "We own 12 boats.", "", "", usual()},
		{"a question", "How many boats does the island cooperative own in winter?", "", "", usual()},
		{"a heading", "Boats, ferries and other vessels of the island cooperative", "", "", usual()},
		{"a link", "The 12 [ferry timetables](harbour.md) are printed by the harbour office.", "", "", usual()},
		{"a table row", "Ferry | 12 | harbour office prints timetables every winter.", "", "", usual()},
		{"an address", "See example.org/ferry for 12 island ferry timetables in winter.", "", "", usual()},
		{"nothing rare", "The office of the company has 12 rooms for the people there.", "", "", usual("office", "company", "room", "people")},
		{"numbers only", "1 2 3 4 5 6 7 8 9 10 11 12 13.", "", "", usual()},
		{"part of a decimal is not left out", "Version 3.5 of harbour software prints island ferry timetables nicely.", "Prints island ferry timetables what?", "nicely", usual()},
	} {
		got, ok := cloze(c.sentence, c.rarity)
		if ok != (c.question != "") || got.Question != c.question || got.Answer != c.answer {
			t.Errorf("%s: %q, %q, %v; want %q, %q", c.name, got.Question, got.Answer, ok, c.question, c.answer)
		}
	}
}

func TestCandidates_OnlyWhatOneTextSays(t *testing.T) {
	text := "# Harbour\n\nThe cooperative ferry carries 40 bicycles to Lantern Island.\n\n- The winter timetable lists 12 sailings from Cobble Pier daily.\n\n```\nthe program prints 40 harbour ferry bicycles timetables.\n```\n"
	r := usual()
	all := candidates(text, prose.Wrapped, r, nil)
	if len(all) != 2 || all[0].Answer != "40" || all[1].Answer != "12" || strings.HasPrefix(all[1].sentence, "-") {
		t.Fatalf("%+v", all)
	}
	copied := prose.Stems(prose.Words("Bicycles go on the ferry to the island, which the cooperative carries; the Lantern is out."))
	if got := candidates(text, prose.Wrapped, r, []map[string]bool{copied}); len(got) != 1 || got[0].Answer != "12" {
		t.Errorf("beside a text with the same words: %+v", got)
	}
}

func FuzzCloze(f *testing.F) {
	for _, s := range []string{
		"Everybody gets 27 paid vacation days in a calendar year.", "The “old” ferry (by Marta Lindqvist) sails 12% faster than others do.",
		"Die Heizung der Werkstatt wird im Oktober geprüft.", "图书馆在星期一下午关闭，请提前归还所有借阅的书籍。", "a b c d e f g.", "\xff\xfe 1 2 3 4 5 6 7.", "É́ Ünïcode Wörds áre 12 fünny thíngs here.",
	} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, sentence string, total int) {
		r := rarity{in: map[string]int{}, total: total}
		for i, w := range prose.Words(sentence) {
			r.in[w.Stem] = i % 3
		}
		c, ok := cloze(sentence, r)
		if !ok {
			return
		}
		flat := strings.Join(strings.Fields(sentence), " ")
		if !strings.Contains(flat, c.Answer) || c.Answer == "" || !strings.HasSuffix(c.Question, "?") || len(c.Rest) < fewestKept {
			t.Errorf("%q gives %+v", sentence, c)
		}
		if utf8.ValidString(sentence) && !utf8.ValidString(c.Question) {
			t.Errorf("%q gives broken text %q", sentence, c.Question)
		}
		asked := prose.Stems(prose.Words(c.Question))
		for _, s := range c.Rest {
			if !asked[s] {
				t.Errorf("%q: the question %q has not its word %q", sentence, c.Question, s)
			}
		}
	})
}

func TestAsQuestion(t *testing.T) {
	for _, c := range []struct{ reply, want string }{
		{"How many vacation days do employees get?", "How many vacation days do employees get?"},
		{"Question: \"How many vacation days are there?\"\n\nIt is 27.", "How many vacation days are there?"},
		{"Sure, here it is:\n\n**When does the lease of the office end?**", "When does the lease of the office end?"},
		{"What does the passage say about days?", ""},
		{"Vacation days are 27.", ""},
		{"Why?", ""},
		{"", ""},
	} {
		got, ok := asQuestion(c.reply)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q: %q, %v; want %q", c.reply, got, ok, c.want)
		}
	}
}
