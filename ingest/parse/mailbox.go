package parse

import (
	"bytes"
	"context"
	"time"

	"github.com/dustin/go-humanize"

	"golocal"
	"golocal/internal/remark"
)

// maxSpoiled is how many broken messages of a mailbox are named.
const maxSpoiled = 5

// parseMailbox reads a file of messages, each after a line that begins with
// "From " (RFC 4155). A broken message costs itself only; when the text is as
// long as a text may be, the rest is left out.
func (f *Formats) parseMailbox(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	out := &layout{}
	r := &mailReader{out: out, attachments: &attachments{formats: f, out: out, depth: depth, began: time.Now()}}
	starts := messageStarts(data)
	if len(starts) == 0 {
		return f.parseMail(ctx, data, depth)
	}
	most := max(MaxText-len(data)/5, 8<<20) // what is read and what is written must have room beside each other
	out.text.Grow(min(len(data), most))
	var spoiled, removed int
	for i, start := range starts {
		end := len(data)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		one := data[start:end]
		if out.full(MaxText-most) || f.Time > 0 && time.Since(r.attachments.began) > f.Time {
			out.note(remark.NoteReadMessages, humanize.Comma(int64(i)), humanize.Comma(int64(len(starts))))
			break
		}
		if expunged(one) {
			removed++
			continue
		}
		if _, err := r.read(ctx, one, i+1); err != nil {
			if mailFailure(err) == err { //nolint:errorlint // the same error: none of the message's
				return golocal.Document{}, err
			}
			if spoiled++; spoiled <= maxSpoiled {
				out.note(remark.NoteBrokenMessage, i+1, err)
			}
			continue
		}
		out.end()
	}
	if spoiled > maxSpoiled {
		out.note(remark.NoteMoreBroken, humanize.Comma(int64(spoiled-maxSpoiled)))
	}
	if removed > 0 {
		out.note(remark.NoteDeletedMessages, humanize.Comma(int64(removed)))
	}
	if r.encrypted > 0 {
		out.note(remark.NoteEncryptedMessages, humanize.Comma(int64(r.encrypted)))
	}
	out.notes = append(out.notes, r.attachments.noted()...)
	doc, err := out.document(Mailbox, "")
	doc.Title = "" // else the subject of its first message
	return doc, err
}

// messageStarts finds the lines that begin a message: "From " at the start of
// the file or after a blank line, with a time in it, or before a header.
func messageStarts(data []byte) []int {
	var starts []int
	for at := 0; at < len(data); {
		if bytes.HasPrefix(data[at:], []byte("From ")) && blankBefore(data[:at]) {
			line, rest := cutLine(data[at:])
			next, _ := cutLine(rest)
			name, ok := fieldName(next)
			if ok && (len(line) < 500 && postmark.Match(line) || letterFields[name]) {
				starts = append(starts, at)
			}
		}
		i := bytes.Index(data[at:], []byte("\nFrom "))
		if i < 0 {
			return starts
		}
		at += i + 1
	}
	return starts
}

// blankBefore reports that data ends with a blank line, or is blank.
func blankBefore(data []byte) bool {
	tail := data[max(0, len(data)-4):]
	return len(bytes.TrimSpace(data[:min(len(data), 64)])) == 0 && len(data) <= 64 || bytes.HasSuffix(tail, []byte("\n\n")) || bytes.HasSuffix(tail, []byte("\n\r\n"))
}

// expunged reports a message that was deleted in Mozilla's mail programs and
// stays in the file until the folder is compacted.
func expunged(one []byte) bool {
	head := one[:min(len(one), 4096)]
	_, after, ok := bytes.Cut(head, []byte("\nX-Mozilla-Status: "))
	if !ok || len(after) < 4 {
		return false
	}
	low := unhex(after[3])
	return low < 16 && low&8 != 0
}
