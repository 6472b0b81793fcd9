//go:build !cgo

package runner

import (
	"context"
	"errors"
)

// Supported reports whether this build can run models: it needs cgo.
func Supported() bool { return false }

// Main is the child of a build that can run models; this one cannot.
func Main(context.Context, []string) error {
	return errors.New("this program was built without the engine: install Ollama, or build golocal with a C++ compiler")
}
