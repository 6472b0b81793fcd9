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
		{"The old ropewalk burnt to the ground, and the harbour was dug by convicts.", Partly, "in other places"},
		{"After the great flood the dyke was raised.", Supported, ""},
	} {
		got, reasons, _ := v.check(draft{text: c.sentence})
		if got != c.want || !strings.Contains(strings.Join(reasons, "\n"), c.reason) {
			t.Errorf("%q is %s, want %s: %q", c.sentence, got, c.want, reasons)
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
