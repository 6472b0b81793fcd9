package parse

import (
	"encoding/binary"
	"errors"
)

// rtfDictionary is what the window holds before the first byte (MS-OXRTFCP
// 2.2.1).
const rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

var errRTF = errors.New("its rich text is not packed as it says")

// unpackRTF unpacks a compressed rich text body (MS-OXRTFCP 2.1.3).
func unpackRTF(data []byte) ([]byte, error) {
	const (
		packed = 0x75465a4c // "LZFu"
		stored = 0x414c454d // "MELA"
		window = 4096
	)
	if len(data) < 16 {
		return nil, errRTF
	}
	size := int(min(binary.LittleEndian.Uint32(data[4:]), maxPart))
	kind := binary.LittleEndian.Uint32(data[8:])
	data = data[16:]
	switch kind {
	case stored:
		return data[:min(size, len(data))], nil
	case packed:
	default:
		return nil, errRTF
	}
	var ring [window]byte
	at := copy(ring[:], rtfDictionary)
	// One control byte and 16 bytes of references give 8 × 17 bytes at most.
	out := make([]byte, 0, min(size, len(data)*9))
	put := func(c byte) {
		ring[at%window] = c
		at++
		out = append(out, c)
	}
	for i := 0; i < len(data) && len(out) < size; {
		control := data[i]
		i++
		for bit := 0; bit < 8 && i < len(data); bit++ {
			if control>>bit&1 == 0 {
				put(data[i])
				i++
				continue
			}
			if i+1 >= len(data) {
				return out, nil
			}
			reference := int(data[i])<<8 | int(data[i+1])
			i += 2
			from := reference >> 4
			if from == at%window { // the end
				return out, nil
			}
			for n := reference&0xf + 2; n > 0; n-- {
				put(ring[from%window])
				from++
			}
		}
	}
	return out, nil
}
