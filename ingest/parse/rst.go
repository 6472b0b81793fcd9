package parse

import (
	"golocal"
)

func parseRST(text string) (golocal.Document, error) { return parseText("x.rst", text) }
