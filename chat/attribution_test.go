package chat

import (
	"strings"
	"testing"

	"golocal/internal/prose"
)

// Each word of these is in the source; what is said is not said of whom it is said.
func TestVerifier_BindsWhatIsSaidToItsSubject(t *testing.T) {
	const port = "The harbour was dug by convicts in 1802. Legislative power lies with the council. Council members are elected directly every four years. " +
		"The dyke was raised after the great flood; it is inspected each spring. Several private houses were spared. The weavers founded a guild of their own. " +
		"The old ropewalk burnt to the ground. Immediately before the siege, the Danish fleet secured a landing place near the lighthouse."
	sources := sourcesOf(port)
	sources[0].Hit.Doc.Title = "The port of Lund"
	v := newVerifier(sources)
	for _, c := range []struct {
		sentence string
		want     Verdict
		reason   string
	}{
		{"Council members are elected every four years.", Supported, ""},
		{"Legislative power is elected directly every four years.", Partly, "this of “Council members”, not of “Legislative power”"},
		{"Several private houses were dug by convicts.", Partly, "not of “Several private houses”"},
		{"The dyke is inspected each spring.", Supported, ""}, // "it"
		{"The ropewalk founded a guild of its own.", Partly, "not of “ropewalk”"},
		{"The weavers founded a guild.", Supported, ""},
		{"The port secured a landing place near the lighthouse.", Partly, "this of “Danish fleet”, not of “port”"}, // of the title, and the sentence names another
		{"The port burnt to the ground.", Partly, "this of “old ropewalk”"},
		{"The old ropewalk burnt to the ground, and the harbour was dug by convicts.", Supported, ""}, // each proven by itself
		{"The old ropewalk burnt to the ground, and the harbour was dug by weavers.", Partly, ""},
		{"The ropewalk was spared, and the harbour was dug by convicts.", Partly, ""},
		{"The harbour was dug by convicts; the weavers founded a guild.", Supported, ""},
		{"After the great flood the dyke was raised.", Supported, ""},
	} {
		got, reasons, _ := v.check(draft{text: c.sentence})
		if got != c.want || !strings.Contains(strings.Join(reasons, "\n"), c.reason) {
			t.Errorf("%q is %s, want %s: %q", c.sentence, got, c.want, reasons)
		}
	}
}

// The title's thing under a common noun is the same one, in German too, where every noun
// has a capital.
func TestVerifier_TakesACommonNounForWhatTheTitleNames(t *testing.T) {
	for _, c := range []struct{ title, source, sentence string }{
		{"Harbour House", "The show was renewed for a second season in spring.", "Harbour House was renewed for a second season."},
		{"Hafenhaus", "Die Serie wurde um eine zweite Staffel verlängert, als der Frühling kam.", "Das Hafenhaus wurde um eine zweite Staffel verlängert."},
	} {
		sources := sourcesOf(c.source)
		sources[0].Hit.Doc.Title = c.title
		if got, reasons, _ := newVerifier(sources).check(draft{text: c.sentence}); got != Supported {
			t.Errorf("%q is %s: %q", c.sentence, got, reasons)
		}
	}
}

func TestClauseOf(t *testing.T) {
	said := func(words []prose.Word) string {
		var out []string
		for _, w := range words {
			out = append(out, w.Fold)
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ text, subject, lead, said string }{
		{"The old mill was sold to the parish.", "old mill", "", "sold parish"},
		{"In 1802, the harbour was dug.", "harbour", "1802", "dug"},
		{"The weavers founded a guild.", "weavers", "", "founded guild"},
		{"The court held that the fee was illegal.", "", "", ""}, // who says it is not of whom it is said
		{"Because the mill was sold, they left.", "", "", ""},
		{"In the summer the mill was sold.", "", "", ""},
		{"It was sold.", "", "", ""},
		{"The armed guard left.", "", "", ""}, // no verb that is known
		{"Die alte Mühle wurde 1850 verkauft.", "alte muhle", "", "1850 verkauft"},
		{"", "", "", ""},
	} {
		got, ok := clauseOf(c.text, terms(c.text))
		if ok != (c.subject != "") || ok && (said(got.subject) != c.subject || said(got.lead) != c.lead || said(got.said) != c.said) {
			t.Errorf("%q: %q, %q, %q, %t", c.text, said(got.subject), said(got.lead), said(got.said), ok)
		}
	}
}

// A negator turns what it governs, and nothing that is said beside it.
func TestFlipped_ByWhatIsDenied(t *testing.T) {
	for _, c := range []struct {
		sentence, source string
		want             bool
	}{
		{"The mill is not a school.", "The mill is a school, the oldest school of the parish.", true},
		{"The mill is a school.", "The mill is not a school.", true},
		{"In eight states which have a minimum age it is 14.", "In eight states which have a minimum age it is 14, while in others there is no statutory minimum age.", false},
		{"The bird had no fear of people and was easy to catch.", "The bird was fearless of people and easy to catch.", false},
		{"He never paid for the roof.", "He paid for the roof.", true},
		{"The roof was not only paid by him.", "The roof was paid by him.", false},
	} {
		v := newVerifier(sourcesOf(c.source))
		if got := flipped(c.sentence, terms(c.sentence), v.sources[0].text, v.sources[0].pieces[0]); got != c.want {
			t.Errorf("%q of %q: %t", c.sentence, c.source, got)
		}
	}
}

func TestParts_HaveSubjectsOfTheirOwn(t *testing.T) {
	for text, want := range map[string]int{
		"The harbour was dug by convicts, and the weavers founded a guild.":      2,
		"The harbour was dug by convicts; the weavers founded a guild.":          2,
		"The harbour was dug by convicts, and it was finished in 1802.":          1, // "it" says nothing alone
		"The harbour was dug and finished by convicts.":                          1,
		"The convicts and the weavers were paid in kind.":                        1,
		"The mill was sold, the barn was let and the house was kept by weavers.": 2, // of the first two, the comma tells nothing
		"":                            1,
		"Rain and snow, and so on; .": 1,
	} {
		if got := parts(text, terms(text)); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestAnswer_CitesEachPartOfASentence(t *testing.T) {
	say := "Paid vacation days are offered by Acme every year, and sick days are not tracked."
	_, a, err := ask(t, Options{Retriever: enough(hits()...), Model: big, Generator: script{say: words(say)}}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	s := a.Sentences[0]
	if s.Verdict != Supported || len(s.Citations) != 2 || s.Citations[0].Source == s.Citations[1].Source {
		t.Errorf("%+v", s)
	}
}
