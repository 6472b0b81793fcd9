package engine

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"

	"github.com/ollama/ollama/fs/ggml"
)

// Limits of a GGUF header; real ones stay far below.
const (
	maxKeys    = 1 << 16
	maxTensors = 1 << 18
	maxName    = 1 << 16
	maxString  = 64 << 20
	maxDims    = 8
	maxBlocks  = 1 << 12
)

// keepArrays is the longest array whose values are kept when a header is read
// for its facts: one value per layer, not one per token.
const keepArrays = 1024

// readGGUF reads the header of a model file. Arrays longer than keep values are
// only counted; negative keeps all. The file is checked first, because the
// decoder trusts the lengths it finds.
func readGGUF(path string, keep int) (g *ggml.GGML, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := checkGGUF(f, st.Size()); err != nil {
		return nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			g, err = nil, fmt.Errorf("read GGUF header: %v", r)
		}
	}()
	g, err = ggml.Decode(f, keep)
	if err != nil {
		return nil, fmt.Errorf("read GGUF header: %w", err)
	}
	if n := g.KV().BlockCount(); n > maxBlocks {
		return nil, fmt.Errorf("read GGUF header: %d layers", n)
	}
	footprint(g.KV(), 0, 1) // panics on shapes that make no sense
	return g, nil
}

// errNotGGUF says that a file is something else altogether.
var errNotGGUF = errors.New("not a GGUF file")

// checkGGUF walks a GGUF header (github.com/ggml-org/ggml, docs/gguf.md,
// versions 2 and 3, little-endian) and fails when a length in it points beyond
// size bytes or makes no sense. It allocates no more than one short name.
func checkGGUF(r io.Reader, size int64) error {
	h := &ggufHeader{r: bufio.NewReaderSize(r, 1<<16), left: uint64(max(size, 0))}
	if string(h.bytes(4)) != "GGUF" {
		return errNotGGUF
	}
	if v := h.u32(); v != 2 && v != 3 {
		return h.fail("version %d", v)
	}
	tensors, keys := h.u64(), h.u64()
	if tensors > maxTensors || keys > maxKeys {
		return h.fail("%d tensors and %d keys", tensors, keys)
	}
	arch := false
	for range keys {
		key, kind := h.name(), h.u32()
		if h.err != nil {
			break
		}
		switch {
		case key == "general.architecture" && kind == ggufString:
			arch = len(h.name()) > 0
		case key == "general.alignment":
			if kind != ggufU32 {
				return h.fail("alignment of type %d", kind)
			}
			if a := h.u32(); bits.OnesCount32(a) != 1 {
				return h.fail("alignment %d", a)
			}
		default:
			h.value(kind)
		}
	}
	for range tensors {
		h.name()
		dims := h.u32()
		if dims > maxDims {
			return h.fail("tensor of %d dimensions", dims)
		}
		elements := uint64(1)
		for range dims {
			hi, lo := bits.Mul64(elements, h.u64())
			if hi != 0 || lo > 1<<56 { // sizes stay below overflow for any element type
				return h.fail("tensor too large")
			}
			elements = lo
		}
		h.u32()
		if h.u64() > uint64(max(size, 0)) {
			return h.fail("tensor beyond the end of the file")
		}
		if h.err != nil {
			break
		}
	}
	if h.err != nil {
		return fmt.Errorf("read GGUF header: %w", h.err)
	}
	if !arch {
		return h.fail("no general.architecture")
	}
	return nil
}

// Value types of GGUF.
const (
	ggufU32    = 4
	ggufString = 8
	ggufArray  = 9
)

// ggufSizes are the bytes of the value types; 0 where the length varies.
var ggufSizes = [...]uint64{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8}

// ggufHeader reads within the bytes that the file has left. The first error
// sticks, and everything read after it is zero.
type ggufHeader struct {
	r    *bufio.Reader
	left uint64
	err  error
	buf  [8]byte
}

func (h *ggufHeader) fail(format string, args ...any) error {
	if h.err == nil {
		h.err = fmt.Errorf(format, args...)
	}
	return fmt.Errorf("read GGUF header: %w", h.err)
}

func (h *ggufHeader) bytes(n int) []byte {
	clear(h.buf[:])
	if h.claim(uint64(n)) {
		if _, err := io.ReadFull(h.r, h.buf[:n]); err != nil {
			h.fail("%w", err)
		}
	}
	return h.buf[:n]
}

// claim takes n of the bytes left.
func (h *ggufHeader) claim(n uint64) bool {
	if h.err == nil && n > h.left {
		h.fail("%w", io.ErrUnexpectedEOF)
	}
	if h.err != nil {
		return false
	}
	h.left -= n
	return true
}

func (h *ggufHeader) u32() uint32 { return binary.LittleEndian.Uint32(h.bytes(4)) }
func (h *ggufHeader) u64() uint64 { return binary.LittleEndian.Uint64(h.bytes(8)) }

// name reads a string that is kept.
func (h *ggufHeader) name() string {
	n := h.u64()
	if h.err == nil && n > maxName {
		h.fail("name of %d bytes", n)
	}
	if !h.claim(n) {
		return ""
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(h.r, b); err != nil {
		h.fail("%w", err)
	}
	return string(b)
}

func (h *ggufHeader) skip(n uint64) {
	for n > 0 && h.claim(min(n, 1<<30)) {
		step := min(n, 1<<30)
		if _, err := h.r.Discard(int(step)); err != nil {
			h.fail("%w", err)
		}
		n -= step
	}
}

func (h *ggufHeader) text() {
	n := h.u64()
	if n > maxString {
		h.fail("string of %d bytes", n)
	}
	h.skip(n)
}

// value passes over a value of a type.
func (h *ggufHeader) value(kind uint32) {
	switch {
	case int(kind) >= len(ggufSizes):
		h.fail("value of type %d", kind)
	case kind == ggufString:
		h.text()
	case kind == ggufArray:
		of, n := h.u32(), h.u64()
		switch {
		case int(of) >= len(ggufSizes), of == ggufArray:
			h.fail("array of type %d", of)
		case n > h.left:
			h.fail("array of %d values", n)
		case of == ggufString:
			for range n {
				if h.text(); h.err != nil {
					return
				}
			}
		default:
			h.skip(n * ggufSizes[of])
		}
	default:
		h.skip(ggufSizes[kind])
	}
}
