package parse

import (
	"golocal"
)

func parseCSV(name, text string) (golocal.Document, error) { return parseText(name, text) }
