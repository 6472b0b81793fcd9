package parse

import (
	"fmt"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
)

// maxListed is how many recipients stand in the text of a message.
const maxListed = 50

// message is what the header of a message tells, whatever format it comes in.
type message struct {
	subject     string
	from        []string // "Ann Lee <ann@example.com>"
	to, cc, bcc []string
	date        string // as written
	sent        time.Time
}

// message reads the header of a part that is a message.
func (p *mailPart) message() message {
	m := message{
		subject: normal.OneLine(normal.Text(decodeWords(p.header.get("subject")))),
		from:    addresses(p.header.get("from")),
		to:      addresses(p.header.all("to")),
		cc:      addresses(p.header.all("cc")),
		bcc:     addresses(p.header.all("bcc")),
		date:    normal.OneLine(normal.Text(decodeWords(p.header.get("date")))),
		sent:    sentAt(p.header.get("date")),
	}
	if len(m.from) == 0 {
		m.from = addresses(p.header.get("sender"))
	}
	return m
}

// write puts the header into a text as lines that can be searched and quoted.
func (m message) write(l *layout, subject bool) {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	add("From", listed(m.from))
	add("To", listed(m.to))
	add("Cc", listed(m.cc))
	add("Bcc", listed(m.bcc))
	add("Date", m.date)
	if subject {
		add("Subject", m.subject)
	}
	l.add(golocal.KindParagraph, 0, strings.Join(lines, "\n"))
}

// meta returns the header as a document's metadata.
func (m message) meta() golocal.Meta {
	meta := golocal.Meta{Authors: m.from, Created: m.sent}
	meta.To = append(append(append(meta.To, m.to...), m.cc...), m.bcc...)
	return meta
}

func listed(names []string) string {
	if n := len(names); n > maxListed {
		return strings.Join(names[:maxListed], ", ") + fmt.Sprintf(" and %d more", n-maxListed)
	}
	return strings.Join(names, ", ")
}
