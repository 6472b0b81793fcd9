package main

import "testing"

// The slow build is told only where a faster one would run.
func TestBuiltFor_WarnsOfTheSlowBuild(t *testing.T) {
	for _, row := range []struct {
		build string
		avx2  bool
		level string
	}{
		{"baseline", true, "warning"}, {"baseline", false, "ok"}, {"avx2", true, "ok"}, {"neon", false, "ok"}, {"", true, "ok"},
	} {
		f := builtFor(finding{Level: "ok", What: "runner", Says: "engine"}, row.build, row.avx2)
		if f.Level != row.level || (f.Next != "") != (row.level == "warning") {
			t.Errorf("built for %q, AVX2 %v: %+v", row.build, row.avx2, f)
		}
	}
}
