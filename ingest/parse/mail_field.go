package parse

import (
	"bytes"
	"regexp"
	"strings"
)

// letterFields are header fields that messages have and other texts that begin
// with "name: value" lines have not, or seldom (RFC 5322, 3.6).
var letterFields = set("from to cc bcc subject date received return-path delivered-to message-id mime-version reply-to sender in-reply-to references content-type dkim-signature list-id x-mailer")

// postmark is the line before a message in a mailbox: "From ", who sent it, and
// a time with a year, in any of the orders that programs write (RFC 4155,
// appendix A, has one of them).
var postmark = regexp.MustCompile(`^From .*\b\d{1,2}:\d{2}(:\d{2})?\b.*\b(19|20)\d{2}\b|^From .*\b(19|20)\d{2}\b.*\b\d{1,2}:\d{2}(:\d{2})?\b`)

// fieldName returns the name of the header field that a line begins, in lower
// case.
func fieldName(line []byte) (string, bool) {
	i := bytes.IndexByte(line, ':')
	if i <= 0 || i > 80 {
		return "", false
	}
	name := bytes.TrimRight(line[:i], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return "", false
		}
	}
	return strings.ToLower(string(name)), len(name) > 0
}
