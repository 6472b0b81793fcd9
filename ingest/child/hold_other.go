//go:build !unix

package child

// hold returns room for a file of n bytes, and what gives it back.
func hold(n int64) ([]byte, func(), error) { return make([]byte, n), func() {}, nil }
