package index

import (
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

// sealChunk covers a chunk's row but its ids.
func sealChunk(r chunkRow) uint32 {
	var s sealer
	s.number(int64(r.chunk.Ordinal), int64(r.chunk.Span.Start), int64(r.chunk.Span.End), int64(r.chunk.Tokens), int64(number(r.chunk.Code)), int64(number(r.whole)))
	s.text(string(r.chunk.Sum[:]), r.heading, r.place, r.lead)
	return s.sum()
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
