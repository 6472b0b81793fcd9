package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseMail(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("mail is not read yet")
}
