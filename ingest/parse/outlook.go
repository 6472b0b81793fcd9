package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseOutlook(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("Outlook messages are not read yet")
}
