package child

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golocal"
	"golocal/ingest/parse"
)

// The parser child and its parent speak in frames: the length of some JSON (four
// bytes, big endian), the length of a body (eight), then both. The body is a
// request's file or the text of a reply's document, as it is: text within JSON
// would be copied three times on its way.

const (
	maxHead  = 96 << 20 // bytes of a frame's JSON
	maxBody  = 1 << 31  // bytes of a request's file
	headSize = 12
)

// request asks for one file to be parsed; the file is the body.
type request struct {
	Name string `json:"name"`
}

// reply is what came of it: one of the first three is set. The document's text
// is the body.
type reply struct {
	Document *golocal.Document `json:"document,omitempty"`
	Failure  *parse.Failure    `json:"failure,omitempty"`
	Error    string            `json:"error,omitempty"`
	Confined string            `json:"confined,omitempty"` // of the first frame: what holds the process
}

// writeHead begins a frame whose body of n bytes the caller writes next.
func writeHead(w io.Writer, v any, n int64) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeRaw(w, body, n)
}

func writeRaw(w io.Writer, head []byte, n int64) error {
	size := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, uint32(len(head))), uint64(n))
	if _, err := w.Write(size); err != nil {
		return err
	}
	_, err := w.Write(head)
	return err
}

// readHead reads a frame up to its body, whose length it returns. The error is
// io.EOF at the end of the stream before a frame.
func readHead(r io.Reader, v any, most int64) (n int64, err error) {
	var size [headSize]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return 0, err
	}
	head, body := binary.BigEndian.Uint32(size[:4]), binary.BigEndian.Uint64(size[4:])
	if head > maxHead || body > uint64(most) {
		return 0, fmt.Errorf("a frame of %d and %d bytes, at most %d and %d are taken", head, body, maxHead, most)
	}
	text := make([]byte, head)
	if _, err := io.ReadFull(r, text); err != nil {
		return 0, errors.Join(io.ErrUnexpectedEOF, err)
	}
	return int64(body), json.Unmarshal(text, v)
}

// writeReply writes a whole reply. A document whose structure is too large for a
// frame loses the end of its text, with a note.
func writeReply(w io.Writer, answer reply) error {
	text := ""
	for doc := answer.Document; ; {
		if doc != nil {
			text = doc.Text
			bare := *doc
			bare.Text = ""
			answer.Document = &bare
		}
		head, err := json.Marshal(answer)
		switch {
		case err != nil:
			return err
		case len(head) > maxHead && len(text) > 0:
			cut(doc, len(text)/2)
			continue
		}
		if err := writeRaw(w, head, int64(len(text))); err != nil {
			return err
		}
		_, err = io.WriteString(w, text)
		return err
	}
}

// readReply reads a whole reply.
func readReply(r io.Reader) (answer reply, err error) {
	n, err := readHead(r, &answer, parse.MaxText)
	if err != nil || n == 0 {
		return answer, err
	}
	var text strings.Builder
	text.Grow(int(n))
	if _, err := io.CopyN(&text, r, n); err != nil {
		return answer, errors.Join(io.ErrUnexpectedEOF, err)
	}
	if answer.Document == nil {
		return answer, errors.New("a text without a document")
	}
	answer.Document.Text = text.String()
	return answer, nil
}
