//go:build !linux

package runnertest

import "testing"

// pullFull needs a disk that a test can fill, which only Linux gives.
func pullFull(*testing.T, Start) {}

func room(string) func() int64 { return nil }
