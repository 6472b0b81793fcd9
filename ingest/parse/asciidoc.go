package parse

import (
	"golocal"
)

func parseAsciiDoc(text string) (golocal.Document, error) { return parseText("x.asciidoc", text) }
