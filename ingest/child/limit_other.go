//go:build !unix

package child

// limitProcess has nothing to set here: memory is watched by watchMemory and
// time by the parent.
func limitProcess(int64) error { return nil }

func limitSeconds(int) error { return nil }
