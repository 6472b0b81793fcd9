package sample

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Mail is a message or a part of one: header fields, one a line, and a body.
func Mail(fields, body string) string { return strings.TrimSpace(fields) + "\n\n" + body }

// Multipart is a message or part of several parts; kind is "mixed",
// "alternative" and the like. The boundary is the word, which must not be one of
// another multipart inside.
func Multipart(fields, kind, boundary string, parts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nMIME-Version: 1.0\nContent-Type: multipart/%s; boundary=\"%s\"\n\npreamble\n", strings.TrimSpace(fields), kind, boundary)
	for _, p := range parts {
		fmt.Fprintf(&b, "--%s\n%s\n", boundary, p)
	}
	fmt.Fprintf(&b, "--%s--\nepilogue\n", boundary)
	return strings.TrimLeft(b.String(), "\n")
}

// Attachment is a part that holds a file.
func Attachment(kind, name string, data []byte) string {
	return Mail(fmt.Sprintf("Content-Type: %s\nContent-Disposition: attachment; filename=\"%s\"\nContent-Transfer-Encoding: base64", kind, name), wrap(base64.StdEncoding.EncodeToString(data), 76))
}

// wrap breaks s into lines of n bytes.
func wrap(s string, n int) string {
	var b strings.Builder
	for len(s) > n {
		b.WriteString(s[:n] + "\n")
		s = s[n:]
	}
	return b.String() + s
}

// Mailbox joins messages as mail programs do (RFC 4155): each after a line with
// sender and time, lines that look like one marked.
func Mailbox(messages ...string) []byte {
	var b strings.Builder
	for i, m := range messages {
		fmt.Fprintf(&b, "From sender%d@example.com Tue Mar  5 09:%02d:00 2024\n", i, i%60)
		for line := range strings.Lines(m) {
			if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
				b.WriteByte('>')
			}
			b.WriteString(line)
		}
		b.WriteString("\n\n")
	}
	return []byte(b.String())
}

// MHTML is a page with a picture, as a browser saves it in one file (RFC 2557).
func MHTML(address, subject, page string) []byte {
	return []byte(Multipart("From: <Saved by Browser>\nSnapshot-Content-Location: "+address+"\nSubject: "+subject+"\nDate: Tue, 5 Mar 2024 09:30:00 +0100",
		"related", "----MultipartBoundary--page----",
		Mail("Content-Type: text/html\nContent-ID: <frame-0@mhtml>\nContent-Transfer-Encoding: quoted-printable\nContent-Location: "+address, strings.NewReplacer("=", "=3D", "é", "=C3=A9").Replace(page)),
		Mail("Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: "+address+"/a.png", "iVBORw0KGgo="),
		Mail("Content-Type: text/css\nContent-Transfer-Encoding: quoted-printable", "p { color: red }")))
}
