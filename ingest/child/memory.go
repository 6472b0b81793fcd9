package child

import (
	"context"
	"fmt"
	"os"
	"runtime/metrics"
	"time"
)

// watchMemory ends the process when it uses more memory than it may. It is the
// only limit where the system has none that fits: an address-space limit is no
// use, because WebAssembly memory and Go's heap reserve far more than they use.
func watchMemory(ctx context.Context, most int64) {
	resident, end := memoryInUse()
	defer end()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if used := resident(); used > most {
			fmt.Fprintf(os.Stderr, "out of memory: %d bytes used, %d allowed\n", used, most)
			os.Exit(3)
		}
	}
}

// goMemory is what Go's runtime has of the system, in bytes; WebAssembly's
// memory is part of its heap.
func goMemory() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
