package main

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
)

func TestGarbagePercent(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 100}, {1 << 20, 100}, {64 << 20, 100}, {128 << 20, 50}, {256 << 20, 25}, {4 << 30, 25}} {
		if got := garbagePercent(c.live); got != c.want {
			t.Errorf("%d bytes in use: %d %%, want %d", c.live, got, c.want)
		}
	}
}

// The bound follows what is in use, from one collection to the next.
func TestLessGarbage_FollowsTheMemoryInUse(t *testing.T) {
	t.Setenv("GOGC", "")
	lessGarbage()
	until := func(what string, holds func(percent uint64) bool) {
		t.Helper()
		now := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
			runtime.GC()
			metrics.Read(now)
			if holds(now[0].Value.Uint64()) {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("%s: %d %%", what, now[0].Value.Uint64())
			}
		}
	}
	vectors := make([]float32, 64<<20) // 256 MiB
	until("with much in use", func(p uint64) bool { return p < 40 })
	runtime.KeepAlive(vectors)
	vectors = nil
	until("with little in use", func(p uint64) bool { return p > 60 })
}
