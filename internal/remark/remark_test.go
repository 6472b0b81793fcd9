package remark

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

var holes = regexp.MustCompile(`\{(\d+)(?::([^}]*))?\}`)

// Every code says something in every language, with the same values of the same kind.
func TestCatalogue_LanguagesAgree(t *testing.T) {
	seen := 0
	for _, part := range catalogue {
		seen += len(part)
	}
	english := Texts("en")
	if len(english) != seen {
		t.Errorf("%d texts of %d codes: one stands in two parts", len(english), seen)
	}
	values := func(text string) (out []string) {
		for _, m := range holes.FindAllStringSubmatch(text, -1) {
			kind := m[2]
			if strings.Contains(kind, "|") {
				kind = "counted"
			}
			out = append(out, m[1]+" "+kind)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, language := range Languages {
		texts := Texts(language)
		for code, en := range english {
			if texts[code] == "" {
				t.Errorf("%s: nothing for %s", language, code)
			}
			if a, b := values(en), values(texts[code]); !slices.Equal(a, b) {
				t.Errorf("%s: %s takes %q, in English %q", language, code, b, a)
			}
			if strings.Contains(holes.ReplaceAllString(texts[code], ""), "{") {
				t.Errorf("%s: %s has a hole that is none: %q", language, code, texts[code])
			}
		}
	}
}

func TestSay(t *testing.T) {
	inner := New(Encrypted)
	for _, c := range []struct {
		r      golocal.Remark
		en, de string
	}{
		{golocal.Remark{}, "", ""},
		{golocal.Remark{Code: "of a newer golocal"}, "", ""},
		{inner, "needs a password", "braucht ein Kennwort"},
		{New(TooLargeKind, int64(2_400_000), 200<<20), "too large: 2.4 MB, and files of this kind are read up to 209 MB", "zu groß: 2,4 MB, Dateien dieser Art werden bis 209 MB gelesen"},
		{New(NoSheetText, 1), "no text in its 1 sheet", "kein Text in 1 Tabelle"},
		{New(NoSheetText, 3), "no text in its 3 sheets", "kein Text in 3 Tabellen"},
		{New(Broken, fmt.Errorf("unexpected EOF")), "broken: unexpected EOF", "beschädigt: unexpected EOF"},
		{New(FitTooLarge, 1_260_000_000), "too large: 1.3 GB are missing", "zu groß: 1,3 GB fehlen"},
		{New(FitTooLarge, 1), "too large: 1 MB are missing", "zu groß: 1 MB fehlen"},
		{New(LastBatch, "4,070.5"), "last batch: embeds 4,070.5 tokens/s", "zuletzt: wandelt 4.070,5 Token/s in Vektoren"},
		{New(SwappedPair, "a", "b", New(SwapOnce), golocal.Remark{}), "a and b do not fit into memory together: swapped once", "a und b passen nicht zusammen in den Speicher: einmal ausgetauscht"},
		{Of(fmt.Errorf("answer with m: %w", Error(nil, ReplyEmpty))), "the answer is incomplete: the reply is empty", "die Antwort ist unvollständig: es kam kein Text"},
		{Of(fmt.Errorf("EOF")), "EOF", "EOF"},
		{New(Broken, inner), "broken: needs a password", "beschädigt: braucht ein Kennwort"},
		{New(SecretAt, New(SecretPrivateKey), golocal.Place{Line: 3}), "skipped as secret: holds a private key (line 3)", "als geheim ausgelassen: enthält einen privaten Schlüssel (Zeile 3)"},
		{New(TraceLimits, []golocal.Remark{New(LimitType, "pdf"), New(NotTag, "old")}), "The search is limited, and no passage of this file is within: only files of type pdf, not files tagged “old”.",
			"Die Suche ist eingeschränkt, und keine Textstelle dieser Datei liegt darin: nur Dateien vom Typ pdf, keine Dateien mit dem Schlagwort „old“."},
		{golocal.Remark{Code: string(TooLargeKind)}, "too large: , and files of this kind are read up to ", "zu groß: , Dateien dieser Art werden bis  gelesen"}, // of another version
		{golocal.Remark{Code: string(SecretAt), Values: []string{"{", "nowhere"}}, "skipped as secret: holds { (nowhere)", "als geheim ausgelassen: enthält { (nowhere)"},
	} {
		if en, de := Say("en", c.r), Say("de", c.r); en != c.en || de != c.de {
			t.Errorf("%+v: %q and %q, want %q and %q", c.r, en, de, c.en, c.de)
		}
		if Say("fr", c.r) != c.en {
			t.Errorf("%+v: a language that is not spoken is not English: %q", c.r, Say("fr", c.r))
		}
	}
	if Or("de", golocal.Remark{}, "as it is") != "as it is" || Or("de", inner, "as it is") != "braucht ein Kennwort" {
		t.Error("what has no code is not said as it is")
	}
}

func TestPeriod(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if s != "" && err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ start, end, en, de string }{
		{"2024-03-05", "", "only files from 2024-03-05 on", "nur Dateien ab dem 5.3.2024"},
		{"", "2024-03-05", "only files before 2024-03-05", "nur Dateien vor dem 5.3.2024"},
		{"2024-03-05", "2024-03-06", "only files of 2024-03-05", "nur Dateien vom 5.3.2024"},
		{"2024-03-01", "2024-04-01", "only files of 2024-03-01 to 2024-03-31", "nur Dateien vom 1.3.2024 bis zum 31.3.2024"},
		{"2024-01-01", "2025-01-01", "only files of 2024", "nur Dateien aus dem Jahr 2024"},
	} {
		r := New(LimitDate, Period(day(c.start), day(c.end)))
		if en, de := Say("en", r), Say("de", r); en != c.en || de != c.de {
			t.Errorf("%s to %s: %q, %q", c.start, c.end, en, de)
		}
	}
}
