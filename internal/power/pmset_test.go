package power

import "testing"

func TestPmset(t *testing.T) {
	for _, c := range []struct {
		out  string
		want State
	}{
		{"Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t85%; discharging; 6:21 remaining present: true\n", State{true, 85}},
		{"Now drawing from 'AC Power'\n -InternalBattery-0 (id=4653155)\t85%; charging; 0:40 remaining present: true\n", State{}},
		{"Now drawing from 'AC Power'\n", State{}},
		{"Now drawing from 'Battery Power'\n", State{Battery: true}},
		{"", State{}},
	} {
		if got := pmset(c.out); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.out, got, c.want)
		}
	}
}
