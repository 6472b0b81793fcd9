package eval

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"os"
	"sync"

	"golocal"
)

// Vectors keeps the vectors of questions in a file, by space and text, so that
// a run that is repeated embeds nothing. Each is written as soon as it is made;
// what a crash cut off is dropped when the file is opened again. It is safe for
// concurrent use by one process.
type Vectors struct {
	mu   sync.Mutex // of the fields below
	file *os.File
	at   map[[32]byte][]float32
}

// A record is key, length, values (float32, little endian), CRC-32C of all that.
const (
	recordHead = sha256.Size + 4
	mostDims   = 1 << 16
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// OpenVectors opens or makes the file at path.
func OpenVectors(path string) (*Vectors, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open kept vectors: %w", err)
	}
	v := &Vectors{file: file, at: map[[32]byte][]float32{}}
	data, err := io.ReadAll(file)
	if err == nil {
		whole := v.read(data)
		if err = file.Truncate(int64(whole)); err == nil {
			_, err = file.Seek(int64(whole), io.SeekStart)
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read kept vectors %s: %w", path, err), file.Close())
	}
	return v, nil
}

// read takes records up to the first that is not whole and gives their length.
func (v *Vectors) read(data []byte) int {
	done := 0
	for len(data)-done >= recordHead {
		n := binary.LittleEndian.Uint32(data[done+sha256.Size:])
		if n > mostDims || len(data)-done < recordHead+4*int(n)+4 {
			break
		}
		end := done + recordHead + 4*int(n)
		if crc32.Checksum(data[done:end], castagnoli) != binary.LittleEndian.Uint32(data[end:]) {
			break
		}
		values := make([]float32, n)
		for i := range values {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[done+recordHead+4*i:]))
		}
		v.at[[32]byte(data[done:])] = values
		done = end + 4
	}
	return done
}

// Embed gives the vector of text in space: a kept one, else what embed makes,
// which is kept then. Errors are embed's, or of writing.
func (v *Vectors) Embed(ctx context.Context, space golocal.Space, text string, embed func(context.Context, string) ([]float32, error)) ([]float32, error) {
	name, err := json.Marshal(struct {
		Space golocal.Space
		Text  string
	}{space, text})
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(name)
	v.mu.Lock()
	values, ok := v.at[key]
	v.mu.Unlock()
	if ok {
		return copied(values), nil
	}
	if values, err = embed(ctx, text); err != nil {
		return nil, err
	}
	var record bytes.Buffer
	record.Write(key[:])
	for _, part := range []any{uint32(len(values)), values} {
		if err := binary.Write(&record, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	sum := crc32.Checksum(record.Bytes(), castagnoli)
	if err := binary.Write(&record, binary.LittleEndian, sum); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.at[key]; ok { // another goroutine asked the same
		return values, nil
	}
	if _, err := v.file.Write(record.Bytes()); err != nil {
		return nil, fmt.Errorf("keep a vector: %w", err)
	}
	v.at[key] = copied(values)
	return values, nil
}

// copied lets callers change what they get.
func copied(values []float32) []float32 { return append([]float32(nil), values...) }

// Len is how many vectors are kept.
func (v *Vectors) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.at)
}

// Close closes the file; closing twice is fine.
func (v *Vectors) Close() error {
	if err := v.file.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return fmt.Errorf("close kept vectors: %w", err)
	}
	return nil
}
