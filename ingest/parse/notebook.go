package parse

import (
	"golocal"
)

func parseNotebook(text string) (golocal.Document, error) { return parseText("x.notebook", text) }
