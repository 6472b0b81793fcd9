package parse

import (
	"golocal"
)

func parsePPTX(a *archive, main string) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("PowerPoint presentations are not read yet")
}
