package parse

// wasmMemory is the memory of one WebAssembly instance (experimental.LinearMemory
// of wazero). Its addresses are reserved and taken into use as it grows: wazero's
// own way copies it whenever it grows and leaves the old copy to the garbage
// collector, which triples it.
type wasmMemory struct {
	reserved []byte // nil where the system reserves none; then bytes grow by copying
	bytes    []byte
}

func newWASMMemory(most uint64) *wasmMemory { return &wasmMemory{reserved: reserve(most)} }

// Reallocate grows the memory; new bytes are zero.
func (m *wasmMemory) Reallocate(size uint64) []byte {
	switch {
	case m.reserved == nil:
		m.bytes = append(m.bytes, make([]byte, size-uint64(len(m.bytes)))...)
	case size > uint64(len(m.reserved)) || !use(m.reserved[:size], len(m.bytes)):
		return nil
	default:
		m.bytes = m.reserved[:size:size]
	}
	return m.bytes
}

// Free gives the memory back; nothing may read it afterwards.
func (m *wasmMemory) Free() {
	release(m.reserved)
	m.reserved, m.bytes = nil, nil
}

// read returns n bytes at an address, or nil where these are not all memory. They
// are valid until the next call of a function.
func (m *wasmMemory) read(at, n uint64) []byte {
	if at+n < at || at+n > uint64(len(m.bytes)) {
		return nil
	}
	return m.bytes[at : at+n]
}
