package main

import (
	"context"
	"os"
	"testing"
)

// TestMain lets the test's binary be the parser that an app starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "parse" {
		os.Exit(run(context.Background(), os.Args[1:], terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
	}
	os.Exit(m.Run())
}
