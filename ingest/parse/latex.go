package parse

import (
	"golocal"
)

func parseLaTeX(text string) (golocal.Document, error) { return parseText("x.latex", text) }
