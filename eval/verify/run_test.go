package verify

import (
	"slices"
	"strings"
	"testing"
)

func TestMake_WrongTwinsDifferInOneThing(t *testing.T) {
	pairs := Make(300, 7, true)
	if len(pairs) != 300 {
		t.Fatalf("%d pairs", len(pairs))
	}
	counts := map[Kind]int{}
	for _, p := range pairs {
		counts[p.Kind]++
		if p.True == p.Wrong {
			t.Errorf("%s: both say %q", p.Kind, p.True)
		}
		if strings.ContainsAny(p.Paragraph+p.True+p.Wrong, "{}") {
			t.Errorf("%s: a slot is empty: %q", p.Kind, p)
		}
		for w := range strings.FieldsSeq(p.Wrong) {
			w = strings.Trim(w, ".,")
			known := strings.Contains(p.Paragraph, w) || strings.Contains(p.True, w)
			switch p.Kind {
			case Swap, Subject:
				if !known {
					t.Errorf("%s: %q stands nowhere: %q", p.Kind, w, p)
				}
			case Name:
				if !known && !slices.Contains(given, w) && !slices.Contains(families, w) {
					t.Errorf("%s: %q is wrong, too: %q", p.Kind, w, p)
				}
			}
		}
	}
	for _, k := range Kinds {
		if counts[k] != 50 {
			t.Errorf("%d of %s", counts[k], k)
		}
	}
}

func TestMake_EqualSeedsMakeEqualPairs(t *testing.T) {
	if !slices.Equal(Make(60, 3, false), Make(60, 3, false)) {
		t.Error("two runs differ")
	}
	if slices.Equal(Make(60, 3, false), Make(60, 4, false)) {
		t.Error("two seeds make the same")
	}
}

func TestRun_Counts(t *testing.T) {
	pairs := []Pair{{True: "a", Wrong: "b", Kind: Number}, {True: "c", Wrong: "d", Kind: Date}, {True: "e", Wrong: "f", Kind: Negation}, {True: "g", Wrong: "h", Kind: Number}}
	shown := map[string]bool{"a": true, "c": true, "d": true, "g": true}
	r := Run(pairs, func(_ Passage, sentence string) bool { return shown[sentence] })
	if r.WrongFlagged != 2./3 || r.TrueFlagged != 1./4 {
		t.Errorf("flagged %v of the wrong, %v of the true", r.WrongFlagged, r.TrueFlagged)
	}
	if f := r.Kinds[Number]; f != (Figure{2, 1, 0}) {
		t.Errorf("numbers: %+v", f)
	}
	if f := r.Kinds[Negation]; f != (Figure{1, 1, 1}) {
		t.Errorf("negations: %+v", f)
	}
	if len(r.Missed) != 1 || len(r.Blamed) != 1 {
		t.Errorf("missed %v, blamed %v", r.Missed, r.Blamed)
	}
}
