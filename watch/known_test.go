package watch

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golocal"
)

// TestKnown_IsTheCatalogue takes documents in, in an order that is not theirs, and
// asks for each and for names beside them.
func TestKnown_IsTheCatalogue(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 8))
	want := make(map[string]golocal.Document)
	for i := range 2000 {
		path := fmt.Sprintf("%x/%x", random.IntN(20), random.Uint32())
		d := golocal.Document{Ref: golocal.Ref{Root: 1, Path: path}, Size: int64(i), Modified: time.Unix(int64(i), 0), Indexed: time.Unix(int64(2*i), 0), State: golocal.StateReady}
		if i%3 == 0 {
			d.State, d.Reason = golocal.StateSkipped, fmt.Sprint("reason ", i%7)
		}
		want[path] = d
	}
	for _, path := range []string{"", "\xff", "a\nb", "a", "a/", "a0"} { // names that other orders would put elsewhere
		want[path] = golocal.Document{Ref: golocal.Ref{Root: 1, Path: path}, State: golocal.StateUnstable}
	}
	var k known
	for _, d := range want {
		k.add(d)
	}
	k.sort()
	for path, d := range want {
		r := k.find(path)
		if r == nil {
			t.Fatalf("%q is not found", path)
		}
		size := d.Size
		if d.State == golocal.StateUnstable {
			size = -1
		}
		if r.size != size || r.modified != d.Modified.UnixNano() || r.indexed != d.Indexed.UnixNano() || r.skipped != (d.State == golocal.StateSkipped) ||
			r.skipped && k.reasons[r.reason] != d.Reason {
			t.Errorf("%q is %+v, want %+v", path, *r, d)
		}
		if k.find(path+"\x00") != nil {
			t.Errorf("%q has a fellow", path)
		}
	}
	if len(k.reasons) != 7 {
		t.Errorf("reasons %q", k.reasons)
	}
	left := slices.Sorted(maps.Keys(want))
	for _, path := range left[:len(left)/2] {
		k.find(path).met = true
	}
	if got := slices.Collect(k.unmet); !slices.Equal(got, left[len(left)/2:]) {
		t.Errorf("%d are not met, want the %d others", len(got), len(left)-len(left)/2)
	}
}
