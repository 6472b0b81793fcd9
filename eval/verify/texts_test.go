package verify

import (
	"slices"
	"strings"
	"testing"
)

var port = Passage{"The port", "The harbour of the town was dug by convicts in 1802. Its dyke is old. The weavers of the parish have a guild of their own. " +
	"Every spring the council members are elected anew by the guilds. The fee is not known to anybody in the town, nor is it paid. Then it rained."}

func TestFromTexts_MakesTwinsOfOnePassage(t *testing.T) {
	pairs := FromTexts([]Passage{port, {"Short", "It is so."}}, 10, 1)
	kinds := map[Kind]int{}
	for _, p := range pairs {
		kinds[p.Kind]++
		if !strings.Contains(port.Text, p.True) || p.True == p.Wrong || strings.Contains(port.Text, p.Wrong) || p.Title != port.Title {
			t.Errorf("%+v", p)
		}
		switch p.Kind {
		case Joined:
			subject, _, _ := strings.Cut(p.Wrong, " was ")
			subject, _, _ = strings.Cut(subject, " have ")
			subject, _, _ = strings.Cut(subject, " are ")
			subject, _, _ = strings.Cut(subject, " is ")
			if !strings.Contains(port.Text, subject) || strings.Contains(p.True, subject) {
				t.Errorf("%q is put together of nothing", p.Wrong)
			}
		case Denied:
			if strings.Replace(p.Wrong, "not ", "", 1) != p.True || denying.MatchString(p.True) {
				t.Errorf("%q denies %q", p.Wrong, p.True)
			}
		}
	}
	if kinds[Joined] != mostPerPassage || kinds[Denied] == 0 {
		t.Errorf("%v of %+v", kinds, pairs)
	}
	if !slices.Equal(pairs, FromTexts([]Passage{port, {"Short", "It is so."}}, 10, 1)) {
		t.Error("equal seeds make other pairs")
	}
}

func TestWritten_CountsWholeSentences(t *testing.T) {
	pairs := Written(port, "The harbour was dug by convicts. Yes. It is the work of 1802.")
	if len(pairs) != 2 || pairs[1].True != "It is the work of 1802." {
		t.Errorf("%+v", pairs)
	}
	if got := Flagged(pairs, func(_ Passage, s string) bool { return strings.Contains(s, "harbour") }); got != .5 {
		t.Error(got)
	}
	if Flagged(nil, nil) != 0 {
		t.Error("of nothing, something is flagged")
	}
}
