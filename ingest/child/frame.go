package child

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golocal"
	"golocal/ingest/parse"
)

// The parser child and its parent speak in frames: a length (four bytes, big
// endian) and that many bytes of JSON; a request's file follows its frame.

const (
	maxRequest = 64 << 10  // bytes of a request's frame, the file aside
	maxReply   = 192 << 20 // bytes of a reply's frame
)

// request asks for one file to be parsed.
type request struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// reply is what came of it: one of the three is set.
type reply struct {
	Document *golocal.Document `json:"document,omitempty"`
	Failure  *parse.Failure    `json:"failure,omitempty"`
	Error    string            `json:"error,omitempty"`
}

func writeFrame(w io.Writer, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(body)))); err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// readFrame returns io.EOF at the end of the stream before a frame.
func readFrame(r io.Reader, most uint32, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > most {
		return fmt.Errorf("a frame of %d bytes, at most %d are taken", n, most)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return errors.Join(io.ErrUnexpectedEOF, err)
	}
	return json.Unmarshal(body, v)
}

func writeRequest(w *bufio.Writer, name string, data []byte) error {
	if err := writeFrame(w, request{Name: name, Size: int64(len(data))}); err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Flush()
}

func readRequest(r io.Reader, most int64) (name string, data []byte, err error) {
	var q request
	if err := readFrame(r, maxRequest, &q); err != nil {
		return "", nil, err
	}
	if q.Size < 0 || q.Size > most {
		return "", nil, fmt.Errorf("a file of %d bytes, at most %d are taken", q.Size, most)
	}
	data = make([]byte, q.Size)
	_, err = io.ReadFull(r, data)
	return q.Name, data, err
}
