package parse

import (
	"golocal"
)

func parseXLSX(data []byte) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("Excel workbooks are not read yet")
}
