package parse

import (
	"golocal"
)

func parseSubtitles(text string) (golocal.Document, error) { return parseText("x.subtitles", text) }
