package chunks

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func span(start, end int) Span { return Span{Corpus: "a", Start: start, End: end} }

func TestScore(t *testing.T) {
	for _, c := range []struct {
		name                  string
		retrieved, references []Span
		want                  Figures
		missed                []Span
	}{
		{"nothing retrieved", nil, []Span{span(0, 10)}, Figures{}, []Span{span(0, 10)}},
		{"exact", []Span{span(0, 10)}, []Span{span(0, 10)}, Figures{1, 1, 1}, nil},
		{"whole reference in a larger chunk", []Span{span(0, 100)}, []Span{span(20, 30)}, Figures{1, .1, .1}, nil},
		{"cut in the middle", []Span{span(0, 50)}, []Span{span(40, 60)}, Figures{.5, .2, 10. / 60}, []Span{span(50, 60)}},
		{"hole in the middle", []Span{span(45, 55)}, []Span{span(40, 60)}, Figures{.5, 1, .5}, []Span{span(40, 45), span(55, 60)}},
		{"two halves", []Span{span(0, 50), span(50, 100)}, []Span{span(40, 60)}, Figures{1, .2, .2}, nil},
		// 10 + 10 characters retrieved, of which 5 to 10 twice: they cost twice and count once.
		{"overlapping chunks", []Span{span(0, 10), span(5, 15)}, []Span{span(0, 15)}, Figures{1, .75, .75}, nil},
		{"two references, one found", []Span{span(0, 20)}, []Span{span(0, 10), span(90, 120)}, Figures{.25, .5, .2}, []Span{span(90, 120)}},
		{"another corpus costs and finds nothing", []Span{{"b", 0, 10}, span(0, 10)}, []Span{span(0, 10)}, Figures{1, .5, .5}, nil},
		{"only another corpus", []Span{{"b", 0, 10}}, []Span{span(0, 10)}, Figures{}, []Span{span(0, 10)}},
		{"touching is not sharing", []Span{span(10, 20)}, []Span{span(0, 10)}, Figures{}, []Span{span(0, 10)}},
	} {
		got, missed := Score(c.retrieved, c.references)
		if math.Abs(got.Recall-c.want.Recall) > 1e-12 || math.Abs(got.Precision-c.want.Precision) > 1e-12 || math.Abs(got.IoU-c.want.IoU) > 1e-12 {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if d := cmp.Diff(c.missed, missed); d != "" {
			t.Errorf("%s: missed %s", c.name, d)
		}
	}
}

func TestCompare_IsPaired(t *testing.T) {
	report := func(recalls map[string]float64) (r Report) {
		for _, id := range []string{"1", "2", "3", "4", "5", "6"} {
			if v, ok := recalls[id]; ok {
				r.Asked = append(r.Asked, Asked{ID: id, Figures: Figures{Recall: v, Precision: .5}})
			}
		}
		return r
	}
	d := report(map[string]float64{"1": 1, "2": .5, "3": 1, "4": .5, "5": 0}).Compare(report(map[string]float64{"1": 0, "2": .5, "3": 0, "4": .5, "6": 1}))
	// Questions 1 to 4 are in both: differences 1, 0, 1, 0.
	want := Difference{Questions: 4, Better: 2, Recall: Paired{Mean: .5, SD: .5, Error: .25}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
	if d := report(nil).Compare(report(nil)); d != (Difference{}) {
		t.Errorf("nothing in common: %+v", d)
	}
}
