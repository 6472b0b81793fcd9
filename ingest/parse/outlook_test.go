package parse

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func outlookSample() sample.OutlookMessage {
	sent := time.Date(2024, 3, 5, 8, 30, 0, 0, time.UTC)
	person := func(name, mail string, kind uint64) sample.OutlookMessage {
		return sample.OutlookMessage{Text: map[uint16]string{propName: name, propSMTP: mail}, Fixed: map[uint16]uint64{propRecipientType: kind}}
	}
	return sample.OutlookMessage{
		Text:       map[uint16]string{propClass: "IPM.Note", propSubject: "The ferry", propSender: "Ann Lee", propSenderMail: "/o=Firm/cn=ann", propSenderSMTP: "ann@example.com", propBody: "It leaves at nine.\r\n\r\nAnn"},
		Fixed:      map[uint16]uint64{propSubmitted: sample.FileTime(sent)},
		Recipients: []sample.OutlookMessage{person("Bo", "bo@example.com", 1), person("cy@example.com", "cy@example.com", 2)},
		Attachments: []sample.OutlookMessage{
			{Text: map[uint16]string{propLongName: "plan.txt"}, Binary: map[uint16]string{propData: strings.Repeat("A line of the plan.\n", 300)}},
			{Text: map[uint16]string{propLongName: "logo.png", propMimeType: "image/png", propContentID: "1"}, Binary: map[uint16]string{propData: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}},
			{Text: map[uint16]string{propLongName: "song.mp3"}, Binary: map[uint16]string{propData: "ID3\x03\x00\x00\x00\x00\x00\x21TIT2"}},
			{Fixed: map[uint16]uint64{propMethod: 5}, Message: &sample.OutlookMessage{Text: map[uint16]string{propSubject: "Older"}, Binary: map[uint16]string{propHTML: "<meta charset=utf-8><p>The page.</p><p hidden>no"}}},
		},
	}
}

func TestOutlook(t *testing.T) {
	data := sample.Outlook(outlookSample())
	for _, name := range []string{"a.msg", "message"} {
		doc, err := parseOne(t, name, data)
		if err != nil {
			t.Fatal(err)
		}
		got := show(doc)
		want := []shown{
			{golocal.KindParagraph, "", "From: Ann Lee <ann@example.com>\nTo: Bo <bo@example.com>\nCc: cy@example.com\nDate: Tue, 05 Mar 2024 08:30:00 +0000\nSubject: The ferry", paraRange(1, 5)},
			{golocal.KindParagraph, "", "It leaves at nine.", paraRange(6, 6)},
			{golocal.KindParagraph, "", "Ann", paraRange(7, 7)},
			{golocal.KindHeading, "", "plan.txt", golocal.Place{Part: "plan.txt"}},
			{golocal.KindParagraph, "plan.txt", strings.TrimSpace(strings.Repeat("A line of the plan.\n", 300)), golocal.Place{Part: "plan.txt", Line: 1, LineEnd: 300}},
			{golocal.KindHeading, "", "Older.msg", golocal.Place{Part: "Older.msg"}},
			{golocal.KindParagraph, "Older.msg", "Subject: Older", golocal.Place{Part: "Older.msg", Paragraph: 1, ParagraphEnd: 1}},
			{golocal.KindParagraph, "Older.msg", "The page.", golocal.Place{Part: "Older.msg", Paragraph: 2, ParagraphEnd: 2}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"attachment song.mp3: an audio file (.mp3)", "attachment Older.msg: hidden text was left out (2 characters)"}, doc.Notes); diff != "" {
			t.Error(diff)
		}
		meta := golocal.Meta{Authors: []string{"Ann Lee <ann@example.com>"}, To: []string{"Bo <bo@example.com>", "cy@example.com"}, Created: time.Date(2024, 3, 5, 8, 30, 0, 0, time.UTC)}
		if diff := cmp.Diff(meta, doc.Meta); diff != "" {
			t.Error(diff)
		}
		if doc.Title != "The ferry" || doc.Type != Outlook {
			t.Errorf("title %q, type %q", doc.Title, doc.Type)
		}
	}
}

