package parse

import (
	"golocal"
)

func parseRTF(data []byte) (golocal.Document, error) {
	return golocal.Document{}, Unsupported("rich text (.rtf) is not read yet; save it as .docx")
}
