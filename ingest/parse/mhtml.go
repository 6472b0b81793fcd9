package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseMHTML(ctx context.Context, data []byte) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("saved web pages (.mhtml) are not read yet")
}
