package main

import (
	"fmt"
	"testing"

	"golocal/watch"
)

func TestTally_SumsUp(t *testing.T) {
	c := newTally()
	taken := []watch.Judged{{Verdict: watch.Taken}}
	for i := range 3 {
		c.see(watch.Seen{Path: fmt.Sprintf("d/n%d.md", i), Size: 10, Judged: taken})
	}
	for i := range 20 {
		c.see(watch.Seen{Path: fmt.Sprintf("f.x%02d", i), Size: 1, Judged: taken})
	}
	c.see(watch.Seen{Path: "build", Folder: true, Judged: []watch.Judged{{Verdict: watch.LeftOut, Cause: watch.CauseIgnore}}})
	for i := range 5 {
		c.see(watch.Seen{Path: fmt.Sprintf("l%d.log", i), Size: 2, Judged: []watch.Judged{{Verdict: watch.LeftOut, Cause: watch.CauseIgnore}}})
	}
	c.see(watch.Seen{Path: "big.pdf", Size: 999, Judged: []watch.Judged{{Verdict: watch.Listed, Cause: watch.CauseSize}}})
	if c.files != 23 || c.bytes != 50 {
		t.Errorf("%d files, %d bytes", c.files, c.bytes)
	}
	types := c.sorted()
	if len(types) != surveyTypes || types[0].Type != "markdown" || types[0].Files != 3 || types[0].Bytes != 30 {
		t.Errorf("%+v", types)
	}
	files := 0
	for _, k := range types {
		files += k.Files
	}
	if rest := types[len(types)-1]; rest.Type != "" || files != 23 {
		t.Errorf("the rest is %+v of %d files", rest, files)
	}
	left := c.leftOut()
	if len(left) != 2 || left[0].Cause != "ignore" || left[0].Files != 5 || left[0].Folders != 1 || left[0].Bytes != 10 || len(left[0].Examples) != leftExamples || left[0].Examples[0] != "build/" || left[1].Bytes != 999 {
		t.Errorf("%+v", left)
	}
}
