package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestMailbox(t *testing.T) {
	data := sample.Mailbox(
		sample.Mail("From: ann@example.com\nSubject: One", "Hello.\n\nFrom here it is a mile.\n>From there two."),
		sample.Multipart("From: bo@example.com\nSubject: Two", "mixed", "b", sample.Mail("Content-Type: text/html", "<h1>Head</h1><p>Words."), sample.Attachment("text/plain", "a.txt", []byte("In a file."))),
		sample.Mail("X-Mozilla-Status: 0009\nFrom: cy@example.com\nSubject: Deleted", "Gone."),
		"X-A: "+strings.Repeat("x", maxHeader)+"\n\nx",
		sample.Mail("From: dee@example.com", "Last."),
	)
	at := func(message, from, to int) golocal.Place {
		return golocal.Place{Message: message, Paragraph: from, ParagraphEnd: to}
	}
	want := []shown{
		{golocal.KindHeading, "", "One", at(1, 1, 1)},
		{golocal.KindParagraph, "One", "From: ann@example.com", at(1, 2, 2)},
		{golocal.KindParagraph, "One", "Hello.", at(1, 3, 3)},
		{golocal.KindParagraph, "One", "From here it is a mile.", at(1, 4, 4)},
		{golocal.KindParagraph, "One", "> From there two.", at(1, 5, 5)},
		{golocal.KindHeading, "", "Two", at(2, 1, 1)},
		{golocal.KindParagraph, "Two", "From: bo@example.com", at(2, 2, 2)},
		{golocal.KindHeading, "Two", "Head", at(2, 3, 3)},
		{golocal.KindParagraph, "Two > Head", "Words.", at(2, 4, 4)},
		{golocal.KindHeading, "Two", "a.txt", golocal.Place{Message: 2, Part: "a.txt"}},
		{golocal.KindParagraph, "Two > a.txt", "In a file.", golocal.Place{Message: 2, Part: "a.txt", Line: 1, LineEnd: 1}},
		{golocal.KindParagraph, "", "From: dee@example.com", at(5, 1, 1)},
		{golocal.KindParagraph, "", "Last.", at(5, 2, 2)},
	}
	for _, name := range []string{"a.mbox", "Inbox", "2024-March.txt"} {
		doc, err := parseOne(t, name, data)
		if err != nil || doc.Type != Mailbox || doc.Title != "" {
			t.Fatalf("%s: type %q, title %q, %v", name, doc.Type, doc.Title, err)
		}
		if diff := cmp.Diff(want, show(doc)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"message 4 is broken: a header of more than 256 KB", "1 deleted messages were left out"}, doc.Notes); diff != "" {
			t.Error(diff)
		}
		if n := strings.Count(doc.Text, "\f"); n != 3 {
			t.Errorf("%d message ends for 3 messages", n)
		}
	}
}

func TestMessageStarts(t *testing.T) {
	for _, c := range []struct {
		data string
		want int
	}{
		{"From a@b Tue Mar  5 09:30:00 2024\nSubject: x\n\ny\n\nFrom a@b Tue Mar  5 09:30:00 2024\nSubject: x\n", 2},
		{"From a@b Tue Mar  5 09:30:00 2024\r\nSubject: x\r\n\r\ny\r\n\r\nFrom a@b Tue Mar  5 09:30:00 2024\r\nSubject: x\r\n", 2},
		{"From 176@xxx Wed Mar 01 10:09:01 +0000 2023\nX-GM-THRID: 1\nSubject: x\n\ny", 1},
		{"From \nReceived: x\n\ny\n\nFrom \nDate: x\n\nz", 2},
		{"From a@b Tue Mar  5 09:30:00 2024\nSubject: x\n\nFrom here on\nDates: none\n", 1},                        // not after it a header
		{"From a@b Tue Mar  5 09:30:00 2024\nSubject: x\n\ny\nFrom a@b Tue Mar  5 09:30:00 2024\nSubject: x\n", 1}, // no blank line
		{"\n\nFrom a@b Tue Mar  5 09:30:00 2024\nSubject: x\n", 1},
		{"Dear all\n", 0},
	} {
		if got := len(messageStarts([]byte(c.data))); got != c.want {
			t.Errorf("%q: %d messages, want %d", c.data, got, c.want)
		}
	}
}

func TestMailDetection(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"1710000000.M1.host,S=1:2,S", "Return-Path: <a@b.c>\nReceived: by x\n\tid 1\nFrom: a@b.c\nSubject: x\n\ny", Mail},
		{"memo.txt", "From: the captain\nTo: all\nSubject: tides\nDate: today\n\nHigh at nine.", Text},
		{"a.md", "Received: by x\nFrom: a@b.c\nDate: x\n\ny", Markdown},
		{"settings", "Message-ID: x\nfoo\nFrom: a\nTo: b\n", Text},
		{"a.txt", "From Monday 10:00 to Friday in 2024 the ferry is late.\nSorry.", Text},
		{"a.txt", "From ann@example.com Tue Mar  5 09:30:00 2024\nSubject: x\n\ny", Mailbox},
		{"a.eml", "Just words.", Mail},
	} {
		if got := Type(c.name, []byte(c.data)); got != c.want {
			t.Errorf("Type(%q, %q) = %q, want %q", c.name, c.data, got, c.want)
		}
	}
}

func TestMailboxIsCut(t *testing.T) {
	if raced {
		return // one goroutine, byte by byte; ./check runs it without the race detector
	}
	body := strings.Repeat(strings.Repeat("tides ", 20)+"\n\n", 70_000) // 8.4 MB
	var messages []string
	for i := range 9 {
		messages = append(messages, sample.Mail(fmt.Sprintf("From: a@b.c\nSubject: Number %d", i+1), body))
	}
	doc, err := parseOne(t, "a.mbox", sample.Mailbox(messages...))
	if err != nil || len(doc.Text) > MaxText {
		t.Fatalf("%d bytes, %v", len(doc.Text), err)
	}
	// 75.6 MB of file leave 67.1 - 15.1 MB for text, which the seventh message fills.
	if diff := cmp.Diff([]string{"read up to message 7 of 9"}, doc.Notes); diff != "" {
		t.Error(diff)
	}
}
