package parse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

// compoundFile reads a Compound File (MS-CFB): a small file system of storages
// and streams. Every chain is followed no further than the file is long, and
// all that is read counts against one limit.
type compoundFile struct {
	data    []byte
	sector  int      // bytes
	fat     []uint32 // sectors that hold the allocation table
	miniFAT []byte
	mini    []byte // the stream of small sectors
	entries []compoundEntry
	left    int64 // bytes that may still be read
}

// compoundEntry is a storage or stream.
type compoundEntry struct {
	name               string
	storage            bool
	left, right, child uint32 // numbers of other entries
	start              uint32 // first sector
	size               int64
}

const (
	endOfChain = 0xfffffffe
	noEntry    = 0xffffffff
	miniSector = 64
	miniCutoff = 4096 // streams below it lie in the small sectors
)

var errCompound = errors.New("its allocation table leads nowhere")

// openCompound reads the header, the allocation table and the directory.
func openCompound(data []byte) (*compoundFile, error) {
	if len(data) < 512 {
		return nil, errors.New("cut off in its header")
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	f := &compoundFile{data: data, left: maxArchive}
	switch shift := binary.LittleEndian.Uint16(data[30:]); shift {
	case 9, 12:
		f.sector = 1 << shift
	default:
		return nil, fmt.Errorf("sectors of 2^%d bytes", shift)
	}
	for at := 76; at < 512; at += 4 { // the first 109 sectors of the table
		f.addTable(u32(at))
	}
	sectors := len(data) / f.sector
	for next, n := u32(68), 0; next < endOfChain-1 && n <= sectors; n++ {
		s := f.at(next)
		if s == nil {
			break
		}
		for at := 0; at < len(s)-4; at += 4 {
			f.addTable(binary.LittleEndian.Uint32(s[at:]))
		}
		next = binary.LittleEndian.Uint32(s[len(s)-4:])
	}
	directory, err := f.chain(u32(48), maxEntries*128)
	if err != nil || len(directory) < 128 {
		return nil, errors.New("its directory cannot be found")
	}
	for at := 0; at+128 <= len(directory); at += 128 {
		f.entries = append(f.entries, f.entry(directory[at:at+128]))
	}
	root := f.entries[0]
	if f.miniFAT, err = f.chain(u32(60), int64(len(data))); err != nil {
		f.miniFAT = nil
	}
	if f.mini, err = f.chain(root.start, min(root.size, int64(len(data)))); err != nil {
		f.mini = nil
	}
	return f, nil
}

func (f *compoundFile) addTable(sector uint32) {
	if sector < endOfChain-1 && len(f.fat) <= len(f.data)/f.sector {
		f.fat = append(f.fat, sector)
	}
}

func (f *compoundFile) entry(b []byte) compoundEntry {
	n := min(int(binary.LittleEndian.Uint16(b[64:])), 64)
	var units []uint16
	for at := 0; at+2 < n; at += 2 { // without its zero
		units = append(units, binary.LittleEndian.Uint16(b[at:]))
	}
	size := int64(binary.LittleEndian.Uint32(b[120:]))
	if f.sector == 4096 {
		size |= int64(binary.LittleEndian.Uint32(b[124:])) << 32
	}
	if size < 0 {
		size = 0
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	return compoundEntry{name: string(utf16.Decode(units)), storage: b[66] == 1, left: u32(68), right: u32(72), child: u32(76), start: u32(116), size: size}
}

// at returns a sector, the last of a file perhaps cut off; nil beyond its end.
func (f *compoundFile) at(sector uint32) []byte {
	start := (int64(sector) + 1) * int64(f.sector)
	if start >= int64(len(f.data)) {
		return nil
	}
	return f.data[start:min(start+int64(f.sector), int64(len(f.data)))]
}

// next returns the sector that follows in a chain.
func (f *compoundFile) next(sector uint32) uint32 {
	per := uint32(f.sector / 4)
	if int(sector/per) >= len(f.fat) {
		return endOfChain
	}
	s := f.at(f.fat[sector/per])
	if at := int(sector%per) * 4; at+4 <= len(s) {
		return binary.LittleEndian.Uint32(s[at:])
	}
	return endOfChain
}

// chain returns what lies in a chain of sectors, at most size bytes.
func (f *compoundFile) chain(start uint32, size int64) ([]byte, error) {
	var out []byte
	for sector := start; sector < endOfChain-1 && int64(len(out)) < size; sector = f.next(sector) {
		s := f.at(sector)
		if s == nil || len(out) > len(f.data) {
			return nil, errCompound
		}
		if f.left -= int64(len(s)); f.left < 0 {
			return nil, errBomb
		}
		out = append(out, s...)
	}
	return out[:min(size, int64(len(out)))], nil
}

// read returns a stream's bytes.
func (f *compoundFile) read(e compoundEntry) ([]byte, error) {
	if e.size > int64(len(f.data)) {
		return nil, errCompound
	}
	if e.size >= miniCutoff {
		return f.chain(e.start, e.size)
	}
	var out []byte
	for sector := e.start; int64(len(out)) < e.size; {
		at := int64(sector) * miniSector
		if at >= int64(len(f.mini)) {
			return nil, errCompound
		}
		out = append(out, f.mini[at:min(at+miniSector, int64(len(f.mini)))]...)
		if f.left -= miniSector; f.left < 0 {
			return nil, errBomb
		}
		if at = int64(sector) * 4; at+4 > int64(len(f.miniFAT)) {
			break
		}
		sector = binary.LittleEndian.Uint32(f.miniFAT[at:])
	}
	return out[:min(e.size, int64(len(out)))], nil
}

// children returns the entries of a storage by name. The tree that they are
// kept in is walked without trust: no entry is met twice.
func (f *compoundFile) children(storage compoundEntry) map[string]compoundEntry {
	out, seen := map[string]compoundEntry{}, map[uint32]bool{}
	todo := []uint32{storage.child}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(n) >= int64(len(f.entries)) || seen[n] {
			continue
		}
		seen[n] = true
		e := f.entries[n]
		out[e.name] = e
		todo = append(todo, e.left, e.right)
	}
	return out
}
