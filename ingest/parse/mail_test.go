package parse

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

const letterHead = "From: Ann Lee <ann@example.com>\nTo: Bo <bo@example.com>, cy@example.com\nCc: \"Dee, D.\" <d@example.com>\nDate: Tue, 5 Mar 2024 09:30:00 +0100\nSubject: The ferry\nMessage-ID: <1@example.com>"

const letterLines = "paragraph: From: Ann Lee <ann@example.com>\nTo: Bo <bo@example.com>, cy@example.com\nCc: Dee, D. <d@example.com>\nDate: Tue, 5 Mar 2024 09:30:00 +0100\nSubject: The ferry"

func TestMail(t *testing.T) {
	doc, err := parseOne(t, "a.eml", []byte(sample.Multipart(letterHead, "mixed", "outer",
		sample.Multipart("", "alternative", "inner",
			sample.Mail("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", "It leaves at nine from the caf=E9,=\n as always."),
			sample.Mail("Content-Type: text/html", "<p>It leaves at nine from the page.</p>")),
		sample.Attachment("text/plain", "notes/plan.txt", []byte("First line\n\nSecond")),
		sample.Attachment("image/png", "scan.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")),
		sample.Mail("Content-Type: application/pgp-signature; name=signature.asc", "x"),
	)))
	if err != nil {
		t.Fatal(err)
	}
	part := func(a, b int) golocal.Place { return golocal.Place{Part: "plan.txt", Line: a, LineEnd: b} }
	want := []shown{
		{golocal.KindParagraph, "", strings.TrimPrefix(letterLines, "paragraph: "), paraRange(1, 5)},
		{golocal.KindParagraph, "", "It leaves at nine from the café, as always.", paraRange(6, 6)},
		{golocal.KindHeading, "", "plan.txt", golocal.Place{Part: "plan.txt"}},
		{golocal.KindParagraph, "plan.txt", "First line", part(1, 1)},
		{golocal.KindParagraph, "plan.txt", "Second", part(3, 3)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"attachment scan.png: an image; text in images is read only with ocr: on in the config, and tesseract installed"}, doc.Notes); diff != "" {
		t.Error(diff)
	}
	meta := golocal.Meta{Authors: []string{"Ann Lee <ann@example.com>"}, To: []string{"Bo <bo@example.com>", "cy@example.com", "Dee, D. <d@example.com>"}, Created: time.Date(2024, 3, 5, 9, 30, 0, 0, time.FixedZone("", 3600))}
	if diff := cmp.Diff(meta, doc.Meta); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "The ferry" || doc.Type != Mail {
		t.Errorf("title %q, type %q", doc.Title, doc.Type)
	}
}

