package parse

import (
	"golocal"
)

func parseOrg(text string) (golocal.Document, error) { return parseText("x.org", text) }
