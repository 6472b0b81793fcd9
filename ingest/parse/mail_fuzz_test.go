package parse

import (
	"strings"
	"testing"

	"golocal/internal/sample"
)

func FuzzMail(f *testing.F) {
	fuzzParser(f, "a.eml",
		sample.Multipart(letterHead, "mixed", "b", sample.Multipart("", "alternative", "c", sample.Mail("Content-Type: text/plain; format=flowed; delsp=yes", "a \nb\n> c"), sample.Mail("Content-Type: text/html", "<p>d<br>e<h1>f")),
			sample.Attachment("text/plain", "a.txt", []byte("g\n\nh")), sample.Mail("Content-Type: message/rfc822", sample.Mail("Subject: =?utf-8?Q?i?=", "j"))),
		"From a\nReceived: b\n c\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=\"x\"; charset=y\n\n=E4=\n=Z\x80", "a: b\nc",
		"Content-Type: multipart/digest\n\n--boundary\n\nSubject: x\n\ny\n--boundary--\n", "Subject: x\nContent-Type: text/enriched\n\n<b>x<<y</b>", "12\nSubject: xyz\n<?xml", "\xff\xfeS\x00:\x00x\x00")
}

func FuzzMailbox(f *testing.F) {
	fuzzParser(f, "a.mbox", string(sample.Mailbox(sample.Mail(letterHead, "a\nFrom b"), sample.Multipart("Subject: c", "mixed", "b", sample.Attachment("text/html", "d.html", []byte("<h1>e<p>f"))))),
		"From \nDate: x\n\n>From y\n>>From z\n\nFrom a@b 1:00 2024\r\nX-Mozilla-Status: 0008\r\n\r\n", "\n\nFrom x\nSubject: a\n\nb")
}

func FuzzMHTML(f *testing.F) {
	fuzzParser(f, "a.mhtml", string(sample.MHTML("https://a.b/c", "d", "<p>e")), "Content-Type: text/html\n\n<p>a", "Content-Type: multipart/related; start=\"<a>\"; boundary=b\n\n--b\n\nx\n--b\nContent-ID: <a>\nContent-Type: text/html\n\ny")
}

func FuzzOutlook(f *testing.F) {
	fuzzParser(f, "a.msg", string(sample.Outlook(outlookSample())), string(sample.Outlook(sample.OutlookMessage{Text: map[uint16]string{propSubject: "a", propHeaders: "Date: b\nFrom: c"}})))
}

func FuzzUnpackRTF(f *testing.F) {
	f.Add([]byte("\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32"))
	f.Add([]byte(strings.Repeat("\xff", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := unpackRTF(data); err == nil && len(out) > 17*len(data) {
			t.Fatalf("%d bytes of %d", len(out), len(data))
		}
	})
}
