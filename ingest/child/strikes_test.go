package child

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/ingest/parse"
)

func openStrikes(t testing.TB, path, version string) *Strikes {
	t.Helper()
	s, err := OpenStrikes(path, version)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestStrikes_AcrossRestarts kills processes with one file, restarts with
// another Parser, and counts how often the file is tried.
func TestStrikes_AcrossRestarts(t *testing.T) {
	path, cache := filepath.Join(t.TempDir(), "strikes"), t.TempDir()
	tries := func() int {
		b, _ := os.ReadFile(filepath.Join(cache, "tries"))
		return len(b)
	}
	parse := func(version, data string) string {
		s := openStrikes(t, path, version)
		defer s.Close()
		c := start(t, "parse-trouble", Options{Cache: cache, Strikes: s})
		defer c.Close()
		_, err := c.Parse(context.Background(), "count", []byte(data))
		var failure *parse.Failure
		if !errors.As(err, &failure) {
			t.Fatalf("%v is no reason", err)
		}
		return failure.Reason
	}
	for range 3 { // a restart each time
		if reason := parse("1", cache); reason != "crashes the parser" || tries() != 3 {
			t.Errorf("%q after %d tries, want 3", reason, tries())
		}
	}
	if parse("1", cache+"\n"); tries() != 6 { // other bytes
		t.Errorf("a changed file: %d tries in all, want 6", tries())
	}
	if parse("2", cache); tries() != 9 { // other parsers
		t.Errorf("another version: %d tries in all, want 9", tries())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || info.Size() > slotSize*(maxSlots+1) {
		t.Errorf("%v, %v", info, err)
	}
}

// TestStrikes_Interrupted lets golocal end while a file is read.
func TestStrikes_Interrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "strikes")
	bad, good := golocal.Sum{1}, golocal.Sum{2}
	for i := range 3 {
		s := openStrikes(t, path, "1")
		if n, why := s.begin(bad); n != i || why != "" {
			t.Fatalf("start %d: %d strikes, %q", i, n, why)
		}
		if n, _ := s.begin(good); n != 0 {
			t.Fatalf("start %d: the good file has %d strikes", i, n)
		}
		s.end(good, 0, "")
		s.Close() // and no end for bad
	}
	s := openStrikes(t, path, "1")
	if n, why := s.begin(bad); n != 3 || why != reasonStopped {
		t.Errorf("%d strikes, %q", n, why)
	}
	if n, _ := s.begin(good); n != 0 {
		t.Errorf("the good file has %d strikes", n)
	}
}

// TestStrikes_Torn damages the file everywhere, one place at a time.
func TestStrikes_Torn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "strikes")
	s := openStrikes(t, path, "1")
	for i := range 3 {
		s.begin(golocal.Sum{byte(i + 1)})
		s.end(golocal.Sum{byte(i + 1)}, 3, fmt.Sprint("reason ", i+1))
	}
	s.Close()
	whole, err := os.ReadFile(path)
	if err != nil || len(whole) != 4*slotSize {
		t.Fatalf("%d bytes, %v", len(whole), err)
	}
	known := func() (n int) {
		s := openStrikes(t, path, "1")
		defer s.Close()
		for i := range 3 {
			if count, why := s.begin(golocal.Sum{byte(i + 1)}); count == 3 && why == fmt.Sprint("reason ", i+1) {
				n++
			} else if count != 0 {
				t.Fatalf("file %d has %d strikes: %q", i+1, count, why)
			}
		}
		return n
	}
	for at := slotSize; at < len(whole); at += 7 {
		torn := append([]byte(nil), whole...)
		torn[at] ^= 0x55
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		if n := known(); n != 2 {
			t.Errorf("byte %d is wrong: %d of the other two are known", at, n)
		}
		if err := os.WriteFile(path, whole[:at], 0o600); err != nil {
			t.Fatal(err)
		}
		if n, want := known(), at/slotSize-1; n != want {
			t.Errorf("cut at %d: %d are known, want %d", at, n, want)
		}
	}
	if err := os.WriteFile(path, []byte("nothing of ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := known(); n != 0 {
		t.Errorf("%d known", n)
	}
}

func TestStrikes_Bounded(t *testing.T) {
	s := openStrikes(t, filepath.Join(t.TempDir(), "strikes"), "1")
	sum := func(i int) golocal.Sum { return golocal.Sum{byte(i), byte(i >> 8), 1} }
	s.begin(sum(0)) // is being read all the time
	for i := 1; i < maxSlots+10; i++ {
		s.begin(sum(i))
		s.end(sum(i), 3, strings.Repeat("ä", 200))
	}
	s.end(sum(0), 2, "")
	for i, want := range map[int]int{0: 2, 1: 0, 10: 0, 11: 3, maxSlots + 9: 3} {
		if got := s.find(sum(i)); (got >= 0) != (want > 0) || got >= 0 && int(s.slots[got].count) != want {
			t.Errorf("file %d: slot %d", i, got)
		}
	}
	s.Forget(sum(maxSlots + 9))
	if s.find(sum(maxSlots+9)) >= 0 {
		t.Error("a forgotten file is known")
	}
	var none *Strikes
	if n, why := none.begin(sum(1)); n != 0 || why != "" || none.Close() != nil {
		t.Error("a nil Strikes remembers something")
	}
	none.end(sum(1), 3, "")
}

func FuzzDecodeStrike(f *testing.F) {
	f.Add(strike{sum: golocal.Sum{1}, change: 1, count: 2, open: true, reason: "why"}.encode())
	f.Add(make([]byte, slotSize))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) != slotSize {
			return
		}
		n := decodeStrike(b)
		if n != (strike{}) && n != decodeStrike(n.encode()) {
			t.Errorf("%+v", n)
		}
	})
}
