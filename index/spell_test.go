package index

import "testing"

func TestNear_FindsMisspeltWords(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "The vacation policy of the company says everything.", "Necessary receipts are kept; an invoice needs accommodation.",
		"Die Kündigungsfrist beträgt drei Monate.", "Договор аренды действует до конца года.", "help and hello", "The vacuum cleaner.")
	for typed, want := range map[string]string{
		"vacatoin": "vacation", "vaction": "vacation", "vacations": "vacation", "polcy": "policy", "plicy": "policy",
		"neccessary": "necessary", "reciepts": "receipts", "acommodation": "accommodation", "evrything": "everything",
		"kundigunsfrist": "kundigungsfrist", "договар": "договор", "ehlp": "help",
		// Nothing is near, or the word is too short or a number.
		"elephant": "", "hlp": "", "inv2024": "", "": "", "vacxxxon": "",
	} {
		got, ok, err := x.Near(t.Context(), typed)
		must(t, err)
		if got != want || ok != (want != "") {
			t.Errorf("near %q: %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"abc", "xabc", 1}, {"abc", "axc", 1}, {"abcd", "badc", 2}, {"abcdef", "uvwxyz", 3}, {"größe", "grösse", 2}} {
		if got := edits(c.a, c.b, 2); got != c.want {
			t.Errorf("edits(%s, %s) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := edits(c.b, c.a, 2); got != c.want {
			t.Errorf("edits(%s, %s) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