func TestOutlookCodepage(t *testing.T) {
	m := sample.OutlookMessage{Fixed: map[uint16]uint64{propCodepage: 1251}}
	s := m
	data := sample.Outlook(s)
	if _, err := parseOne(t, "a.msg", data); err == nil {
		t.Error("a message without anything was read")
	}
	root := sample.Storage{Streams: map[string][]byte{"__substg1.0_1000001E": []byte("\xcf\xf0\xe8\xe2\xe5\xf2"), "__properties_version1.0": make([]byte, 48)}}
	p := root.Streams["__properties_version1.0"]
	binary.LittleEndian.PutUint32(p[32:], propCodepage<<16|3)
	binary.LittleEndian.PutUint32(p[40:], 1251)
	if doc, err := parseOne(t, "a.msg", sample.Compound(root)); err != nil || doc.Text != "Привет\n" {
		t.Errorf("%q, %v", doc.Text, err)
	}
}

func TestOutlookEncrypted(t *testing.T) {
	m := sample.OutlookMessage{Text: map[uint16]string{propClass: "IPM.Note.SMIME", propSubject: "Secret"}, Attachments: []sample.OutlookMessage{{Text: map[uint16]string{propLongName: "smime.p7m"}, Binary: map[uint16]string{propData: "abc"}}}}
	doc, err := parseOne(t, "a.msg", sample.Outlook(m))
	if err != nil || doc.Text != "Subject: Secret\n" || len(doc.Notes) != 1 || doc.Notes[0] != "the message is encrypted: only its header is read" {
		t.Errorf("%q, %q, %v", doc.Text, doc.Notes, err)
	}
}

// The example of MS-OXRTFCP 3.1.1, and stored text.
func TestUnpackRTF(t *testing.T) {
	packed := "\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3 hel\x09\x00\x20bw\x05\xb0ld}\x0a\x80\x0f\xa0"
	got, err := unpackRTF([]byte(packed))
	if want := "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"; err != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := unpackRTF([]byte("\x12\x00\x00\x00\x05\x00\x00\x00MELA\x00\x00\x00\x00{\\rtf1}")); err != nil || string(got) != "{\\rtf" {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range []string{"", "short", strings.Repeat("x", 20)} {
		if _, err := unpackRTF([]byte(bad)); !errors.Is(err, errRTF) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Whatever its tables say, a file costs no more than the limits allow.
func TestCompoundLoops(t *testing.T) {
	whole := sample.Outlook(outlookSample())
	for at := 0; at+4 <= len(whole); at += 64 {
		for _, v := range []uint32{0, 1, 0x7fffffff, endOfChain, noEntry} {
			data := append([]byte{}, whole...)
			binary.LittleEndian.PutUint32(data[at:], v)
			f, err := openCompound(data)
			if err != nil {
				continue
			}
			for _, e := range f.entries[:min(len(f.entries), 200)] {
				if b, err := f.read(e); err == nil && len(b) > len(data) {
					t.Fatalf("%d bytes of a file of %d", len(b), len(data))
				}
			}
		}
	}
	for _, n := range []int{0, 100, 511, 512, 600} {
		var failure *Failure
		if _, err := parseOne(t, "a.msg", whole[:n]); !errors.As(err, &failure) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
	var nested sample.Storage
	for range 500 {
		nested = sample.Storage{Storages: map[string]sample.Storage{"__substg1.0_3701000D": nested}, Streams: map[string][]byte{"__properties_version1.0": make([]byte, 64)}}
	}
	var failure *Failure
	if _, err := parseOne(t, "a.msg", sample.Compound(nested)); !errors.As(err, &failure) {
		t.Errorf("500 messages in each other: %v", err)
	}
}
