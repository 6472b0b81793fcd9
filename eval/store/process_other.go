//go:build !linux

package store

import "time"

var start = time.Now()

// processorSeconds is wall time here: figures of searches that use several
// processors are then understated.
func processorSeconds() float64 { return time.Since(start).Seconds() }

// residentBytes is unknown here.
func residentBytes() int64 { return 0 }
