package engine

import (
	"os"
	"testing"
	"time"
)

const statText = `cpu  999 999 999 999 999 999 999 999 0 0
cpu0 100 20 30 4000 50 1 2 3 70 8
cpu1 200 0 0 9000 0 0 0 0 0 0
cpu12 0 0 5 1 0 0 0 0 0 0
intr 12345 0 0
ctxt 55
procs_running 7
procs_blocked 1
`

func TestParseStat(t *testing.T) {
	all := func(int) bool { return true }
	for _, c := range []struct {
		name, text     string
		ours           func(int) bool
		nice           bool
		cores, running int
		busy           time.Duration // 0 is not readable
	}{
		{"all processors", statText, all, true, 3, 7, 3610 * time.Millisecond},
		{"the nice give way", statText, all, false, 3, 7, 3410 * time.Millisecond},
		{"those that are ours", statText, func(n int) bool { return n == 12 }, true, 1, 7, 50 * time.Millisecond},
		{"an old kernel with four columns", "cpu0 1 2 3 4\nprocs_running 1\n", all, true, 1, 1, 60 * time.Millisecond},
		{"none is ours", statText, func(int) bool { return false }, true, 0, 0, 0},
		{"empty", "", all, true, 0, 0, 0},
		{"not numbers", "cpu0 a b c d\n", all, true, 0, 0, 0},
		{"cut", "cpu0", all, true, 0, 0, 0},
	} {
		s, ok := parseStat(c.text, c.ours, c.nice)
		if ok != (c.busy > 0) {
			t.Errorf("%s: readable %v", c.name, ok)
		} else if ok && (s.cores != c.cores || s.running != c.running || s.busy != c.busy) {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func TestParseProcessStat(t *testing.T) {
	const tail = " S 1 2 3 0 -1 4194560 100 0 0 0 150 25 7 9 20 0 4 0 12345 1000 200\n"
	for _, c := range []struct {
		text string
		want time.Duration // negative is not readable
	}{
		{"42 (golocal)" + tail, 1750 * time.Millisecond},
		{"42 (a) S 1 (b c)" + tail, 1750 * time.Millisecond},
		{"42 (golocal) S 1 2 3", -1},
		{"", -1},
		{"42 (x) S 1 2 3 0 -1 4194560 100 0 0 0 many 25 7 9\n", -1},
	} {
		got, ok := parseProcessStat([]byte(c.text))
		if ok != (c.want >= 0) || ok && got != c.want {
			t.Errorf("%q: %v %v", c.text, got, ok)
		}
	}
}

func FuzzParseStat(f *testing.F) {
	f.Add(statText)
	f.Add("cpu0 9223372036854775807 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		if s, ok := parseStat(text, func(int) bool { return true }, true); ok && s.cores < 1 {
			t.Errorf("%+v", s)
		}
		_, _ = parseProcessStat([]byte(text))
	})
}

// This machine's own /proc agrees with what this process does.
func TestProcessors_OfThisMachine(t *testing.T) {
	before, ok := sampleProcessors()
	spentBefore, okToo := processTime(os.Getpid())
	if !ok || !okToo {
		t.Fatal("/proc is not readable")
	}
	for began := time.Now(); time.Since(began) < 200*time.Millisecond; {
	}
	after, _ := sampleProcessors()
	spent, _ := processTime(os.Getpid())
	spent -= spentBefore
	if after.cores < 1 || after.running < 1 || spent <= 0 || after.busy-before.busy < spent/2 {
		t.Errorf("%d cores, %d running, %v spent by this process, %v by all", after.cores, after.running, spent, after.busy-before.busy)
	}
	if _, ok := processTime(0); ok {
		t.Error("process 0 has a time")
	}
}
