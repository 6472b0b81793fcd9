package engine

import (
	"runtime/debug"
	"strings"

	"golocal/engine/runner"
)

// runnerBuild tells, before any model was loaded, for which instructions the
// engine was compiled: from the compiler flags that go build records. Empty is
// unknown.
func runnerBuild() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || !runner.Supported() {
		return ""
	}
	for _, set := range info.Settings {
		if set.Key == "CGO_CXXFLAGS" {
			return buildOf(set.Value)
		}
	}
	return ""
}

func buildOf(flags string) string {
	for _, f := range []struct{ mark, build string }{
		{"-march=x86-64-v4", "avx512"},
		{"-march=x86-64-v3", "avx2"},
		{"-mavx512f", "avx512"},
		{"-mavx2", "avx2"},
	} {
		if strings.Contains(flags, f.mark) {
			return f.build
		}
	}
	return ""
}
