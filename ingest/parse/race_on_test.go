//go:build race

package parse

// raced says that the race detector is built in, which makes what goes byte by
// byte through megabytes ten times slower. ./check runs these tests without it
// as well.
const raced = true
