package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Most of the memory in use are vectors, in which the garbage collector has
// nothing to follow. By default it lets as much garbage gather as memory is in use,
// so twice the vectors would be taken from the machine.
const (
	garbageMost  = 64 << 20 // bytes, where that is between the shares below
	garbageShare = 25       // % of the memory in use, at least: what is collected then would cost too much time
	garbageUsual = 100      // % at most, Go's own default
)

// lessGarbage bounds the garbage of this process from now on, unless GOGC says how
// much there may be.
var lessGarbage = sync.OnceFunc(func() {
	if os.Getenv("GOGC") == "" {
		collected()
	}
})

// collected sets the bound for the memory that is in use now, and again after each
// collection.
func collected() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(garbagePercent(live[0].Value.Uint64()))
	runtime.AddCleanup(new([64]byte), func(struct{}) { collected() }, struct{}{})
}

// garbagePercent is Go's GOGC where live bytes are in use.
func garbagePercent(live uint64) int {
	return int(min(max(garbageMost*100/max(live, 1), garbageShare), garbageUsual))
}
