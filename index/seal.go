package index

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"math"

	"golocal"
)

// Every row that answers are made of carries a seal, so that a flipped bit is
// found before it is shown: CRC-32C (RFC 3720, appendix B.4).
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal is the checksum of one blob.
func seal(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// sealer sums up fields, each with its length, so that none can flow into the next.
type sealer struct{ buf []byte }

func (s *sealer) text(vs ...string) {
	for _, v := range vs {
		s.buf = binary.AppendUvarint(s.buf, uint64(len(v)))
		s.buf = append(s.buf, v...)
	}
}

func (s *sealer) number(vs ...int64) {
	for _, v := range vs {
		s.buf = binary.AppendVarint(s.buf, v)
	}
}

func (s *sealer) sum() uint32 { return seal(s.buf) }

// sealDocument covers a document's row but its id and counters that others own.
func sealDocument(d golocal.Document, length int) uint32 {
	var s sealer
	s.number(d.Ref.Root)
	s.text(d.Ref.Path, string(d.Sum[:]))
	s.number(d.Size, nanos(d.Modified), nanos(d.Indexed))
	s.text(d.Type, d.Title)
	s.number(int64(d.Pages), int64(d.Blank), int64(d.Chunks))
	s.text(string(d.State), d.Reason, d.Parser)
	s.number(int64(length))
	if text := aboutText(d); text != "" {
		s.text(text)
	}
	return s.sum()
}

// sealRoot covers a folder's row but its id.
func sealRoot(path []byte, added int64, settings string) uint32 {
	var s sealer
	s.text(string(path))
	s.number(added)
	if settings != "" {
		s.text(settings)
	}
	return s.sum()
}

// sealSpace covers what tells a space from others.
func sealSpace(space golocal.Space) uint32 {
	var s sealer
	s.text(space.Model, space.Digest, space.QueryPrefix, space.DocumentPrefix)
	s.number(int64(space.Dims), int64(space.MaxTokens))
	return s.sum()
}

// sealChunk covers a chunk's row but its ids, and what its document was made of:
// a page of the file that is older than another cannot pass for its fellow.
func sealChunk(r chunkRow) uint32 {
	s := chunkFields(r)
	s.text(string(r.of.sum), r.of.parser)
	s.number(int64(r.of.length))
	return s.sum()
}

// chunkFields are a chunk's own, which is all that seals covered before version 6.
func chunkFields(r chunkRow) *sealer {
	var s sealer
	s.number(int64(r.chunk.Ordinal), int64(r.chunk.Span.Start), int64(r.chunk.Span.End), int64(r.chunk.Tokens), int64(number(r.chunk.Code)), int64(number(r.whole)))
	s.text(string(r.chunk.Sum[:]), r.heading, r.place, r.lead)
	return &s
}

// bindChunks is the step to version 6: chunks are sealed together with what
// their documents were made of. A seal that is broken stays broken.
func bindChunks(t *tx) error {
	type sealed struct {
		id   int64
		seal uint32
	}
	var found []sealed
	err := t.each(`SELECT `+chunkColumns+` FROM chunk c JOIN document d ON d.id = c.doc WHERE c.id > ?`, []any{0}, func(r *sql.Rows) error {
		var c chunkRow
		if err := r.Scan(c.dest()...); err != nil {
			return err
		}
		copy(c.chunk.Sum[:], c.sum)
		c.chunk.Code = c.code
		if chunkFields(c).sum() == c.seal {
			found = append(found, sealed{c.chunk.ID, sealChunk(c)})
		}
		return nil
	})
	for _, c := range found {
		if err == nil {
			err = t.exec(`UPDATE chunk SET seal = ? WHERE id = ?`, c.seal, c.id)
		}
	}
	return err
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// encode is vec as little-endian float32.
func encode(vec []float32) []byte {
	data := make([]byte, 4*len(vec))
	for i, f := range vec {
		binary.LittleEndian.PutUint32(data[4*i:], math.Float32bits(f))
	}
	return data
}

// decode fills vec from data, whose seal must match and which must be exactly
// as long; false means that the stored vector is damaged.
func decode(vec []float32, data []byte, sum uint32) bool {
	if len(data) != 4*len(vec) || seal(data) != sum {
		return false
	}
	for i := range vec {
		vec[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return true
}

// asJSON is v's JSON; v is one of our own types, so it always has one.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
