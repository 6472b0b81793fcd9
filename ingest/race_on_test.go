//go:build race

package ingest

// raced says that the race detector is built in, which makes parsers ten times
// slower and larger.
const raced = true
