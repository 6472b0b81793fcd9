package parse

import (
	"golocal"
)

func parseJSON(text string) (golocal.Document, error) { return parseText("x.json", text) }
