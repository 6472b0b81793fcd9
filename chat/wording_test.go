package chat

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"golocal"
)

// Every sentence is there in every language and takes the same values in the same order.
func TestWording_LanguagesAgree(t *testing.T) {
	verbs := regexp.MustCompile(`%[.0-9]*[a-z]`)
	en := reflect.ValueOf(english)
	for name, w := range map[string]wording{"german": german} {
		v := reflect.ValueOf(w)
		for i := range en.NumField() {
			field := en.Type().Field(i).Name
			a, b := en.Field(i).String(), v.Field(i).String()
			if a == "" || b == "" {
				t.Errorf("%s: %q is missing", name, field)
			}
			if !slices.Equal(verbs.FindAllString(a, -1), verbs.FindAllString(b, -1)) {
				t.Errorf("%s: %q takes other values than %q", name, b, a)
			}
		}
	}
}

func TestWordingFor_FollowsTheQuestionThenTheConversation(t *testing.T) {
	before := []golocal.Message{{Role: "user", Content: "Wie viele Tage Urlaub habe ich?"}, {Role: "assistant", Content: "You have 20 days of it."}}
	for question, want := range map[string]*wording{
		"How many days do I get?":        &english,
		"Wie hoch ist die Miete?":        &german,
		"Kündigungsfrist":                &german,
		"Fasse time-off.md zusammen":     &german,
		"Miete 2024":                     &english,
		"Quand est-ce que tu arrives ?":  &english, // a language that it does not speak
		"¿Cuánto cuesta la llave de la?": &english,
	} {
		if got := wordingFor(question, nil); got != want {
			t.Errorf("%q is answered in %q", question, got.none)
		}
	}
	if wordingFor("Miete 2024", before) != &german {
		t.Error("the conversation's language is lost")
	}
}
