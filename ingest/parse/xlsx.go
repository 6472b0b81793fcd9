package parse

import (
	"context"

	"golocal"
)

func (f *Formats) parseXLSX(ctx context.Context, a *archive, main string, depth int) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("Excel workbooks are not read yet")
}
