package chat

import (
	"strings"
	"testing"
)

// What is true of one thing of a source is not true of another.
func TestVerifier_BindsNamesAndThingsToTheirStatement(t *testing.T) {
	const guild = "Berta Holm built the mill in 1820. Arne Lund built the barn in 1851, and he paid for it. The barn burnt down in 1873. It was rebuilt by the parish. " +
		"Lise Dahl keeps the accounts of the guild; two of them are public.\n\nOfficers of the guild:\n- treasurer: Nils Berg\n- warden: Ida Krogh"
	v := newVerifier(sourcesOf(guild))
	for _, c := range []struct {
		sentence string
		want     Verdict
		reason   string
	}{
		{"Berta Holm built the mill in 1820.", Supported, ""},
		{"Arne Lund built the mill in 1820.", Partly, "“Arne” is in the cited source, but in another place"},
		{"Berta Holm built the mill in 1851.", Partly, "“1851”"},
		{"Berta Holm built the barn in 1820.", Partly, "another place"},
		{"The barn burnt down in 1873 and was rebuilt by the parish.", Supported, ""}, // of two sentences
		{"Lise Dahl kept the accounts of the guild.", Supported, ""},
		{"Ida Krogh kept the accounts of the guild.", Partly, "“Ida”"},
		{"The treasurer of the guild is Nils Berg.", Supported, ""}, // an entry and what leads its list in
	} {
		got, reasons, _ := v.check(draft{text: c.sentence})
		if got != c.want || !strings.Contains(strings.Join(reasons, "\n"), c.reason) {
			t.Errorf("%q is %s, want %s: %q", c.sentence, got, c.want, reasons)
		}
	}
}

func TestTakesOver(t *testing.T) {
	for _, c := range []struct {
		text           string
		things, people bool
	}{
		{"She bought it in 1764.", true, true},
		{"Kirsten Holm had it surveyed.", true, false},
		{"The pair has nine of them.", false, false},
		{"The mill, when it was sold, stood empty.", false, false},
		{"They left.", true, true},
		{"Rain fell.", false, false},
	} {
		if things, people := takesOver(c.text, terms(c.text)); things != c.things || people != c.people {
			t.Errorf("%q takes over things %t, people %t", c.text, things, people)
		}
	}
}

func TestTerms_FormsOfAVerbAreOne(t *testing.T) {
	for _, pair := range [][2]string{{"built", "build"}, {"rebuilt", "rebuilding"}, {"taught", "teaches"}, {"paid", "pays"}, {"wrote", "written"}} {
		if a, b := terms(pair[0])[0].Stem, terms(pair[1])[0].Stem; a != b {
			t.Errorf("%s is %s, %s is %s", pair[0], a, pair[1], b)
		}
	}
	if terms("saw")[0].Stem == terms("see")[0].Stem {
		t.Error("a saw is seen")
	}
}