func TestMailBodies(t *testing.T) {
	plain := func(s string) string { return sample.Mail("Content-Type: text/plain", s) }
	page := func(s string) string { return sample.Mail("Content-Type: text/html", s) }
	long := "<p>" + strings.Repeat("many words of the page ", 20) + "</p>"
	links := strings.Repeat("Offer <https://example.com/"+strings.Repeat("x", 90)+"> ", 10)
	with := func(kind string, parts ...string) string { return sample.Multipart(letterHead, kind, "b", parts...) }
	wide := func(s string) string { // UTF-16 with mark
		b := []byte{0xff, 0xfe}
		for i := range len(s) {
			b = append(b, s[i], 0)
		}
		return string(b)
	}
	for _, c := range []struct{ name, data, body string }{
		{"no type", sample.Mail(letterHead, "Hello."), "paragraph: Hello."},
		{"a page alone", with("alternative", page("<p>Hello<br>there.")), "paragraph: Hello\nparagraph: there."},
		{"an empty text", with("alternative", plain(" \n"), page("<p>Hello.")), "paragraph: Hello."},
		{"a stub", with("alternative", plain("Please use a program that shows HTML."), page(long)), "paragraph: " + strings.TrimSpace(strings.Repeat("many words of the page ", 20))},
		{"a text between addresses", with("alternative", plain(links), page("<p>Offers.")), "paragraph: Offers."},
		{"a page with its pictures", with("related", page("<p>Hello."), sample.Mail("Content-Type: image/png\nContent-ID: <1>", "x")), "paragraph: Hello."},
		{"signed", with("signed", plain("Hello."), sample.Mail("Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s", "x")), "paragraph: Hello."},
		{"no end", strings.Split(with("mixed", plain("Hello.")), "--b--")[0], "paragraph: Hello."},
		{"boundary not declared", strings.Replace(with("mixed", plain("Hello.")), `; boundary="b"`, "", 1), "paragraph: preamble\n--b\nContent-Type: text/plain\nparagraph: Hello.\n--b--\nepilogue"},
		{"boundary not declared, but there", strings.NewReplacer(`; boundary="b"`, "", "--b", "--boundary").Replace(with("mixed", plain("Hello."))), "paragraph: Hello."},
		{"Apple's Mail", fmt.Sprintf("%d  \n", len(sample.Mail(letterHead, "Hello."))) + sample.Mail(letterHead, "Hello.") + "<?xml version=\"1.0\"?><plist/>", "paragraph: Hello."},
		{"UTF-16", wide(sample.Mail(letterHead, "Hello.")), "paragraph: Hello."},
		{"line of a mailbox before it", "From ann@example.com Tue Mar  5 09:30:00 2024\n" + sample.Mail(letterHead, "Hello."), "paragraph: Hello."},
		{"carriage returns", strings.ReplaceAll(sample.Mail(letterHead, "Hello.\n"), "\n", "\r\n"), "paragraph: Hello."},
		{"flowed", sample.Mail(letterHead+"\nContent-Type: text/plain; format=flowed", "One \nline.\n> quoted \n> too.\n-- \nAnn"), "paragraph: One line.\nparagraph: > quoted too.\nparagraph: --\nAnn"},
		{"flowed, spaces dropped", sample.Mail(letterHead+"\nContent-Type: text/plain; format=flowed; delsp=yes", "日本 \n語"), "paragraph: 日本語"},
		{"unknown charset", sample.Mail(letterHead+"\nContent-Type: text/plain; charset=\"x-nobody\"", "Grüße."), "paragraph: Grüße."},
		{"wrong charset", sample.Mail(letterHead+"\nContent-Type: text/plain; charset=iso-8859-1", "Grüße."), "paragraph: Grüße."},
		{"broken escapes", sample.Mail(letterHead+"\nContent-Transfer-Encoding: quoted-printable", "1 =3D 1, 2 = 2, =ZZ ="), "paragraph: 1 = 1, 2 = 2, =ZZ"},
		{"broken base64", sample.Mail(letterHead+"\nContent-Transfer-Encoding: base64", "SGVs bG8u*\n!"), "paragraph: Hello."},
		{"base64 piece by piece", sample.Mail(letterHead+"\nContent-Transfer-Encoding: base64", "SGVsbA==\nby4="), "paragraph: Hello."},
		{"header without a blank line after it", letterHead + "\nHello there.\nAnd more", "paragraph: Hello there.\nAnd more"},
		{"a field folded without a space", strings.Replace(letterHead, "\nMessage-ID", "\nand more of it\nMessage-ID", 1) + "\n\nHello.", "paragraph: Hello."},
	} {
		doc, err := parseOne(t, "a.eml", []byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		head := letterLines
		if strings.HasPrefix(c.name, "a field") {
			head += " and more of it"
		}
		if diff := cmp.Diff(head+"\n"+c.body, strings.Join(blocks(doc), "\n")); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestMailNested(t *testing.T) {
	inside := sample.Multipart("From: cy@example.com\nSubject: Inside", "mixed", "inner", sample.Mail("Content-Type: text/plain", "Words inside."),
		sample.Attachment("text/html", "page.html", []byte("<h1>Head</h1><p>Deep.<p hidden>no")),
		sample.Mail("Content-Type: message/rfc822", sample.Mail("Subject: Too deep", sample.Mail("", "x"))))
	doc, err := parseOne(t, "a.eml", []byte(sample.Multipart(letterHead, "mixed", "outer", sample.Mail("Content-Type: text/plain", "See below."), sample.Mail("Content-Type: message/rfc822", inside))))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindHeading, "", "Inside.eml", golocal.Place{Part: "Inside.eml"}},
		{golocal.KindParagraph, "Inside.eml", "From: cy@example.com\nSubject: Inside", golocal.Place{Part: "Inside.eml", Paragraph: 1, ParagraphEnd: 2}},
		{golocal.KindParagraph, "Inside.eml", "Words inside.", golocal.Place{Part: "Inside.eml", Paragraph: 3, ParagraphEnd: 3}},
		{golocal.KindHeading, "Inside.eml", "page.html", golocal.Place{Part: "Inside.eml/page.html"}},
		{golocal.KindHeading, "Inside.eml > page.html", "Head", golocal.Place{Part: "Inside.eml/page.html", Paragraph: 1, ParagraphEnd: 1}},
		{golocal.KindParagraph, "Inside.eml > page.html > Head", "Deep.", golocal.Place{Part: "Inside.eml/page.html", Paragraph: 2, ParagraphEnd: 2}},
		{golocal.KindHeading, "Inside.eml", "Too deep.eml", golocal.Place{Part: "Inside.eml/Too deep.eml"}},
	}
	if diff := cmp.Diff(want, show(doc)[2:9]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"attachment Inside.eml: attachment page.html: hidden text was left out (2 characters)"}, doc.Notes); diff != "" {
		t.Error(diff)
	}
	if len(doc.Hidden) != 1 || doc.Hidden[0].Place.Part != "Inside.eml/page.html" {
		t.Errorf("%+v", doc.Hidden)
	}
	// One file more around it, and the innermost is left out.
	doc, err = parseOne(t, "a.mbox", sample.Mailbox(sample.Multipart(letterHead, "mixed", "first", sample.Mail("Content-Type: message/rfc822", sample.Multipart(letterHead, "mixed", "second", sample.Mail("Content-Type: message/rfc822", inside))))))
	if err != nil || strings.Contains(doc.Text, "Deep.") || !strings.Contains(doc.Text, "Words inside.") {
		t.Errorf("%q, %v", doc.Text, err)
	}
	if want := "message 1, attachment The ferry.eml: attachment Inside.eml: attachment page.html: lies deeper than 2 files in files"; len(doc.Notes) == 0 || doc.Notes[0] != want {
		t.Errorf("%q", doc.Notes)
	}
}

