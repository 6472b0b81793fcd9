package corpus

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"golocal"
)

// Every language says everything, with the same values in the same order.
func TestWording_LanguagesAgree(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	en, de := reflect.ValueOf(english), reflect.ValueOf(german)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		switch a, b := en.Field(i), de.Field(i); a.Kind() {
		case reflect.String:
			if a.String() == "" || b.String() == "" || !slices.Equal(verbs.FindAllString(a.String(), -1), verbs.FindAllString(b.String(), -1)) {
				t.Errorf("%s: %q and %q", name, a, b)
			}
		case reflect.Map:
			if a.Len() == 0 || a.Len() != b.Len() {
				t.Errorf("%s: %d and %d", name, a.Len(), b.Len())
			}
			for _, k := range a.MapKeys() {
				if v := b.MapIndex(k); !v.IsValid() || v.IsZero() {
					t.Errorf("%s: no %v", name, k)
				}
			}
		case reflect.Func:
			if a.IsNil() || b.IsNil() {
				t.Errorf("%s is missing", name)
			}
		}
	}
}

func TestWording_German(t *testing.T) {
	q := Question{Kind: "pdf", Folder: "Notes", Tag: "steuer", Mentions: Mention{All: []string{"Miete"}}, After: "2024-01-01", When: "of 2024", say: &german}
	for want, got := range map[string]string{
		"3 PDF-Dateien":  german.what(q).amount(3),
		"kein Bild":      german.what(Question{Kind: "image"}).no,
		"markdown-Datei": german.what(Question{Kind: "markdown"}).one,
		" in Notes, mit dem Schlagwort #steuer, ab 2024-01-01, mit „Miete“": german.conditions(q),
		"gelesen: 2 von 3 Dateien; 1 ohne Text":                             Coverage{Of: 3, Read: 2, Unread: []Unread{{Doc: docIn(golocal.StateNoText)}}, say: &german}.String(),
		"read 2 of 3 files; 1 had no text":                                  Coverage{Of: 3, Read: 2, Unread: []Unread{{Doc: docIn(golocal.StateNoText)}}}.String(),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func docIn(s golocal.State) golocal.Document { return golocal.Document{State: s} }
