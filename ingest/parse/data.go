package parse

import (
	"golocal"
)

func parseData(name, text string) (golocal.Document, error) { return parseText(name, text) }
