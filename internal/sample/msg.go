package sample

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// Storage is a folder of a Compound File (MS-CFB): streams and storages by name.
type Storage struct {
	Streams  map[string][]byte
	Storages map[string]Storage
}

const (
	cfbSector = 512
	cfbEnd    = 0xfffffffe
	cfbNone   = 0xffffffff
)

type cfbEntry struct {
	name        string
	kind        byte
	data        []byte
	right, down uint32
	start       uint32
}

// Compound writes a Compound File of up to 7 MB.
func Compound(root Storage) []byte {
	entries := []cfbEntry{{name: "Root Entry", kind: 5, right: cfbNone, down: cfbNone}}
	entries = cfbTree(entries, 0, root)
	var sectors []byte
	var fat []uint32
	put := func(data []byte) uint32 {
		if len(data) == 0 {
			return cfbEnd
		}
		start := uint32(len(fat))
		for at := 0; at < len(data); at += cfbSector {
			sectors = append(sectors, data[at:min(at+cfbSector, len(data))]...)
			for len(sectors)%cfbSector != 0 {
				sectors = append(sectors, 0)
			}
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = cfbEnd
		return start
	}
	var mini []byte
	var miniFAT []uint32
	for i := range entries {
		e := &entries[i]
		switch {
		case e.kind != 2:
		case len(e.data) >= 4096:
			e.start = put(e.data)
		case len(e.data) == 0:
			e.start = cfbEnd
		default:
			e.start = uint32(len(miniFAT))
			for at := 0; at < len(e.data); at += 64 {
				mini = append(mini, e.data[at:min(at+64, len(e.data))]...)
				for len(mini)%64 != 0 {
					mini = append(mini, 0)
				}
				miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
			}
			miniFAT[len(miniFAT)-1] = cfbEnd
		}
	}
	entries[0].data = mini
	entries[0].start = put(mini)
	miniStart := put(cfbWords(miniFAT))
	directory := put(cfbDirectory(entries))
	tables := (len(fat) + 127) / 127 // one word of each sector's worth is its own
	first := len(fat)
	for range tables {
		fat = append(fat, 0xfffffffd)
	}
	header := make([]byte, cfbSector)
	copy(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16 := func(at int, v uint16) { binary.LittleEndian.PutUint16(header[at:], v) }
	put32 := func(at int, v uint32) { binary.LittleEndian.PutUint32(header[at:], v) }
	put16(24, 0x3e)
	put16(26, 3)
	put16(28, 0xfffe)
	put16(30, 9)
	put16(32, 6)
	put32(44, uint32(tables))
	put32(48, directory)
	put32(56, 4096)
	put32(60, miniStart)
	put32(64, uint32((len(miniFAT)+127)/128))
	put32(68, cfbEnd)
	for i := range 109 {
		if put32(76+4*i, cfbNone); i < tables {
			put32(76+4*i, uint32(first+i))
		}
	}
	return append(append(header, sectors...), cfbWords(fat)...)
}

// cfbTree appends what a storage holds; its members are a chain of right
// siblings, which is a tree too.
func cfbTree(entries []cfbEntry, parent int, s Storage) []cfbEntry {
	names := slices.Concat(slices.Collect(maps.Keys(s.Streams)), slices.Collect(maps.Keys(s.Storages)))
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	last := -1
	for _, name := range names {
		n := len(entries)
		if last < 0 {
			entries[parent].down = uint32(n)
		} else {
			entries[last].right = uint32(n)
		}
		last = n
		if data, ok := s.Streams[name]; ok {
			entries = append(entries, cfbEntry{name: name, kind: 2, data: data, right: cfbNone, down: cfbNone})
			continue
		}
		entries = append(entries, cfbEntry{name: name, kind: 1, right: cfbNone, down: cfbNone})
		entries = cfbTree(entries, n, s.Storages[name])
	}
	return entries
}

func cfbDirectory(entries []cfbEntry) []byte {
	var out []byte
	for _, e := range entries {
		b := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(e.name)) {
			binary.LittleEndian.PutUint16(b[2*i:], u)
		}
		binary.LittleEndian.PutUint16(b[64:], uint16(2*len(e.name)+2))
		b[66], b[67] = e.kind, 1
		binary.LittleEndian.PutUint32(b[68:], cfbNone)
		binary.LittleEndian.PutUint32(b[72:], e.right)
		binary.LittleEndian.PutUint32(b[76:], e.down)
		binary.LittleEndian.PutUint32(b[116:], e.start)
		binary.LittleEndian.PutUint32(b[120:], uint32(len(e.data)))
		out = append(out, b...)
	}
	for len(out)%cfbSector != 0 {
		out = append(out, make([]byte, 128)...)
	}
	return out
}

// cfbWords fills whole sectors with words, the rest with free ones.
func cfbWords(words []uint32) []byte {
	var out []byte
	for _, w := range words {
		out = binary.LittleEndian.AppendUint32(out, w)
	}
	for len(out)%cfbSector != 0 {
		out = binary.LittleEndian.AppendUint32(out, cfbNone)
	}
	return out
}

// OutlookMessage is what Outlook saves of a message (MS-OXMSG).
type OutlookMessage struct {
	Text, Binary map[uint16]string // properties by id
	Fixed        map[uint16]uint64
	Recipients   []OutlookMessage
	Attachments  []OutlookMessage
	Message      *OutlookMessage // of an attachment that is a message
}

// FileTime is a time as Outlook's properties hold it.
func FileTime(t time.Time) uint64 { return uint64(t.Unix()+11644473600) * 1e7 }

// Outlook writes a message as Outlook saves it.
func Outlook(m OutlookMessage) []byte { return Compound(m.storage(32)) }

func (m OutlookMessage) storage(header int) Storage {
	s := Storage{Streams: map[string][]byte{}, Storages: map[string]Storage{}}
	for id, text := range m.Text {
		var b []byte
		for _, u := range utf16.Encode([]rune(text)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		s.Streams[fmt.Sprintf("__substg1.0_%04X001F", id)] = b
	}
	for id, data := range m.Binary {
		s.Streams[fmt.Sprintf("__substg1.0_%04X0102", id)] = []byte(data)
	}
	properties := make([]byte, header)
	for _, id := range slices.Sorted(maps.Keys(m.Fixed)) {
		properties = binary.LittleEndian.AppendUint32(properties, uint32(id)<<16|3)
		properties = binary.LittleEndian.AppendUint32(properties, 6)
		properties = binary.LittleEndian.AppendUint64(properties, m.Fixed[id])
	}
	s.Streams["__properties_version1.0"] = properties
	for i, r := range m.Recipients {
		s.Storages[fmt.Sprintf("__recip_version1.0_#%08X", i)] = r.storage(8)
	}
	for i, a := range m.Attachments {
		s.Storages[fmt.Sprintf("__attach_version1.0_#%08X", i)] = a.storage(8)
	}
	if m.Message != nil {
		s.Storages["__substg1.0_3701000D"] = m.Message.storage(24)
	}
	return s
}
