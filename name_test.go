package golocal_test

import (
	"encoding/json"
	"strings"
	"testing"

	"golocal"
)

func TestRef_AnyBytesRoundTripThroughJSON(t *testing.T) {
	seen := map[string]string{}
	for _, path := range []string{"a/b.md", "", "caf\xe9.md", "caf\xe8.md", "caf\ufffd.md", "new\nline", "\x1b[2J", "\xff\xfe", "e\u0301.md", "é.md", strings.Repeat("\x80", 255)} {
		ref := golocal.Ref{Root: 3, Path: path}
		data, err := json.Marshal(map[string]any{"ref": ref})
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[string(data)]; ok {
			t.Errorf("%q and %q are the same in JSON", path, other)
		}
		seen[string(data)] = path
		var back struct{ Ref golocal.Ref }
		if err := json.Unmarshal(data, &back); err != nil || back.Ref != ref {
			t.Errorf("%q came back as %q, %v", path, back.Ref.Path, err)
		}
	}
	var r golocal.Ref
	if err := json.Unmarshal([]byte(`{"root": "three"}`), &r); err == nil {
		t.Error("a root that is no number was taken")
	}
}
