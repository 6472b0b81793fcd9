//go:build race

package index

// raced says that the race detector is built in, which makes SQLite ten times
// slower: what one goroutine does in long loops is done in shorter ones then.
// ./check runs these tests without it as well.
const raced = true
