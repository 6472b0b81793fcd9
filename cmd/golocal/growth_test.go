package main

import (
	"os"
	"testing"
	"time"

	"golocal/web"
)

func TestGrowth_NotesWorkAndRests(t *testing.T) {
	g := openGrowth(t.TempDir())
	if g.due(0, false) {
		t.Error("nothing was worked on")
	}
	start := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	if !g.due(3, true) {
		t.Error("three files were worked on")
	}
	g.note(start, 3, 30, 3)
	g.note(start.Add(2*time.Second), 7, 80, 7)
	g.note(start.Add(4*time.Second), 7, 80, 7) // a large file takes its time
	if g.due(7, false) {
		t.Error("it rests")
	}
	g.note(start.Add(time.Hour), 8, 90, 8) // the first after a rest took one step, not an hour
	want := []web.Grown{
		{At: start, Documents: 3, Passages: 30, Read: 3, Seconds: 2},
		{At: start.Add(2 * time.Second), Documents: 7, Passages: 80, Read: 4, Seconds: 4},
		{At: start.Add(time.Hour), Documents: 8, Passages: 90, Read: 1, Seconds: 2},
	}
	got := g.all()
	if len(got) != len(want) {
		t.Fatalf("%d points: %+v", len(got), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("point %d is %+v, not %+v", i, got[i], want[i])
		}
	}
	if pace := g.pace(); pace != 60./6 { // 50 and 10 passages in 4 and 2 s
		t.Errorf("pace %v", pace)
	}
	g.stir()
	if !g.due(8, false) || g.due(8, false) {
		t.Error("what came by other means is looked at once")
	}
}

func TestGrowth_StaysSmallAndKeepsItsSums(t *testing.T) {
	dir := t.TempDir()
	g := openGrowth(dir)
	at := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	const n = 5000
	for i := range n {
		g.note(at.Add(time.Duration(i)*growthStep), i+1, 10*(i+1), int64(i+1))
	}
	points := g.all()
	if len(points) > growthMost {
		t.Errorf("%d points", len(points))
	}
	read, seconds := 0, 0.0
	for i, p := range points {
		read, seconds = read+p.Read, seconds+p.Seconds
		if i > 0 && (!p.At.After(points[i-1].At) || p.Documents <= points[i-1].Documents) {
			t.Fatalf("point %d is out of order", i)
		}
	}
	if read != n || seconds != n*growthStep.Seconds() {
		t.Errorf("%d files in %v s", read, seconds)
	}
	if last := points[len(points)-1]; last.Documents != n || last.Passages != 10*n {
		t.Errorf("the last is %+v", last)
	}
	if err := g.save(); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(g.file)
	if err != nil {
		t.Fatal(err)
	}
	again := openGrowth(dir)
	if got := again.all(); len(got) != len(points) || got[0] != points[0] {
		t.Errorf("%d points are read again", len(got))
	}
	if err := again.save(); err != nil { // nothing is new
		t.Fatal(err)
	}
	if after, err := os.Stat(g.file); err != nil || !os.SameFile(before, after) {
		t.Errorf("written though nothing was new: %v", err)
	}
}

func TestGrowth_ADamagedFileIsBegunAnew(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(openGrowth(dir).file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	g := openGrowth(dir)
	g.note(time.Now(), 1, 1, 1)
	if len(g.all()) != 1 || g.save() != nil {
		t.Error("it is not begun anew")
	}
}
