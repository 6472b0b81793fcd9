package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseImage(ctx context.Context, data []byte) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("an image; text in images is not read")
}
