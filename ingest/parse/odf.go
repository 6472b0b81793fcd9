package parse

import (
	"golocal"
)

func parseODF(a *archive) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("OpenDocument files are not read yet")
}
