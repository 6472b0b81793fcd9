package parse

import (
	"golocal"
)

func parseEPUB(a *archive) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("EPUB books are not read yet")
}
