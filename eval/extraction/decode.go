package extraction

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// errCharset is what a reference that reads UTF-8 only makes of other text.
var errCharset = errors.New("neither UTF-8 nor does it say what it is")

// decode returns the bytes of a text file as UTF-8, without a byte order mark:
// by that mark, for HTML also by what the page says of itself, else as browsers
// do. Nothing else is guessed: a wrong guess would be a wrong reference.
func decode(format string, data []byte) ([]byte, error) {
	for _, mark := range []string{"\xfe\xff", "\xff\xfe", "\xef\xbb\xbf"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
			return text, err
		}
	}
	if utf8.Valid(data) {
		return data, nil
	}
	if format == "html" {
		encoding, _, _ := charset.DetermineEncoding(data, "text/html")
		return encoding.NewDecoder().Bytes(data)
	}
	return nil, errCharset
}
