package parse

import (
	"golocal"
)

func parseJSONL(text string) (golocal.Document, error) { return parseText("x.jsonl", text) }
