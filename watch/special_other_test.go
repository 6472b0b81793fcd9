//go:build !unix

package watch

import "testing"

var specialFiles = map[string]string{}

func makeSpecial(*house) {}

func makePipe(testing.TB, string) {}

func asNobody(*testing.T) bool { return false }
