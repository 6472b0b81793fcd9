package prose

import "testing"

func TestLanguage_ByFunctionWords(t *testing.T) {
	if len(languages) != len(foreign) {
		t.Fatalf("%d languages have names, %d have words", len(languages), len(foreign))
	}
	for text, want := range map[string]string{
		"How many days of leave do I get?":               "en",
		"Wie viele Urlaubstage stehen mir zu?":           "de",
		"Wer hat die Mühle gebaut?":                      "de",
		"Quand est-ce que la boulangerie ouvre?":         "fr",
		"¿Cuántos días de vacaciones tienen los nuevos?": "es",
		"Hoeveel dagen vrij heb ik?":                     "nl",
		"Сколько дней отпуска у меня?":                   "ru",
		"Kündigungsfrist":                                "",
		"Ada Lovelace 1843":                              "",
		"":                                               "",
	} {
		if got := Language(Words(text)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
