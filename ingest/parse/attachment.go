package parse

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// maxNoted is how many attachments a document names that could not be read.
const maxNoted = 20

// attachments reads the files inside of messages, one after another, into the
// text of their message.
type attachments struct {
	formats *Formats
	out     *layout
	depth   int              // how many files deep the messages lie
	began   time.Time        // of reading the file
	bytes   int64            // read so far
	unread  int              // left out
	notes   []golocal.Remark // what the first of these were
}

// add reads an attachment of a message. quiet ones that cannot be read are
// decoration: pictures in a signature.
func (a *attachments) add(ctx context.Context, message int, name string, data []byte, level int, quiet bool) error {
	if len(data) == 0 {
		return nil
	}
	name = strings.ReplaceAll(cmp.Or(name, "unnamed"), "/", "_")
	if a.bytes += int64(len(data)); a.bytes > maxArchive {
		a.note(message, name, remark.New(remark.NoteAttachmentsFull, maxArchive))
		return nil
	}
	if most := a.formats.Time; most > 0 {
		left := most - time.Since(a.began)
		if left < most/20 {
			a.note(message, name, remark.New(remark.NoteReadingSlow))
			return nil
		}
		a.formats.Time = left
		defer func() { a.formats.Time = most }()
	}
	if bytes.HasPrefix(bytes.TrimSpace(data[:min(len(data), 100)]), []byte("-----BEGIN PGP MESSAGE")) {
		a.note(message, name, remark.New(remark.NoteEncrypted))
		return nil
	}
	doc, err := a.formats.parse(ctx, name, data, a.depth+1)
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		if !quiet {
			a.note(message, name, failure.Why)
		}
		return nil
	case err != nil:
		return err
	case a.out.full(len(doc.Text)):
		a.note(message, name, remark.New(remark.NoteTextFull))
		return nil
	}
	a.out.attach(message, name, doc, level)
	for _, n := range doc.Remarks {
		a.note(message, name, n)
	}
	return nil
}

func (a *attachments) note(message int, name string, what golocal.Remark) {
	if a.unread++; a.unread > maxNoted {
		return
	}
	of := any(normal.Shorten(name, 80))
	if name == "" {
		of = remark.New(remark.NoteNamelessAttachment)
	}
	n := remark.New(remark.NoteAttachment, of, what)
	if message > 0 {
		n = remark.New(remark.NoteMessageAttachment, message, of, what)
	}
	a.notes = append(a.notes, n)
}

// noted returns one line for each attachment that is not in the text, and one
// for those that are too many to name.
func (a *attachments) noted() []golocal.Remark {
	if a.unread > maxNoted {
		return append(slices.Clone(a.notes), remark.New(remark.NoteMoreAttachments, a.unread-maxNoted))
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
