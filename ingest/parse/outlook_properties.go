package parse

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"golocal/ingest/normal"
)

// Properties of messages, recipients and attachments (MS-OXPROPS).
const (
	propClass         = 0x001a
	propSubject       = 0x0037
	propSubmitted     = 0x0039
	propSenderFor     = 0x0042 // name of whom it was sent for
	propSenderForMail = 0x0065
	propHeaders       = 0x007d // as the internet carried them
	propRecipientType = 0x0c15
	propSender        = 0x0c1a
	propSenderMail    = 0x0c1f
	propDelivered     = 0x0e06
	propDisplayTo     = 0x0e04
	propDisplayCc     = 0x0e03
	propBody          = 0x1000
	propRTF           = 0x1009
	propHTML          = 0x1013
	propName          = 0x3001
	propMail          = 0x3003
	propData          = 0x3701
	propShortName     = 0x3704
	propMethod        = 0x3705
	propLongName      = 0x3707
	propMimeType      = 0x370e
	propContentID     = 0x3712
	propSMTP          = 0x39fe
	propCodepage      = 0x3ffd
	propHTMLCodepage  = 0x3fde
	propSenderSMTP    = 0x5d01
	propSenderForSMTP = 0x5d02
	propHiddenFile    = 0x7ffe
)

// properties are those of one storage of a message (MS-OXMSG 2.4). Values of
// fixed size lie in one stream, others in a stream each.
type properties struct {
	file     *compoundFile
	parts    map[string]compoundEntry
	fixed    map[uint16]uint64
	codepage string
}

// readProperties reads a storage; header is how many bytes come before the
// fixed values: 32 in a message of its own, 24 in one inside another, 8 in a
// recipient or attachment.
func readProperties(f *compoundFile, storage compoundEntry, header int, codepage string) properties {
	p := properties{file: f, parts: f.children(storage), fixed: map[uint16]uint64{}, codepage: codepage}
	e, ok := p.parts["__properties_version1.0"]
	if !ok {
		return p
	}
	b, _ := f.read(e) // a broken one costs its values only
	for at := header; at+16 <= len(b); at += 16 {
		p.fixed[binary.LittleEndian.Uint16(b[at+2:])] = binary.LittleEndian.Uint64(b[at+8:])
	}
	if n := p.fixed[propCodepage]; n != 0 && codepage == "" {
		p.codepage = codepageName(n)
	}
	return p
}

func codepageName(n uint64) string {
	switch n {
	case 65001, 20127:
		return "utf-8"
	case 932:
		return "shift_jis"
	case 936, 54936:
		return "gb18030"
	case 949:
		return "euc-kr"
	case 950:
		return "big5"
	case 20866:
		return "koi8-r"
	case 50220, 50221, 50222:
		return "iso-2022-jp"
	case 51932:
		return "euc-jp"
	}
	if n > 28590 && n < 28606 {
		return fmt.Sprintf("iso-8859-%d", n-28590)
	}
	name := fmt.Sprintf("windows-%d", n)
	if _, err := htmlindex.Get(name); err == nil {
		return name
	}
	return ""
}

// bytes returns a binary property.
func (p properties) bytes(id uint16) []byte {
	e, ok := p.parts[fmt.Sprintf("__substg1.0_%04X0102", id)]
	if !ok {
		return nil
	}
	b, err := p.file.read(e)
	if err != nil {
		return nil
	}
	return b
}

// string returns a text property: Unicode, or bytes of the message's codepage.
func (p properties) string(id uint16) string {
	if e, ok := p.parts[fmt.Sprintf("__substg1.0_%04X001F", id)]; ok {
		if b, err := p.file.read(e); err == nil {
			return strings.TrimRight(decodeUTF16(b, littleEndian), "\x00")
		}
	}
	if e, ok := p.parts[fmt.Sprintf("__substg1.0_%04X001E", id)]; ok {
		if b, err := p.file.read(e); err == nil {
			return strings.TrimRight(decodeCharset(p.codepage, b), "\x00")
		}
	}
	return ""
}

// lost reports that a binary property is there but cannot be read.
func (p properties) lost(id uint16) bool {
	e, ok := p.parts[fmt.Sprintf("__substg1.0_%04X0102", id)]
	return ok && e.size > 0 && p.bytes(id) == nil
}

// line is string on one line.
func (p properties) line(id uint16) string { return normal.OneLine(normal.Text(p.string(id))) }

// time returns a time property: hundreds of nanoseconds since 1601 (MS-DTYP 2.3.3).
func (p properties) time(id uint16) time.Time {
	v := p.fixed[id]
	if v < 1e16 || v > 1e18 { // before 1632, after 4769
		return time.Time{}
	}
	const since1601 = 11644473600
	return time.Unix(int64(v/1e7)-since1601, int64(v%1e7)*100).UTC()
}

// storages returns the storages of a message whose names begin alike, in order.
func (p properties) storages(prefix string) []compoundEntry {
	var out []compoundEntry
	for i := range maxMailParts {
		e, ok := p.parts[fmt.Sprintf("%s%08X", prefix, i)]
		if !ok {
			if i > len(p.parts) {
				break
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// person writes a name and an address. Addresses of Exchange's own kind are no
// use to people.
func person(name, smtp, address string) string {
	if smtp == "" && strings.Contains(address, "@") {
		smtp = address
	}
	name = strings.Trim(strings.TrimSpace(strings.TrimSuffix(name, "<"+smtp+">")), "'\"")
	switch {
	case smtp == "" || !utf8.ValidString(smtp):
		return name
	case name == "" || strings.EqualFold(name, smtp):
		return smtp
	}
	return name + " <" + smtp + ">"
}
