package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseMailbox(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("mailboxes are not read yet")
}
