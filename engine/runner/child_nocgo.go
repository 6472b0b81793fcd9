//go:build !cgo

package runner

import (
	"context"
	"errors"
)

// Supported reports whether this build can run models: it needs cgo.
func Supported() bool { return false }

// Build is empty: this build has no native code.
func Build() string { return "" }

// Usable says what this build lacks.
func Usable() error {
	return &Lack{Of: "this build of golocal has no engine", Next: "install Ollama, or build with a C++ compiler: ./run"}
}

// Main is the child of a build that can run models; this one cannot.
func Main(context.Context, []string) error {
	return errors.New("this program was built without the engine: install Ollama, or build golocal with a C++ compiler")
}