// Places of an attachment are those of its own file: pages of a PDF.
func TestMailAttachedPages(t *testing.T) {
	pdf := sample.PDF([][]sample.PDFLine{sample.Column(700, "The tides of the first page."), sample.Column(700, "The fares of the second page.")}, "", "", nil, "")
	f := &Formats{Cache: cacheDir(t)}
	defer f.Close()
	doc, err := f.Parse(t.Context(), "a.eml", []byte(sample.Multipart(letterHead, "mixed", "b", sample.Mail("Content-Type: text/plain", "See below."),
		sample.Attachment("application/pdf", "tides.pdf", pdf), sample.Attachment("text/plain", "last.txt", []byte("The last.")))))
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(&doc); err != nil {
		t.Fatal(err)
	}
	got := map[string]golocal.Place{}
	for _, s := range doc.Sections {
		got[doc.Text[s.Span.Start:s.Span.End]] = s.Place
	}
	for text, want := range map[string]golocal.Place{
		"The tides of the first page.":  {Part: "tides.pdf", Page: 1, PageEnd: 1},
		"The fares of the second page.": {Part: "tides.pdf", Page: 2, PageEnd: 2},
		"The last.":                     {Part: "last.txt", Line: 1, LineEnd: 1},
	} {
		if diff := cmp.Diff(want, got[text]); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	if len(doc.Lines) > 0 || doc.Pages > 0 {
		t.Errorf("%d drawn lines, %d pages of a message", len(doc.Lines), doc.Pages)
	}
}

func TestMailWithoutText(t *testing.T) {
	for name, c := range map[string]struct{ data, note string }{
		"PGP parts":   {sample.Multipart(letterHead, "encrypted", "b", sample.Mail("Content-Type: application/pgp-encrypted", "Version: 1"), sample.Mail("Content-Type: application/octet-stream", "-----BEGIN PGP MESSAGE-----\nx")), "the message is encrypted: only its header is read"},
		"PGP text":    {sample.Mail(letterHead, "-----BEGIN PGP MESSAGE-----\n\nabc"), "the message is encrypted: only its header is read"},
		"S/MIME":      {sample.Mail(letterHead+"\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "abc"), "the message is encrypted: only its header is read"},
		"winmail.dat": {sample.Multipart(letterHead, "mixed", "b", sample.Attachment("application/ms-tnef", "winmail.dat", []byte("x"))), "attachment winmail.dat: Outlook's own format (TNEF) is not read"},
		"bad file":    {sample.Multipart(letterHead, "mixed", "b", sample.Attachment("application/pdf", "a.pdf", []byte("no"+"thing\x00\x01\x02\x03"))), "attachment a.pdf: no PDF inside, whatever its name says"},
	} {
		doc, err := parseOne(t, "a.eml", []byte(c.data))
		if err != nil || strings.TrimSpace(doc.Text) != strings.TrimPrefix(letterLines, "paragraph: ") {
			t.Errorf("%s: %q, %v", name, doc.Text, err)
		}
		if diff := cmp.Diff([]string{c.note}, doc.Notes); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, data := range []string{"\n\n  \n", "From: \n\n", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--"} {
		var failure *Failure
		if _, err := parseOne(t, "a.eml", []byte(data)); !errors.As(err, &failure) || failure.State != golocal.StateNoText {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestMailHeaders(t *testing.T) {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?q?_aus_K=C3=B6ln?=", "Grüße aus Köln"},
		{"=?utf-8?Q?Hello World?=", "Hello World"}, // a space that must not be there
		{"=?UTF-8?B?" + b64("日本語"[:4]) + "?=\r\n =?UTF-8?B?" + b64("日本語"[4:]) + "?=", "日本語"},
		{"=?iso-8859-1*de?Q?Caf=E9?= and more", "Café and more"},
		{"=?x-nobody?Q?a?=", "a"},
		{"=?utf-8?B?!!?=", ""},
		{"Gr\xfc\xdfe aus der Stadt am Rhein", "Grüße aus der Stadt am Rhein"},
		{"=?utf-8?X?a?= b", "=?utf-8?X?a?= b"},
	} {
		if got := decodeWords(c.in); got != c.want {
			t.Errorf("decodeWords(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for in, want := range map[string][]string{
		`a@x.y`:                                {"a@x.y"},
		`"Lee, Ann" <a@x.y>, <b@x.y>`:          {"Lee, Ann <a@x.y>", "b@x.y"},
		`=?utf-8?Q?Lee=2C_Ann?= <a@x.y>`:       {"Lee, Ann <a@x.y>"},
		`undisclosed-recipients:;`:             nil,
		`Team: a@x.y, b@x.y;`:                  {"a@x.y", "b@x.y"},
		`a@x.y (one (two, three), four), b@`:   {"a@x.y (one (two, three), four)", "b@"},
		strings.Repeat("(", 100_000) + "a@x.y": {"(((((((((("},
		``:                                     nil,
	} {
		got := addresses(in)
		if len(in) > 1000 {
			if len(got) != 1 || !strings.HasPrefix(got[0], want[0]) {
				t.Errorf("nested comments: %.40q", got)
			}
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
	for in, want := range map[string]string{
		`text/plain; charset=utf-8`:                                    "text/plain utf-8",
		`TEXT/Plain; charset = "UTF-8"Content-Transfer-Encoding: 8bit`: "text/plain UTF-8",
		`text/html; charset=a; charset=b`:                              "text/html a",
		`text/plain; format; charset=x; =`:                             "text/plain x",
		`application/pdf; charset*=utf-8'en'a%20b`:                     "application/pdf a b",
		``: " ",
	} {
		kind, params := mediaType(in)
		if got := kind + " " + params["charset"]; got != want {
			t.Errorf("mediaType(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"Tue, 5 Mar 2024 09:30:00 +0100 (CET)": "2024-03-05T08:30:00Z", "2024-03-05T09:30:00Z": "2024-03-05T09:30:00Z", "no date": "0001-01-01T00:00:00Z",
	} {
		if got := sentAt(in).UTC().Format(time.RFC3339); got != want {
			t.Errorf("sentAt(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestLetterLines(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"broken to a width", "The ferry leaves the harbour at nine o'clock in the morning and arrives\nat noon. On Sundays it leaves an hour later, and there is none at all on\nholidays.\n\nYours,\nAnn\n", "The ferry leaves the harbour at nine o'clock in the morning and arrives at noon. On Sundays it leaves an hour later, and there is none at all on holidays.\nYours,\nAnn\n"},
		{"lines of their own", "Ann Lee\n12 Harbour Street\nSeaton\n", "Ann Lee\n12 Harbour Street\nSeaton\n"},
		{"lists", "- one\n- two\n", "- one\n- two\n"},
		{"indented alike", "   - one\n   - two\n", "- one\n- two\n"},
		{"quoted", "> The ferry leaves the harbour at nine o'clock in the morning and arrives\n> at noon. On Sundays it leaves an hour later, and there is none at all on\n> holidays.\n>> Older\nNo.\n", "> The ferry leaves the harbour at nine o'clock in the morning and arrives at noon. On Sundays it leaves an hour later, and there is none at all on holidays.\n>> Older\nNo.\n"},
	} {
		l := &layout{}
		writeLetter(l, c.in, false, false)
		if diff := cmp.Diff(c.want, l.text.String()); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

// Each of these ends with one reason or a message that is read, and none costs
// more than its bytes do; the real sizes are measured, not tested.
func TestMailBombs(t *testing.T) {
	var deep strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n", i, i)
	}
	for name, c := range map[string]struct{ data, reason string }{
		"parts":         {"Content-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\n", 1_000_000), "broken: more than 1,000 parts"},
		"parts of many": {letterHead + "\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\nContent-Type: multipart/mixed; boundary=y\n\n"+strings.Repeat("--y\n\n", 30), 40), "broken: more than 1,000 parts"},
		"depth":         {deep.String(), "broken: parts nested deeper than 20"},
		"same boundary": {strings.Repeat("Content-Type: multipart/mixed; boundary=x\n\n--x\n", 10_000), "broken: more than 1,000 parts"},
		"headers":       {"From: a@b.c\n" + strings.Repeat("X-A: b\n", 100_000) + "\nx", "broken: a header of more than 256 KB"},
		"one header":    {"From: " + strings.Repeat("(", 1_000_000) + "\n\nx", "broken: a header of more than 256 KB"},
	} {
		_, err := parseOne(t, "a.eml", []byte(c.data))
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != c.reason || failure.Type != Mail {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A thousand boundaries in one line are none.
	doc, err := parseOne(t, "a.eml", []byte(letterHead+"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHello "+strings.Repeat("--x", 1000)))
	if err != nil || !strings.Contains(doc.Text, "Hello --x") {
		t.Errorf("%.200q, %v", doc.Text, err)
	}
}

func TestAttachmentBudget(t *testing.T) {
	f := &Formats{}
	a := &attachments{formats: f, out: &layout{}, began: time.Now(), bytes: maxArchive}
	if err := a.add(context.Background(), 3, "a.txt", []byte("words"), 1, false); err != nil {
		t.Fatal(err)
	}
	a.bytes, f.Time, a.began = 0, time.Minute, time.Now().Add(-time.Minute)
	if err := a.add(context.Background(), 0, "b.txt", []byte("words"), 1, false); err != nil {
		t.Fatal(err)
	}
	for range maxNoted {
		a.note(0, "c", remark.New(remark.BrokenStopped))
	}
	var notes []string
	for _, n := range a.noted() {
		notes = append(notes, remark.Say("en", n))
	}
	if notes[0] != "message 3, attachment a.txt: the attachments before it were already 209 MB" || notes[1] != "attachment b.txt: reading the file took too long" || notes[maxNoted] != "2 more attachments were not read" {
		t.Errorf("%q", notes)
	}
}
