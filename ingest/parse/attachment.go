package parse

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
)

// maxNoted is how many attachments a document names that could not be read.
const maxNoted = 20

// attachments reads the files inside of messages, one after another, into the
// text of their message.
type attachments struct {
	formats *Formats
	out     *layout
	depth   int       // how many files deep the messages lie
	began   time.Time // of reading the file
	bytes   int64     // read so far
	unread  int       // left out
	notes   []string  // what the first of these were
}

// add reads an attachment of a message. quiet ones that cannot be read are
// decoration: pictures in a signature.
func (a *attachments) add(ctx context.Context, message int, name string, data []byte, level int, quiet bool) error {
	if len(data) == 0 {
		return nil
	}
	name = strings.ReplaceAll(cmp.Or(name, "unnamed"), "/", "_")
	if a.bytes += int64(len(data)); a.bytes > maxArchive {
		a.note(message, name, "the attachments before it were already %s", Megabytes(maxArchive))
		return nil
	}
	if most := a.formats.Time; most > 0 {
		left := most - time.Since(a.began)
		if left < most/20 {
			a.note(message, name, "reading the file took too long")
			return nil
		}
		a.formats.Time = left
		defer func() { a.formats.Time = most }()
	}
	if bytes.HasPrefix(bytes.TrimSpace(data[:min(len(data), 100)]), []byte("-----BEGIN PGP MESSAGE")) {
		a.note(message, name, "encrypted")
		return nil
	}
	doc, err := a.formats.parse(ctx, name, data, a.depth+1)
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		if !quiet {
			a.note(message, name, "%s", failure.Reason)
		}
		return nil
	case err != nil:
		return err
	case a.out.full(len(doc.Text)):
		a.note(message, name, "its text would be too much")
		return nil
	}
	a.out.attach(message, name, doc, level)
	for _, note := range doc.Notes {
		a.note(message, name, "%s", note)
	}
	return nil
}

func (a *attachments) note(message int, name, format string, args ...any) {
	if a.unread++; a.unread > maxNoted {
		return
	}
	s := "attachment " + normal.Shorten(cmp.Or(name, "without a name"), 80) + ": " + fmt.Sprintf(format, args...)
	if message > 0 {
		s = fmt.Sprintf("message %d, %s", message, s)
	}
	a.notes = append(a.notes, s)
}

// noted returns one line for each attachment that is not in the text, and one
// for those that are too many to name.
func (a *attachments) noted() []string {
	if a.unread > maxNoted {
		return append(slices.Clone(a.notes), fmt.Sprintf("%d more attachments were not read", a.unread-maxNoted))
	}
	return a.notes
}

// full reports that n bytes more are too much for the text of a document.
func (l *layout) full(n int) bool { return l.text.Len()+n > MaxText-(1<<20) }

// attach appends a document that lies in this one, under a heading of its name.
// Its places are those of that file, in the part of its name; its drawn lines
// are left out, because they tell of pages that this file does not have.
func (l *layout) attach(message int, name string, doc golocal.Document, level int) {
	l.mark(golocal.Place{Message: message, Part: name})
	l.add(golocal.KindHeading, level, name)
	above := l.outline.path()
	base := l.text.Len()
	l.text.WriteString(doc.Text)
	for _, s := range doc.Sections {
		s.Span.Start += base
		s.Span.End += base
		s.Heading = append(slices.Clone(above), s.Heading...)
		if s.Kind == golocal.KindHeading {
			s.Level = min(s.Level+level, 6)
		}
		if n := len(l.sections); n >= maxSections && l.sections[n-1].Kind != golocal.KindHeading {
			l.sections[n-1].Span.End = s.Span.End
			continue
		}
		l.sections = append(l.sections, s)
	}
	inside := func(p golocal.Place) golocal.Place {
		p.Message = cmp.Or(message, p.Message)
		p.Part = strings.TrimSuffix(name+"/"+p.Part, "/")
		return p
	}
	for _, m := range doc.Marks {
		if n := len(l.marks); n > 0 && l.marks[n-1].At == base+m.At {
			l.marks = l.marks[:n-1]
		}
		l.marks = append(l.marks, golocal.Mark{At: base + m.At, Place: inside(m.Place)})
	}
	for _, h := range doc.Hidden {
		h.Place = inside(h.Place)
		l.hidden = append(l.hidden, h)
	}
	if !strings.HasSuffix(doc.Text, "\n") && !strings.HasSuffix(doc.Text, "\f") {
		l.text.WriteByte('\n')
	}
}

// splice appends a document as if it had been written here.
func (l *layout) splice(doc golocal.Document) {
	for _, s := range doc.Sections {
		l.add(s.Kind, s.Level, doc.Text[s.Span.Start:s.Span.End])
	}
}
