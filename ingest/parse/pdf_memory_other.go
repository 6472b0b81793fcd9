//go:build !unix

package parse

// reserve finds no way to reserve memory here.
func reserve(uint64) []byte { return nil }

func use([]byte, int) bool { return false }

func release([]byte) {}
