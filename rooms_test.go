package golocal_test

import (
	"os/exec"
	"strings"
	"testing"
)

// rooms are the folders that may not import each other.
var rooms = []string{"watch", "inbox", "ingest", "index", "retrieve", "chat", "models", "engine", "eval", "web"}

// room names the room that an import path lies in, "" for none.
func room(path string) string {
	rest, ok := strings.CutPrefix(path, "golocal/")
	if !ok {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	for _, r := range rooms {
		if r == first {
			return r
		}
	}
	return ""
}

// allowed tells whether package from may import package to.
func allowed(from, to string) bool {
	a, b := room(from), room(to)
	switch {
	case to == "golocal/cmd" || strings.HasPrefix(to, "golocal/cmd/"):
		return false // cmd wires; nothing builds on it
	case from == "golocal":
		return !strings.HasPrefix(to, "golocal/") // the nouns know no room
	case strings.HasPrefix(from, "golocal/internal/") && b != "":
		return false // shared parts know no room
	case a == "" || b == "" || a == b:
		return true
	case a == "web" && b == "chat", a == "eval":
		return true
	}
	return false
}

func TestRooms_ImportRule(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"golocal/chat", "golocal", true},
		{"golocal/chat", "golocal/retrieve", false},
		{"golocal/index", "golocal/index/weaviate", true},
		{"golocal/web", "golocal/chat", true},
		{"golocal/web/build", "golocal/index", false},
		{"golocal/eval", "golocal/index", true},
		{"golocal/index", "golocal/eval", false},
		{"golocal/cmd/golocal", "golocal/engine", true},
		{"golocal/web", "golocal/cmd/golocal", false},
		{"golocal", "golocal/index", false},
		{"golocal/internal/fakeollama", "golocal/models", false},
		{"golocal/models", "golocal/internal/fakeollama", true},
		{"golocal/models", "net/http", true},
	} {
		if got := allowed(c.from, c.to); got != c.want {
			t.Errorf("allowed(%s, %s) = %v", c.from, c.to, got)
		}
	}
}

func TestRooms_NoRoomImportsAnother(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		for _, to := range fields[1:] {
			if strings.HasPrefix(to, "golocal") {
				seen++
			}
			if !allowed(fields[0], to) {
				t.Errorf("%s imports %s: rooms meet through the nouns of the root package and small interfaces (ARCHITECTURE.md, Rooms)", fields[0], to)
			}
		}
	}
	if seen == 0 {
		t.Error("go list named no import inside the module: this test sees nothing")
	}
}
